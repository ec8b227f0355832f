//! What can be told by mail: one variant per notice, with exactly the facts its words need.
//!
//! Nothing here names a credential, a course or a program: what a mail would give away on a shared phone stands
//! behind its link instead. The one exception is what is missing for a renewal, which a reminder must spell out.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::kind::Kind;

/// A thing that is to be told to one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// Asks to confirm a mail address.
    VerifyAddress(VerifyAddress),
    /// Brings the link to set a new password.
    PasswordReset(PasswordReset),
    /// Brings the link to set up an account somebody else made.
    Invitation(Invitation),
    /// Tells of a new sign-in.
    SignedIn(SignedIn),
    /// Asks a supervisor to look at the hours of a day.
    HoursToSign(HoursToSign),
    /// Tells a person at once that a program added a completion.
    CompletionRecorded(CompletionRecorded),
    /// Tells a person that an entry came back, and why.
    EntrySentBack(EntrySentBack),
    /// Tells a program that a person questions a record.
    DisputeOpened(DisputeOpened),
    /// Tells a person how their question about a record ended.
    DisputeAnswered(DisputeAnswered),
    /// Confirms that an application has arrived.
    ApplicationReceived(ApplicationReceived),
    /// Asks for what an application still lacks.
    MoreNeeded(MoreNeeded),
    /// Tells of a first certificate.
    Issued(Issued),
    /// Tells of a renewed certificate.
    Renewed(Renewed),
    /// Tells of a refusal, with reason, next step and appeal.
    NotApproved(NotApproved),
    /// Tells of a suspension, a revocation or a reinstatement.
    StatusChanged(StatusChanged),
    /// Reminds of a renewal, with what is missing.
    Reminder(Reminder),
    /// Reminds of a renewal that is late but still possible.
    Grace(Grace),
}

impl Notice {
    /// The notice's name.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::VerifyAddress(_) => Kind::VerifyAddress,
            Self::PasswordReset(_) => Kind::PasswordReset,
            Self::Invitation(_) => Kind::Invitation,
            Self::SignedIn(_) => Kind::SignedIn,
            Self::HoursToSign(_) => Kind::HoursToSign,
            Self::CompletionRecorded(_) => Kind::CompletionRecorded,
            Self::EntrySentBack(_) => Kind::EntrySentBack,
            Self::DisputeOpened(_) => Kind::DisputeOpened,
            Self::DisputeAnswered(_) => Kind::DisputeAnswered,
            Self::ApplicationReceived(_) => Kind::ApplicationReceived,
            Self::MoreNeeded(_) => Kind::MoreNeeded,
            Self::Issued(_) => Kind::Issued,
            Self::Renewed(_) => Kind::Renewed,
            Self::NotApproved(_) => Kind::NotApproved,
            Self::StatusChanged(_) => Kind::StatusChanged,
            Self::Reminder(_) => Kind::Reminder,
            Self::Grace(_) => Kind::Grace,
        }
    }

    /// The notice as it may be kept for reading again: a link that opens something by itself is taken out.
    #[must_use]
    pub fn to_keep(&self) -> Self {
        let mut kept = self.clone();
        match &mut kept {
            Self::VerifyAddress(it) => it.link.clear(),
            Self::PasswordReset(it) => it.link.clear(),
            Self::Invitation(it) => it.link.clear(),
            Self::SignedIn(_)
            | Self::HoursToSign(_)
            | Self::CompletionRecorded(_)
            | Self::EntrySentBack(_)
            | Self::DisputeOpened(_)
            | Self::DisputeAnswered(_)
            | Self::ApplicationReceived(_)
            | Self::MoreNeeded(_)
            | Self::Issued(_)
            | Self::Renewed(_)
            | Self::NotApproved(_)
            | Self::StatusChanged(_)
            | Self::Reminder(_)
            | Self::Grace(_) => {}
        }
        kept
    }
}

/// Asks to confirm a mail address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyAddress {
    /// Where confirming happens; carries the token. Here and below a link begins with `/` or is a whole address.
    pub link: String,
    /// For how many hours the link works.
    pub valid_hours: u32,
}

/// Brings the link to set a new password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordReset {
    /// Where a new password is set; carries the token.
    pub link: String,
    /// For how many minutes the link works.
    pub valid_minutes: u32,
}

/// Brings the link to set up an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Where the account is set up; carries the token.
    pub link: String,
    /// The last day on which the link works.
    pub valid_through: NaiveDate,
}

/// Tells of a new sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The day of the sign-in.
    pub on: NaiveDate,
    /// The page with all devices.
    pub link: String,
}

