//! The headers lettre does not bring: one-click stopping (RFC 8058) and "a machine wrote this" (RFC 3834).

use lettre::message::header::{Header, HeaderName, HeaderValue};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// `List-Unsubscribe`: where these mails are stopped.
#[derive(Debug, Clone)]
pub(super) struct ListUnsubscribe(String);

impl ListUnsubscribe {
    /// The header for `link`, or `None` if the link could not stand in a header as it is.
    pub(super) fn new(link: &str) -> Option<Self> {
        let plain = link.bytes().all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>');
        let web = link.starts_with("https://") || link.starts_with("http://");
        (plain && web).then(|| Self(format!("<{link}>")))
    }
}

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(s: &str) -> Result<Self, BoxError> {
        Ok(Self(s.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        // A long address must not be folded or encoded, so it goes in as it is; `new` has looked at every byte.
        HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.clone(), self.0.clone())
    }
}

/// `List-Unsubscribe-Post`: one click is enough.
#[derive(Debug, Clone)]
pub(super) struct OneClick;

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, BoxError> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

/// `Auto-Submitted`: keeps holiday answers from coming back.
#[derive(Debug, Clone)]
pub(super) struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, BoxError> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
