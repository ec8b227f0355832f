//! What is asked of each piece of learning or service beside its words: approval, size, attendance, supervisor.
//!
//! Each is a question with three answers. The answers of a record are found once and become part of its class.

use super::super::evaluate::beside::approved;
use super::super::pack::Version;
use super::super::pack::model::{Approval, Attendance};
use super::super::record::Approval as Given;
use super::days::date;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check<'v> {
    /// What was learned was not found wanting.
    Achieved,
    /// An approval.
    Approved(&'v Approval),
    /// So many minutes at least.
    Size(u64),
    /// So much of it attended.
    Attended(Attendance),
    /// A supervisor whom the board accepted.
    Supervisor,
}

/// What a piece of learning or service shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shown<'t> {
    /// Its last day.
    pub day: i32,
    /// All its minutes.
    pub minutes: u64,
    /// Whether the board said that it is approved.
    pub approved: Option<bool>,
    /// Approvals of it.
    pub approvals: &'t [Given],
    /// Minutes held, attended and excused.
    pub attended: Option<[u64; 3]>,
    /// It was found wanting.
    pub not_yet: bool,
    /// Whether the board accepted the supervisor.
    pub supervisor: Option<bool>,
}

/// The answers to all checks of a program: two bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Answers(u64);

const YES: u64 = 0;
const PENDING: u64 = 1;
const NO: u64 = 2;
/// At most so many questions have room.
pub(super) const MOST: usize = 32;

/// How a piece stands under a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It counts.
    Yes,
    /// It waits for someone's word.
    Pending,
    /// It does not count.
    No,
}

impl Answers {
    /// Asks all of what is shown.
    pub(super) fn of(version: &Version, checks: &[Check<'_>], shown: &Shown<'_>) -> Self {
        let all = checks.iter().enumerate().map(|(at, check)| answer(version, *check, shown) << (2 * at));
        Self(all.fold(0, |all, one| all | one))
    }

    /// What some of the answers come to.
    pub(super) fn standing(self, asked: &[u8]) -> Standing {
        let answers = || asked.iter().map(|at| (self.0 >> (2 * u32::from(*at))) & 3);
        if answers().any(|answer| answer == NO) {
            Standing::No
        } else if answers().any(|answer| answer == PENDING) {
            Standing::Pending
        } else {
            Standing::Yes
        }
    }

    /// As two numbers for a key.
    #[must_use]
    pub fn halves(self) -> [i32; 2] {
        let [a, b, c, d, e, f, g, h] = self.0.to_le_bytes();
        [i32::from_le_bytes([a, b, c, d]), i32::from_le_bytes([e, f, g, h])]
    }
}

fn answer(version: &Version, check: Check<'_>, shown: &Shown<'_>) -> u64 {
    let plainly = |yes: bool| if yes { YES } else { NO };
    let by_word = |said: Option<bool>| said.map_or(PENDING, plainly);
    match check {
        Check::Achieved => plainly(!shown.not_yet),
        Check::Approved(asked) => by_word(approved(version, asked, date(shown.day), (shown.approved, shown.approvals))),
        Check::Size(least) => plainly(shown.minutes >= least),
        Check::Attended(asked) => {
            let enough = |[held, attended, excused]: [u64; 3]| asked.is_enough(held, attended, excused);
            plainly(shown.attended.is_some_and(enough))
        }
        Check::Supervisor => by_word(shown.supervisor),
    }
}
