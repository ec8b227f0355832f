//! Takes out of a value what could change the shape of a text: the door between people's words and mail.

use std::fmt::{self, Write};

/// Escapes a value for a plain-text template: every control character and line break becomes one space.
///
/// The templates' own lines carry meaning (see `blocks.rs`); a value must never be able to start one.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

impl askama::filters::Escaper for Plain {
    fn write_escaped_str<W: Write>(&self, mut dest: W, string: &str) -> fmt::Result {
        string.chars().filter_map(kept).try_for_each(|c| dest.write_char(c))
    }
}

/// `value` on one line, without control characters or characters that turn the reading direction.
#[must_use]
pub fn clean(value: &str) -> String {
    let kept: String = value.chars().filter_map(kept).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands for `c`: itself, a space for a break, nothing for a character that only disguises others.
fn kept(c: char) -> Option<char> {
    match c {
        '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => Some(' '),
        // Overrides and isolates turn "gpj.exe" into "exe.jpg"; a byte order mark and zero-width spaces hide.
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}' | '\u{FEFF}' => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn a_value_stays_on_its_line_and_keeps_its_letters() {
        assert_eq!(clean("Dana\r\nBcc: all@example.org"), "Dana Bcc: all@example.org");
        assert_eq!(clean("\u{0}A\u{202E}b\u{2028}c\u{85}d"), "Ab c d");
        assert_eq!(clean("  Zoë 🌱 O'Neil-Nguyễn  "), "Zoë 🌱 O'Neil-Nguyễn");
    }
}
