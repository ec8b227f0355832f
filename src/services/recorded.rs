//! A record that comes in again with other particulars: neither a second record nor a silent change.

use crate::storage::Id;

/// The same is recorded with other particulars.
#[derive(Debug, thiserror::Error)]
#[error("`{found}`, expected {expected}; {hint}")]
pub struct Otherwise {
    /// The record that is there; none: an earlier row of the same file.
    pub id: Option<Id>,
    /// The field that differs.
    pub field: &'static str,
    /// What came.
    pub found: String,
    /// What stands.
    pub expected: String,
    /// What to do.
    pub hint: &'static str,
}
