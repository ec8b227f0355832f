//! Reading conditions (`when`, `unless`, `waived_when`), filters (`only`, `never`, `of`) and the words in them.

use super::super::problem::nearest;
use super::super::words::{
    AttestationKinds, Deliveries, EventKinds, Evidences, HoldKinds, LearningKinds, Recognitions, ServiceKinds, Word,
    WordList,
};
use super::asks;
use super::context::{Context, owned, phrase_of};
use super::model::{Attribute, Condition, Filter, Guard, Guards};
use super::phrase;
use super::table::{At, Table};

/// Refuses words that the portable record would refuse too.
pub(super) fn words<L: WordList>(table: &Table<'_, '_>, texts: Option<Vec<At<&str>>>) -> Vec<String> {
    for text in texts.iter().flatten() {
        word::<L>(table, *text);
    }
    owned(texts)
}

pub(super) fn word<L: WordList>(table: &Table<'_, '_>, text: At<&str>) {
    if Word::<L>::parse(text.value).is_err() {
        table.problem(
            "unknown_word",
            text.line,
            format!("`{}` is not a known {}", text.value, L::NAME),
            format!("one of {}", L::ALLOWED.join(", ")),
            nearest(text.value, L::ALLOWED.iter().copied()).map_or_else(
                || "use a word of the list, or one of your own that starts with `x-`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            ),
        );
    }
}

/// Conditions under `key`: a table, or a list of tables of which any may hold.
pub(super) fn guards(context: &Context, table: &Table<'_, '_>, key: &'static str) -> Guards {
    let name = format!("`{key}` of {}", table.name);
    table.tables(key, &name).into_iter().map(|inner| guard(context, inner)).collect()
}

fn guard(context: &Context, table: Table<'_, '_>) -> Guard {
    let mut all = Vec::new();
    if let Some(titles) = table.texts("employed_as") {
        all.push(Condition::EmployedAs(owned(Some(titles))));
    }
    if let Some(kinds) = table.texts("event") {
        all.push(Condition::Event(words::<EventKinds>(&table, Some(kinds))));
    }
    if let Some(credentials) = table.texts("holds") {
        all.push(Condition::Holds(owned(Some(credentials))));
    }
    if let Some(kinds) = table.texts("hold") {
        all.push(Condition::Hold(words::<HoldKinds>(&table, Some(kinds))));
    }
    if let Some(text) = table.text("issued") {
        all.extend(context.window(&table, "issued", text).map(Condition::Issued));
    }
    all.extend(table.yes("first_term").map(Condition::FirstTerm));
    all.extend(table.text("term_shorter_than").and_then(|text| {
        let long = phrase_of(&table, "term_shorter_than", text, phrase::length(text.value), "a length");
        long.map(Condition::TermShorterThan)
    }));
    all.extend(table.texts("path").map(|path| Condition::Path(owned(Some(path)))));
    all.extend(table.texts("path_not").map(|path| Condition::PathNot(owned(Some(path)))));
    all.extend(table.texts("cohort").map(|cohort| Condition::Cohort(owned(Some(cohort)))));
    if let Some(inner) = table.table("attested") {
        let kind = inner.need_text("attestation", "a kind of attestation");
        word::<AttestationKinds>(&inner, kind);
        all.push(Condition::Attested(kind.value.to_owned(), owned(inner.texts("values"))));
        inner.finish();
    }
    all.extend(learned(context, &table, "learned").map(|(topic, minutes)| Condition::Learned(topic, minutes)));
    all.extend(
        learned(context, &table, "never_learned").map(|(topic, minutes)| Condition::NeverLearned(topic, minutes)),
    );
    if let Some(inner) = table.table("age") {
        all.push(Condition::Age(asks::age(context, &inner)));
        inner.finish();
    }
    if all.is_empty() {
        table.problem(
            "empty_condition",
            table.line,
            format!("{} says nothing", table.name),
            "at least one condition",
            "name a condition or remove it",
        );
    }
    table.finish();
    Guard(all)
}

fn learned(context: &Context, table: &Table<'_, '_>, key: &'static str) -> Option<(usize, u64)> {
    let inner = table.table(key)?;
    let topic = inner.need_text("topic", "a topic");
    let topic = context.known_topic(&inner, topic);
    let minutes = context.minutes(&inner, "at_least").unwrap_or(1);
    inner.finish();
    topic.map(|topic| (topic, minutes))
}

const LEARNING: [(&str, Attribute); 9] = [
    ("kind", Attribute::Kind),
    ("delivery", Attribute::Delivery),
    ("source", Attribute::Source),
    ("provider", Attribute::Provider),
    ("course", Attribute::Course),
    ("tag", Attribute::Tag),
    ("topic", Attribute::Topic),
    ("recognition", Attribute::Recognition),
    ("evidence", Attribute::Evidence),
];

const SERVICE: [(&str, Attribute); 8] = [
    ("kind", Attribute::Kind),
    ("domain", Attribute::Domain),
    ("setting", Attribute::Setting),
    ("role", Attribute::Role),
    ("site", Attribute::Site),
    ("region", Attribute::Region),
    ("paid", Attribute::Paid),
    ("tag", Attribute::Tag),
];

/// What the hours are of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Learning,
    Service,
}

