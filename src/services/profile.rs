//! What a person is called and when they were born: read and changed by themselves, or by a board that knows them.
//!
//! Nothing is overwritten. A slip is mended by the next wording of the same name; a name that changed on a day ends
//! the day before and stays as a previous one. Certificates keep the name they were printed with. Once a board has a
//! case of a person, the person asks the board: what papers rest on is not changed behind it.

use chrono::{Datelike, NaiveDate};

use crate::pdf::NameRefusal;
use crate::repo;
use crate::services::accounts::read_name;
use crate::services::acting::Acting;
use crate::services::applications::{self, ApplicationError};
use crate::services::record::latest;
use crate::services::{boards, known};
use crate::storage::rows::people::{PersonDetailRow, PersonNameRow};
use crate::storage::{Conn, Day, Id, Moment, StoreError};

/// Who tells something about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Teller {
    /// The person themselves.
    Oneself,
    /// Staff of this board.
    Board(Id),
}

/// Name and birth date as they stand.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Grows with every change.
    pub revision: i32,
    /// The legal name.
    pub name: Option<String>,
    /// The birth date, if it was told.
    pub birth_date: Option<NaiveDate>,
    /// The person may change the name.
    pub name_is_open: bool,
    /// The person may change the birth date.
    pub birth_date_is_open: bool,
    /// How it came about, oldest first.
    pub changes: Vec<Change>,
}

/// Something that was told.
#[derive(Debug, Clone)]
pub struct Change {
    /// When it was recorded.
    pub at: Moment,
    /// The person told it.
    pub by_oneself: bool,
    /// What was told.
    pub told: Told,
    /// Why.
    pub reason: Option<String>,
}

/// What was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A name.
    Name(String),
    /// A birth date.
    BirthDate(NaiveDate),
}

