//! Which passwords are taken: at least 15 characters, since the password is the only factor; no rules about
//! kinds of characters, no expiry; none that everybody tries first.

use std::collections::BTreeSet;

/// The fewest characters.
pub const LEAST: usize = 15;
/// The most characters: long enough for any passphrase.
pub const MOST: usize = 256;

/// Words that people build their passwords from when they are asked for long ones.
const COMMON: &str = include_str!("../../config/common-passwords.txt");

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than [`LEAST`] characters.
    #[error("the password is too short, expected at least 15 characters; a few words in a row work well")]
    TooShort,
    /// More than [`MOST`] characters.
    #[error("the password is too long, expected at most 256 characters")]
    TooLong,
    /// One that everybody tries first, or your own name or address.
    #[error("this password is easy to guess, expected one without common words in a row, your name or your address")]
    Common,
}

/// Checks a new password. `about` holds what is known of the person, such as name and address.
///
/// # Errors
/// [`WeakPassword`].
pub fn check(password: &str, about: &[&str]) -> Result<(), WeakPassword> {
    let letters = password.chars().count();
    if letters < LEAST {
        return Err(WeakPassword::TooShort);
    }
    if letters > MOST {
        return Err(WeakPassword::TooLong);
    }
    let plain: String = password.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let own: Vec<String> = about
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() >= 4)
        .map(str::to_lowercase)
        .collect();
    let distinct: BTreeSet<char> = plain.chars().collect();
    let rest = without_known(&plain, &own);
    // What is left when known words, digits and own names are taken away is what has to be guessed.
    if distinct.len() < 5 || rest < 5 { Err(WeakPassword::Common) } else { Ok(()) }
}

/// How many characters remain when common words, the person's own and digits are taken out.
fn without_known(plain: &str, own: &[String]) -> usize {
    let mut rest = plain.to_owned();
    let mut words: Vec<&str> = COMMON.lines().map(str::trim).filter(|word| !word.is_empty()).collect();
    words.extend(own.iter().map(String::as_str));
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in words {
        rest = rest.replace(word, " ");
    }
    rest.chars().filter(|c| c.is_alphabetic()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_enough_and_not_common_is_all_that_is_asked() {
        for good in ["violet harbour staples", "mi abuela canta los lunes", "ÄÖÜ çam ağacı yolda", "kq7-vw2-mz9-xt4-b"]
        {
            assert_eq!(check(good, &["Dana Rivera", "dana@example.org"]), Ok(()), "{good}");
        }
    }

    #[test]
    fn short_long_and_common_ones_are_not_taken() {
        assert_eq!(check("fourteen chars", &[]), Err(WeakPassword::TooShort));
        assert_eq!(check(&"ab cd".repeat(60), &[]), Err(WeakPassword::TooLong));
        for common in
            ["passwordpassword", "Password123456789", "aaaaaaaaaaaaaaaa", "1234567890123456", "qwertyuiopasdfgh"]
        {
            assert_eq!(check(common, &[]), Err(WeakPassword::Common), "{common}");
        }
        let about = ["Dana Rivera", "dana.rivera@example.org"];
        assert_eq!(check("danarivera-2026-x", &about), Err(WeakPassword::Common));
    }
}
