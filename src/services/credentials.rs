//! The credentials that boards give, and the published versions of their rules.
//!
//! A published version never changes: publishing the same text again is no change, another text under the
//! same day is refused, and so is a version that no worked example is about. Begin with [`publish`] and [`pack`].

mod brought;
mod kept;

use std::sync::Arc;

use serde_json::json;

use super::acting::Acting;
use super::boards::{self, Board, BoardError};
use super::lists::{Page, Wanted};
use crate::packs;
use crate::repo;
use crate::rules::{Pack, Problem};
use crate::storage::rows::boards::{CredentialRow, RuleVersionRow};
use crate::storage::{Conn, Day, Id, StoreError};

pub use brought::Brought;

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
    /// An example does not hold, or a version has none.
    #[error("nothing is published whose worked examples do not hold: {}", joined(.0))]
    Untested(Vec<Problem>),
    /// The board.
    #[error(transparent)]
    Board(#[from] BoardError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn joined(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Sets up the credential that the texts brought rule, as `board`'s own, and publishes its versions.
///
/// # Errors
/// [`CredentialError`].
pub fn create(conn: &mut Conn<'_>, by: &Acting, board: Id, brought: Brought<'_>) -> Result<Id, CredentialError> {
    boards::find(conn, board)?;
    let pack = read(brought.files)?;
    let newest = pack.versions.iter().rfind(|version| brought.wants(version)).ok_or(CredentialError::NotFound)?;
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
    publish_all(conn, by, &row, &pack, brought)?;
    Ok(row.id)
}

/// Publishes the versions brought that are not out yet; answers their names. Each needs a worked example that it rules,
/// and every example brought must hold.
///
/// # Errors
/// [`CredentialError`]; nothing is published then.
pub fn publish(
    conn: &mut Conn<'_>,
    by: &Acting,
    board: Id,
    credential: Id,
    brought: Brought<'_>,
) -> Result<Vec<String>, CredentialError> {
    let row = of_board(conn, board, credential)?;
    let pack = read(brought.files)?;
    if pack.id != row.slug {
        return Err(CredentialError::OtherCredential { found: pack.id, expected: row.slug });
    }
    publish_all(conn, by, &row, &pack, brought)
}

fn read(files: &[(&str, &str)]) -> Result<Pack, CredentialError> {
    packs::parse(files).map_err(|problems| CredentialError::Rules(problems.iter().map(ToString::to_string).collect()))
}

fn of_rows<'r>(rows: impl IntoIterator<Item = &'r RuleVersionRow>) -> Result<Pack, CredentialError> {
    let named: Vec<(String, &str)> =
        rows.into_iter().map(|row| (format!("{}.toml", row.version), row.content.as_str())).collect();
    let files: Vec<(&str, &str)> = named.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    read(&files)
}

fn publish_all(
    conn: &mut Conn<'_>,
    by: &Acting,
    credential: &CredentialRow,
    pack: &Pack,
    brought: Brought<'_>,
) -> Result<Vec<String>, CredentialError> {
    let out = versions(conn, credential.id)?;
    let new = brought.not_out(&out, by, credential.id, pack)?;
    if new.is_empty() {
        return Ok(Vec::new());
    }
    brought.check(&out, &new, pack)?;
    for row in &new {
        repo!(conn, boards::insert_version(row))?;
        let detail = json!({ "version": row.version, "hash": row.hash });
        by.log(conn, "rules.publish", format!("credential {}", credential.id), None, detail)?;
    }
    Ok(new.into_iter().map(|row| row.version).collect())
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

/// A page of all credentials, by slug.
///
/// # Errors
/// What the database met.
pub fn page(conn: &mut Conn<'_>, wanted: &Wanted<String>) -> Result<Page<CredentialRow>, StoreError> {
    let rows = repo!(conn, boards::credentials_after(wanted.after().as_deref(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| row.slug.clone()))
}

/// A published version without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedVersion {
    /// The day it comes into force.
    pub in_force_from: Day,
    /// Its name.
    pub version: String,
    /// Hash of the text without its comments.
    pub hash: String,
}

/// A page of a credential's published versions, earliest in force first.
///
/// # Errors
/// [`CredentialError::NotFound`], or what the database met.
pub fn version_names(
    conn: &mut Conn<'_>,
    credential: Id,
    wanted: &Wanted<(Day, String)>,
) -> Result<Page<PublishedVersion>, CredentialError> {
    repo!(conn, boards::credential(credential))?.ok_or(CredentialError::NotFound)?;
    let after = wanted.after();
    let after = after.as_ref().map(|(day, name)| (*day, name.as_str()));
    let rows = repo!(conn, boards::version_names_after(credential, after, wanted.rows()))?;
    let page = wanted.page(rows, |(day, name, _)| (*day, name.clone()));
    Ok(page.map(|(in_force_from, version, hash)| PublishedVersion { in_force_from, version, hash }))
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
    let pack = Arc::new(of_rows(&rows)?);
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
