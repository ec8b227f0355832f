//! The rules core: dated packs, one person's record, and the pure function that judges the one by the other.
//!
//! Takes data and returns data. It reads no clock, file, environment or random source, knows no database
//! and never panics; everything outside it passes in what it needs. `docs/rules/language.md` is the language of packs.

pub mod amount;
pub mod bulk;
pub mod calendar;
pub mod canonical;
pub mod carry;
pub mod diff;
pub mod evaluate;
pub mod evaluation;
pub mod explain;
pub mod lang;
pub mod pack;
pub mod plan;
pub mod problem;
pub mod question;
pub mod reason;
pub mod record;
pub mod remarks;
pub mod render;
pub mod term;
pub mod words;
pub mod worked;

pub use canonical::canonical_json;
pub use evaluate::{evaluate, outline, status_of, term_if_granted};
pub use evaluation::{Evaluation, Status};
pub use lang::Lang;
pub use pack::{Pack, Version};
pub use problem::Problem;
pub use question::{Purpose, Question};
pub use reason::Reason;
pub use record::Record;
