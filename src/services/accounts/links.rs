//! What a link from a mail would do, looked at without using it up: programs that scan mails open every link.

use chrono::{DateTime, Utc};

use crate::repo;
use crate::rules::Lang;
use crate::services::secrets;
use crate::storage::{Conn, Id, Moment, StoreError};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// To prove an address.
    VerifyEmail,
    /// To set a password.
    ResetPassword,
    /// To accept a membership.
    Invite,
}

impl LinkPurpose {
    /// The word that columns hold.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
            Self::Invite => "invite",
        }
    }
}

/// A link that works.
#[derive(Debug, Clone)]
pub struct OpenLink {
    /// Whom it was mailed to.
    pub person: Id,
    /// The language they are written to in.
    pub language: Lang,
    /// Whether they have a password.
    pub has_password: bool,
    /// What it is about.
    pub about: Option<String>,
}

/// The link with this token, if it works at `at`. Nothing is used up.
///
/// # Errors
/// What the database met.
pub fn look_at_link(
    conn: &mut Conn<'_>,
    at: DateTime<Utc>,
    token: &str,
    purpose: LinkPurpose,
) -> Result<Option<OpenLink>, StoreError> {
    let now = Moment::from(at);
    let works = repo!(conn, logins::find_token(&secrets::hash(token)))?.filter(|row| {
        row.purpose == purpose.word() && row.used_at.is_none() && row.expires_at.is_none_or(|until| until > now)
    });
    let Some((person, about)) = works.and_then(|row| row.person_id.map(|person| (person, row.about))) else {
        return Ok(None);
    };
    let Some(row) = repo!(conn, people::find(person))? else { return Ok(None) };
    let has_password = repo!(conn, logins::find(person))?.is_some();
    Ok(Some(OpenLink { person, language: Lang::parse(&row.language).unwrap_or_default(), has_password, about }))
}
