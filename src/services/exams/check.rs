//! What a result says, looked at alone: the exam, the outcome, the days, the score within its scale.

use chrono::NaiveDate;

use super::desk::KnownExams;
use super::{ExamError, ExamWish, refused};
use crate::rules::amount::Decimal;
use crate::rules::words::{ExamOutcomes, Word as RecordWord};

/// The longest name of a form or a scale.
const LONGEST: usize = 80;

/// Checks a result; `today` is the board's, `known` the exams of its rules.
///
/// # Errors
/// The first field that has to change.
pub(super) fn check(wish: &ExamWish, today: NaiveDate, known: &KnownExams) -> Result<(), ExamError> {
    let Some(scales) = known.get(&wish.exam) else { return unknown(&wish.exam, known) };
    if let Err(unknown) = RecordWord::<ExamOutcomes>::parse(&wish.outcome) {
        return refused("/outcome", unknown.to_string());
    }
    days(wish, today)?;
    for (pointer, text) in [("/form", &wish.form), ("/scale", &wish.scale)] {
        if text.as_ref().is_some_and(|text| text.trim().is_empty() || text.chars().count() > LONGEST) {
            return refused(pointer, format!("expected 1 to {LONGEST} letters; leave it out if there is none"));
        }
    }
    for (pointer, number) in [("/score", &wish.score), ("/pass_mark", &wish.pass_mark)] {
        if let Some(text) = number.as_deref() {
            within(pointer, decimal(pointer, text)?, text, wish.scale.as_deref(), scales)?;
        }
    }
    Ok(())
}

fn unknown(exam: &str, known: &KnownExams) -> Result<(), ExamError> {
    if known.is_empty() {
        let sentence = "is not an exam of this board, expected one that its published rules name, and they name none; \
                        publish rules that ask for it first";
        return refused("/exam", format!("`{exam}` {sentence}"));
    }
    let list: Vec<String> = known.keys().map(|id| format!("`{id}`")).collect();
    refused(
        "/exam",
        format!("`{exam}` is not an exam of this board, expected one of {}; write its id", list.join(", ")),
    )
}

fn days(wish: &ExamWish, today: NaiveDate) -> Result<(), ExamError> {
    for (pointer, day) in [("/on", Some(wish.on)), ("/official_on", wish.official_on)] {
        if let Some(day) = day.filter(|day| *day > today) {
            return refused(pointer, format!("`{day}` has not come yet, expected a day through today"));
        }
    }
    if wish.official_on.is_some_and(|official| official < wish.on) {
        return refused(
            "/official_on",
            "the result became official before the exam, expected that day or later".into(),
        );
    }
    Ok(())
}

fn decimal(pointer: &'static str, text: &str) -> Result<Decimal, ExamError> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| (1..=9).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let number = Decimal::parse(text).filter(|_| digits(whole) && digits(part));
    number
        .map_or_else(|| refused(pointer, format!("`{text}` is not a number, expected one such as `512` or `71.5`")), Ok)
}

/// The number lies on the scale that is stated, or on one of those that the rules name where none is.
fn within(
    pointer: &'static str,
    number: Decimal,
    text: &str,
    stated: Option<&str>,
    known: &std::collections::BTreeSet<String>,
) -> Result<(), ExamError> {
    let scales: Vec<&str> = match stated {
        Some(scale) => vec![scale],
        None => known.iter().map(String::as_str).collect(),
    };
    // A scale that is only a name, such as `percentile`, says nothing of its ends.
    let ends: Option<Vec<(Decimal, Decimal)>> = scales.iter().map(|scale| ends(scale)).collect();
    let fits = |(least, most): &(Decimal, Decimal)| number.at_least(*least) && most.at_least(number);
    match ends {
        Some(ends) if !ends.is_empty() && !ends.iter().any(fits) => refused(
            pointer,
            format!(
                "`{text}` lies outside the scale, expected a number on `{}`; check it and its scale",
                scales.join("` or `")
            ),
        ),
        _ => Ok(()),
    }
}

/// The ends of a scale that is written as two numbers, such as `200-800`.
fn ends(scale: &str) -> Option<(Decimal, Decimal)> {
    let (least, most) = scale.split_once(['-', '\u{2013}'])?;
    Some((Decimal::parse(least.trim())?, Decimal::parse(most.trim())?))
}
