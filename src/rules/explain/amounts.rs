//! Amounts as people say them: hours and minutes where a decimal would be hard to read.

use super::super::amount::{Rounded, in_unit};
use super::super::evaluation::Requirement;
use super::super::lang::Lang;
use super::{UnitNames, unit_name, unit_word};

/// An amount in words, and whether it is one.
pub(super) struct Said {
    pub(super) text: String,
    pub(super) is_one: bool,
}

/// Minutes in a unit of so many minutes: "14.5 hours"; "10 hours 5 minutes" where they are no quarters of an hour.
pub(super) fn measured(
    units: &UnitNames,
    minutes: u64,
    (unit, size): (&str, u32),
    rounded: Rounded,
    lang: Lang,
) -> Said {
    if is_clock(minutes, unit, size) {
        return Said { text: clock(minutes, lang), is_one: minutes == 1 };
    }
    let number = in_unit(minutes, size, rounded);
    let is_one = number == "1";
    Said { text: format!("{number} {}", unit_word(units, unit, is_one, lang)), is_one }
}

/// Whether a decimal would be hard to read. An hour of fewer minutes has none that a clock shows.
const fn is_clock(minutes: u64, unit: &str, size: u32) -> bool {
    matches!(unit.as_bytes(), b"hour") && size == 60 && !minutes.is_multiple_of(15)
}

fn clock(minutes: u64, lang: Lang) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let rest = format!("{rest} {}", unit_name("minute", rest == 1, lang));
    if hours == 0 {
        return rest;
    }
    let hours = format!("{hours} {}", unit_name("hour", hours == 1, lang));
    match lang {
        Lang::En => format!("{hours} {rest}"),
        Lang::Es => format!("{hours} y {rest}"),
    }
}

/// The unit of a requirement and its minutes, where it is about time that a clock measures.
fn timed(found: &Requirement) -> Option<(&str, u32)> {
    Some((found.unit.as_deref()?, found.unit_minutes?))
}

/// "31 of 46 hours", "10 hours 5 minutes of 12 hours", for what has amounts.
pub(super) fn have_of(units: &UnitNames, found: &Requirement, lang: Lang) -> Option<String> {
    let (needed, counted, unit) = (found.needed.as_deref()?, found.counted.as_deref()?, found.unit.as_deref()?);
    if unit == "count" && needed == "1" {
        return None;
    }
    if unit == "year" {
        return Some(format!("{counted} {}", unit_word(units, unit, counted == "1", lang)));
    }
    let of = if lang == Lang::En { "of" } else { "de" };
    if has_clock(found)
        && let (Some(size), Some(have), Some(need)) = (timed(found), found.counted_minutes, found.needed_minutes)
    {
        let have = measured(units, have, size, Rounded::Down, lang).text;
        return Some(format!("{have} {of} {}", measured(units, need, size, Rounded::Up, lang).text));
    }
    let unit =
        if unit == "count" { String::new() } else { format!(" {}", unit_word(units, unit, needed == "1", lang)) };
    Some(format!("{counted} {of} {needed}{unit}"))
}

/// What counts, and what was needed.
pub(super) fn more_than_needed(units: &UnitNames, found: &Requirement, lang: Lang) -> Option<(String, String)> {
    let (size, have, need) = (timed(found)?, found.counted_minutes?, found.needed_minutes?);
    if have <= need || need == 0 {
        return None;
    }
    let need = if has_clock(found) {
        measured(units, need, size, Rounded::Up, lang).text
    } else {
        found.needed.clone().unwrap_or_default()
    };
    Some((measured(units, have, size, Rounded::Down, lang).text, need))
}

/// What is missing; without its unit where that was said just before.
pub(super) fn left(units: &UnitNames, found: &Requirement, with_unit: bool, lang: Lang) -> Option<Said> {
    let missing = found.missing.as_deref().filter(|missing| *missing != "0")?;
    if let (Some(size), Some(minutes)) = (timed(found), found.missing_minutes)
        && (with_unit || has_clock(found) || is_clock(minutes, size.0, size.1))
    {
        return Some(measured(units, minutes, size, Rounded::Up, lang));
    }
    let is_one = missing == "1";
    let text = match found.unit.as_deref().filter(|unit| with_unit && *unit != "count") {
        Some(unit) => format!("{missing} {}", unit_word(units, unit, is_one, lang)),
        None => missing.to_owned(),
    };
    Some(Said { text, is_one })
}

/// Whether what counts or is needed would be hard to read as a decimal.
fn has_clock(found: &Requirement) -> bool {
    let amounts = [found.counted_minutes, found.needed_minutes];
    timed(found).is_some_and(|(unit, size)| amounts.into_iter().flatten().any(|minutes| is_clock(minutes, unit, size)))
}

/// Whether what is missing is told with its unit: here, or with the requirement it stands in.
pub(super) fn left_has_unit(found: &Requirement) -> bool {
    let left = found.missing_minutes;
    has_clock(found) || timed(found).zip(left).is_some_and(|((unit, size), left)| is_clock(left, unit, size))
}
