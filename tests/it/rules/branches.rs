//! Which branch of several is shown as the one that counts, and what the next steps say.

use credtrail::rules::plan::{Who, plan};
use credtrail::rules::{Lang, Purpose, Question, Reason, Status, explain};
use serde_json::{Value, json};

use super::small::{ask, found, learning, pack, record, rule, said};

fn branch(what: &str, id: &str, keys: &str) -> String {
    format!("[[initial.any_of.{what}]]\nid = \"{id}\"\nlabel = \"{id}\"\nlabel_es = \"{id}\"\n{keys}\n")
}

fn any(at_least: u32, branches: &[String]) -> String {
    format!("{}{}", rule("any_of", "basis", &format!("at_least = {at_least}")), branches.concat())
}

fn courses(minutes: u64, topic: &str) -> Value {
    json!({ "learning": [learning("a", minutes, &json!({ "topics": [topic] }))] })
}

fn taken(rules: &str, facts: &Value) -> String {
    found(&ask(rules, facts), "basis").taken.clone().unwrap()
}

fn steps(rules: &str, facts: &Value) -> Vec<(String, String)> {
    ask(rules, facts).next.into_iter().map(|step| (step.requirement, step.text)).collect()
}

fn two() -> [String; 2] {
    [
        branch("learning", "long", "at_least = \"40 hours\"\nonly.topic = [\"housing\"]"),
        branch("learning", "short", "at_least = \"4 hours\"\nonly.topic = [\"ethics\"]"),
    ]
}

#[test]
fn of_branches_that_are_not_met_the_one_with_the_smaller_missing_share_is_shown() {
    let rules = any(1, &two());
    assert_eq!(taken(&rules, &courses(180, "ethics")), "basis.short");
    // 39 of 40 hours lack less of the whole than three of four, though both lack an hour.
    let both = json!({ "learning": [
        learning("a", 39 * 60, &json!({ "topics": ["housing"] })),
        learning("b", 180, &json!({ "topics": ["ethics"] })),
    ] });
    assert_eq!(taken(&rules, &both), "basis.long");
    assert_eq!(taken(&rules, &json!({})), "basis.long", "with nothing done the pack's order decides");
}

#[test]
fn a_branch_that_nothing_can_meet_any_more_comes_after_one_that_can() {
    let over = branch("learning", "long", "at_least = \"40 hours\"\nwindow = \"through 2025-05-31\"\nshared = true");
    let rules = any(
        1,
        &[over, branch("learning", "short", "at_least = \"40 hours\"\nwindow = \"since 2025-06-01\"\nshared = true")],
    );
    let answer = ask(&rules, &courses(39 * 60, "ethics"));
    let basis = found(&answer, "basis");
    assert_eq!((basis.status, basis.taken.as_deref()), (Status::NotMet, Some("basis.short")));
    assert_eq!(answer.earliest_date, Some("2025-06-01".parse().unwrap()));
}

#[test]
fn branches_of_different_kinds_are_compared_by_their_shares() {
    let rules = any(
        1,
        &[
            branch("employment", "work", "at_least = \"12 months\""),
            branch("learning", "credits", "count = 4"),
            branch("all_of", "both", "")
                + "[[initial.any_of.all_of.attestation]]\nid = \"a\"\nlabel = \"L\"\nlabel_es = \"L\"\nattestation = \"education\"\n"
                + "[[initial.any_of.all_of.attestation]]\nid = \"b\"\nlabel = \"L\"\nlabel_es = \"L\"\nattestation = \"code_of_ethics\"\n",
        ],
    );
    let job = json!([{ "id": "j", "from": "2025-02-01", "employer": "e" }]);
    assert_eq!(taken(&rules, &json!({ "employment": job.clone() })), "basis.work");
    let course = json!([learning("a", 60, &json!({})), learning("b", 60, &json!({}))]);
    assert_eq!(taken(&rules, &json!({ "employment": job.clone(), "learning": course.clone() })), "basis.credits");
    let signed = json!([
        { "id": "s", "kind": "education", "value": "ged", "on": "2025-01-01", "status": "verified" },
    ]);
    let all = json!({ "employment": job, "learning": course, "attestations": signed });
    assert_eq!(taken(&rules, &all), "basis.credits", "half of both: the pack's order");
}

