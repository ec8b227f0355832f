//! What may be a person's name: held against what a certificate can print when it is typed, not when it is issued.

use crate::pdf::{NameRefusal, check_name};

/// The name as it is kept: white space runs become one blank.
///
/// # Errors
/// When it is empty, too long, or holds a character that is invisible or cannot be drawn.
pub fn read_name(text: &str) -> Result<String, NameRefusal> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    check_name(&name)?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_letters_and_loses_its_double_blanks() {
        assert_eq!(read_name(" Ana \t Kim\u{a0}\n ").unwrap(), "Ana Kim");
        assert_eq!(read_name("\u{1230}\u{120b}\u{121d}").unwrap(), "\u{1230}\u{120b}\u{121d}");
    }

    #[test]
    fn what_no_certificate_can_print_is_refused_at_entry() {
        for (name, code) in [
            ("", "name_empty"),
            ("\u{202e}anA", "name_invisible_character"),
            ("A\u{7}na", "name_invisible_character"),
            ("Ana \u{1F600}", "name_undrawable_character"),
        ] {
            assert_eq!(read_name(name).unwrap_err().code(), code, "{name:?}");
        }
    }
}
