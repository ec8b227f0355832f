//! Which way a change of `rhythm` goes: more in each stretch is harder, other stretches cannot be told.

use serde_json::Value;

use super::{Sizes, Way, more, present};

/// A rhythm. In which stretches it is asked for cannot be compared: with `with_any`, work begins them; without, the window does.
pub(super) fn way(old: Option<(&Value, &Sizes)>, new: Option<(&Value, &Sizes)>) -> Way {
    let (Some((was, before)), Some((becomes, after))) = (old, new) else {
        return present(old.is_some(), new.is_some());
    };
    let alike = ["each", "with_any"].into_iter().all(|key| was.get(key) == becomes.get(key));
    let least = |side: &Value| side.get("at_least").cloned();
    match (alike, least(was), least(becomes)) {
        (true, Some(was), Some(becomes)) => more(Some((&was, before)), Some((&becomes, after)), false),
        (_, _, _) => Way::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ways(old: &Value, new: &Value) -> (Way, Way) {
        let sizes = Sizes::of(&json!({ "hour": "60 minutes" }));
        (way(Some((old, &sizes)), Some((new, &sizes))), way(Some((new, &sizes)), Some((old, &sizes))))
    }

    #[test]
    fn more_in_each_stretch_is_harder_and_other_stretches_cannot_be_told() {
        let monthly = |least: Value| json!({ "each": "month", "at_least": least, "with_any": "work" });
        assert_eq!(ways(&monthly(json!(1)), &monthly(json!(2))), (Way::Harder, Way::Easier));
        assert_eq!(ways(&monthly(json!("1 hour")), &monthly(json!("90 minutes"))).0, Way::Harder);
        assert_eq!(ways(&monthly(json!("1 hour")), &monthly(json!(2))).0, Way::Unclear);
        let weekly = json!({ "each": "week", "at_least": 1, "with_any": "work" });
        let always = json!({ "each": "month", "at_least": 1 });
        for other in [weekly, always] {
            assert_eq!(ways(&monthly(json!(1)), &other), (Way::Unclear, Way::Unclear), "{other}");
        }
    }
}
