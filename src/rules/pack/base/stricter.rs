//! Which way a change of one key goes: harder for people, easier, or not to be told.
//!
//! Works on what a pack says, as JSON, so that inheritance and `rules diff` judge alike. A key it does not know is unclear,
//! never harmless.

mod each;
pub mod instead;
mod keys;
mod rhythm;
mod tables;
#[cfg(test)]
mod tests;
mod windows;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::super::super::amount::Decimal;
use super::super::super::calendar::Length;
use super::super::phrase;
pub use keys::is_usual;
use keys::{Judged, judged, rest};
use windows::windows;

/// Which way a change goes for the people under the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The same.
    Same,
    /// Harder to meet.
    Harder,
    /// Easier to meet.
    Easier,
    /// Not to be told from the words alone.
    Unclear,
}

impl Way {
    /// The contrary.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Harder => Self::Easier,
            Self::Easier => Self::Harder,
            same => same,
        }
    }

    /// Several changes taken together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Same, way) | (way, Self::Same) => way,
            (one, two) if one == two => one,
            (_, _) => Self::Unclear,
        }
    }
}

/// Minutes in an hour and the sizes of other units, of the pack a value stands in.
#[derive(Debug, Clone, Default)]
pub struct Sizes {
    hour: u64,
    units: Vec<(String, u64)>,
}

impl Sizes {
    /// Reads `hour` and `[unit.*]` of a version.
    #[must_use]
    pub fn of(root: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let hour = root.get("hour").and_then(text).and_then(|hour| hour.strip_suffix(" minutes")?.parse().ok());
        let mut sizes = Self { hour: hour.unwrap_or(60), units: Vec::new() };
        for (name, unit) in root.get("unit").and_then(Value::as_object).into_iter().flatten() {
            if let Some(minutes) = unit.get("is").and_then(text).and_then(|size| sizes.minutes(&size)) {
                sizes.units.push((name.clone(), minutes));
            }
        }
        sizes
    }

    /// Minutes of an amount such as `46 hours`.
    #[must_use]
    pub fn minutes(&self, text: &str) -> Option<u64> {
        let (number, unit) = text.split_once(' ')?;
        let size = match unit {
            "hour" | "hours" => self.hour,
            "minute" | "minutes" => 1,
            other => {
                let known = |name: &str| self.units.iter().find(|(unit, _)| unit == name).map(|(_, size)| *size);
                known(other).or_else(|| known(other.strip_suffix('s')?))?
            }
        };
        Some(Decimal::parse(number)?.times_up(size))
    }
}

/// Which way it goes when `key` was `old` and becomes `new`; absent where nothing is said.
#[must_use]
pub fn way(key: &str, old: Option<(&Value, &Sizes)>, new: Option<(&Value, &Sizes)>) -> Way {
    if old.is_some() && old.map(|(value, _)| value) == new.map(|(value, _)| value) && same_sizes(old, new) {
        return Way::Same;
    }
    let usual = usual(key).map(|usual| (usual, Sizes::default()));
    let usual = usual.as_ref().map(|(value, sizes)| (value, sizes));
    let (old, new) = (old.or(usual), new.or(usual));
    match judged(key) {
        Judged::Words => Way::Same,
        Judged::Stages => old.zip(new).map_or(Way::Unclear, |((old, _), (new, _))| sets(old, new)),
        Judged::Marks => marks(old.map(|(value, _)| value), new.map(|(value, _)| value)),
        Judged::More => more(old, new, false),
        Judged::Less => more(old, new, true).turned(),
        Judged::Window => windows(old.map(|(value, _)| value), new.map(|(value, _)| value)),
        Judged::Ladder(steps) => ladder(steps, old.map(|(value, _)| value), new.map(|(value, _)| value)),
        Judged::Present => present(old.is_some(), new.is_some()),
        Judged::Rhythm => rhythm::way(old, new),
        Judged::Each => each::way(old.map(|(value, _)| value), new.map(|(value, _)| value)),
        Judged::Table(keys, harder) => match (old, new) {
            (Some(old), Some(new)) => tables::way(keys, old, new),
            (_, _) if harder => present(old.is_some(), new.is_some()),
            (_, _) => present(old.is_some(), new.is_some()).turned(),
        },
        Judged::Longer => old.zip(new).map_or(Way::Unclear, |(old, new)| more(Some(old), Some(new), false)),
        Judged::By => match (old, new) {
            (Some((old, _)), Some((new, _))) => sets(old, new).turned(),
            (_, _) if own_word(old) || own_word(new) => Way::Unclear,
            (_, _) => present(old.is_some(), new.is_some()),
        },
        Judged::Approval => tables::approval(old, new),
        Judged::Relief => present(old.is_some(), new.is_some()).turned(),
        Judged::Unknown => Way::Unclear,
    }
}

