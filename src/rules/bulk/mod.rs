//! The status of many people, for a fraction of the cost: rules made into flat tables, records into narrow rows.
//!
//! [`Program`] takes the rules of a version whose hours are decided by sums and days, and refuses others. [`Classes`] finds
//! once for each sort of record where its minutes go, [`Roll`] holds people's rows in storage order, and [`Judge`] decides
//! without allocating. What is not about hours (exams, statements, conditions, terms, decisions) is read from days where
//! days decide it, and else judged once by the whole evaluator, which then has no hours to place. Whoever's minutes could go to two
//! places, or bring a cap into play, has no status from it: then the whole evaluator answers. Where both answer, they
//! agree. It explains nothing.

mod checks;
mod class;
mod days;
mod decide;
mod hours;
mod overlap;
mod plain;
mod program;
mod requirements;
mod roll;
mod sums;
mod take;
mod tree;
mod which;
mod window;

pub use super::pack::model::Attribute;
pub use checks::{Answers, Shown};
pub use class::{Classes, Traits};
pub use days::number;
pub use decide::Judge;
pub use overlap::{Work, may_overlap};
pub use program::{NotPlain, Program};
pub use roll::{Head, Roll, Row, Sitting, Statement, Stretch};
pub use take::{Attempt, Given};
pub use which::{By, Programs, Which};
