//! Sentences for people, in both languages. Adds no facts: all of them are in the evaluation.

mod amounts;
mod basis;
mod dates;
mod day;
mod kinds;
mod names;
mod notes;
mod of_them;
mod reasons;
mod records;
mod sentences;
mod steps;
mod stretches;
mod summary;
mod translate;

pub use basis::basis;
pub use dates::{GRACE, over};
pub use day::{day, day_of_year};
pub use notes::note;
pub use of_them::{of_them, whole_step};
pub use reasons::reason;
pub use records::{reason_about, reason_of_exam};
pub use sentences::{Line, lines, overall};
pub use steps::{UnitNames, bring_back, is_known_unit, onward, step, step_with, unit_name, unit_word};
pub(super) use stretches::told;
pub use summary::standing;
pub(super) use summary::{beyond_renewal, birth_wanted, lacks_birth_date, no_way, others_too};
pub use translate::{in_language, left};
