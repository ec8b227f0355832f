//! Random secrets that are given out once and stored as their SHA-256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::storage::StoreError;

/// What a secret is for: its prefix tells leaked ones apart and lets scanners find them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// Exchanged for the next access token.
    Refresh,
    /// The page session.
    Cookie,
    /// Another system's key.
    ApiKey,
    /// A link in a mail.
    Link,
}

impl SecretKind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Refresh => "ctr_",
            Self::Cookie => "cts_",
            Self::ApiKey => "ctk_",
            Self::Link => "ctl_",
        }
    }
}

/// Makes a secret of 256 random bits.
///
/// # Errors
/// When the system has no randomness to give.
pub fn fresh(kind: SecretKind) -> Result<SecretString, StoreError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Fault(format!("no randomness: {error}")))?;
    Ok(SecretString::from(format!("{}{}", kind.prefix(), URL_SAFE_NO_PAD.encode(bytes))))
}

/// Whether a text looks like a secret of this kind, before the database is asked.
#[must_use]
pub fn looks_like(kind: SecretKind, text: &str) -> bool {
    text.strip_prefix(kind.prefix()).is_some_and(|rest| rest.len() == 43 && rest.is_ascii())
}

/// The hash under which a secret is stored.
#[must_use]
pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// The hash of a secret just made.
#[must_use]
pub fn hash_of(secret: &SecretString) -> Vec<u8> {
    hash(secret.expose_secret())
}
