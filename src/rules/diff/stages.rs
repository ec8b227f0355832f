//! What changes in the stages: terms, the days around renewal, fees; one clause for each.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::super::pack::Version;
use super::super::pack::model::{Fee, Label, RenewalDays, Stage};
use super::super::pack::stricter::{Sizes, Way, way};
use super::super::render::{self, Speaker};
use super::head::{bare, change, ids, item};
use super::{Change, Clause, What, both, fields, what, words};

/// Stages that are new, gone, or other than they were; and another order of them.
pub(super) fn changes(old: &Version, new: &Version, changes: &mut Vec<Change>) {
    let (before, after) = (old.stated.get("stage"), new.stated.get("stage"));
    let (mut old_page, mut new_page) = (Page::of(old), Page::of(new));
    for id in ids(before, after) {
        let (was, becomes) = (item(before, &id), item(after, &id));
        if was == becomes {
            continue;
        }
        let clauses = match (was, becomes) {
            (Some(was), Some(becomes)) => compare(&id, (was, &mut old_page), (becomes, &mut new_page)),
            (None, _) => new_page.whole(&id).into_iter().map(|said| clause("stage", None, Some(said))).collect(),
            (_, None) => old_page.whole(&id).into_iter().map(|said| clause("stage", Some(said), None)).collect(),
        };
        if clauses.is_empty() {
            continue;
        }
        let name = becomes.or(was).and_then(Value::as_object).map(words::name_of).unwrap_or_default();
        let what = what(was, becomes);
        let mut found = change(format!("stage.{id}"), words::beside("stage", &name), what, clauses);
        if what != What::Changed {
            found.way = Way::Unclear;
        }
        changes.push(found);
    }
    changes.extend(order(old, new));
}

/// The same stages in another order: the order says which leads to which.
fn order(old: &Version, new: &Version) -> Option<Change> {
    let ids = |version: &Version| version.stages.iter().map(|stage| stage.id.clone()).collect::<Vec<_>>();
    let (before, after) = (ids(old), ids(new));
    let same = before.iter().collect::<BTreeSet<_>>() == after.iter().collect::<BTreeSet<_>>();
    if before == after || !same {
        return None;
    }
    let named = |version: &Version| {
        both(|lang| {
            let labels = version.stages.iter().map(|stage| stage.label.in_lang(lang).to_owned());
            Some(labels.collect::<Vec<_>>().join(", "))
        })
    };
    let clauses = vec![clause("stage", named(old), named(new))];
    Some(change("stage".to_owned(), words::head("stage order"), What::Changed, clauses))
}

fn clause(key: &str, was: Option<Label>, becomes: Option<Label>) -> Clause {
    Clause { key: key.to_owned(), way: Way::Unclear, was, becomes }
}

/// A stated stage and the page that speaks of it.
type Side<'s> = (&'s Value, &'s mut Page);

/// The clauses of a stage that both versions have.
fn compare(id: &str, (was, old): Side<'_>, (becomes, new): Side<'_>) -> Vec<Clause> {
    let mut clauses = fields::changes(Some(was), Some(becomes), &|_, _, _| Way::Same, &["label", "cite", "clause"]);
    for found in &mut clauses {
        if found.key == "label" {
            (found.was, found.becomes) = (name(was), name(becomes));
        }
    }
    let mut tell = |key: &str, before: Option<&Value>, after: Option<&Value>| {
        if before == after {
            return;
        }
        let judged = judge(key, before, after);
        let (was, becomes) = (old.says(id, key), new.says(id, key));
        if was == becomes && key.starts_with("fee.") && before.is_some() && after.is_some() {
            let cited = |key: &str| ["cite", "clause"].contains(&key);
            let judged = |key: &str, _: Option<&Value>, _: Option<&Value>| if cited(key) { Way::Same } else { judged };
            clauses.extend(fields::changes(before, after, &judged, &[]));
            return;
        }
        clauses.push(if was == becomes {
            fields::plain(key.rsplit('.').next().unwrap_or(key), judged, before, after)
        } else {
            Clause { key: key.to_owned(), way: judged, was, becomes }
        });
    };
    const TOLD: [&str; 7] = ["id", "label", "label_es", "cite", "clause", "renewal", "fee"];
    for key in keys(Some(was), Some(becomes)).iter().filter(|key| !TOLD.contains(&key.as_str())) {
        tell(key, was.get(key), becomes.get(key));
    }
    let (before, after) = (was.get("renewal"), becomes.get("renewal"));
    for key in keys(before, after) {
        let of = |side: Option<&Value>| side.and_then(|table| table.get(&key)).cloned();
        tell(&format!("renewal.{key}"), of(before).as_ref(), of(after).as_ref());
    }
    let (before, after) = (was.get("fee"), becomes.get("fee"));
    for fee in ids(before, after) {
        tell(&format!("fee.{fee}"), item(before, &fee), item(after, &fee));
    }
    clauses
}

fn name(stage: &Value) -> Option<Label> {
    words::called(&stage.as_object().map(words::name_of)?)
}

fn keys(before: Option<&Value>, after: Option<&Value>) -> BTreeSet<String> {
    let of = |side: Option<&Value>| side.and_then(Value::as_object).cloned().unwrap_or_default();
    of(before).into_iter().chain(of(after)).map(|(key, _)| key).collect()
}

