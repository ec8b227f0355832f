//! A letter in words: picks the template of its notice and language and fills it.

use askama::Template;
use chrono::NaiveDate;

use super::blocks::Text;
use super::clean;
use super::letter::Letter;
use super::message::Sender;
use super::notice::{self, Notice, Purpose, Standing};
use crate::rules::Lang;
use crate::words::Words;

/// The words of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The neutral subject; never holds a value.
    pub subject: String,
    /// The plain part.
    pub text: String,
    /// The HTML part, with the same words.
    pub html: String,
}

/// A template could not be filled: a fault of ours.
#[derive(Debug, thiserror::Error)]
#[error("the words of the notice could not be made")]
pub struct RenderError(#[from] askama::Error);

/// Puts `letter` into words. Links that begin with `/` get `sender`'s public address before them.
///
/// # Errors
///
/// If a template cannot be filled, which is a fault of the template.
pub fn render(letter: &Letter, sender: &Sender) -> Result<Rendered, RenderError> {
    let filled = match letter.lang {
        Lang::En => En::of(letter, sender).render()?,
        Lang::Es => Es::of(letter, sender).render()?,
    };
    let text = Text::read(&filled);
    Ok(Rendered { text: text.plain(), html: text.html(letter.lang.tag()), subject: text.subject })
}

/// What every template can say beside its notice.
struct About<'a, N> {
    n: &'a N,
    letter: &'a Letter,
    sender: &'a Sender,
}

impl<N> About<'_, N> {
    fn name(&self) -> Option<String> {
        self.letter.to.name.as_deref().map(clean::clean).filter(|name| !name.is_empty())
    }

    fn board(&self) -> &str {
        self.letter.board.as_ref().map_or(&self.sender.name, |board| &board.name)
    }

    fn phone(&self) -> Option<&str> {
        self.letter.board.as_ref().and_then(|board| board.phone.as_deref())
    }

    fn url(&self, link: &str) -> String {
        self.sender.url(link)
    }

    fn stop_link(&self) -> Option<&str> {
        self.letter.stop_link()
    }

    fn date(&self, date: &NaiveDate) -> String {
        Words::of(self.letter.lang).date(*date)
    }

    fn length(&self, minutes: &u32) -> String {
        Words::of(self.letter.lang).minutes(i64::from(*minutes))
    }

    fn hours(&self, minutes: &u32) -> String {
        hours(*minutes)
    }
}

/// The bare number of hours, for "31 of 46 hours"; exact to the minute, as `31:20` where it is not a half.
fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (whole, 0) => whole.to_string(),
        (whole, 30) => format!("{whole}.5"),
        (whole, rest) => format!("{whole}:{rest:02}"),
    }
}

