//! A value that does not fit, said for whoever sent it: what was found, what was expected, what to do. Reads the sentences
//! of the parsers, which know only a part of that.

use super::day::NOT_A_DAY;

/// What is wrong with one value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misfit {
    /// The member that is missing inside the place that was named.
    pub member: Option<String>,
    /// The sentence.
    pub detail: String,
}

/// The longest piece of what was sent that is repeated.
const LETTERS: usize = 80;

/// Says a parser's `message` about a value, of which `found` is the text if there is one that may be repeated.
pub(super) fn say(message: &str, found: Option<&str>) -> Misfit {
    if let Some((name, _)) = quoted(message, "missing field `") {
        let detail = format!("`{name}` is missing, expected a value; add it");
        return Misfit { member: Some(name.to_owned()), detail };
    }
    Misfit { member: None, detail: detail(message, found) }
}

fn detail(message: &str, found: Option<&str>) -> String {
    if let Some((name, rest)) = quoted(message, "unknown field `") {
        let expected = rest.strip_prefix(", expected ").unwrap_or("nothing of this name");
        return format!("`{}` is not known here, expected {expected}; take it out or correct its name", cut(name));
    }
    if let Some((word, rest)) = quoted(message, "unknown variant `") {
        let expected = rest.strip_prefix(", expected ").unwrap_or("another word");
        return format!("`{}` is not a word that fits, expected {expected}; write it so", cut(word));
    }
    if let Some((name, _)) = quoted(message, "duplicate field `") {
        return format!("`{}` is there twice, expected once; keep the right one", cut(name));
    }
    let (kind, said) = match ["invalid type: ", "invalid value: ", "invalid length "]
        .iter()
        .find_map(|begin| message.strip_prefix(begin))
        .and_then(|rest| rest.split_once(", expected "))
    {
        Some((kind, expected)) => (Some(kind), fits(expected)),
        None => (None, of_parser(message)),
    };
    let found = match (found, kind) {
        (Some(found), _) if !found.is_empty() => format!("`{}`", cut(found)),
        (Some(_), _) => "an empty text".to_owned(),
        (None, Some(kind)) => kind.split([' ', '`', '"']).next().unwrap_or("another kind").to_owned(),
        (None, None) => "the value".to_owned(),
    };
    match said {
        Some((expected, example)) => format!("{found} does not fit, expected {expected}; write it like {example}"),
        None => format!("{found} does not fit: {message}"),
    }
}

/// What fits, and an example, by what serde calls it.
fn fits(expected: &str) -> Option<(&str, &str)> {
    Some(match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => ("a whole number that is not negative", "`90`"),
        "i8" | "i16" | "i32" | "i64" => ("a whole number", "`90`"),
        "f32" | "f64" => ("a number", "`1.5`"),
        "a string" | "a borrowed string" | "str" => ("a text", "`\"text\"`"),
        "a boolean" => ("`true` or `false`", "`true`"),
        "a sequence" => ("a list", "`[]`"),
        "a map" => ("an object", "`{}`"),
        "a formatted date string" => DAY,
        _ if expected.starts_with("struct ") => ("an object", "`{}`"),
        other => (other, "that"),
    })
}

const DAY: (&str, &str) = ("a day that exists, year-month-day", "`2026-02-28`");

/// What fits, by the sentence of the parser of dates, numbers and yes or no.
fn of_parser(message: &str) -> Option<(&'static str, &'static str)> {
    const DATES: [&str; 6] = [
        NOT_A_DAY,
        "input is out of range",
        "input contains invalid characters",
        "premature end of input",
        "trailing input",
        "no possible date and time matching input",
    ];
    const NUMBERS: [&str; 4] = ["invalid digit", "number too large", "number too small", "cannot parse integer"];
    if DATES.iter().any(|known| message.contains(known)) {
        Some(DAY)
    } else if NUMBERS.iter().any(|known| message.contains(known)) {
        Some(("a whole number", "`90`"))
    } else if message.contains("`true` or `false`") {
        Some(("`true` or `false`", "`true`"))
    } else {
        None
    }
}

/// The word in backticks after `begin`, and what follows it.
fn quoted<'m>(message: &'m str, begin: &str) -> Option<(&'m str, &'m str)> {
    message.strip_prefix(begin)?.split_once('`')
}

fn cut(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LETTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_member_is_named() {
        let misfit = say("missing field `from`", None);
        assert_eq!(misfit.member.as_deref(), Some("from"));
        assert_eq!(misfit.detail, "`from` is missing, expected a value; add it");
    }

    #[test]
    fn what_was_found_expected_and_to_do_are_said() {
        for (message, found, detail) in [
            (
                "input is out of range",
                Some("2026-02-30"),
                "`2026-02-30` does not fit, expected a day that exists, year-month-day; write it like `2026-02-28`",
            ),
            (
                "invalid value: integer `-1`, expected u32",
                Some("-1"),
                "`-1` does not fit, expected a whole number that is not negative; write it like `90`",
            ),
            (
                "invalid type: null, expected a string",
                Some("null"),
                "`null` does not fit, expected a text; write it like `\"text\"`",
            ),
            (
                "invalid type: string \"abc\", expected a boolean",
                None,
                "string does not fit, expected `true` or `false`; write it like `true`",
            ),
            (
                "unknown field `colour`, expected one of `from`, `to`",
                Some("1"),
                "`colour` is not known here, expected one of `from`, `to`; take it out or correct its name",
            ),
            (
                "unknown variant `big`, expected `small` or `large`",
                Some("big"),
                "`big` is not a word that fits, expected `small` or `large`; write it so",
            ),
            (
                "invalid digit found in string",
                Some("ten"),
                "`ten` does not fit, expected a whole number; write it like `90`",
            ),
            ("something new", Some("x"), "`x` does not fit: something new"),
        ] {
            assert_eq!(say(message, found), Misfit { member: None, detail: detail.to_owned() });
        }
    }

    #[test]
    fn long_and_hidden_letters_are_not_repeated() {
        let said = say("something new", Some(&format!("a\r\nb{}", "x".repeat(500)))).detail;
        assert!(said.len() < 130 && !said.contains(['\r', '\n']), "{said}");
    }
}