/// Which way it goes when what a limit speaks of changes: the more it is, the harder to keep. For a minimum it is the contrary.
#[must_use]
pub fn of_a_limit(old: Option<(&Value, &Sizes)>, new: Option<(&Value, &Sizes)>) -> Way {
    more(old, new, true)
}

/// What holds where nothing is said.
fn usual(key: &str) -> Option<Value> {
    match key {
        "count" => Some(Value::from(1)),
        "standing" => Some(Value::from("active")),
        _ => None,
    }
}

/// Whether people's own word is taken, which nobody else has to confirm then.
fn own_word(by: Option<(&Value, &Sizes)>) -> bool {
    by.is_some_and(|(by, _)| list(by).iter().any(|one| one == "self"))
}

fn same_sizes(old: Option<(&Value, &Sizes)>, new: Option<(&Value, &Sizes)>) -> bool {
    let minutes =
        |side: Option<(&Value, &Sizes)>| side.and_then(|(value, sizes)| value.as_str().map(|text| sizes.minutes(text)));
    minutes(old) == minutes(new)
}

const fn present(before: bool, after: bool) -> Way {
    match (before, after) {
        (false, true) => Way::Harder,
        (true, false) => Way::Easier,
        (false, false) => Way::Same,
        (true, true) => Way::Unclear,
    }
}

/// Harder where there is more of it. Saying nothing is the least of a minimum, and no limit at all (`limit`) the most.
fn more(old: Option<(&Value, &Sizes)>, new: Option<(&Value, &Sizes)>, limit: bool) -> Way {
    let (Some((old, before)), Some((new, after))) = (old, new) else {
        let said = present(old.is_some(), new.is_some());
        let yes = |side: Option<(&Value, &Sizes)>| side.and_then(|(value, _)| value.as_bool());
        return match (yes(old.or(new)), limit) {
            (Some(false), _) => Way::Same,
            (Some(true), _) | (None, false) => said,
            (None, true) => said.turned(),
        };
    };
    match (old, new) {
        (Value::Number(old), Value::Number(new)) => compare(old.as_u64(), new.as_u64()),
        (Value::Bool(old), Value::Bool(new)) => compare(Some(*old), Some(*new)),
        (Value::Object(old), Value::Object(new)) => {
            let keys: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            let each = keys.into_iter().map(|key| {
                let side = |side, sizes| Option::<&Value>::map(side, |value| (value, sizes));
                more(side(old.get(key), before), side(new.get(key), after), limit)
            });
            each.fold(Way::Same, Way::with)
        }
        (Value::Array(_), _) | (_, Value::Array(_)) => sets(old, new),
        (Value::String(one), Value::String(two)) => texts((one, before), (two, after)),
        (_, _) => Way::Unclear,
    }
}

fn compare<T: Ord>(old: Option<T>, new: Option<T>) -> Way {
    let (Some(old), Some(new)) = (old, new) else { return Way::Unclear };
    match new.cmp(&old) {
        std::cmp::Ordering::Less => Way::Easier,
        std::cmp::Ordering::Equal => Way::Same,
        std::cmp::Ordering::Greater => Way::Harder,
    }
}

