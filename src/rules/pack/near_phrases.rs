//! Amounts and windows as boards write them, and how the language says the same: only for messages.

use super::super::amount::Decimal;
use super::phrase;

/// Other words for units.
const UNITS: [(&str, &str); 13] = [
    ("h", "hours"),
    ("hr", "hours"),
    ("hrs", "hours"),
    ("hour", "hours"),
    ("hours", "hours"),
    ("clock hours", "hours"),
    ("contact hours", "hours"),
    ("training hours", "hours"),
    ("credit hours", "hours"),
    ("min", "minutes"),
    ("mins", "minutes"),
    ("minute", "minutes"),
    ("minutes", "minutes"),
];

/// The way out where `text` is no amount, if it is clear what was meant. `shares`: a share may stand there too.
pub(super) fn amount(key: &str, text: &str, shares: bool) -> Option<String> {
    let text = text.trim();
    if text.ends_with(" %") && shares {
        return Some("a share is a whole number from `1 %` to `100 %`".to_owned());
    }
    if let Some(share) = text.strip_suffix('%').map(str::trim).filter(|share| share.parse::<u32>().is_ok()) {
        return Some(if shares {
            format!("write `{key} = \"{share} %\"`, with one space before the sign")
        } else {
            "a share cannot stand here: write the amount, or a `[[....cap]]` with `at_most` as a share".to_owned()
        });
    }
    for joint in [" every ", " per ", " each ", " within ", " over "] {
        if let Some((number, _)) = text.split_once(joint)
            && let Some(meant) = number_and_unit(number)
        {
            return Some(format!(
                "the amount stands alone: write `{key} = \"{meant}\"`; the time stands in `window`, such as `\"this term\"`, or in `period`"
            ));
        }
    }
    number_and_unit(text).map(|meant| format!("did you mean `{meant}`?"))
}

/// `40 hrs` as `40 hours`.
fn number_and_unit(text: &str) -> Option<String> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
    let (number, unit) = text.split_at_checked(end)?;
    Decimal::parse(number)?;
    let unit = unit.trim().trim_end_matches('.').to_lowercase();
    let meant = UNITS.iter().find(|(slip, _)| *slip == unit).map(|(_, meant)| *meant)?;
    let meant = if number == "1" { meant.trim_end_matches('s') } else { meant };
    Some(format!("{number} {meant}"))
}

/// Whether two words say in which direction a window lies, as boards write it.
const JOINTS: [(&str, &str); 7] = [
    (" from ", "after"),
    (" of ", "after"),
    (" following ", "after"),
    (" since ", "after"),
    (" prior to ", "before"),
    (" preceding ", "before"),
    (" ahead of ", "before"),
];

/// The way out where `text` is no window, if it is clear what was meant.
pub(super) fn window(text: &str) -> Option<String> {
    let text = text.trim();
    let within = ["within ", "in the ", "in ", "during the last ", "the last ", "last "];
    let inner = within.iter().find_map(|start| text.strip_prefix(start)).unwrap_or(text);
    if inner != text && phrase::length(inner).is_ok() {
        return Some(format!(
            "within what? before the application: `{inner} before application`; after a day: `{inner} after issue`; within any {inner}: `spread = {{ at_most = \"{inner}\" }}`"
        ));
    }
    if inner != text && phrase::window(inner).is_ok() {
        return Some(format!("did you mean `{inner}`?"));
    }
    JOINTS.iter().find_map(|(joint, meant)| {
        let (length, day) = inner.split_once(joint)?;
        phrase::length(length).ok()?;
        let day = if phrase::anchor(day).is_ok() { day } else { super::slips::day_meant(day)? };
        Some(format!("did you mean `{length} {meant} {day}`?"))
    })
}