/// Asks a supervisor to look at hours. Whose and how many is on the page: by the time of reading it may be more or
/// fewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursToSign {
    /// The page of all hours that wait.
    pub link: String,
}

/// Tells a person that a completion was added to their record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionRecorded {
    /// The day it was completed.
    pub on: NaiveDate,
    /// Its length; 0 where it has none.
    pub minutes: u32,
    /// The page of the record.
    pub link: String,
}

/// Tells a person that an entry came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntrySentBack {
    /// The day the entry is about.
    pub on: NaiveDate,
    /// Its length.
    pub minutes: u32,
    /// What to change, in the person's language.
    pub reason: String,
    /// The page of the entry.
    pub link: String,
}

/// Tells a program that a person questions a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeOpened {
    /// The day by which an answer is due.
    pub answer_by: NaiveDate,
    /// The page of the question.
    pub link: String,
}

/// Tells a person how their question ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeAnswered {
    /// Whether the record was changed.
    pub changed: bool,
    /// Why, in the person's language.
    pub reason: String,
    /// The page of the question.
    pub link: String,
}

/// What an application asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A first certificate, also one for a person from another region.
    First,
    /// A further term.
    Renewal,
}

/// Confirms that an application has arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationReceived {
    /// What people quote when they call.
    pub reference: String,
    /// What it asks for.
    pub purpose: Purpose,
    /// The day it arrived.
    pub received_on: NaiveDate,
    /// The day by which the board answers, if it says.
    pub answer_by: Option<NaiveDate>,
    /// The page of the application.
    pub link: String,
}

/// Asks for what an application still lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoreNeeded {
    /// What people quote when they call.
    pub reference: String,
    /// What is missing, line by line, in the person's language.
    pub missing: Vec<String>,
    /// Until when it can be handed in, if there is such a day.
    pub by: Option<NaiveDate>,
    /// The page of the application.
    pub link: String,
}

/// Tells of a first certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The last day of its term; `None` if it does not end.
    pub through: Option<NaiveDate>,
    /// The page of the certificate.
    pub link: String,
}

/// Tells of a renewed certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewed {
    /// The last day of the new term; `None` if it does not end.
    pub through: Option<NaiveDate>,
    /// The page of the certificate.
    pub link: String,
}

/// How to ask for a second look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// What to do, one sentence in the person's language.
    pub how: String,
    /// Until when.
    pub by: Option<NaiveDate>,
}

/// Tells of a refusal. Only a person decides one, and always with these three.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotApproved {
    /// What people quote when they call.
    pub reference: String,
    /// What the application asked for.
    pub purpose: Purpose,
    /// Why, one sentence in the person's language.
    pub reason: String,
    /// What would change it, one sentence in the person's language.
    pub next_step: String,
    /// How to ask for a second look.
    pub appeal: Appeal,
    /// The page of the decision.
    pub link: String,
}

/// Where a certificate stands after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Suspended: on hold for a time.
    Suspended,
    /// Revoked: withdrawn.
    Revoked,
    /// In force again.
    Reinstated,
}

/// Tells of a suspension, a revocation or a reinstatement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusChanged {
    /// What it is now.
    pub standing: Standing,
    /// The first day on which that holds.
    pub on: NaiveDate,
    /// Why, one sentence in the person's language; a reinstatement may do without.
    pub reason: Option<String>,
    /// What can be done now, one sentence in the person's language.
    pub next_step: Option<String>,
    /// How to ask for a second look, where there is one.
    pub appeal: Option<Appeal>,
    /// The page of the certificate.
    pub link: String,
}

/// How much of the renewal's hours is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// What counts so far.
    pub counted_minutes: u32,
    /// What the renewal asks for.
    pub needed_minutes: u32,
}

/// Reminds of a renewal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// The last day of the term.
    pub ends_on: NaiveDate,
    /// The last day to apply for renewal, if it is another one.
    pub apply_by: Option<NaiveDate>,
    /// The hours, where the renewal asks for any.
    pub tally: Option<Tally>,
    /// What is missing, line by line, in the person's language; empty if only the application is.
    pub missing: Vec<String>,
    /// The one next step, one sentence in the person's language.
    pub next_step: String,
    /// The page that says the same.
    pub link: String,
}

/// Reminds of a renewal that is late but still possible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grace {
    /// The last day of the term that is over.
    pub ended_on: NaiveDate,
    /// The last day on which renewing is still possible.
    pub grace_through: NaiveDate,
    /// What is missing, line by line, in the person's language.
    pub missing: Vec<String>,
    /// The one next step, one sentence in the person's language.
    pub next_step: String,
    /// The page that says the same.
    pub link: String,
}
