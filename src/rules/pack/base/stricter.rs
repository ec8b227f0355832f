//! Which way a change of one key goes: harder for people, easier, or not to be told.
//!
//! Works on what a pack says, as JSON, so that inheritance and `rules diff` judge alike. A key it does not know is unclear,
//! never harmless.

mod rhythm;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::super::super::amount::Decimal;
use super::super::super::calendar::Length;
use super::super::phrase::{self, Window};

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
    const fn turned(self) -> Self {
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

/// How a key is judged.
enum Judged {
    /// More of it is harder.
    More,
    /// More of it is easier.
    Less,
    /// Nothing changes for anyone.
    Words,
    /// The stages it is asked for: in more of them is harder, and how many there are cannot be told where none is named.
    Stages,
    /// Marks by scale.
    Marks,
    /// Days that count.
    Window,
    /// Words from the easiest to the hardest; the first is what holds when nothing is said.
    Ladder(&'static [&'static str]),
    /// What is said at all is harder, and no more can be told.
    Present,
    /// What is said at all is easier, and no more can be told.
    Relief,
    /// So much in each stretch: more is harder where the stretches are the same.
    Rhythm,
    /// As [`Judged::Present`], and `false` takes it away.
    Approval,
    /// Not to be told.
    Unknown,
}

fn judged(key: &str) -> Judged {
    match key {
        "at_least" | "count" | "minimum_size" | "attendance" | "wait" | "weekly_at_least" | "never_below"
        | "since_at_least" | "each_of" | "moments" | "different_people" | "evidence" | "never" | "minimum"
        | "never_counts" => Judged::More,
        "at_most" | "excused_at_most" | "one_hour_per" | "per_week" | "per_month" | "valid_for" | "within"
        | "values" | "exams" | "titles" | "credentials" | "standing" | "events" | "lists" | "only" | "any_topic"
        | "shared" => Judged::Less,
        "id" | "label" | "label_es" | "cite" | "clause" | "consequence" | "consequence_es" | "loosens" | "tightens"
        | "note" | "note_es" | "title" => Judged::Words,
        "stage" => Judged::Stages,
        "pass" => Judged::Marks,
        "window" => Judged::Window,
        "repeats" => Judged::Ladder(&["counted", "half", "refused"]),
        "used_elsewhere" => Judged::Ladder(&["counted", "refused"]),
        "surplus" => Judged::Ladder(&["fills the total", "refused"]),
        "topics" => Judged::Ladder(&["shared", "exclusive"]),
        "place" => Judged::Ladder(&["inside", "beside"]),
        "approved" => Judged::Approval,
        "rhythm" => Judged::Rhythm,
        "supervisor" | "ratio" | "attempts" | "cap" | "topic" | "part" | "spread" | "rate" | "floor"
        | "renewed_every" | "remediation" | "deadline" | "learning" | "service" | "exam" | "attestation" | "age"
        | "employment" | "credential" | "event" | "decision" | "any_of" | "all_of" | "stage_held" | "by" => {
            Judged::Present
        }
        "unless" | "waived_when" | "carry_over" | "when" | "in_force" => Judged::Relief,
        _ => Judged::Unknown,
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
        Judged::Present if key == "by" && own_word(old) != own_word(new) => Way::Unclear,
        Judged::More => more(old, new, false),
        Judged::Less => more(old, new, true).turned(),
        Judged::Window => windows(old.map(|(value, _)| value), new.map(|(value, _)| value)),
        Judged::Ladder(steps) => ladder(steps, old.map(|(value, _)| value), new.map(|(value, _)| value)),
        Judged::Present => present(old.is_some(), new.is_some()),
        Judged::Rhythm => rhythm::way(old, new),
        Judged::Approval => {
            let no = |side: Option<(&Value, &Sizes)>| side.is_some_and(|(value, _)| value == &Value::Bool(false));
            match (no(old), no(new)) {
                (false, true) => Way::Easier,
                (true, false) => Way::Harder,
                (_, _) => present(old.is_some(), new.is_some()),
            }
        }
        Judged::Relief => present(old.is_some(), new.is_some()).turned(),
        Judged::Unknown => Way::Unclear,
    }
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
    let rest =
        if steps.first() == Some(&"shared") || steps.first() == Some(&"inside") { steps.last() } else { steps.first() };
    let at = |value: Option<&Value>| {
        let word = value.map_or_else(|| rest.copied(), Value::as_str)?;
        steps.iter().position(|step| *step == word)
    };
    compare(at(old), at(new))
}