/// Lists as sets: more entries are more.
fn sets(old: &Value, new: &Value) -> Way {
    let (old, new) = (list(old), list(new));
    let inside = |one: &[Value], two: &[Value]| one.iter().all(|entry| two.contains(entry));
    match (inside(&old, &new), inside(&new, &old)) {
        (true, true) => Way::Same,
        (true, false) => Way::Harder,
        (false, true) => Way::Easier,
        (false, false) => Way::Unclear,
    }
}

/// A value as a list: one is a list of one.
fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])
}

/// Marks, each against that on its own scale. What a mark on a further scale changes cannot be told: without it the outcome
/// decides.
fn marks(old: Option<&Value>, new: Option<&Value>) -> Way {
    let (Some(old), Some(new)) = (old, new) else { return Way::Unclear };
    let read = |value: &Value| -> Option<BTreeMap<String, Decimal>> {
        let mark = |mark: &Value| {
            let (number, scale) = mark.as_str()?.split_once(" on ").unwrap_or((mark.as_str()?, ""));
            Some((scale.to_owned(), Decimal::parse(number)?))
        };
        list(value).iter().map(mark).collect()
    };
    let (Some(old), Some(new)) = (read(old), read(new)) else { return Way::Unclear };
    if !old.keys().eq(new.keys()) {
        return Way::Unclear;
    }
    old.values().zip(new.values()).map(|(old, new)| numbers(*old, *new)).fold(Way::Same, Way::with)
}

fn numbers(old: Decimal, new: Decimal) -> Way {
    match (new.at_least(old), old.at_least(new)) {
        (true, true) => Way::Same,
        (true, false) => Way::Harder,
        (false, _) => Way::Easier,
    }
}

/// Amounts, lengths and shares.
fn texts((old, before): (&str, &Sizes), (new, after): (&str, &Sizes)) -> Way {
    if let (Some(old), Some(new)) = (before.minutes(old), after.minutes(new)) {
        return compare(Some(old), Some(new));
    }
    let ((old, old_rest), (new, new_rest)) = (measured(old), measured(new));
    if old_rest != new_rest {
        return Way::Unclear;
    }
    match (old, new) {
        (Some(Measured::Length(old)), Some(Measured::Length(new))) => lengths(old, new),
        (Some(Measured::Number(old)), Some(Measured::Number(new))) => numbers(old, new),
        (_, _) => Way::Unclear,
    }
}

enum Measured {
    Length(Length),
    Number(Decimal),
}

/// A length or number at the front of a phrase, and the words after it.
fn measured(text: &str) -> (Option<Measured>, &str) {
    let mut words = text.splitn(3, ' ');
    let (first, second, rest) = (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or(""));
    if let Ok(length) = phrase::length(&format!("{first} {second}")) {
        return (Some(Measured::Length(length)), rest);
    }
    let after = text.strip_prefix(first).unwrap_or("");
    (Decimal::parse(first).map(Measured::Number), after)
}

/// More length is more; days and months are compared only where no calendar can turn it round.
pub(super) fn lengths(old: Length, new: Length) -> Way {
    let span = |length: Length| match length {
        Length::Days(days) => (u64::from(days), u64::from(days)),
        Length::Months(months) => (u64::from(months) * 28, u64::from(months) * 31),
    };
    match (old, new) {
        (Length::Days(old), Length::Days(new)) | (Length::Months(old), Length::Months(new)) => {
            compare(Some(old), Some(new))
        }
        (old, new) if span(new).0 > span(old).1 => Way::Harder,
        (old, new) if span(new).1 < span(old).0 => Way::Easier,
        (_, _) => Way::Unclear,
    }
}

fn ladder(steps: &[&str], old: Option<&Value>, new: Option<&Value>) -> Way {
    let at = |value: Option<&Value>| {
        let word = value.map_or_else(|| rest(steps), Value::as_str)?;
        steps.iter().position(|step| *step == word)
    };
    compare(at(old), at(new))
}
