//! Reading attestation, age, employment, credential and event rules.

use super::super::calendar::Length;
use super::super::words::{AttestationKinds, EventKinds, Standings};
use super::context::{Context, owned, phrase_of};
use super::guards::{word, words};
use super::model::{Age, Attestations, Happened, Held, Label, Work};
use super::phrase::{self, Anchor};
use super::table::Table;

/// The largest whole number of a record: nine digits.
const LARGEST: u32 = 999_999_999;

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
    for limit in [at_least, at_most].into_iter().flatten().filter(|limit| limit.value > LARGEST) {
        table.problem(
            "bad_amount",
            limit.line,
            format!("a value of {}", limit.value),
            format!("at most {LARGEST}, the largest whole number that a record can say"),
            "mend the number",
        );
    }
    let renewed_every = table
        .text("renewed_every")
        .and_then(|text| phrase_of(table, "renewed_every", text, phrase::length(text.value), "a length"));
    if let Some(every) = renewed_every.filter(|every| every.is_nothing()) {
        table.problem(
            "bad_phrase",
            table.line_of("renewed_every"),
            format!("`renewed_every` is {}", again(every).en.to_lowercase()),
            "a length above 0 such as `12 months`",
            "say how often",
        );
    }
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
        renewed_every: renewed_every.map(|every| (every, again(every))),
        since_at_least: context.length_and_anchor(table, "since_at_least", " before "),
    }
}

/// "Confirmed again every 12 months".
fn again(every: Length) -> Label {
    let (en, es) = super::pace::length_words(every);
    Label { en: format!("Confirmed again every {en}"), es: format!("Confirmado de nuevo cada {es}") }
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
    let on = table.text("on").and_then(|text| context.anchor(table, "on", text));
    if table.has("on") {
        on_a_day(table);
    }
    let months = match table.text("at_least") {
        None if table.has("on") => 0,
        _ => months(table),
    };
    Work {
        titles: owned(table.texts("titles")),
        months,
        on,
        windows: context.windows(table, "window").unwrap_or_default(),
        weekly: context.minutes(table, "weekly_at_least").unwrap_or(0),
    }
}

/// What speaks of a length of time says nothing of a job on one day.
fn on_a_day(table: &Table<'_, '_>) {
    for (key, found, hint) in [
        (
            "at_least",
            "both `at_least` and `on`",
            "a length of work is `at_least`, a job on a day is `on`: write two rules where both are asked for",
        ),
        ("window", "both `window` and `on`", "leave `window` out: `on` names the one day that counts"),
    ] {
        if table.has(key) {
            table.problem("contradiction", table.line_of(key), found, "one of them", hint);
        }
    }
}

fn months(table: &Table<'_, '_>) -> u32 {
    let text =
        table.need_text("at_least", "how long, such as `36 months`, or `on` with the day on which one is employed");
    match phrase_of(table, "at_least", text, phrase::length(text.value), "a length") {
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
