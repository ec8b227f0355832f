//! A letter as one message: headers, plain part, HTML part. Same letter, id and time give the same bytes.

use chrono::{DateTime, Utc};
use lettre::address::{AddressError, Envelope};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use sha2::{Digest, Sha256};

use super::clean::clean;
use super::headers::{AutoSubmitted, ListUnsubscribe, OneClick};
use super::kind::Kind;
use super::letter::Letter;
use super::render::{RenderError, Rendered, render};

/// A display name is cut after this many letters: a header is no place for more.
const NAME_LETTERS: usize = 60;

/// Who messages come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The address in `From`.
    pub address: String,
    /// The neutral name beside it.
    pub name: String,
    /// Where answers go, if not to `address`.
    pub reply_to: Option<String>,
    /// The right half of every Message-ID.
    pub domain: String,
    /// How people reach the service, without a slash at the end.
    pub public_url: String,
}

impl Sender {
    /// `link` as it stands in a mail: one that begins with `/` is a page of this service.
    #[must_use]
    pub fn url(&self, link: &str) -> String {
        if link.starts_with('/') { format!("{}{link}", self.public_url) } else { link.to_owned() }
    }
}

/// A message ready to be handed over.
#[derive(Clone)]
pub struct Outgoing {
    /// The name that stays the same however often it is sent.
    pub message_id: String,
    /// The id it was built for.
    pub id: String,
    /// What it tells.
    pub kind: Kind,
    /// When it was built.
    pub at: DateTime<Utc>,
    pub(super) envelope: Envelope,
    bytes: Vec<u8>,
}

impl Outgoing {
    /// The message as it goes over the wire, lines ended by CR LF.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The one address it goes to. Not for logs.
    #[must_use]
    pub fn recipient(&self) -> &str {
        self.envelope.to().first().map_or("", AsRef::as_ref)
    }
}

/// Shows which message it is, never whom it goes to.
impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing")
            .field("message_id", &self.message_id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// Why no message can be made of a letter. None of these passes by waiting.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The person's address cannot be written to.
    #[error("the recipient's address is not one that mail can be sent to; ask the person for another")]
    Recipient(#[source] AddressError),
    /// The configured sender cannot be used.
    #[error("the sender's address in the settings is not a mail address")]
    Sender(#[source] AddressError),
    /// The id or the domain would not make a Message-ID.
    #[error("`{0}` cannot be part of a Message-ID: letters, digits, dots and dashes only, at most 100")]
    MessageId(String),
    /// The link that stops these mails cannot stand in a header.
    #[error("the link that stops reminders is not a plain http or https address")]
    StopLink,
    /// The words could not be made.
    #[error(transparent)]
    Words(#[from] RenderError),
    /// lettre would not put the message together.
    #[error("the message could not be put together")]
    Message(#[from] lettre::error::Error),
}

/// Makes the message of `letter`.
///
/// `id` names the notice for good: sent again after a crash, the message carries the same Message-ID, so that
/// the receiving side can tell it is one and the same.
///
/// # Errors
///
/// See [`BuildError`].
pub fn build(letter: &Letter, sender: &Sender, id: &str, at: DateTime<Utc>) -> Result<Outgoing, BuildError> {
    let message_id = message_id(id, &sender.domain)?;
    let words = render(letter, sender)?;
    let to: Address = letter.to.address.trim().parse().map_err(BuildError::Recipient)?;
    let from: Address = sender.address.parse().map_err(BuildError::Sender)?;
    let mut message = Message::builder()
        .from(Mailbox::new(display_name(&sender.name), from))
        .to(Mailbox::new(letter.to.name.as_deref().and_then(display_name), to))
        .subject(&words.subject)
        .date(at.into())
        .message_id(Some(message_id.clone()))
        .header(AutoSubmitted);
    if let Some(reply_to) = &sender.reply_to {
        message = message.reply_to(Mailbox::new(None, reply_to.parse().map_err(BuildError::Sender)?));
    }
    if let Some(link) = letter.stop_link() {
        message = message.header(ListUnsubscribe::new(&sender.url(link)).ok_or(BuildError::StopLink)?).header(OneClick);
    }
    let message = message.multipart(parts(&message_id, words))?;
    Ok(Outgoing {
        message_id,
        id: id.to_owned(),
        kind: letter.notice.kind(),
        at,
        envelope: message.envelope().clone(),
        bytes: message.formatted(),
    })
}

/// Plain first, HTML second, between borders that follow from what they hold apart.
fn parts(message_id: &str, words: Rendered) -> MultiPart {
    let mut hash = Sha256::new();
    [message_id, words.text.as_str(), words.html.as_str()].iter().for_each(|part| hash.update(part));
    let mut border = hex::encode(hash.finalize());
    border.truncate(32);
    MultiPart::alternative()
        .boundary(border)
        .singlepart(SinglePart::plain(words.text))
        .singlepart(SinglePart::html(words.html))
}

fn message_id(id: &str, domain: &str) -> Result<String, BuildError> {
    for part in [id, domain] {
        let plain = part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
        if part.is_empty() || part.len() > 100 || !plain {
            return Err(BuildError::MessageId(clean(part)));
        }
    }
    Ok(format!("<{id}@{domain}>"))
}

/// `name` as it may stand beside an address: lettre panics on a line break here, and an `@` could pass for another address.
fn display_name(name: &str) -> Option<String> {
    let name: String =
        clean(name).chars().filter(|c| !matches!(c, '@' | '<' | '>' | '"' | '\\')).take(NAME_LETTERS).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}
