//! A mail address as it is stored.

use std::str::FromStr;

/// A mail address in lower case, checked as far as its form goes: whether mail arrives is proved by a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

/// A text that is no mail address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not a mail address, expected one such as `name@example.org`")]
pub struct NotAnAddress;

impl Address {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim().to_lowercase();
        let (local, host) = text.rsplit_once('@').ok_or(NotAnAddress)?;
        let plain = |part: &str, extra: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && !part.ends_with('.')
                && !part.contains("..")
                && part.chars().all(|c| c.is_ascii_alphanumeric() || extra.contains(c))
        };
        let fits = local.len() <= 64
            && host.len() <= 253
            && plain(local, "!#$%&'*+-/=?^_`{|}~.")
            && plain(host, "-.")
            && host.contains('.');
        if fits { Ok(Self(text)) } else { Err(NotAnAddress) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_kept_in_lower_case() {
        assert_eq!(" Dana.Rivera+x@Example.ORG ".parse::<Address>().unwrap().as_str(), "dana.rivera+x@example.org");
    }

    #[test]
    fn what_could_break_a_header_is_no_address() {
        for wrong in [
            "",
            "dana",
            "@x.org",
            "dana@",
            "a@b",
            "a b@x.org",
            "a@x.org\r\nBcc: b@x.org",
            "a@x..org",
            "a,b@x.org",
            "<a@x.org>",
        ] {
            assert_eq!(wrong.parse::<Address>(), Err(NotAnAddress), "{wrong}");
        }
    }
}