/// Name and birth date as they shall stand.
#[derive(Debug, Clone)]
pub struct ProfileWish {
    /// The revision that was looked at.
    pub revision: i32,
    /// The legal name.
    pub name: String,
    /// The day the name changed; none mends a slip.
    pub name_from: Option<NaiveDate>,
    /// The birth date; none leaves what is known.
    pub birth_date: Option<NaiveDate>,
    /// Why; a board has to say.
    pub reason: Option<String>,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// The name cannot be printed.
    #[error(transparent)]
    Name(#[from] NameRefusal),
    /// A field that has to change.
    #[error("{message}")]
    Refused {
        /// JSON pointer.
        pointer: &'static str,
        /// What was found and expected.
        message: String,
    },
    /// A board's papers rest on it.
    #[error("a board has papers that rest on the {0}, ask the board to change it")]
    AskYourBoard(&'static str),
    /// Nobody does this to their own file on behalf of a board.
    #[error("this is your own file, expected somebody else of the board")]
    Own,
    /// Nobody with this id whom the board knows.
    #[error("there is no such person")]
    NobodyThere,
    /// Someone changed it meanwhile.
    #[error("it is at revision {0} by now, look at it again")]
    Changed(i32),
    /// What the database met.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The rows behind a profile.
struct Rows {
    names: Vec<PersonNameRow>,
    details: Vec<PersonDetailRow>,
}

impl Rows {
    fn read(conn: &mut Conn<'_>, person: Id) -> Result<Self, StoreError> {
        Ok(Self {
            names: repo!(conn, people::list_names(person))?,
            details: repo!(conn, people::list_details(&[person]))?,
        })
    }

    fn name(&self) -> Option<&PersonNameRow> {
        latest(&self.names, |row| row.id).filter(|row| row.kind == "legal" && row.through_day.is_none()).last()
    }

    fn birth(&self) -> Option<&PersonDetailRow> {
        self.details.last().filter(|row| row.birth_day.is_some())
    }

    fn revision(&self) -> i32 {
        i32::try_from(self.names.len() + self.details.len()).unwrap_or(i32::MAX)
    }

    fn changes(&self, person: Id) -> Vec<Change> {
        let named = self.names.iter().filter(|row| row.kind != "previous").map(|row| Change {
            at: row.recorded_at,
            by_oneself: row.recorded_by == person,
            told: Told::Name(row.name.clone()),
            reason: row.reason.clone(),
        });
        let born = self.details.iter().filter_map(|row| {
            Some(Change {
                at: row.recorded_at,
                by_oneself: row.recorded_by == person,
                told: Told::BirthDate(row.birth_day?.date()),
                reason: row.reason.clone(),
            })
        });
        let mut changes: Vec<Change> = named.chain(born).collect();
        changes.sort_by_key(|change| change.at);
        changes
    }
}

/// A person's name and birth date.
///
/// # Errors
/// What the database met.
pub fn look(conn: &mut Conn<'_>, person: Id) -> Result<Profile, StoreError> {
    let rows = Rows::read(conn, person)?;
    let rests = papers_rest(conn, person)?;
    let (name, birth) = (rows.name(), rows.birth());
    let set_by_other = |row: &PersonNameRow| row.recorded_by != person && row.reason.is_some();
    Ok(Profile {
        revision: rows.revision(),
        name: name.map(|row| row.name.clone()),
        birth_date: birth.and_then(|row| row.birth_day).map(Day::date),
        name_is_open: name.is_none_or(|row| !rests && !set_by_other(row)),
        birth_date_is_open: birth.is_none_or(|row| !rests && row.recorded_by == person),
        changes: rows.changes(person),
    })
}

/// [`look`] by staff of a board, at people whom the board knows.
///
/// # Errors
/// [`ProfileError::NobodyThere`] for others.
pub fn look_for(conn: &mut Conn<'_>, board: Id, person: Id) -> Result<Profile, ProfileError> {
    if known::person(conn, board, person)? { Ok(look(conn, person)?) } else { Err(ProfileError::NobodyThere) }
}

/// Whether a board reads an application of this person, or has certified them.
fn papers_rest(conn: &mut Conn<'_>, person: Id) -> Result<bool, StoreError> {
    if !repo!(conn, awards::of_person(person))?.is_empty() {
        return Ok(true);
    }
    match applications::of_person(conn, person) {
        Ok(all) => Ok(all.iter().any(applications::Application::is_open)),
        Err(ApplicationError::Store(error)) => Err(error),
        Err(other) => Err(StoreError::Fault(other.to_string())),
    }
}

/// Changes a person's name or birth date and answers how they stand; what is as wished already is left alone.
///
/// # Errors
/// See [`ProfileError`]; nothing is changed then.
pub fn change(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    teller: Teller,
    wish: &ProfileWish,
) -> Result<Profile, ProfileError> {
    let (before, today) = match teller {
        Teller::Oneself => (look(conn, person)?, by.latest_day()),
        Teller::Board(_) if by.actor == person => return Err(ProfileError::Own),
        Teller::Board(board) => (look_for(conn, board, person)?, boards::today(conn, by, board)?),
    };
    if before.revision != wish.revision {
        return Err(ProfileError::Changed(before.revision));
    }
    let name = Some(read_name(&wish.name)?).filter(|name| before.name.as_ref() != Some(name));
    let born = wish.birth_date.filter(|day| before.birth_date != Some(*day));
    check(wish, teller, today, name.is_some())?;
    if teller == Teller::Oneself {
        for (changes, is_open, what) in
            [(name.is_some(), before.name_is_open, "name"), (born.is_some(), before.birth_date_is_open, "birth date")]
        {
            if changes && !is_open {
                return Err(ProfileError::AskYourBoard(what));
            }
        }
    }
    if name.is_none() && born.is_none() {
        return Ok(before);
    }
    let (rows, reason) = (Rows::read(conn, person)?, wish.reason.as_deref().map(str::trim));
    if let Some(name) = &name {
        write_name(conn, by, person, &rows, (name, wish.name_from, reason))?;
    }
    if let Some(day) = born {
        record_birth(conn, by, person, day, reason)?;
    }
    repo!(conn, people::mark_due(person, by.moment()))?;
    let detail = serde_json::json!({ "name": name.is_some(), "birth_date": born.is_some() });
    by.log(conn, "person.change", format!("person {person}"), Some(person), detail)?;
    Ok(look(conn, person)?)
}

fn check(wish: &ProfileWish, teller: Teller, today: NaiveDate, renamed: bool) -> Result<(), ProfileError> {
    let refused = |pointer, message: String| Err(ProfileError::Refused { pointer, message });
    if let Some(problem) = wish.birth_date.and_then(|day| bad_birth(day, today)) {
        return refused("/birth_date", problem);
    }
    match wish.name_from {
        Some(day) if !renamed => {
            return refused(
                "/name_from",
                format!("found `{day}` and the name as it was, expected a day only with a new name"),
            );
        }
        Some(day) if day > today || day.year() < 1900 => {
            return refused(
                "/name_from",
                format!("`{day}` is not a day from 1900 through today, the day the name changed"),
            );
        }
        _ => {}
    }
    let reason = wish.reason.as_deref().map_or("", str::trim);
    if reason.is_empty() && teller != Teller::Oneself {
        return refused("/reason", "expected a few words saying why; the person reads them".to_owned());
    }
    if reason.chars().count() > 500 {
        return refused("/reason", "expected at most 500 letters".to_owned());
    }
    Ok(())
}

/// What is wrong with a birth date, if anything is.
#[must_use]
pub fn bad_birth(day: NaiveDate, today: NaiveDate) -> Option<String> {
    let fits = day <= today && day.year() >= 1900;
    (!fits).then(|| format!("`{day}` cannot be a birth date, expected a day from 1900 through today"))
}

/// Writes a name: with a day, the old one ends before it; without, it is the old one mended.
fn write_name(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    rows: &Rows,
    (name, from, reason): (&str, Option<NaiveDate>, Option<&str>),
) -> Result<(), ProfileError> {
    let mut new = PersonNameRow {
        person_id: person,
        id: by.fresh_id(),
        revision: 1,
        kind: "legal".to_owned(),
        name: name.to_owned(),
        from_day: from.map(Into::into),
        through_day: None,
        recorded_at: by.moment(),
        recorded_by: by.actor,
        reason: reason.map(str::to_owned),
    };
    match (rows.name(), from) {
        (Some(old), None) => {
            (new.id, new.revision, new.from_day) = (old.id, old.revision + 1, old.from_day);
        }
        (Some(old), Some(day)) => {
            let last = day.pred_opt().filter(|last| old.from_day.is_none_or(|first| first.date() <= *last));
            let Some(last) = last else {
                let message = format!("`{day}` lies before the present name began, expected a later day");
                return Err(ProfileError::Refused { pointer: "/name_from", message });
            };
            let ended = PersonNameRow {
                id: old.id,
                revision: old.revision + 1,
                kind: "previous".to_owned(),
                name: old.name.clone(),
                from_day: old.from_day,
                through_day: Some(last.into()),
                ..new.clone()
            };
            repo!(conn, people::insert_name(&ended))?;
        }
        (None, _) => {}
    }
    Ok(repo!(conn, people::insert_name(&new))?)
}

/// Writes a birth date down; what was known before stays in the history.
///
/// # Errors
/// What the database met.
pub fn record_birth(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    day: NaiveDate,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let before = repo!(conn, people::find_detail(person))?.map_or(0, |row| row.revision);
    let row = PersonDetailRow {
        person_id: person,
        revision: before + 1,
        birth_day: Some(day.into()),
        recorded_at: by.moment(),
        recorded_by: by.actor,
        reason: reason.map(str::to_owned),
    };
    Ok(repo!(conn, people::insert_detail(&row))?)
}