/// Which way a change of a stage goes. More time is easier, more money is harder; what one version leaves open cannot be compared.
fn judge(key: &str, before: Option<&Value>, after: Option<&Value>) -> Way {
    let sizes = Sizes::default();
    let more = |before: &Value, after: &Value| way("at_least", Some((before, &sizes)), Some((after, &sizes)));
    let less = |before: &Value, after: &Value| more(after, before);
    match (key, before, after) {
        ("renewal.opens" | "renewal.grace" | "renewals", Some(before), Some(after)) => less(before, after),
        ("renewal.due" | "renewal.late_from", Some(before), Some(after)) => more(before, after),
        ("extensions", Some(before), Some(after)) => less(before, after),
        ("renewals" | "suspends_with", None, Some(_)) | ("extensions", Some(_), None) => Way::Harder,
        ("renewals" | "suspends_with", Some(_), None) | ("extensions", None, Some(_)) => Way::Easier,
        ("suspends_with", Some(before), Some(after)) => more(before, after),
        ("renewal.grace_earns", _, after) if after.and_then(Value::as_str) == Some("hours") => Way::Easier,
        ("renewal.grace_earns", Some(before), _) if before.as_str() == Some("hours") => Way::Harder,
        ("renewal.grace_earns", ..) => Way::Same,
        (_, Some(Value::Object(before)), Some(Value::Object(after))) if key.starts_with("fee.") => fee(before, after),
        (_, _, _) => Way::Unclear,
    }
}

/// A fee of which the amount alone differs.
fn fee(before: &Map<String, Value>, after: &Map<String, Value>) -> Way {
    let rest = |fee: &Map<String, Value>| {
        let mut rest = fee.clone();
        ["amount", "cite", "clause"].iter().for_each(|key| drop(rest.remove(*key)));
        rest
    };
    if rest(before) != rest(after) {
        return Way::Unclear;
    }
    let sizes = Sizes::default();
    let side = |fee: &'_ Map<String, Value>| fee.get("amount").cloned().unwrap_or_default();
    way("at_least", Some((&side(before), &sizes)), Some((&side(after), &sizes)))
}

/// What the page of a version says of a part of one stage.
struct Page {
    version: Version,
    stages: Vec<Stage>,
}

impl Page {
    fn of(version: &Version) -> Self {
        Self { version: bare(version), stages: version.stages.clone() }
    }

    /// All that is said of a stage, sentence by sentence.
    fn whole(&mut self, id: &str) -> Vec<Label> {
        let Some(stage) = self.stages.iter().find(|stage| stage.id == id).cloned() else { return Vec::new() };
        self.sentences(stage)
    }

    /// What is said because of one key, and would not be said without it.
    fn says(&mut self, id: &str, key: &str) -> Option<Label> {
        let whole = self.stages.iter().find(|stage| stage.id == id)?.clone();
        let nothing = Stage {
            first_term: None,
            follows_on: true,
            renewals: None,
            extensions: None,
            renewal: RenewalDays::default(),
            fees: Vec::new(),
            suspends_with: Vec::new(),
            ..whole.clone()
        };
        let without = match key {
            "term" => Vec::new(),
            // What counts in that time is said beside how long it is.
            "renewal.grace_earns" => self.sentences(with(nothing.clone(), &whole, "renewal.grace")),
            _ => self.sentences(nothing.clone()),
        };
        let mut said = self.sentences(with(nothing, &whole, key));
        said.retain(|sentence| !without.contains(sentence));
        both(|lang| {
            let all: Vec<&str> = said.iter().map(|sentence| sentence.in_lang(lang)).collect();
            (!all.is_empty()).then(|| all.join("; "))
        })
    }

    fn sentences(&mut self, stage: Stage) -> Vec<Label> {
        self.version.stages = vec![stage];
        let says = |lang| render::head(&Speaker { version: &self.version, purpose: None, lang }, "stage");
        let (english, spanish) = (says(super::Lang::En), says(super::Lang::Es));
        let pair = |(en, es): (String, String)| Label { en: words::as_clause(&en), es: words::as_clause(&es) };
        english.into_iter().zip(spanish).map(pair).collect()
    }
}

/// A stage that says nothing but one key of the whole.
fn with(nothing: Stage, whole: &Stage, key: &str) -> Stage {
    let whole = whole.clone();
    let days = whole.renewal;
    match key {
        "first_term" => Stage { first_term: whole.first_term, ..nothing },
        "next_term" => Stage { follows_on: whole.follows_on, ..nothing },
        "renewals" => Stage { renewals: whole.renewals, ..nothing },
        "extensions" => Stage { extensions: whole.extensions, ..nothing },
        "suspends_with" => Stage { suspends_with: whole.suspends_with, ..nothing },
        "renewal.opens" => Stage { renewal: RenewalDays { opens: days.opens, ..RenewalDays::default() }, ..nothing },
        "renewal.due" => Stage { renewal: RenewalDays { due: days.due, ..RenewalDays::default() }, ..nothing },
        "renewal.late_from" => {
            Stage { renewal: RenewalDays { late_from: days.late_from, ..RenewalDays::default() }, ..nothing }
        }
        "renewal.grace_earns" => {
            let RenewalDays { grace, grace_at_least, grace_earns_hours, .. } = days;
            let renewal = RenewalDays { grace, grace_at_least, grace_earns_hours, ..RenewalDays::default() };
            Stage { renewal, ..nothing }
        }
        "renewal.grace" => {
            let RenewalDays { grace, grace_at_least, .. } = days;
            Stage { renewal: RenewalDays { grace, grace_at_least, ..RenewalDays::default() }, ..nothing }
        }
        _ => {
            let fees: Vec<Fee> =
                whole.fees.into_iter().filter(|fee| key.strip_prefix("fee.") == Some(fee.id.as_str())).collect();
            Stage { fees, ..nothing }
        }
    }
}
