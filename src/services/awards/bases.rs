//! The credentials without which an award rests (`suspends_with` in its rules), as the person holds them.

use crate::repo;
use crate::services::credentials::{self, CredentialError};
use crate::services::standing::Base;
use crate::storage::rows::awards::{AwardRow, TermRow};
use crate::storage::{Conn, StoreError};

/// What a person holds of each credential with which an award rests, by the rules of its last term. A credential that
/// no board here gives is left out: nothing is known of it.
///
/// # Errors
/// What the database met.
pub fn of(conn: &mut Conn<'_>, award: &AwardRow, terms: &[TermRow]) -> Result<Vec<Base>, StoreError> {
    let Some(term) = terms.iter().max_by_key(|term| (term.from_day, term.id)) else { return Ok(Vec::new()) };
    let pack = match credentials::pack(conn, award.credential_id) {
        Ok(pack) => pack,
        Err(CredentialError::Store(error)) => return Err(error),
        // Rules that cannot be read say nothing of other credentials; evaluating by them says what is wrong.
        Err(_) => return Ok(Vec::new()),
    };
    let stages = pack.version(&term.version).map_or(&[][..], |version| &version.stages);
    let named = stages.iter().filter(|stage| stage.id == term.stage).flat_map(|stage| &stage.suspends_with);
    let mut bases = Vec::new();
    for slug in named {
        let Some(credential) = repo!(conn, boards::credential_by_slug(slug))? else { continue };
        let mut held = Vec::new();
        for other in repo!(conn, awards::of_person(award.person_id))? {
            if other.credential_id == credential.id {
                let terms = repo!(conn, awards::terms(other.person_id, other.id))?;
                held.push((terms, repo!(conn, awards::statuses(other.person_id, other.id))?));
            }
        }
        bases.push(Base(held));
    }
    Ok(bases)
}
