//! What a board decides about its own work: time zone, holidays, how its certificates look.
//!
//! Every change carries what was seen before ([`Board::revision`]), so that two people never overwrite each other.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::acting::Acting;
use super::lists::{Page, Wanted};
use crate::repo;
use crate::storage::rows::boards::HolidayRow;
use crate::storage::rows::organizations::BoardRow;
use crate::storage::{Conn, Day, Id, Moment, StoreError};

/// Fields that a register may show.
pub const REGISTER_FIELDS: [&str; 8] =
    ["name", "credential", "number", "status", "issued_on", "from", "through", "region"];

/// A board as its credentials see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Key.
    pub id: Id,
    /// The name printed on certificates.
    pub name: String,
    /// Whose days count.
    pub zone: Tz,
    /// What certificate numbers begin with.
    pub prefix: String,
    /// For people who ask.
    pub phone: Option<String>,
    /// What the public register may show.
    pub register_fields: Vec<String>,
    /// How certificates look.
    pub style: Style,
    /// What a change has to name.
    pub revision: Moment,
}

/// How a board's certificates look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// Paper: `letter` or `a4`.
    #[serde(default = "letter")]
    pub page: String,
    /// Up to five characters in the seal; without them the first letters of the board's name.
    #[serde(default)]
    pub initials: Option<String>,
    /// Colour of the seal, such as `#1f4e79`.
    #[serde(default = "blue")]
    pub colour: String,
    /// `engraved`, `double` or `plain`.
    #[serde(default = "engraved")]
    pub border: String,
    /// Who signs.
    #[serde(default)]
    pub signatory: Option<StyleSignatory>,
}

/// Who signs for the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StyleSignatory {
    /// Their name.
    pub name: String,
    /// Their office.
    pub title: String,
}

fn letter() -> String {
    "letter".to_owned()
}

fn blue() -> String {
    "#1f4e79".to_owned()
}

fn engraved() -> String {
    "engraved".to_owned()
}

impl Default for Style {
    fn default() -> Self {
        Self { page: letter(), initials: None, colour: blue(), border: engraved(), signatory: None }
    }
}

/// What a board may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardWish {
    /// IANA name.
    pub time_zone: String,
    /// One to six capital letters or digits.
    pub prefix: String,
    /// For people who ask.
    pub phone: Option<String>,
    /// Some of [`REGISTER_FIELDS`].
    pub register_fields: Vec<String>,
    /// How certificates look.
    pub style: Style,
}

