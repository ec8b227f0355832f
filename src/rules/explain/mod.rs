//! Sentences for people, in both languages. Adds no facts: all of them are in the evaluation.

mod reasons;
mod steps;

pub use reasons::reason;
pub use steps::{step, unit_name};
