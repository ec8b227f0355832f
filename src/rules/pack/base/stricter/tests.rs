//! What is harder, what is easier, and what cannot be told, key by key.

use serde_json::json;

use super::*;

fn ways(key: &str, old: &Value, new: &Value) -> (Way, Way) {
    let sizes = Sizes::of(&json!({ "hour": "60 minutes", "unit": { "credit": { "is": "15 hours" } } }));
    (way(key, Some((old, &sizes)), Some((new, &sizes))), way(key, Some((new, &sizes)), Some((old, &sizes))))
}

#[test]
fn more_of_a_minimum_is_harder_in_whatever_unit_it_is_said() {
    for (old, new) in
        [("46 hours", "60 hours"), ("46 hours", "2761 minutes"), ("44 hours", "3 credits"), ("24 months", "3 years")]
    {
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
    assert_eq!(ways("never", &json!({ "kind": ["a"] }), &json!({ "kind": ["a", "b"] })), (Way::Harder, Way::Easier));
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
