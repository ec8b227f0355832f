//! Boards, training programs and employers: adding them, and what a board decides about its own work.

use chrono_tz::Tz;
use serde_json::json;

use super::acting::Acting;
use super::lists::{Page, Wanted};
use super::roles::OrganizationKind;
use crate::repo;
use crate::storage::rows::organizations::{BoardRow, OrganizationRow};
use crate::storage::{Conn, Id, StoreError};

/// An organization to be added.
#[derive(Debug, Clone)]
pub struct NewOrganization {
    /// What it is.
    pub kind: OrganizationKind,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Where it works, such as `us-ne`.
    pub region: Option<String>,
    /// For boards: what it decides about its own work.
    pub board: Option<NewBoard>,
}

/// What a board decides about its own work, to begin with.
#[derive(Debug, Clone)]
pub struct NewBoard {
    /// The zone whose days count, such as `America/Chicago`.
    pub time_zone: String,
    /// What certificate numbers begin with: 1 to 6 letters.
    pub number_prefix: String,
    /// Where people call.
    pub phone: Option<String>,
}

/// Why an organization was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddOrganizationError {
    /// Not 2 to 80 lower-case letters, digits and hyphens.
    #[error("expected a slug of 2 to 80 lower-case letters, digits and hyphens")]
    Slug,
    /// Empty or too long.
    #[error("expected a name of 1 to 200 characters")]
    Name,
    /// Not such as `us-ne`.
    #[error("expected a region such as `us-ne`, `de` or `intl`")]
    Region,
    /// A board without board settings, or another organization with them.
    #[error("expected `board` for a board and for no other organization")]
    BoardSettings,
    /// Unknown zone.
    #[error("`{0}` is no time zone, expected one such as `America/Chicago`")]
    TimeZone(String),
    /// Not 1 to 6 capital letters.
    #[error("expected a number prefix of 1 to 6 capital letters")]
    NumberPrefix,
    /// Another organization has the slug.
    #[error("another organization has the slug `{0}`, expected one that is free")]
    SlugTaken(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the public may see of a certificate until the board decides otherwise.
const REGISTER_FIELDS: [&str; 6] = ["name", "credential", "number", "status", "from", "through"];

/// Adds an organization.
///
/// # Errors
/// [`AddOrganizationError`].
pub fn add(conn: &mut Conn<'_>, by: &Acting, new: &NewOrganization) -> Result<OrganizationRow, AddOrganizationError> {
    check(new)?;
    if repo!(conn, organizations::find_by_slug(&new.slug))?.is_some() {
        return Err(AddOrganizationError::SlugTaken(new.slug.clone()));
    }
    let row = OrganizationRow {
        id: by.fresh_id(),
        kind: new.kind.word().to_owned(),
        slug: new.slug.clone(),
        name: new.name.clone(),
        region: new.region.clone(),
        created_at: by.moment(),
        created_by: by.actor,
    };
    repo!(conn, organizations::insert(&row))?;
    if let Some(board) = &new.board {
        repo!(
            conn,
            organizations::insert_board(&BoardRow {
                organization_id: row.id,
                time_zone: board.time_zone.clone(),
                number_prefix: board.number_prefix.clone(),
                phone: board.phone.clone(),
                register_fields: json!(REGISTER_FIELDS).to_string(),
                certificate_style: json!({}).to_string(),
                updated_at: by.moment(),
            })
        )?;
    }
    by.log(conn, "organization.add", format!("organization {}", row.id), None, json!({"kind": row.kind}))?;
    Ok(row)
}

fn check(new: &NewOrganization) -> Result<(), AddOrganizationError> {
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !(2..=80).contains(&new.slug.len()) || !plain(&new.slug) || new.slug.starts_with('-') {
        return Err(AddOrganizationError::Slug);
    }
    let letters = new.name.chars().count();
    if !(1..=200).contains(&letters) || new.name.trim().is_empty() || new.name.chars().any(char::is_control) {
        return Err(AddOrganizationError::Name);
    }
    if new.region.as_ref().is_some_and(|region| !(2..=10).contains(&region.len()) || !plain(region)) {
        return Err(AddOrganizationError::Region);
    }
    if new.board.is_some() != (new.kind == OrganizationKind::Board) {
        return Err(AddOrganizationError::BoardSettings);
    }
    let Some(board) = &new.board else { return Ok(()) };
    if board.time_zone.parse::<Tz>().is_err() {
        return Err(AddOrganizationError::TimeZone(board.time_zone.chars().take(60).collect()));
    }
    let prefix = &board.number_prefix;
    if !(1..=6).contains(&prefix.len()) || !prefix.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(AddOrganizationError::NumberPrefix);
    }
    Ok(())
}

/// One organization.
///
/// # Errors
/// What the database met.
pub fn find(conn: &mut Conn<'_>, id: Id) -> Result<Option<OrganizationRow>, StoreError> {
    repo!(conn, organizations::find(id))
}

/// One organization by its name in addresses.
///
/// # Errors
/// What the database met.
pub fn find_by_slug(conn: &mut Conn<'_>, slug: &str) -> Result<Option<OrganizationRow>, StoreError> {
    repo!(conn, organizations::find_by_slug(slug))
}

/// A page of the organizations, oldest first.
///
/// # Errors
/// What the database met.
pub fn list(conn: &mut Conn<'_>, wanted: &Wanted<Id>) -> Result<Page<OrganizationRow>, StoreError> {
    let rows = repo!(conn, organizations::list_after(wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| row.id))
}
