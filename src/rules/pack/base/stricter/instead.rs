//! Which way a change of `instead` goes: the higher the amounts that take the place of the total, the harder.

use serde_json::Value;

use super::{Sizes, Way, more, present};

/// A value with the sizes of its pack.
type Side<'s> = Option<(&'s Value, &'s Sizes)>;

/// Amounts by condition, the first of which that holds decides. What stands on one side alone is held against the total.
#[must_use]
pub fn way(total: Side<'_>, old: Side<'_>, new: Side<'_>) -> Way {
    let entries = |side: Side<'_>| side.and_then(|(value, _)| value.as_array().cloned()).unwrap_or_default();
    let (before, after) = (entries(old), entries(new));
    let sizes = |side: Side<'_>| side.map(|(_, sizes)| sizes.clone()).unwrap_or_default();
    let (below, above) = (sizes(old.or(total)), sizes(new.or(total)));
    let mut whole = Way::Same;
    for at in 0..before.len().max(after.len()) {
        let (was, is) = (before.get(at), after.get(at));
        if was.zip(is).is_some_and(|(was, is)| was.get("when") != is.get("when")) {
            return Way::Unclear;
        }
        let amount = |entry: Option<&Value>, sizes| match entry {
            Some(entry) => entry.get("at_least").cloned().map(|amount| (amount, sizes)),
            None => total.map(|(total, sizes)| (total.clone(), sizes)),
        };
        let (was, is) = (amount(was, &below), amount(is, &above));
        let counts = |entry: Option<&Value>| entry.is_some_and(|entry| entry.get("count").is_some());
        if counts(before.get(at)) || counts(after.get(at)) {
            whole = whole.with(of_counts(before.get(at), after.get(at)));
            continue;
        }
        let way = match (&was, &is) {
            (Some((was, below)), Some((is, above))) => more(Some((was, below)), Some((is, above)), false),
            (was, is) => match present(was.is_some(), is.is_some()) {
                Way::Same => Way::Same,
                Way::Harder | Way::Easier | Way::Unclear => Way::Unclear,
            },
        };
        whole = whole.with(way);
    }
    whole
}

/// Of amounts in pieces; pieces and minutes cannot be held against each other.
fn of_counts(was: Option<&Value>, is: Option<&Value>) -> Way {
    let count = |entry: Option<&Value>| entry.and_then(|entry| entry.get("count")).and_then(Value::as_i64);
    match (count(was), count(is)) {
        (Some(was), Some(is)) if is == was => Way::Same,
        (Some(was), Some(is)) if is > was => Way::Harder,
        (Some(_), Some(_)) => Way::Easier,
        _ => Way::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ways(old: &Value, new: &Value) -> (Way, Way) {
        let (sizes, total) = (Sizes::of(&json!({ "hour": "60 minutes" })), json!("20 hours"));
        let side = |value| Some((value, &sizes));
        (way(side(&total), side(old), side(new)), way(side(&total), side(new), side(old)))
    }

    #[test]
    fn higher_amounts_are_harder_and_other_conditions_cannot_be_told() {
        let one = |title: &str, least: &str| json!({ "when": { "employed_as": [title] }, "at_least": least });
        let base = json!([one("a", "10 hours")]);
        assert_eq!(ways(&base, &json!([one("a", "12 hours")])), (Way::Harder, Way::Easier));
        assert_eq!(ways(&base, &json!([one("b", "10 hours")])).0, Way::Unclear);
        // A further one is held against the total that it takes the place of.
        assert_eq!(ways(&base, &json!([one("a", "10 hours"), one("b", "30 hours")])), (Way::Harder, Way::Easier));
        assert_eq!(ways(&base, &json!([one("a", "12 hours"), one("b", "19 hours")])).0, Way::Unclear);
        assert_eq!(ways(&json!([]), &json!([one("a", "20 hours")])).0, Way::Same);
        assert_eq!(ways(&json!([]), &json!([{ "when": {}, "count": 3 }])).0, Way::Unclear);
    }

    #[test]
    fn fewer_pieces_are_easier_and_pieces_are_no_minutes() {
        let count = |pieces: u32| json!([{ "when": {}, "count": pieces }]);
        assert_eq!(ways(&count(5), &count(6)), (Way::Harder, Way::Easier));
        assert_eq!(ways(&count(5), &count(5)).0, Way::Same);
        assert_eq!(ways(&count(5), &json!([{ "when": {}, "at_least": "5 hours" }])).0, Way::Unclear);
    }
}
