//! The credentials that boards give, and the published versions of their rules.
//!
//! A published version never changes: publishing the same text again is no change, another text under the
//! same day is refused. Begin with [`publish`] and [`pack`].

mod kept;

use std::sync::Arc;

use serde_json::json;

use super::acting::Acting;
use super::boards::{self, Board, BoardError};
use crate::packs;
use crate::repo;
use crate::rules::Pack;
use crate::storage::rows::boards::{CredentialRow, RuleVersionRow};
use crate::storage::{Conn, Day, Id, StoreError};

/// Why a credential could not be set up or found, or its rules not be published.
#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
    /// There is no such credential, or it is another board's.
    #[error("there is no such credential")]
    NotFound,
    /// Another board, or this one, has it already.
    #[error("a credential with the id `{0}` is there already")]
    Exists(String),
    /// The rules cannot be read.
    #[error("the rules cannot be used: {}", .0.join("; "))]
    Rules(Vec<String>),
    /// The rules are another credential's.
    #[error("the rules are of `{found}`, expected `{expected}`")]
    OtherCredential {
        /// What the rules say.
        found: String,
        /// Where they were brought.
        expected: String,
    },
    /// The version is out and says something else.
    #[error("version `{0}` is published and never changes; give the new text a later first day")]
    Published(String),
    /// The board.
    #[error(transparent)]
    Board(#[from] BoardError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sets up the credential that `pack` rules, as `board`'s own, and publishes its versions.
///
/// # Errors
/// [`CredentialError`].
pub fn create(conn: &mut Conn<'_>, by: &Acting, board: Id, files: &[(&str, &str)]) -> Result<Id, CredentialError> {
    boards::find(conn, board)?;
    let pack = read(files)?;
    let newest = pack.versions.last().ok_or(CredentialError::NotFound)?;
    if repo!(conn, boards::credential_by_slug(&pack.id))?.is_some() {
        return Err(CredentialError::Exists(pack.id));
    }
    let row = CredentialRow {
        id: by.fresh_id(),
        slug: pack.id.clone(),
        region: newest.region.clone(),
        organization_id: board,
        title: newest.name.en.clone(),
        created_at: by.moment(),
        created_by: by.actor,
    };
    repo!(conn, boards::insert_credential(&row))?;
    by.log(conn, "credential.create", format!("credential {}", row.id), None, json!({ "slug": row.slug }))?;
    publish_all(conn, by, &row, &pack, files)?;
    Ok(row.id)
}

/// Publishes the versions of `files` that are not out yet; answers their names.
///
/// # Errors
/// [`CredentialError`]; nothing is published then.
pub fn publish(
    conn: &mut Conn<'_>,
    by: &Acting,
    board: Id,
    credential: Id,
    files: &[(&str, &str)],
) -> Result<Vec<String>, CredentialError> {
    let row = of_board(conn, board, credential)?;
    let pack = read(files)?;
    if pack.id != row.slug {
        return Err(CredentialError::OtherCredential { found: pack.id, expected: row.slug });
    }
    publish_all(conn, by, &row, &pack, files)
}

fn read(files: &[(&str, &str)]) -> Result<Pack, CredentialError> {
    packs::parse(files).map_err(|problems| CredentialError::Rules(problems.iter().map(ToString::to_string).collect()))
}

fn publish_all(
    conn: &mut Conn<'_>,
    by: &Acting,
    credential: &CredentialRow,
    pack: &Pack,
    files: &[(&str, &str)],
) -> Result<Vec<String>, CredentialError> {
    let mut published = Vec::new();
    for version in &pack.versions {
        if let Some(out) = repo!(conn, boards::version(credential.id, &version.id))? {
            if out.hash == version.hash {
                continue;
            }
            return Err(CredentialError::Published(version.id.clone()));
        }
        // What stands on others is kept written out: it must say the same when its base has long changed.
        let own = files.iter().find(|(name, _)| *name == version.file).map(|(_, text)| (*text).to_owned());
        let text = if version.stands_on_others() { Some(version.written_out()) } else { own };
        let from = version.in_force.from.ok_or_else(|| CredentialError::Rules(vec!["no first day".to_owned()]))?;
        let row = RuleVersionRow {
            credential_id: credential.id,
            version: version.id.clone(),
            in_force_from: Day::from(from),
            hash: version.hash.clone(),
            content: text.ok_or_else(|| CredentialError::Rules(vec![format!("no text of `{}`", version.file)]))?,
            published_at: by.moment(),
            published_by: by.actor,
        };
        repo!(conn, boards::insert_version(&row))?;
        let detail = json!({ "version": row.version, "hash": row.hash });
        by.log(conn, "rules.publish", format!("credential {}", credential.id), None, detail)?;
        published.push(row.version);
    }
    // All versions together must be a pack still, or nobody could be judged any more.
    self::pack(conn, credential.id)?;
    Ok(published)
}

/// A credential of this board.
///
/// # Errors
/// [`CredentialError::NotFound`] also for another board's.
pub fn of_board(conn: &mut Conn<'_>, board: Id, credential: Id) -> Result<CredentialRow, CredentialError> {
    repo!(conn, boards::credential(credential))?
        .filter(|row| row.organization_id == board)
        .ok_or(CredentialError::NotFound)
}

/// A credential with its board.
///
/// # Errors
/// [`CredentialError::NotFound`].
pub fn find(conn: &mut Conn<'_>, credential: Id) -> Result<(CredentialRow, Board), CredentialError> {
    let row = repo!(conn, boards::credential(credential))?.ok_or(CredentialError::NotFound)?;
    let board = boards::find(conn, row.organization_id)?;
    Ok((row, board))
}

/// All credentials, by slug.
///
/// # Errors
/// What the database met.
pub fn list(conn: &mut Conn<'_>) -> Result<Vec<CredentialRow>, StoreError> {
    repo!(conn, boards::credentials())
}

/// A credential's published versions, earliest in force first.
///
/// # Errors
/// What the database met.
pub fn versions(conn: &mut Conn<'_>, credential: Id) -> Result<Vec<RuleVersionRow>, StoreError> {
    repo!(conn, boards::versions(credential))
}

/// The published rules of a credential, ready to evaluate.
///
/// # Errors
/// [`CredentialError::Rules`] if nothing is published or this program cannot read it.
pub fn pack(conn: &mut Conn<'_>, credential: Id) -> Result<Arc<Pack>, CredentialError> {
    let key = repo!(conn, boards::version_keys(credential))?;
    if let Some(known) = kept::kept().exactly(credential, &key) {
        return Ok(known);
    }
    let rows = versions(conn, credential)?;
    let names: Vec<String> = rows.iter().map(|row| format!("{}.toml", row.version)).collect();
    let files: Vec<(&str, &str)> =
        names.iter().zip(&rows).map(|(name, row)| (name.as_str(), row.content.as_str())).collect();
    let pack = Arc::new(read(&files)?);
    let bytes = rows.iter().map(|row| row.content.len()).sum();
    kept::kept().keep(credential, key, &pack, bytes);
    Ok(pack)
}

/// The rules of a credential with this published version; later ones may be missing. Usually asks the database
/// nothing: a version that is out never changes.
///
/// # Errors
/// As [`pack`].
pub fn pack_with(conn: &mut Conn<'_>, credential: Id, version: &str) -> Result<Arc<Pack>, CredentialError> {
    let known = kept::kept().with_version(credential, version);
    known.map_or_else(|| pack(conn, credential), Ok)
}