/// The English words.
#[derive(Template)]
#[template(config = "templates/mail/askama.toml", ext = "txt")]
enum En<'a> {
    #[template(path = "mail/verify_address/en.txt")]
    VerifyAddress { m: About<'a, notice::VerifyAddress> },
    #[template(path = "mail/password_reset/en.txt")]
    PasswordReset { m: About<'a, notice::PasswordReset> },
    #[template(path = "mail/invitation/en.txt")]
    Invitation { m: About<'a, notice::Invitation> },
    #[template(path = "mail/signed_in/en.txt")]
    SignedIn { m: About<'a, notice::SignedIn> },
    #[template(path = "mail/hours_to_sign/en.txt")]
    HoursToSign { m: About<'a, notice::HoursToSign> },
    #[template(path = "mail/completion_recorded/en.txt")]
    CompletionRecorded { m: About<'a, notice::CompletionRecorded> },
    #[template(path = "mail/entry_sent_back/en.txt")]
    EntrySentBack { m: About<'a, notice::EntrySentBack> },
    #[template(path = "mail/dispute_opened/en.txt")]
    DisputeOpened { m: About<'a, notice::DisputeOpened> },
    #[template(path = "mail/dispute_answered/en.txt")]
    DisputeAnswered { m: About<'a, notice::DisputeAnswered> },
    #[template(path = "mail/application_received/en.txt")]
    ApplicationReceived { m: About<'a, notice::ApplicationReceived> },
    #[template(path = "mail/more_needed/en.txt")]
    MoreNeeded { m: About<'a, notice::MoreNeeded> },
    #[template(path = "mail/issued/en.txt")]
    Issued { m: About<'a, notice::Issued> },
    #[template(path = "mail/renewed/en.txt")]
    Renewed { m: About<'a, notice::Renewed> },
    #[template(path = "mail/not_approved/en.txt")]
    NotApproved { m: About<'a, notice::NotApproved> },
    #[template(path = "mail/status_changed/en.txt")]
    StatusChanged { m: About<'a, notice::StatusChanged> },
    #[template(path = "mail/reminder/en.txt")]
    Reminder { m: About<'a, notice::Reminder> },
    #[template(path = "mail/grace/en.txt")]
    Grace { m: About<'a, notice::Grace> },
}

impl<'a> En<'a> {
    fn of(letter: &'a Letter, sender: &'a Sender) -> Self {
        match &letter.notice {
            Notice::VerifyAddress(n) => Self::VerifyAddress { m: About { n, letter, sender } },
            Notice::PasswordReset(n) => Self::PasswordReset { m: About { n, letter, sender } },
            Notice::Invitation(n) => Self::Invitation { m: About { n, letter, sender } },
            Notice::SignedIn(n) => Self::SignedIn { m: About { n, letter, sender } },
            Notice::HoursToSign(n) => Self::HoursToSign { m: About { n, letter, sender } },
            Notice::CompletionRecorded(n) => Self::CompletionRecorded { m: About { n, letter, sender } },
            Notice::EntrySentBack(n) => Self::EntrySentBack { m: About { n, letter, sender } },
            Notice::DisputeOpened(n) => Self::DisputeOpened { m: About { n, letter, sender } },
            Notice::DisputeAnswered(n) => Self::DisputeAnswered { m: About { n, letter, sender } },
            Notice::ApplicationReceived(n) => Self::ApplicationReceived { m: About { n, letter, sender } },
            Notice::MoreNeeded(n) => Self::MoreNeeded { m: About { n, letter, sender } },
            Notice::Issued(n) => Self::Issued { m: About { n, letter, sender } },
            Notice::Renewed(n) => Self::Renewed { m: About { n, letter, sender } },
            Notice::NotApproved(n) => Self::NotApproved { m: About { n, letter, sender } },
            Notice::StatusChanged(n) => Self::StatusChanged { m: About { n, letter, sender } },
            Notice::Reminder(n) => Self::Reminder { m: About { n, letter, sender } },
            Notice::Grace(n) => Self::Grace { m: About { n, letter, sender } },
        }
    }
}

/// The Spanish words.
#[derive(Template)]
#[template(config = "templates/mail/askama.toml", ext = "txt")]
enum Es<'a> {
    #[template(path = "mail/verify_address/es.txt")]
    VerifyAddress { m: About<'a, notice::VerifyAddress> },
    #[template(path = "mail/password_reset/es.txt")]
    PasswordReset { m: About<'a, notice::PasswordReset> },
    #[template(path = "mail/invitation/es.txt")]
    Invitation { m: About<'a, notice::Invitation> },
    #[template(path = "mail/signed_in/es.txt")]
    SignedIn { m: About<'a, notice::SignedIn> },
    #[template(path = "mail/hours_to_sign/es.txt")]
    HoursToSign { m: About<'a, notice::HoursToSign> },
    #[template(path = "mail/completion_recorded/es.txt")]
    CompletionRecorded { m: About<'a, notice::CompletionRecorded> },
    #[template(path = "mail/entry_sent_back/es.txt")]
    EntrySentBack { m: About<'a, notice::EntrySentBack> },
    #[template(path = "mail/dispute_opened/es.txt")]
    DisputeOpened { m: About<'a, notice::DisputeOpened> },
    #[template(path = "mail/dispute_answered/es.txt")]
    DisputeAnswered { m: About<'a, notice::DisputeAnswered> },
    #[template(path = "mail/application_received/es.txt")]
    ApplicationReceived { m: About<'a, notice::ApplicationReceived> },
    #[template(path = "mail/more_needed/es.txt")]
    MoreNeeded { m: About<'a, notice::MoreNeeded> },
    #[template(path = "mail/issued/es.txt")]
    Issued { m: About<'a, notice::Issued> },
    #[template(path = "mail/renewed/es.txt")]
    Renewed { m: About<'a, notice::Renewed> },
    #[template(path = "mail/not_approved/es.txt")]
    NotApproved { m: About<'a, notice::NotApproved> },
    #[template(path = "mail/status_changed/es.txt")]
    StatusChanged { m: About<'a, notice::StatusChanged> },
    #[template(path = "mail/reminder/es.txt")]
    Reminder { m: About<'a, notice::Reminder> },
    #[template(path = "mail/grace/es.txt")]
    Grace { m: About<'a, notice::Grace> },
}

impl<'a> Es<'a> {
    fn of(letter: &'a Letter, sender: &'a Sender) -> Self {
        match &letter.notice {
            Notice::VerifyAddress(n) => Self::VerifyAddress { m: About { n, letter, sender } },
            Notice::PasswordReset(n) => Self::PasswordReset { m: About { n, letter, sender } },
            Notice::Invitation(n) => Self::Invitation { m: About { n, letter, sender } },
            Notice::SignedIn(n) => Self::SignedIn { m: About { n, letter, sender } },
            Notice::HoursToSign(n) => Self::HoursToSign { m: About { n, letter, sender } },
            Notice::CompletionRecorded(n) => Self::CompletionRecorded { m: About { n, letter, sender } },
            Notice::EntrySentBack(n) => Self::EntrySentBack { m: About { n, letter, sender } },
            Notice::DisputeOpened(n) => Self::DisputeOpened { m: About { n, letter, sender } },
            Notice::DisputeAnswered(n) => Self::DisputeAnswered { m: About { n, letter, sender } },
            Notice::ApplicationReceived(n) => Self::ApplicationReceived { m: About { n, letter, sender } },
            Notice::MoreNeeded(n) => Self::MoreNeeded { m: About { n, letter, sender } },
            Notice::Issued(n) => Self::Issued { m: About { n, letter, sender } },
            Notice::Renewed(n) => Self::Renewed { m: About { n, letter, sender } },
            Notice::NotApproved(n) => Self::NotApproved { m: About { n, letter, sender } },
            Notice::StatusChanged(n) => Self::StatusChanged { m: About { n, letter, sender } },
            Notice::Reminder(n) => Self::Reminder { m: About { n, letter, sender } },
            Notice::Grace(n) => Self::Grace { m: About { n, letter, sender } },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::hours;

    #[test]
    fn hours_are_exact_to_the_minute() {
        assert_eq!([hours(1860), hours(90), hours(100)], ["31", "1.5", "1:40"]);
    }
}
