//! The names of notices, for preferences, the delivery log and the folders of their words.

use serde::{Deserialize, Serialize};

/// The name of a notice: what preferences, the delivery log and the log of the service call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the same words as in `Notice`, documented there")]
pub enum Kind {
    VerifyAddress,
    PasswordReset,
    Invitation,
    SignedIn,
    HoursToSign,
    CompletionRecorded,
    EntrySentBack,
    DisputeOpened,
    DisputeAnswered,
    ApplicationReceived,
    MoreNeeded,
    Issued,
    Renewed,
    NotApproved,
    StatusChanged,
    Reminder,
    Grace,
}

impl Kind {
    /// Whether a person may stop these mails. Security mail and what a board must tell cannot be stopped.
    #[must_use]
    pub const fn can_be_stopped(self) -> bool {
        matches!(self, Self::Reminder | Self::Grace)
    }

    /// A small number of its own, for the keys of notices that are owed once a day.
    #[must_use]
    pub const fn place(self) -> u8 {
        match self {
            Self::VerifyAddress => 1,
            Self::PasswordReset => 2,
            Self::Invitation => 3,
            Self::SignedIn => 4,
            Self::HoursToSign => 5,
            Self::CompletionRecorded => 6,
            Self::EntrySentBack => 7,
            Self::DisputeOpened => 8,
            Self::DisputeAnswered => 9,
            Self::ApplicationReceived => 10,
            Self::MoreNeeded => 11,
            Self::Issued => 12,
            Self::Renewed => 13,
            Self::NotApproved => 14,
            Self::StatusChanged => 15,
            Self::Reminder => 16,
            Self::Grace => 17,
        }
    }

    /// The stable name, also the folder of its words under `templates/mail/`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::VerifyAddress => "verify_address",
            Self::PasswordReset => "password_reset",
            Self::Invitation => "invitation",
            Self::SignedIn => "signed_in",
            Self::HoursToSign => "hours_to_sign",
            Self::CompletionRecorded => "completion_recorded",
            Self::EntrySentBack => "entry_sent_back",
            Self::DisputeOpened => "dispute_opened",
            Self::DisputeAnswered => "dispute_answered",
            Self::ApplicationReceived => "application_received",
            Self::MoreNeeded => "more_needed",
            Self::Issued => "issued",
            Self::Renewed => "renewed",
            Self::NotApproved => "not_approved",
            Self::StatusChanged => "status_changed",
            Self::Reminder => "reminder",
            Self::Grace => "grace",
        }
    }
}
