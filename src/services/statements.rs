//! Statements (attestations) that a person makes about themselves, or a board about a person.
//!
//! Of lived experience only the kind and the day are kept: there is no place for a story.

use chrono::NaiveDate;

use crate::repo;
use crate::rules::amount::Decimal;
use crate::rules::calendar::parse_day;
use crate::rules::words::{AttestationKinds, Word as RecordWord};
use crate::services::acting::Acting;
use crate::services::{boards, known};
use crate::storage::rows::life::AttestationRow;
use crate::storage::{Conn, Id, StoreError, Words};

/// Who makes a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MadeBy {
    /// The person themselves: their word stands for the kinds of the portable record; of a board's own kinds
    /// (`x-`) it is reported, and counts where the board's rules name `self`, or once the board has stated the same.
    Oneself,
    /// Staff of this board, having seen the evidence.
    Board(Id),
}

impl MadeBy {
    const fn word(self) -> &'static str {
        match self {
            Self::Oneself => "self",
            Self::Board(_) => "board",
        }
    }
}

/// A statement as it is made.
#[derive(Debug, Clone)]
pub struct StatementWish {
    /// A kind of the portable record.
    pub kind: String,
    /// A picked word, a number, a date, `true` or `false`.
    pub value: Option<String>,
    /// A finer kind.
    pub subtype: Option<String>,
    /// The day it is made.
    pub on: NaiveDate,
    /// First day it speaks of.
    pub from: Option<NaiveDate>,
    /// Last day it speaks of.
    pub through: Option<NaiveDate>,
    /// Such as `application`.
    pub moment: Option<String>,
    /// Whose word a board records; none: its own.
    pub given: Given,
}

/// Whose word a board records, such as that of somebody who gave a reference.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// In which role: `reference`, `supervisor`.
    pub by: Option<String>,
    /// A short mark, never a name: statements with the same mark are one person's.
    pub mark: Option<String>,
    /// With which credential.
    pub standing: Option<String>,
}

/// Why a statement was not stored.
#[derive(Debug, thiserror::Error)]
pub enum StatementError {
    /// A field that has to change.
    #[error("{message}")]
    Refused {
        /// JSON pointer.
        pointer: &'static str,
        /// What was found and expected.
        message: String,
    },
    /// Nobody with this id.
    #[error("there is no such person")]
    NobodyThere,
    /// What the database met.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What only others than oneself can state.
const NOT_ONESELF: [&str; 4] = ["background_check", "good_standing", "reference", "identity"];

/// Stores a statement about `person`.
///
/// # Errors
/// See [`StatementError`]; nothing is stored then.
pub fn state(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    made_by: MadeBy,
    wish: &StatementWish,
) -> Result<AttestationRow, StatementError> {
    let today = match made_by {
        MadeBy::Board(board) => boards::today(conn, by, board)?,
        MadeBy::Oneself => by.latest_day(),
    };
    check(wish, made_by, today)?;
    if repo!(conn, people::find(person))?.is_none() {
        return Err(StatementError::NobodyThere);
    }
    let mut words = Words::load(conn)?;
    let row = AttestationRow {
        person_id: person,
        id: by.fresh_id(),
        revision: 1,
        kind: words.intern(conn, &wish.kind)?,
        value: wish.value.clone(),
        subtype: wish.subtype.clone(),
        on_day: wish.on.into(),
        from_day: wish.from.map(Into::into),
        through_day: wish.through.map(Into::into),
        moment: wish.moment.clone(),
        made_by: wish.given.by.clone().unwrap_or_else(|| made_by.word().to_owned()),
        // The board's word is nobody's in particular; who wrote it down is known beside it.
        made_by_id: if made_by == MadeBy::Oneself { Some(by.actor.to_string()) } else { wish.given.mark.clone() },
        by_standing: wish.given.standing.clone(),
        about: None,
        state: words.intern(conn, state_of(&wish.kind, made_by))?,
        recorded_at: by.moment(),
        recorded_by: by.actor,
        reason: None,
    };
    repo!(conn, facts::insert_attestations(std::slice::from_ref(&row)))?;
    repo!(conn, people::mark_due(person, by.moment()))?;
    // The kind may tell of health: the log names the statement, not what it says.
    by.log(conn, "statement.make", format!("statement {}", row.id), Some(person), serde_json::json!({}))?;
    Ok(row)
}

/// Whether a statement stands by itself, or waits for somebody to confirm it.
fn state_of(kind: &str, made_by: MadeBy) -> &'static str {
    if made_by == MadeBy::Oneself && kind.starts_with("x-") { "reported" } else { "verified" }
}

