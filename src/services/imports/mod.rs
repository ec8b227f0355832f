//! Files of rows brought in: completions, hours, exams, people, awards.
//!
//! One validator for the trial and for the real thing: [`run`] reads the file row by row, judges slices of
//! it against the database in a transaction, and either rolls that back (trial) or stores what may be added.
//! A row that came before is known, not added again. Memory does not grow with the file. Each kind of
//! file is an [`Import`]; begin with `completions.rs`.

pub mod awards;
pub mod completions;
pub mod exams;
pub mod fields;
pub mod hours;
mod lines;
pub mod people;
mod reader;
mod report;
mod who;

use std::io::Read;

use crate::services::acting::Acting;
use crate::storage::{Conn, Db, StoreError};

pub use fields::{Column, Fields};
pub use reader::{FileError, Rows};
pub use report::{Group, Outcome, Problem, Report, RowSeen};
pub use who::Who;
pub(in crate::services) use who::row_key;

/// Rows judged and stored together.
const SLICE: usize = 2_000;

/// Whether rows are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Only looks, with the same eyes.
    Trial,
    /// Stores what may be added.
    Store,
}

/// What a row would do.
#[derive(Debug)]
pub enum Verdict<R> {
    /// It can be added.
    Add(R),
    /// It came before.
    Known,
    /// It has to change.
    Refused(Problem),
}

/// A kind of file.
pub trait Import {
    /// The columns, in the order of the template.
    const COLUMNS: &'static [Column];
    /// A row that reads.
    type Wish;
    /// A row that can be stored.
    type Row;

    /// Reads one row, without the database.
    ///
    /// # Errors
    /// The first field that has to change.
    fn parse(&self, fields: &Fields<'_>) -> Result<Self::Wish, Problem>;

    /// Judges a slice of rows; answers as many verdicts, in order.
    ///
    /// # Errors
    /// What the database met.
    fn judge(
        &mut self,
        conn: &mut Conn<'_>,
        by: &Acting,
        wishes: Vec<Self::Wish>,
    ) -> Result<Vec<Verdict<Self::Row>>, StoreError>;

    /// Stores the rows that can be added.
    ///
    /// # Errors
    /// What the database met.
    fn store(&mut self, conn: &mut Conn<'_>, by: &Acting, rows: Vec<Self::Row>) -> Result<(), StoreError>;
}

/// Why a file could not be brought in at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file itself: its header, its encoding, its quotes.
    #[error(transparent)]
    File(#[from] FileError),
    /// What the database met.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A judged slice on its way out of a transaction that must not be kept.
enum Judged<R> {
    Verdicts(Vec<Verdict<R>>),
    Store(StoreError),
}

impl<R> From<StoreError> for Judged<R> {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The header of a kind of file and one example row, as CSV.
#[must_use]
pub fn template<I: Import>() -> String {
    let names: Vec<&str> = I::COLUMNS.iter().map(|column| column.name).collect();
    let examples: Vec<&str> = I::COLUMNS.iter().map(|column| column.example).collect();
    format!("{}\n{}\n", names.join(","), examples.join(","))
}

/// Reads a file and judges every row; with [`Mode::Store`] stores what may be added, slice by slice.
/// `seen` is told of every row in the order of the file.
///
/// # Errors
/// When the file cannot be read as one of this kind, or for faults; slices already stored stay, and the
/// same file brought in again adds only the rest.
pub fn run<I: Import>(
    db: &Db,
    by: &Acting,
    import: &mut I,
    (mode, source): (Mode, impl Read),
    seen: &mut dyn FnMut(&RowSeen<'_>),
) -> Result<Report, ImportError> {
    let mut rows = Rows::open(source, I::COLUMNS)?;
    let mut report = Report::default();
    loop {
        let slice = rows.next_slice(SLICE)?;
        if slice.is_empty() {
            return Ok(report);
        }
        let mut outcomes: Vec<Option<Outcome>> = Vec::with_capacity(slice.len());
        let mut wishes = Vec::with_capacity(slice.len());
        for row in &slice {
            match row.fields(rows.header()).and_then(|fields| import.parse(&fields)) {
                Ok(wish) => {
                    wishes.push(wish);
                    outcomes.push(None);
                }
                Err(problem) => outcomes.push(Some(Outcome::Refused(problem))),
            }
        }
        let mut judged = judge(db, by, import, mode, wishes)?.into_iter();
        for (row, outcome) in slice.iter().zip(outcomes) {
            let outcome = outcome.or_else(|| judged.next()).unwrap_or(Outcome::Known);
            report.count(row.line, &outcome);
            seen(&RowSeen { line: row.line, record: &row.record, outcome: &outcome });
        }
    }
}

/// Judges a slice and, if asked, stores it, in one transaction.
fn judge<I: Import>(
    db: &Db,
    by: &Acting,
    import: &mut I,
    mode: Mode,
    wishes: Vec<I::Wish>,
) -> Result<Vec<Outcome>, StoreError> {
    let told = |verdicts: &[Verdict<I::Row>]| {
        let outcome = |verdict: &Verdict<I::Row>| match verdict {
            Verdict::Add(_) => Outcome::Added,
            Verdict::Known => Outcome::Known,
            Verdict::Refused(problem) => Outcome::Refused(problem.clone()),
        };
        verdicts.iter().map(outcome).collect()
    };
    let result = db.write(|conn| {
        let verdicts = import.judge(conn, by, wishes)?;
        match mode {
            // Judging may have stored words: a trial leaves nothing behind.
            Mode::Trial => Err(Judged::Verdicts(verdicts)),
            Mode::Store => {
                let outcomes = told(&verdicts);
                let add = |verdict| if let Verdict::Add(row) = verdict { Some(row) } else { None };
                import.store(conn, by, verdicts.into_iter().filter_map(add).collect())?;
                Ok(outcomes)
            }
        }
    });
    match result {
        Ok(outcomes) => Ok(outcomes),
        Err(Judged::Verdicts(verdicts)) => Ok(told(&verdicts)),
        Err(Judged::Store(error)) => Err(error),
    }
}

/// A service's sentence as a row's problem: what was found comes first, in backticks or before `, expected`; after that
/// what was expected, and after a semicolon what to do.
fn report_refusal(code: &'static str, column: &'static str, message: &str) -> Problem {
    let (said, rest) = message.split_once(", expected ").unwrap_or((message, ""));
    let (quoted, after) = said.strip_prefix('`').and_then(|text| text.split_once('`')).unwrap_or((said, ""));
    let rest = if rest.is_empty() { after.trim_start_matches([',', ' ']) } else { rest };
    let (expected, hint) = rest.split_once("; ").unwrap_or((rest, ""));
    let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    Problem::new(code, column, quoted, or(expected, "what the column is for"), or(hint, "correct it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(message: &str) -> (String, String, String) {
        let problem = report_refusal("refused", "", message);
        (problem.found, problem.expected, problem.hint)
    }

    #[test]
    fn a_services_sentence_becomes_what_was_found_expected_and_to_do() {
        let words = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(
            read("`nope` is not a course of this program, expected one of its codes; add the course first"),
            words("nope", "one of its codes", "add the course first")
        );
        assert_eq!(
            read("`90` minutes, expected 1 to 60, the length"),
            words("90", "1 to 60, the length", "correct it")
        );
        assert_eq!(
            read("these times overlap, expected each minute once; correct this one"),
            words("these times overlap", "each minute once", "correct this one")
        );
        assert_eq!(read("`x` lies too early"), words("x", "lies too early", "correct it"));
        assert_eq!(read("something else"), words("something else", "what the column is for", "correct it"));
    }
}