#[test]
fn of_three_branches_the_two_nearest_are_shown_and_their_steps_come_next() {
    let three =
        |id: &str, topic: &str| branch("learning", id, &format!("at_least = \"10 hours\"\nonly.topic = [\"{topic}\"]"));
    let rules = any(2, &[three("one", "ethics"), three("two", "housing"), three("three", "advocacy")]);
    let facts = json!({ "learning": [
        learning("a", 300, &json!({ "topics": ["advocacy"] })), learning("b", 600, &json!({ "topics": ["housing"] })),
    ] });
    assert_eq!(taken(&rules, &facts), "basis.two, basis.three");
    assert_eq!(steps(&rules, &facts), [("basis.three".to_owned(), "three: 5 hours to go".to_owned())]);
}

#[test]
fn the_next_step_is_that_of_the_branch_that_is_shown() {
    let rules = any(1, &two());
    assert_eq!(steps(&rules, &courses(180, "ethics")), [("basis.short".to_owned(), "short: 1 hour to go".to_owned())]);
}

#[test]
fn a_condition_that_cannot_hold_opens_no_branch() {
    let waiting = branch("learning", "other", "at_least = \"1 hour\"\nwhen = { path = [\"elsewhere\"] }");
    let over = branch("exam", "exam", "exams = [\"e\"]\nwindow = \"through 2025-05-31\"");
    let answer = ask(&any(1, &[waiting, over]), &json!({}));
    assert_eq!((answer.status, answer.earliest_date), (Status::NotMet, None));
}

#[test]
fn after_a_refusal_the_next_step_says_what_it_means_and_who_can_change_it() {
    let rules = rule("decision", "portfolio", "by = \"board\"");
    let facts = json!({ "decisions": [{ "id": "d", "credential": "us-xx-ps", "requirement": "portfolio", "outcome": "refused", "on": "2025-05-01" }] });
    let answer = ask(&rules, &facts);
    assert_eq!((answer.status, answer.earliest_date), (Status::NotMet, None));
    assert_eq!(answer.next[0].text, "On May 1, 2025 the answer was no: L. You can ask why, and ask for a new decision");
    let (pack, record) = (pack("", &rules), record(&facts));
    let spanish = explain::in_language(answer, &pack.versions[0], Lang::Es);
    assert!(
        spanish.next[0].text.starts_with("El 1 de mayo de 2025 la respuesta fue no: L."),
        "{}",
        spanish.next[0].text
    );
    assert!(spanish.requirements[0].notes[0].text.contains("nueva decisión"));
    let question = Question { as_of: "2025-06-01".parse().unwrap(), purpose: Purpose::Initial, stage: None };
    let plan = plan(&pack, &record, &question).unwrap();
    assert_eq!((plan.steps.len(), plan.steps[0].by), (1, Who::SomeoneElse));
}

#[test]
fn a_record_that_answers_a_condition_is_not_called_unread() {
    let rules = rule(
        "learning",
        "t",
        "at_least = \"1 hour\"\nwhen = { attested = { attestation = \"education\", values = [\"none\"] } }",
    );
    let given = |value: &str, status: &str| {
        let given = json!([{ "id": "a", "kind": "education", "value": value, "on": "2025-01-01", "status": status }]);
        let answer = ask(&rules, &json!({ "attestations": given }));
        (said(&answer, "a").1, answer.records[0].outcome)
    };
    use credtrail::rules::evaluation::Outcome;
    assert_eq!(given("none", "verified"), (vec![], Outcome::Counted));
    assert_eq!(given("ged", "verified"), (vec![], Outcome::Counted), "it says that the rule is not asked");
    assert_eq!(given("none", "reported"), (vec![(None, Reason::NotVerified)], Outcome::NotCounted));
    let unrelated = json!({ "attestations": [{ "id": "a", "kind": "code_of_ethics", "value": "signed", "on": "2025-01-01", "status": "verified" }] });
    assert_eq!(ask(&rules, &unrelated).records[0].outcome, Outcome::NotRead);
}