/// Windows: fewer days are harder. Every phrase of a list must hold, so a longer list is harder.
fn windows(old: Option<&Value>, new: Option<&Value>) -> Way {
    let read = |value: Option<&Value>| -> Option<Vec<Window>> {
        let texts: Vec<&str> = match value {
            None => Vec::new(),
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            Some(value) => vec![value.as_str()?],
        };
        let windows: Result<Vec<_>, _> = texts.into_iter().map(phrase::window).collect();
        windows.ok().map(|all| all.into_iter().filter(|window| *window != Window::NoLimit).collect())
    };
    let (Some(old), Some(new)) = (read(old), read(new)) else { return Way::Unclear };
    let covers = |one: &[Window], two: &[Window]| one.iter().all(|a| two.iter().any(|b| inside(b, a)));
    match (covers(&old, &new), covers(&new, &old)) {
        (true, true) => Way::Same,
        (true, false) => Way::Harder,
        (false, true) => Way::Easier,
        (false, false) => Way::Unclear,
    }
}

/// Whether every day of the first window lies in the second.
fn inside(small: &Window, big: &Window) -> bool {
    match (small, big) {
        (Window::Before(short, one), Window::Before(long, two))
        | (Window::Within(short, one), Window::Within(long, two)) => {
            one == two && matches!(lengths(*short, *long), Way::Same | Way::Harder)
        }
        // The longer the time before, or after, the fewer days are left.
        (Window::AtLeastBefore(long, one), Window::AtLeastBefore(short, two))
        | (Window::AtLeastAfter(long, one), Window::AtLeastAfter(short, two)) => {
            one == two && matches!(lengths(*short, *long), Way::Same | Way::Harder)
        }
        (Window::Before(_, one) | Window::Earlier(one) | Window::AtLeastBefore(_, one), Window::Through(two))
        | (Window::Within(_, one) | Window::After(one) | Window::AtLeastAfter(_, one), Window::Since(two)) => {
            one == two
        }
        (one, two) => one == two,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ways(key: &str, old: &Value, new: &Value) -> (Way, Way) {
        let sizes = Sizes::of(&json!({ "hour": "60 minutes", "unit": { "credit": { "is": "15 hours" } } }));
        (way(key, Some((old, &sizes)), Some((new, &sizes))), way(key, Some((new, &sizes)), Some((old, &sizes))))
    }

    #[test]
    fn more_of_a_minimum_is_harder_in_whatever_unit_it_is_said() {
        for (old, new) in [
            ("46 hours", "60 hours"),
            ("46 hours", "2761 minutes"),
            ("44 hours", "3 credits"),
            ("24 months", "3 years"),
        ] {
            assert_eq!(ways("at_least", &json!(old), &json!(new)), (Way::Harder, Way::Easier), "{old} {new}");
            assert_eq!(ways("at_most", &json!(old), &json!(new)), (Way::Easier, Way::Harder), "{old} {new}");
        }
        assert_eq!(ways("at_least", &json!("1 hour"), &json!("60 minutes")).0, Way::Same);
        assert_eq!(ways("at_most", &json!("30 %"), &json!("25 %")).0, Way::Harder);
        assert_eq!(ways("at_most", &json!("30 %"), &json!("25 % of the need")).0, Way::Unclear);
        assert_eq!(ways("pass", &json!("500 on 200-800"), &json!("520 on 200-800")).0, Way::Harder);
    }

    #[test]
    fn fewer_stages_are_easier_and_other_ones_cannot_be_told() {
        assert_eq!(ways("stage", &json!(["first", "full"]), &json!("full")), (Way::Easier, Way::Harder));
        assert_eq!(ways("stage", &json!("full"), &json!(["full"])), (Way::Same, Way::Same));
        assert_eq!(ways("stage", &json!("first"), &json!("full")), (Way::Unclear, Way::Unclear));
        let sizes = Sizes::default();
        assert_eq!(way("stage", None, Some((&json!("full"), &sizes))), Way::Unclear);
    }

    #[test]
    fn each_mark_is_held_against_that_on_its_own_scale() {
        let both = json!(["500 on 200-800", "70 on 0-100"]);
        assert_eq!(ways("pass", &both, &json!(["75 on 0-100", "500 on 200-800"])), (Way::Harder, Way::Easier));
        assert_eq!(ways("pass", &both, &json!(["75 on 0-100", "480 on 200-800"])).0, Way::Unclear);
        assert_eq!(ways("pass", &json!("500 on 200-800"), &both), (Way::Unclear, Way::Unclear));
        assert_eq!(way("pass", None, Some((&both, &Sizes::default()))), Way::Unclear);
    }

    #[test]
    fn what_is_said_anew_is_held_against_what_holds_where_nothing_is_said() {
        let sizes = Sizes::default();
        let said =
            |key: &str, value: &Value| (way(key, None, Some((value, &sizes))), way(key, Some((value, &sizes)), None));
        assert_eq!(said("count", &json!(0)), (Way::Easier, Way::Harder));
        assert_eq!(said("count", &json!(1)), (Way::Same, Way::Same));
        assert_eq!(said("standing", &json!(["active", "inactive"])), (Way::Easier, Way::Harder));
        assert_eq!(said("by", &json!("board")), (Way::Harder, Way::Easier));
        assert_eq!(said("by", &json!(["self"])), (Way::Unclear, Way::Unclear));
        assert_eq!(ways("never_counts", &json!(true), &json!(false)), (Way::Easier, Way::Harder));
    }

    #[test]
    fn a_window_with_fewer_days_is_harder() {
        let before = json!("24 months before application");
        assert_eq!(ways("window", &before, &json!("12 months before application")), (Way::Harder, Way::Easier));
        assert_eq!(ways("window", &json!("no limit"), &before), (Way::Harder, Way::Easier));
        assert_eq!(ways("window", &before, &json!(["24 months before application", "after issue"])).0, Way::Harder);
        assert_eq!(ways("window", &before, &json!("24 months before issue")).0, Way::Unclear);
        assert_eq!(ways("window", &before, &json!("700 days before application")).0, Way::Unclear);
    }

    #[test]
    fn what_is_accepted_is_easier_the_more_it_is_and_what_is_never_taken_harder() {
        assert_eq!(ways("only", &json!({ "kind": ["a", "b"] }), &json!({ "kind": ["a"] })), (Way::Harder, Way::Easier));
        assert_eq!(
            ways("never", &json!({ "kind": ["a"] }), &json!({ "kind": ["a", "b"] })),
            (Way::Harder, Way::Easier)
        );
        assert_eq!(ways("only", &json!({ "kind": ["a"] }), &json!({ "kind": ["b"] })).0, Way::Unclear);
    }

    #[test]
    fn what_is_said_anew_or_no_longer_goes_the_way_of_its_key() {
        let sizes = Sizes::default();
        let said =
            |key: &str, value: &Value| (way(key, None, Some((value, &sizes))), way(key, Some((value, &sizes)), None));
        assert_eq!(said("at_most", &json!(3)), (Way::Harder, Way::Easier));
        assert_eq!(said("at_least", &json!(3)), (Way::Harder, Way::Easier));
        assert_eq!(said("any_topic", &json!(true)), (Way::Easier, Way::Harder));
        assert_eq!(said("any_topic", &json!(false)), (Way::Same, Way::Same));
        assert_eq!(said("waived_when", &json!([])), (Way::Easier, Way::Harder));
        assert_eq!(said("repeats", &json!("refused")), (Way::Harder, Way::Easier));
        assert_eq!(said("topics", &json!("shared")), (Way::Easier, Way::Harder));
        assert_eq!(said("new_word", &json!("x")), (Way::Unclear, Way::Unclear));
    }
}
