//! Whether a person's name can be printed, asked before anything is issued.
//!
//! A refusal says which character and what to do. Begin with [`check_name`].

use super::fonts::Style;
use super::shape::{Line, Undrawable, is_joiner, shape};

/// Longest name looked at, in characters; no size fits more on one line.
pub const LONGEST: usize = 200;

/// Why a name cannot be printed, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameRefusal {
    /// Nothing to print.
    #[error("the name has no visible character; write the name as it should stand on the certificate")]
    Empty,
    /// A character that has no shape, such as a tab or a line break.
    #[error("the name holds the invisible character {0}; remove it and type that part again")]
    Invisible(CharacterCode),
    /// No typeface here has the character.
    #[error(
        "the name holds {0}, which no typeface here can draw; write that part with other letters, \
         or ask the administrator for a typeface that has it"
    )]
    Undrawable(CharacterCode),
    /// It does not fit on its line at the smallest size.
    #[error(
        "the name does not fit on the certificate even in the smallest type; \
         write a shorter form, such as initials for the middle names"
    )]
    TooLong,
}

impl NameRefusal {
    /// A stable code for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "name_empty",
            Self::Invisible(_) => "name_invisible_character",
            Self::Undrawable(_) => "name_undrawable_character",
            Self::TooLong => "name_too_long",
        }
    }

    /// The character it is about, if it is about one.
    #[must_use]
    pub const fn character(&self) -> Option<char> {
        match self {
            Self::Invisible(code) | Self::Undrawable(code) => Some(code.0),
            Self::Empty | Self::TooLong => None,
        }
    }
}

/// A character, shown as its number: `U+1F600`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CharacterCode(pub char);

impl std::fmt::Display for CharacterCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`U+{:04X}`", u32::from(self.0))
    }
}

/// Whether the name can be printed on every size of paper.
///
/// # Errors
/// A [`NameRefusal`] that names the character and says what to do.
pub fn check_name(name: &str) -> Result<(), NameRefusal> {
    let line = shape_name(name)?;
    super::layout::name_size(&line).map(|_size| ()).ok_or(NameRefusal::TooLong)
}

/// The shaped name, or why it cannot be shaped.
pub(crate) fn shape_name(name: &str) -> Result<Line, NameRefusal> {
    shape_plain(name, Style::Display)
}

/// Shapes any text of one line under the same rules as a name.
pub(crate) fn shape_plain(text: &str, style: Style) -> Result<Line, NameRefusal> {
    if let Some(character) = text.chars().find(|c| is_invisible(*c)) {
        return Err(NameRefusal::Invisible(CharacterCode(character)));
    }
    if text.chars().all(|c| c.is_whitespace() || is_joiner(c)) {
        return Err(NameRefusal::Empty);
    }
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Err(NameRefusal::Undrawable(CharacterCode(char::REPLACEMENT_CHARACTER)));
    }
    if text.chars().count() > LONGEST {
        return Err(NameRefusal::TooLong);
    }
    shape(text, style).map_err(|Undrawable(character)| NameRefusal::Undrawable(CharacterCode(character)))
}

