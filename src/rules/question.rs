//! What is asked: a day, a purpose, a stage.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To be certified for the first time, or for the next stage.
    #[default]
    Initial,
    /// To stay certified.
    Renewal,
    /// To come back after a lapse.
    Reinstatement,
    /// To be accepted from another region.
    Reciprocity,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 4] = [Self::Initial, Self::Renewal, Self::Reinstatement, Self::Reciprocity];

    /// What a person is asked for where nobody says: renewal who holds or held the credential, else initial who applied for it;
    /// nothing who is not concerned.
    #[must_use]
    pub const fn asked_of(held: bool, applied: bool) -> Option<Self> {
        match (held, applied) {
            (true, _) => Some(Self::Renewal),
            (false, true) => Some(Self::Initial),
            (false, false) => None,
        }
    }

    /// The word, as in JSON and packs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Renewal => "renewal",
            Self::Reinstatement => "reinstatement",
            Self::Reciprocity => "reciprocity",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.word() == word)
    }
}

/// A question about a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The day asked about.
    pub as_of: NaiveDate,
    /// What for.
    pub purpose: Purpose,
    /// For which stage; none: the first stage not yet held (for a renewal, the one held).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
}
