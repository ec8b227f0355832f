//! The token that shows a form is from a page of ours, beside what the browser itself says of a request.
//!
//! It is made from the secret cookie of the reader's session, so nothing is stored, and masked anew for each
//! page, so that the length of a compressed page tells nothing about it. A right is still a right: the token
//! only says where a form came from.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::storage::StoreError;

const LENGTH: usize = 32;

/// A token for a form on a page shown to the holder of `cookie`; different each time.
///
/// # Errors
/// When the system has no randomness to give.
pub fn form_token(cookie: &str) -> Result<String, StoreError> {
    let mut mask = [0_u8; LENGTH];
    getrandom::fill(&mut mask).map_err(|error| StoreError::Fault(format!("no randomness: {error}")))?;
    Ok(format!("{}{}", hex::encode(mask), hex::encode(masked(&mask, &bare(cookie)))))
}

/// Whether `token` was made for the holder of `cookie`.
#[must_use]
pub fn is_token_of(cookie: &str, token: &str) -> bool {
    let Ok(bytes) = hex::decode(token) else { return false };
    let Some((mask, rest)) = bytes.split_at_checked(LENGTH) else { return false };
    let rest: Result<[u8; LENGTH], _> = rest.try_into();
    rest.is_ok_and(|rest| masked(mask, &rest).ct_eq(&bare(cookie)).into())
}

fn bare(cookie: &str) -> [u8; LENGTH] {
    let mut hash = Sha256::new();
    hash.update(b"credtrail form token\0");
    hash.update(cookie.as_bytes());
    hash.finalize().into()
}

fn masked(mask: &[u8], bytes: &[u8; LENGTH]) -> [u8; LENGTH] {
    let mut out = *bytes;
    for (byte, mask) in out.iter_mut().zip(mask) {
        *byte ^= mask;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_belongs_to_one_cookie() {
        let token = form_token("secret").unwrap();
        assert!(is_token_of("secret", &token));
        assert!(!is_token_of("other", &token));
        for junk in ["", "00", "zz", &"0".repeat(64), &"0".repeat(128), &format!("{token}00")] {
            assert!(!is_token_of("secret", junk), "{junk}");
        }
    }

    #[test]
    fn the_same_cookie_never_shows_the_same_token_twice() {
        assert_ne!(form_token("secret").unwrap(), form_token("secret").unwrap());
    }
}
