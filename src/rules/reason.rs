//! Why something does not count: a closed list.

use serde::{Deserialize, Serialize};

/// Why a record, or a part of it, does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Its day lies outside the days that count.
    OutsideWindow,
    /// It came before an event that has to come first.
    BeforeRequiredEvent,
    /// It came after an event it had to come before.
    AfterRequiredEvent,
    /// The stage or status it needs was not held on that day.
    NotInStatus,
    /// It lies after the day asked about.
    AfterAsOf,
    /// The board had not approved it on that day, or had not yet said so.
    NotApproved,
    /// Its topic is not one that counts here.
    TopicNotAccepted,
    /// The way it was delivered is not accepted.
    DeliveryNotAccepted,
    /// Its source or provider is not accepted.
    SourceNotAccepted,
    /// Its setting, domain, site or region is not accepted.
    SettingNotAccepted,
    /// It is of a kind that does not count here.
    WrongKind,
    /// A fact or paper that decides is missing.
    EvidenceMissing,
    /// Too little of it was attended.
    NotAttended,
    /// Only part of it earns credit. No rule of the language weighs a record; half of a repeat is [`Self::PartialRepeat`].
    PartialCredit,
    /// A limit on this sort of hours is used up.
    CapReached,
    /// More than is needed, and the rest does not count.
    Surplus,
    /// The same thing counted already.
    Repeated,
    /// A repeat earns part of the credit.
    PartialRepeat,
    /// It is shorter than what counts at all.
    BelowMinimumSize,
    /// Nobody has verified it.
    NotVerified,
    /// Nobody has signed it.
    NotAttested,
    /// The supervisor was not eligible on that day, or this was not stated.
    SupervisorNotEligible,
    /// It was used for another credential or term.
    UsedElsewhere,
    /// It overlaps with other hours of the same day.
    Overlapping,
    /// Left over when rounding.
    Rounding,
    /// It came before a waiting time was over.
    TooSoon,
    /// No attempts were left.
    AttemptsUsedUp,
    /// It was voided.
    Voided,
    /// Someone disputes it.
    Disputed,
    /// It was rejected.
    Rejected,
}

impl Reason {
    /// The stable code, as in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OutsideWindow => "outside_window",
            Self::BeforeRequiredEvent => "before_required_event",
            Self::AfterRequiredEvent => "after_required_event",
            Self::NotInStatus => "not_in_status",
            Self::AfterAsOf => "after_as_of",
            Self::NotApproved => "not_approved",
            Self::TopicNotAccepted => "topic_not_accepted",
            Self::DeliveryNotAccepted => "delivery_not_accepted",
            Self::SourceNotAccepted => "source_not_accepted",
            Self::SettingNotAccepted => "setting_not_accepted",
            Self::WrongKind => "wrong_kind",
            Self::EvidenceMissing => "evidence_missing",
            Self::NotAttended => "not_attended",
            Self::PartialCredit => "partial_credit",
            Self::CapReached => "cap_reached",
            Self::Surplus => "surplus",
            Self::Repeated => "repeated",
            Self::PartialRepeat => "partial_repeat",
            Self::BelowMinimumSize => "below_minimum_size",
            Self::NotVerified => "not_verified",
            Self::NotAttested => "not_attested",
            Self::SupervisorNotEligible => "supervisor_not_eligible",
            Self::UsedElsewhere => "used_elsewhere",
            Self::Overlapping => "overlapping",
            Self::Rounding => "rounding",
            Self::TooSoon => "too_soon",
            Self::AttemptsUsedUp => "attempts_used_up",
            Self::Voided => "voided",
            Self::Disputed => "disputed",
            Self::Rejected => "rejected",
        }
    }
}