/// Refuses people whom this board does not know.
///
/// # Errors
/// [`StatementError::NobodyThere`], so that nothing is told of people of other boards.
pub fn of_board(conn: &mut Conn<'_>, board: Id, person: Id) -> Result<(), StatementError> {
    if known::person(conn, board, person)? { Ok(()) } else { Err(StatementError::NobodyThere) }
}

fn check(wish: &StatementWish, made_by: MadeBy, today: NaiveDate) -> Result<(), StatementError> {
    let refused = |pointer, message: String| Err(StatementError::Refused { pointer, message });
    if let Err(unknown) = RecordWord::<AttestationKinds>::parse(&wish.kind) {
        return refused("/kind", unknown.to_string());
    }
    if made_by == MadeBy::Oneself && NOT_ONESELF.contains(&wish.kind.as_str()) {
        return refused(
            "/kind",
            format!("`{}` is for the board to record, expected something you state yourself", wish.kind),
        );
    }
    let Given { by, mark, standing } = &wish.given;
    let given = [("/by", by), ("/by_id", mark), ("/by_standing", standing)];
    let named = given.iter().find(|(_, field)| field.is_some());
    if let Some((pointer, _)) = named.filter(|_| made_by == MadeBy::Oneself) {
        return refused(pointer, "whose word it is is for the board to record; leave it out, this is yours".into());
    }
    if by.as_deref() == Some("self") {
        return refused(
            "/by",
            "found `self`, expected another role such as `reference`; their own word is theirs to state".into(),
        );
    }
    for (pointer, field) in
        [("/value", &wish.value), ("/subtype", &wish.subtype), ("/moment", &wish.moment)].into_iter().chain(given)
    {
        let short = |text: &str| {
            (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
        };
        if field.as_deref().is_some_and(|text| !short(text)) {
            return refused(
                pointer,
                "expected a short word, a number or a date; please do not tell a story here".into(),
            );
        }
    }
    if wish.kind == "residence_percent" && !wish.value.as_deref().is_some_and(is_percent) {
        let found = wish.value.as_deref().unwrap_or_default();
        return refused("/value", format!("found `{found}`, expected a number from 0 to 100, such as `60`"));
    }
    let day = wish.value.as_deref().filter(|_| wish.kind == "recovery_since");
    if let Some(found) = day.filter(|text| parse_day(text).is_none()) {
        return refused("/value", format!("found `{found}`, expected a day such as `2024-03-01`"));
    }
    if wish.on > today {
        return refused("/on", format!("`{}` has not come yet, expected a day through today", wish.on));
    }
    if wish.from.zip(wish.through).is_some_and(|(from, through)| through < from) {
        return refused("/through", "the last day lies before the first, expected it on or after".into());
    }
    Ok(())
}

/// Whether a text is a number from 0 to 100, perhaps with decimals.
fn is_percent(text: &str) -> bool {
    Decimal::parse(text).is_some_and(|share| Decimal::whole(100).at_least(share))
}

#[cfg(test)]
mod tests {
    use super::is_percent;

    #[test]
    fn a_share_lies_between_nought_and_a_hundred() {
        assert!(["0", "51", "51.5", "100", "100.00"].into_iter().all(is_percent));
        assert!(
            !["", "-1", "100.5", "101", "150", "1000", "half", "5.", ".5", "1e2", "51.1234567"]
                .into_iter()
                .any(is_percent)
        );
    }
}
