//! Sentences for people, in both languages. Adds no facts: all of them are in the evaluation.

mod dates;
mod day;
mod notes;
mod of_them;
mod reasons;
mod sentences;
mod steps;
mod translate;

pub use dates::{GRACE, over};
pub use day::{day, day_of_year};
pub use notes::note;
pub use of_them::of_them;
pub use reasons::reason;
pub use sentences::{Line, lines, overall, requirement_sentence};
pub use steps::{UnitNames, bring_back, onward, step, step_with, unit_name, unit_word};
pub use translate::in_language;
