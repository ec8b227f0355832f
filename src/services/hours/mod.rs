//! Hours: a person logs them, a supervisor signs them or sends them back, line by line.
//!
//! An entry holds picked words and numbers only; nothing about the people served. A correction is a new
//! revision and has to be signed again; what was signed before stays in the history.

mod attest;
mod beside;
mod check;
mod entry;
mod list;
mod supervise;
mod tell;

pub use attest::{AttestError, Line, LineOutcome, LineRefusal, attest, undo};
pub use beside::Taken;
pub use check::EntryRefusal;
pub use entry::{EntryError, HoursWish, correct, log, log_many, row_beside, wish_of, withdraw};
pub use list::{EntryView, WaitingEntry, WaitingPlace, entries_of, entries_page, waiting_for, waiting_page};
pub use supervise::{
    SuperviseError, Supervision, end, name_supervisor, respond, supervised_by, supervised_page, supervisions_of,
    supervisions_page,
};
