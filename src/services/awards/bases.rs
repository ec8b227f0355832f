//! The credentials without which an award rests (`suspends_with` in its rules), as the person holds them.

use crate::repo;
use crate::services::credentials::{self, CredentialError};
use crate::services::standing::Base;
use crate::storage::rows::awards::TermRow;
use crate::storage::{Conn, Id, StoreError};

/// What a person holds of each credential with which their award of `credential` rests, by the rules of its last term. A credential that
/// no board here gives is left out: nothing is known of it.
///
/// # Errors
/// What the database met.
pub fn of(conn: &mut Conn<'_>, (person, credential): (Id, Id), terms: &[TermRow]) -> Result<Vec<Base>, StoreError> {
    let Some(term) = terms.iter().max_by_key(|term| (term.from_day, term.id)) else { return Ok(Vec::new()) };
    let pack = match credentials::pack_with(conn, credential, &term.version) {
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
        for other in repo!(conn, awards::of_person(person))? {
            if other.credential_id == credential.id {
                held.push(repo!(conn, awards::standing(other.person_id, other.id))?);
            }
        }
        bases.push(Base(held));
    }
    Ok(bases)
}
