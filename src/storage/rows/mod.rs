//! The rows as Rust values, one file per table family. They carry no behaviour of the business.

pub mod access;
pub mod applications;
pub mod approval;
pub mod awards;
pub mod boards;
pub mod certificates;
pub mod course;
pub mod decisions;
pub mod keys;
pub mod learning;
pub mod life;
pub mod narrow;
pub mod organizations;
pub mod people;
pub mod service;
pub mod upkeep;