/// `only` and `never`.
pub(super) fn filter(context: &Context, table: &Table<'_, '_>, sort: Sort) -> Filter {
    Filter { only: attributes(context, table, "only", sort), never: attributes(context, table, "never", sort) }
}

/// `of`, as a filter.
pub(super) fn of(context: &Context, table: &Table<'_, '_>, sort: Sort) -> Filter {
    let only = attributes(context, table, "of", sort);
    if only.is_empty() {
        table.missing("of", "which records it speaks of, such as `of.delivery = [\"self_paced\"]`");
    }
    for (attribute, _) in &only {
        if *attribute == Attribute::Topic {
            table.problem(
                "cap_on_topic",
                table.line,
                "`of.topic`",
                "an attribute other than the topic",
                "write a topic with `at_most` instead",
            );
        }
    }
    Filter { only, never: Vec::new() }
}

fn attributes(
    context: &Context,
    table: &Table<'_, '_>,
    key: &'static str,
    sort: Sort,
) -> Vec<(Attribute, Vec<String>)> {
    let Some(inner) = table.table(key) else { return Vec::new() };
    let known: &[(&'static str, Attribute)] = if sort == Sort::Learning { &LEARNING } else { &SERVICE };
    let mut all = Vec::new();
    for (name, attribute) in known {
        let Some(texts) = inner.texts(name) else { continue };
        let values = match (attribute, sort) {
            (Attribute::Kind, Sort::Learning) => words::<LearningKinds>(&inner, Some(texts)),
            (Attribute::Kind, Sort::Service) => words::<ServiceKinds>(&inner, Some(texts)),
            (Attribute::Delivery, _) => words::<Deliveries>(&inner, Some(texts)),
            (Attribute::Recognition, _) => words::<Recognitions>(&inner, Some(texts)),
            (Attribute::Evidence, _) => words::<Evidences>(&inner, Some(texts)),
            (Attribute::Topic, _) => texts
                .into_iter()
                .filter_map(|text| context.known_topic(&inner, text))
                .filter_map(|at| context.topics.get(at))
                .map(|topic| topic.id.clone())
                .collect(),
            (Attribute::Paid, _) => paid(&inner, texts),
            (_, _) => owned(Some(texts)),
        };
        all.push((*attribute, values));
    }
    inner.finish();
    all
}

fn paid(table: &Table<'_, '_>, texts: Vec<At<&str>>) -> Vec<String> {
    for text in &texts {
        if !["paid", "volunteer"].contains(&text.value) {
            table.problem(
                "unknown_word",
                text.line,
                format!("`{}`", text.value),
                "`paid` or `volunteer`",
                "use one of the two words",
            );
        }
    }
    owned(Some(texts))
}
