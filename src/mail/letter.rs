//! A notice addressed to one person: what waits in the outbox as JSON until it is sent.

use serde::{Deserialize, Serialize};

use super::notice::Notice;
use crate::rules::Lang;

/// Whom a letter goes to. Exactly one: there is no way to add a second.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The mail address.
    pub address: String,
    /// What the person wants to be called.
    pub name: Option<String>,
}

/// Shows nothing: addresses and names do not belong in logs.
impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Recipient(..)")
    }
}

/// Who is behind a letter and whom to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// The board's name, as people know it.
    pub name: String,
    /// The number of a human, where the board has one.
    pub phone: Option<String>,
}

/// A notice with everything its message needs but the time of sending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Whom it goes to.
    pub to: Recipient,
    /// The person's language.
    pub lang: Lang,
    /// Which board is behind it; none: the service itself.
    pub board: Option<Board>,
    /// Where these mails are stopped with one click; used only by notices that may be stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_link: Option<String>,
    /// What it tells.
    pub notice: Notice,
}

impl Letter {
    /// The link that stops these mails, if they may be stopped at all.
    #[must_use]
    pub fn stop_link(&self) -> Option<&str> {
        if self.notice.kind().can_be_stopped() { self.stop_link.as_deref() } else { None }
    }
}
