//! Where a board's results are written down: its day, the exams that its credentials know, the words.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{ExamError, ExamWish, check, recorded};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::boards;
use crate::services::credentials::{self, CredentialError};
use crate::storage::rows::life::ExamAttemptRow;
use crate::storage::{Conn, Id, StoreError, Words};

/// The exams that a board's published rules know, each with the scales of its marks.
pub type KnownExams = BTreeMap<String, BTreeSet<String>>;

/// A board ready to write down results.
#[derive(Debug)]
pub struct Desk {
    board: Id,
    today: NaiveDate,
    known: KnownExams,
    words: Words,
}

impl Desk {
    /// Opens it. Others who record results of this board wait until this transaction ends.
    ///
    /// # Errors
    /// What the database met.
    pub fn open(conn: &mut Conn<'_>, by: &Acting, board: Id) -> Result<Self, StoreError> {
        repo!(conn, courses::take_turn(board))?;
        let today = boards::today(conn, by, board)?;
        Ok(Self { board, today, known: known_exams(conn, board)?, words: Words::load(conn)? })
    }

    /// The words, with those of the rows made so far.
    #[must_use]
    pub const fn words(&self) -> &Words {
        &self.words
    }

    /// Checks a result and makes its row.
    ///
    /// # Errors
    /// When a field has to change.
    pub fn row(
        &mut self,
        conn: &mut Conn<'_>,
        by: &Acting,
        person: Id,
        wish: &ExamWish,
    ) -> Result<ExamAttemptRow, ExamError> {
        check::check(wish, self.today, &self.known)?;
        Ok(ExamAttemptRow {
            person_id: person,
            id: by.fresh_id(),
            revision: 1,
            exam: self.words.intern(conn, &wish.exam)?,
            on_day: wish.on.into(),
            outcome: self.words.intern(conn, &wish.outcome)?,
            official: wish.official,
            official_day: wish.official_on.map(Into::into),
            form: wish.form.clone(),
            score: wish.score.clone(),
            scale: wish.scale.clone(),
            pass_mark: wish.pass_mark.clone(),
            domains: None,
            board_id: Some(self.board),
            source_key: Some(recorded::key(self.board, wish)),
            recorded_at: by.moment(),
            recorded_by: by.actor,
            reason: None,
        })
    }
}

fn known_exams(conn: &mut Conn<'_>, board: Id) -> Result<KnownExams, StoreError> {
    let mut known = KnownExams::new();
    for credential in repo!(conn, boards::credentials())?.into_iter().filter(|row| row.organization_id == board) {
        let summary = match credentials::pack(conn, credential.id) {
            Ok(pack) => pack.summary(),
            Err(CredentialError::Store(error)) => return Err(error),
            Err(other) => return Err(StoreError::Fault(other.to_string())),
        };
        for exam in summary.exams {
            let scales = summary.scales.get(&exam).cloned().unwrap_or_default();
            known.entry(exam).or_default().extend(scales);
        }
    }
    Ok(known)
}
