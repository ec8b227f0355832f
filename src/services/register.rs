//! What a person lets the public see.
//!
//! A person may stay out of the register; for safety the board may hide them too. Either way the public's
//! answer is the same as for somebody who was never here.

use serde_json::json;

use super::acting::Acting;
use crate::repo;
use crate::storage::rows::awards::RegisterChoiceRow;
use crate::storage::{Conn, Id, StoreError};

/// Whether the public sees a person at all, and whether they are hidden for their safety.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Choice {
    /// The person's own choice.
    pub shown: bool,
    /// Hidden for safety.
    pub safety: bool,
}

/// What holds now. Who never chose is shown.
///
/// # Errors
/// What the database met.
pub fn choice(conn: &mut Conn<'_>, person: Id) -> Result<Choice, StoreError> {
    let row = repo!(conn, awards::register_choice(person))?;
    Ok(row.map_or(Choice { shown: true, safety: false }, |row| Choice { shown: row.shown, safety: row.safety }))
}

/// Records a choice as the next revision. Setting what holds already records nothing.
///
/// # Errors
/// What the database met.
pub fn choose(conn: &mut Conn<'_>, by: &Acting, person: Id, wish: Choice) -> Result<Choice, StoreError> {
    let before = repo!(conn, awards::register_choice(person))?;
    let revision = before.as_ref().map_or(0, |row| row.revision).saturating_add(1);
    if choice(conn, person)? == wish {
        return Ok(wish);
    }
    let row = RegisterChoiceRow {
        person_id: person,
        revision,
        shown: wish.shown,
        safety: wish.safety,
        recorded_at: by.moment(),
        recorded_by: by.actor,
    };
    repo!(conn, awards::insert_register_choice(&row))?;
    let detail = json!({ "shown": wish.shown, "safety": wish.safety, "revision": revision });
    by.log(conn, "register.choose", format!("person {person}"), Some(person), detail)?;
    Ok(wish)
}
