//! The judgment: one version, one record, one question, one answer. Total and pure.

pub mod moments;