/// Characters without a shape of their own: controls, direction marks, fillers, variation selectors.
///
/// The shaper would hide them, so a name made of them would print as nothing. The two joiners are
/// kept: names in Persian and many Indian scripts need them.
fn is_invisible(character: char) -> bool {
    if is_joiner(character) {
        return false;
    }
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN_SCRIPTS: [(&str, &str); 17] = [
        ("Latin", "Jos\u{e9} \u{141}ukasz Nguy\u{1ec5}n Th\u{1ecb}"),
        ("West African Latin", "\u{1ecc}l\u{e1}w\u{e1}l\u{e9} K\u{1ecd}\u{301}l\u{e1} \u{190}s\u{25b} \u{14a}m\u{25b}"),
        ("Greek", "\u{395}\u{3bb}\u{3ad}\u{3bd}\u{3b7} \u{3a0}\u{3b1}\u{3c0}\u{3b1}\u{3b4}\u{3ac}\u{3ba}\u{3b7}"),
        ("Cyrillic", "\u{41e}\u{43b}\u{44c}\u{433}\u{430} \u{429}\u{435}\u{440}\u{431}\u{430}\u{43a}"),
        ("Arabic", "\u{645}\u{62d}\u{645}\u{62f} \u{639}\u{644}\u{6cc}"),
        ("Hebrew", "\u{5d3}\u{5d5}\u{5d3} \u{5db}\u{5d4}\u{5df}"),
        ("Devanagari", "\u{936}\u{94d}\u{930}\u{940} \u{915}\u{94d}\u{937}\u{93f}\u{924}\u{93f}\u{91c}"),
        ("Chinese", "\u{674e}\u{5c0f}\u{9f8d} \u{738b}\u{6d77}"),
        ("Japanese", "\u{3055}\u{304f}\u{3089} \u{30e8}\u{30fc}\u{30b3} \u{9ad8}\u{6a4b}"),
        ("Korean", "\u{ae40}\u{bbfc}\u{c900}"),
        ("Thai", "\u{e2a}\u{e21}\u{e0a}\u{e32}\u{e22} \u{e28}\u{e23}\u{e35}\u{e2a}\u{e38}\u{e02}"),
        ("Ethiopic", "\u{1230}\u{120b}\u{121d} \u{1270}\u{1235}\u{134b}\u{12ec}"),
        ("Tamil", "\u{ba4}\u{bae}\u{bbf}\u{bb4}\u{bcd}\u{b9a}\u{bcd}\u{b9a}\u{bc6}\u{bb2}\u{bcd}\u{bb5}\u{bbf}"),
        ("Bengali", "\u{9b0}\u{9ac}\u{9c0}\u{9a8}\u{9cd}\u{9a6}\u{9cd}\u{9b0}\u{9a8}\u{9be}\u{9a5}"),
        ("Armenian", "\u{531}\u{576}\u{56b} \u{54d}\u{561}\u{580}\u{563}\u{57d}\u{575}\u{561}\u{576}"),
        ("Cherokee", "\u{13e3}\u{13b3}\u{13a9}"),
        ("mixed directions", "Sara \u{633}\u{627}\u{631}\u{627} O\u{2019}Neil-Cohen \u{5db}\u{5d4}\u{5df}"),
    ];

    #[test]
    fn names_in_many_scripts_are_accepted() {
        for (script, name) in TEN_SCRIPTS {
            assert_eq!(check_name(name), Ok(()), "{script}: {name}");
        }
    }

    #[test]
    fn a_name_without_a_visible_character_is_refused() {
        for name in ["", "   ", "\u{a0}\u{3000}", "\u{200d}"] {
            assert_eq!(check_name(name), Err(NameRefusal::Empty), "{name:?}");
        }
    }

    #[test]
    fn invisible_characters_are_named_by_number() {
        for (name, shown) in [
            ("Ana\tLee", "U+0009"),
            ("Ana\nLee", "U+000A"),
            ("Ana\0", "U+0000"),
            ("\u{202e}eeL", "U+202E"),
            ("\u{3164}", "U+3164"),
            ("A\u{200b}", "U+200B"),
        ] {
            let refusal = check_name(name).unwrap_err();
            assert_eq!(refusal.code(), "name_invisible_character", "{name:?}");
            assert!(refusal.to_string().contains(shown), "{refusal}");
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused_with_what_to_do() {
        let refusal = check_name("Ana \u{1F600}").unwrap_err();
        assert_eq!(
            refusal.to_string(),
            "the name holds `U+1F600`, which no typeface here can draw; write that part with other letters, \
             or ask the administrator for a typeface that has it"
        );
        assert_eq!(check_name("\u{e000}").unwrap_err().character(), Some('\u{e000}'));
        assert_eq!(check_name("\u{fffd}").unwrap_err().code(), "name_undrawable_character");
    }

    #[test]
    fn a_vowel_sign_without_its_letter_is_refused_not_drawn_on_a_dotted_circle() {
        assert_eq!(check_name("\u{93f}").unwrap_err().character(), Some('\u{93f}'));
    }

    #[test]
    fn a_name_too_long_for_the_smallest_type_is_refused() {
        assert_eq!(check_name(&"Maximiliana ".repeat(30)), Err(NameRefusal::TooLong));
        assert_eq!(check_name(&"W".repeat(200)), Err(NameRefusal::TooLong));
    }
}
