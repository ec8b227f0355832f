//! Reading exam, attestation, age, employment, credential and event rules.

use super::super::amount::Decimal;
use super::super::calendar::Length;
use super::super::words::{AttestationKinds, EventKinds, Standings};
use super::context::{Context, owned, phrase_of};
use super::guards::{word, words};
use super::model::{Age, Attestations, Exam, Happened, Held, Work};
use super::phrase::{self, Anchor};
use super::table::Table;

pub(super) fn exam(context: &Context, table: &Table<'_, '_>) -> Exam {
    let exams = owned(table.texts("exams"));
    if exams.is_empty() {
        table.missing("exams", "the ids of the exams that serve");
    }
    let (pass, scale) = pass(table);
    let attempts = table.table("attempts").and_then(|inner| {
        let at_most = inner.number("at_most").map(|number| number.value);
        if at_most.is_none() {
            inner.missing("at_most", "how many attempts there are");
        }
        let window = inner.text("window").and_then(|text| context.window(&inner, "window", text));
        inner.finish();
        at_most.map(|at_most| (at_most, window))
    });
    table.not_yet(&[
        ("remediation", "write it as a decision of the board"),
        ("parts", "write one exam rule for each part"),
    ]);
    Exam {
        exams,
        pass,
        scale,
        windows: context.windows(table, "window").unwrap_or_default(),
        attempts,
        wait: length(table, "wait"),
        valid_for: length(table, "valid_for"),
    }
}

fn pass(table: &Table<'_, '_>) -> (Option<Decimal>, Option<String>) {
    let Some(text) = table.text("pass") else { return (None, None) };
    let (mark, scale) =
        text.value.split_once(" on ").map_or((text.value, None), |(mark, scale)| (mark, Some(scale.to_owned())));
    let mark = Decimal::parse(mark);
    if mark.is_none() {
        table.problem(
            "bad_amount",
            text.line,
            format!("`pass = \"{}\"`", text.value),
            "a mark such as `70` or `500 on 200-800`",
            "write the number that passes",
        );
    }
    (mark, scale)
}

fn length(table: &Table<'_, '_>, key: &'static str) -> Option<Length> {
    let text = table.text(key)?;
    phrase_of(table, key, text, phrase::length(text.value), "a length")
}

pub(super) fn attestations(context: &Context, table: &Table<'_, '_>) -> Attestations {
    let kind = table.need_text("attestation", "a kind of attestation");
    if !kind.value.is_empty() {
        word::<AttestationKinds>(table, kind);
    }
    let (values, each) = (owned(table.texts("values")), owned(table.texts("each_of")));
    if !values.is_empty() && !each.is_empty() {
        table.problem(
            "contradiction",
            table.line_of("each_of"),
            "both `values` and `each_of`",
            "one of them",
            "`values`: any of them serves; `each_of`: one of each",
        );
    }
    let (at_least, at_most) = (table.number("at_least"), table.number("at_most"));
    if let (Some(low), Some(high)) = (at_least, at_most)
        && low.value > high.value
    {
        table.problem(
            "contradiction",
            high.line,
            format!("at least {} and at most {}", low.value, high.value),
            "a range that is not empty",
            "mend one of them",
        );
    }
    table.not_yet(&[("renewed_every", "give it a `window`")]);
    Attestations {
        kind: kind.value.to_owned(),
        each_value: !each.is_empty(),
        values: if each.is_empty() { values } else { each },
        count: table.number("count").map_or(1, |number| number.value),
        different_people: table.yes("different_people").unwrap_or(false),
        windows: context.windows(table, "window").unwrap_or_default(),
        by: owned(table.texts("by")),
        moments: owned(table.texts("moments")),
        at_least: at_least.map(|number| number.value),
        at_most: at_most.map(|number| number.value),
        since_at_least: context.length_and_anchor(table, "since_at_least", " before "),
    }
}

pub(super) fn age(context: &Context, table: &Table<'_, '_>) -> Age {
    let (at_least, at_most) = (table.number("at_least"), table.number("at_most"));
    match (at_least, at_most) {
        (None, None) => table.missing("at_least", "an age in years, or `at_most`"),
        (Some(low), Some(high)) if low.value > high.value => {
            table.problem(
                "contradiction",
                high.line,
                format!("at least {} and at most {} years", low.value, high.value),
                "a range that is not empty",
                "mend one of them",
            );
        }
        _ => {}
    }
    let on = table.text("on").and_then(|text| context.anchor(table, "on", text));
    Age {
        at_least: at_least.map(|number| number.value),
        at_most: at_most.map(|number| number.value),
        on: on.unwrap_or(Anchor::Application),
    }
}

pub(super) fn employment(context: &Context, table: &Table<'_, '_>) -> Work {
    let text = table.need_text("at_least", "how long, such as `36 months`");
    let months = match phrase_of(table, "at_least", text, phrase::length(text.value), "a length") {
        Some(Length::Months(months)) => months,
        Some(Length::Days(_)) => {
            table.problem(
                "bad_phrase",
                text.line,
                format!("`at_least = \"{}\"`", text.value),
                "months or years",
                "say it in months",
            );
            0
        }
        None => 0,
    };
    Work {
        titles: owned(table.texts("titles")),
        months,
        windows: context.windows(table, "window").unwrap_or_default(),
        weekly: context.minutes(table, "weekly_at_least").unwrap_or(0),
    }
}

pub(super) fn credential(table: &Table<'_, '_>) -> Held {
    let credentials = owned(table.texts("credentials"));
    if credentials.is_empty() {
        table.missing("credentials", "the ids of the credentials that serve");
    }
    let standing = words::<Standings>(table, table.texts("standing"));
    Held {
        credentials,
        standing: if standing.is_empty() { vec!["active".to_owned()] } else { standing },
        stage: table.text("stage_held").map(|text| text.value.to_owned()),
    }
}

pub(super) fn event(context: &Context, table: &Table<'_, '_>) -> Happened {
    let kinds = words::<EventKinds>(table, table.texts("events"));
    if kinds.is_empty() {
        table.missing("events", "the kinds of event that serve");
    }
    Happened {
        kinds,
        windows: context.windows(table, "window").unwrap_or_default(),
        count: table.number("count").map_or(1, |number| number.value),
    }
}
