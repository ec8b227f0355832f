//! The status of many people, for a fraction of the cost: rules made into flat tables, records into narrow rows.
//!
//! [`Program::of`] takes the rules of a version that sums and days alone decide and refuses all others. [`Classes`] finds
//! once for each sort of record where its minutes go, [`Roll`] holds people's rows in storage order, and [`Judge`] decides
//! without allocating. Whoever's records could go to two places, wait for someone's word or carry what is not read here has
//! no status from it: then the whole evaluator answers. Where both answer, they agree. It explains nothing.

mod class;
mod days;
mod decide;
mod program;
mod roll;
mod take;
mod which;

pub use class::{Classes, Traits};
pub use days::number;
pub use decide::Judge;
pub use program::{NotPlain, Program};
pub use roll::{Head, Roll, Row, Sitting, Statement};
pub use take::{Attempt, Given};
pub use which::{Programs, Which};