/// Why a board could not be set up or changed.
#[derive(Debug, thiserror::Error)]
pub enum BoardError {
    /// There is no such board.
    #[error("there is no such board")]
    NotFound,
    /// It is set up already.
    #[error("the board is set up already")]
    Exists,
    /// A field does not fit.
    #[error("`{found}` does not fit `{field}`, expected {expected}")]
    Field {
        /// Which.
        field: &'static str,
        /// What was given.
        found: String,
        /// What would do.
        expected: &'static str,
    },
    /// Somebody changed it meanwhile.
    #[error("somebody else changed the board's settings meanwhile, look again")]
    ChangedMeanwhile,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A board.
///
/// # Errors
/// [`BoardError::NotFound`], or what the database met.
pub fn find(conn: &mut Conn<'_>, id: Id) -> Result<Board, BoardError> {
    let row = repo!(conn, organizations::find_board(id))?.ok_or(BoardError::NotFound)?;
    let organization = repo!(conn, organizations::find(id))?.ok_or(BoardError::NotFound)?;
    let unreadable = |what: &str| StoreError::Fault(format!("board {id}: its {what} cannot be read"));
    Ok(Board {
        id,
        name: organization.name,
        zone: row.time_zone.parse().map_err(|_unknown| unreadable("time zone"))?,
        prefix: row.number_prefix,
        phone: row.phone,
        register_fields: serde_json::from_str(&row.register_fields).map_err(|_json| unreadable("register fields"))?,
        style: serde_json::from_str(&row.certificate_style).map_err(|_json| unreadable("certificate style"))?,
        revision: row.updated_at,
    })
}

/// Sets an organization up as a board.
///
/// # Errors
/// [`BoardError::Field`], [`BoardError::Exists`], or what the database met.
pub fn set_up(conn: &mut Conn<'_>, by: &Acting, id: Id, wish: &BoardWish) -> Result<Board, BoardError> {
    let row = row(by, id, wish)?;
    if repo!(conn, organizations::find_board(id))?.is_some() {
        return Err(BoardError::Exists);
    }
    repo!(conn, organizations::insert_board(&row))?;
    by.log(conn, "board.set_up", format!("organization {id}"), None, json!({ "time_zone": wish.time_zone }))?;
    find(conn, id)
}

/// Changes a board's settings if they still are as of `seen`.
///
/// # Errors
/// [`BoardError::Field`], [`BoardError::ChangedMeanwhile`], or what the database met.
pub fn change(conn: &mut Conn<'_>, by: &Acting, id: Id, seen: Moment, wish: &BoardWish) -> Result<Board, BoardError> {
    let mut row = row(by, id, wish)?;
    find(conn, id)?;
    // Two changes within one microsecond still differ in their revision.
    row.updated_at = row.updated_at.max(Moment(seen.0.saturating_add(1)));
    if !repo!(conn, boards::update(&row, seen))? {
        return Err(BoardError::ChangedMeanwhile);
    }
    by.log(conn, "board.change", format!("organization {id}"), None, json!({ "time_zone": wish.time_zone }))?;
    find(conn, id)
}

fn row(by: &Acting, id: Id, wish: &BoardWish) -> Result<BoardRow, BoardError> {
    check(wish)?;
    let json = |value: Result<String, serde_json::Error>| value.map_err(|error| StoreError::Fault(error.to_string()));
    Ok(BoardRow {
        organization_id: id,
        time_zone: wish.time_zone.clone(),
        number_prefix: wish.prefix.clone(),
        phone: wish.phone.clone(),
        register_fields: json(serde_json::to_string(&wish.register_fields))?,
        certificate_style: json(serde_json::to_string(&wish.style))?,
        updated_at: by.moment(),
    })
}

fn check(wish: &BoardWish) -> Result<(), BoardError> {
    let refuse = |field, found: &str, expected| {
        Err(BoardError::Field { field, found: found.chars().take(60).collect(), expected })
    };
    if wish.time_zone.parse::<Tz>().is_err() {
        return refuse("time_zone", &wish.time_zone, "an IANA name such as `America/Chicago`");
    }
    let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    if !(1..=6).contains(&wish.prefix.len()) || !wish.prefix.chars().all(plain) {
        return refuse("number_prefix", &wish.prefix, "one to six capital letters or digits");
    }
    if let Some(odd) = wish.register_fields.iter().find(|field| !REGISTER_FIELDS.contains(&field.as_str())) {
        return refuse(
            "register_fields",
            odd,
            "some of name, credential, number, status, issued_on, from, through, region",
        );
    }
    let style = &wish.style;
    if !matches!(style.page.as_str(), "letter" | "a4") {
        return refuse("certificate_style/page", &style.page, "`letter` or `a4`");
    }
    if !matches!(style.border.as_str(), "engraved" | "double" | "plain") {
        return refuse("certificate_style/border", &style.border, "`engraved`, `double` or `plain`");
    }
    let hex = style.colour.strip_prefix('#').is_some_and(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
    if !hex {
        return refuse("certificate_style/colour", &style.colour, "a colour such as `#1f4e79`");
    }
    if let Some(initials) = style.initials.as_ref().filter(|text| !(1..=5).contains(&text.chars().count())) {
        return refuse("certificate_style/initials", initials, "one to five characters");
    }
    Ok(())
}

/// Adds a holiday, or renames it.
///
/// # Errors
/// [`BoardError::NotFound`], or what the database met.
pub fn put_holiday(conn: &mut Conn<'_>, by: &Acting, id: Id, day: NaiveDate, name: &str) -> Result<(), BoardError> {
    find(conn, id)?;
    let row = HolidayRow { organization_id: id, day: Day::from(day), name: name.to_owned() };
    repo!(conn, boards::put_holiday(&row))?;
    by.log(conn, "board.holiday", format!("organization {id}"), None, json!({ "day": day, "off": true }))?;
    Ok(())
}

/// The day it is for a board; for one that is not set up yet, the latest day it can be anywhere.
///
/// # Errors
/// What the database met.
pub fn today(conn: &mut Conn<'_>, by: &Acting, board: Id) -> Result<NaiveDate, StoreError> {
    match find(conn, board) {
        Ok(board) => Ok(by.at.with_timezone(&board.zone).date_naive()),
        Err(BoardError::Store(store)) => Err(store),
        Err(_not_set_up) => Ok(by.latest_day()),
    }
}

/// Takes a holiday out of the calendar; answers whether it was there.
///
/// # Errors
/// What the database met.
pub fn remove_holiday(conn: &mut Conn<'_>, by: &Acting, id: Id, day: NaiveDate) -> Result<bool, BoardError> {
    let gone = repo!(conn, boards::remove_holiday(id, Day::from(day)))?;
    if gone {
        by.log(conn, "board.holiday", format!("organization {id}"), None, json!({ "day": day, "off": false }))?;
    }
    Ok(gone)
}

/// A page of a board's holidays, earliest first.
///
/// # Errors
/// What the database met.
pub fn holidays(conn: &mut Conn<'_>, id: Id, wanted: &Wanted<Day>) -> Result<Page<HolidayRow>, StoreError> {
    let rows = repo!(conn, boards::holidays_after(id, wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| row.day))
}
