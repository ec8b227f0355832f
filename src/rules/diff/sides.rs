//! What stands around a requirement that is compared: what it is a part of, and what holds where it says nothing itself.

use serde_json::{Map, Value};

use super::super::lang::Lang;
use super::super::pack::model::Label;
use super::super::pack::stricter::{Way, is_usual};
use super::super::render::Described;
use super::{Clause, words};

/// What a rule about hours states, before and after.
type Totals<'a> = (&'a Map<String, Value>, &'a Map<String, Value>);

/// What a list of parts belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Above<'a> {
    /// Its name.
    pub(super) label: &'a Label,
    /// Whether any one part will do.
    pub(super) any: bool,
    /// The rules about hours that it belongs to, before and after.
    totals: Option<Totals<'a>>,
}

impl<'a> Above<'a> {
    /// The parts of a requirement that both versions have.
    pub(super) fn of(
        above: Option<Above<'a>>,
        label: &'a Label,
        before: &'a Described<'_>,
        after: &'a Described<'_>,
    ) -> Self {
        let hours = |found: &Described<'_>| ["learning", "service"].contains(&found.sort);
        let own = (hours(before) && hours(after)).then_some((before.stated, after.stated));
        Self { label, any: after.sort == "any_of", totals: own.or(above.and_then(|above| above.totals)) }
    }
}

/// What one key says before and after; what is only said to be as it is anyway counts as not said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'v> {
    /// What it says itself.
    pub(super) own: (Option<&'v Value>, Option<&'v Value>),
    /// What holds: of a topic or part that says nothing, what the total says.
    pub(super) holds: (Option<&'v Value>, Option<&'v Value>),
}

impl<'v> Said<'v> {
    pub(super) fn of(key: &str, before: &'v Described<'_>, after: &'v Described<'_>, above: Option<Above<'v>>) -> Self {
        let totals = above.and_then(|above| above.totals).filter(|_| in_place(after.sort, key));
        let (old, new) = totals.map(|(old, new)| (old.get(key), new.get(key))).unwrap_or_default();
        let own = |found: &'v Described<'_>, total: Option<&Value>| {
            found.stated.get(key).filter(|value| total.is_some() || !is_usual(found.sort, key, value))
        };
        let own = (own(before, old), own(after, new));
        Self { own, holds: (own.0.or(old), own.1.or(new)) }
    }
}

/// Whether a key of a topic or part holds in place of the total's.
fn in_place(sort: &str, key: &str) -> bool {
    ["topic", "part"].contains(&sort) && ["window", "approved"].contains(&key)
}

/// Which way a key of a branch goes: a way that fewer people may take leaves fewer ways.
pub(super) fn of_branch(key: &str, judged: Way, above: Option<Above<'_>>) -> Way {
    let narrows = ["when", "unless", "in_force"].contains(&key);
    if narrows && above.is_some_and(|above| above.any) { judged.turned() } else { judged }
}

/// What is asked for, where that is no longer the same sort of thing.
pub(super) fn sort(before: &Described<'_>, after: &Described<'_>) -> Option<Clause> {
    if before.sort == after.sort {
        return None;
    }
    let judged = match (needed(before), needed(after)) {
        (Some(old), Some(new)) if new > old => Way::Harder,
        (Some(old), Some(new)) if new < old => Way::Easier,
        (Some(_), Some(_)) => Way::Same,
        (_, _) => Way::Unclear,
    };
    let said = |found: &Described<'_>| Some(words::sort(found.sort, needed(found)));
    Some(Clause { key: "sort".to_owned(), way: judged, was: said(before), becomes: said(after) })
}

/// How many of its branches are needed.
fn needed(found: &Described<'_>) -> Option<usize> {
    match found.sort {
        "all_of" => Some(found.parts.len()),
        "any_of" => {
            let least = found.stated.get("at_least").and_then(Value::as_u64).unwrap_or(1);
            usize::try_from(least).ok()
        }
        _ => None,
    }
}

/// A part is named after what it is a part of: "Training, Ethics".
pub(super) fn joined(above: Option<Above<'_>>, own: &Label) -> Label {
    let Some(above) = above else { return own.clone() };
    let join = |lang: Lang| format!("{}, {}", above.label.in_lang(lang), own.in_lang(lang));
    Label { en: join(Lang::En), es: join(Lang::Es) }
}
