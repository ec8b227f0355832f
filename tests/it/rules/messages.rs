//! What a clerk is told about a slip: once, with the line where it stands and the way out, and nothing that is not so.

use std::fs;

use credtrail::rules::{Pack, Problem, worked};

/// A small pack that reads.
fn good() -> String {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/bad/unknown-key.toml")).unwrap();
    text.replace("at_lest", "at_least")
}

const EXAMPLES: &str = r#"
[given.trained]
learning = [
  { id = "l1", completed_on = 2025-03-14, minutes = 2760, topics = ["ethics"], status = "verified" },
]

[[example]]
name  = "46 hours"
given = ["trained"]
as_of = 2025-06-01

  [example.expect]
  status = "met"
  requirements."training" = { status = "met", counted = "46" }
  records.l1 = { outcome = "counted" }

[[example]]
name  = "none"
as_of = 2025-06-01

  [example.expect]
  status = "not_met"
"#;

fn read(pack: &str, examples: &str) -> Result<Pack, Vec<Problem>> {
    Pack::parse(&[("us-xx/ps/2024-07-01.toml", pack), ("us-xx/ps/examples.toml", examples)])
}

/// The only problem there is.
fn only(problems: Vec<Problem>) -> String {
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems[0].to_string()
}

/// What is said of the pack with one change in its text.
fn of_pack(from: &str, to: &str) -> String {
    assert!(good().contains(from), "{from}");
    only(read(&good().replacen(from, to, 1), EXAMPLES).unwrap_err())
}

/// What is said of the examples with one change in their text.
fn of_examples(from: &str, to: &str) -> String {
    assert!(EXAMPLES.contains(from), "{from}");
    match read(&good(), &EXAMPLES.replacen(from, to, 1)) {
        Ok(pack) => only(worked::run(&pack)),
        Err(problems) => only(problems),
    }
}

#[track_caller]
fn says(told: &str, words: &[&str]) {
    for word in words {
        assert!(told.contains(word), "{word}: {told}");
    }
}

#[test]
fn the_pack_and_the_examples_that_the_others_change_are_good() {
    assert_eq!(worked::run(&read(&good(), EXAMPLES).unwrap()), []);
}

#[test]
fn quotes_where_none_belong_are_the_only_thing_said() {
    says(
        &of_pack("verified   = false", "verified = \"no\""),
        &[":12: ", "write it without quotes: `verified = false`"],
    );
    says(&of_pack("{ from = 2024-07-01 }", "{ from = \"2024-07-01\" }"), &["`from = 2024-07-01`"]);
    says(&of_pack("read_on = 2026-11-20", "read_on = \"11/20/2026\""), &["`read_on = 2026-11-20`"]);
    says(&of_examples("as_of = 2025-06-01", "as_of = \"2025-06-01\""), &[":10: ", "`as_of = 2025-06-01`"]);
    let age = "\n[[initial.age]]\nid = \"age\"\nlabel = \"Age\"\nlabel_es = \"Edad\"\ncite = \"handbook\"\nat_least = \"18\"\n";
    says(&only(read(&(good() + age), EXAMPLES).unwrap_err()), &["write it without quotes: `at_least = 18`"]);
}

#[test]
fn quotes_that_are_missing_are_shown_with_the_unit() {
    says(&of_pack("at_least = \"46 hours\"", "at_least = 46"), &["`at_least = \"46 hours\"`"]);
    says(&of_examples("counted = \"46\"", "counted = 46"), &["write it in quotes: `\"46\"`"]);
}

#[test]
fn an_amount_that_cannot_be_read_is_not_compared_with_its_minima() {
    for (amount, said) in
        [("at_least = \"46 CEUs\"", "units are hours"), ("minimum = \"46 hours\"", "did you mean `at_least`?")]
    {
        says(&of_pack("at_least = \"46 hours\"", amount), &[said]);
    }
}

#[test]
fn a_topic_that_nobody_declared_does_not_lack_a_label_as_well() {
    let told = of_pack("topic    = \"ethics\"", "topic = \"Ethics\"");
    says(&told, &["topic `Ethics` is not declared", "did you mean `ethics`?"]);
}

#[test]
fn what_is_not_declared_is_answered_with_the_nearest_that_is() {
    says(
        &of_pack("cite     = \"handbook\"", "cite = \"HANDBOOK\""),
        &["source `HANDBOOK` is not declared", "did you mean `handbook`?"],
    );
    says(&of_pack("America/Chicago", "America/Chicagoo"), &["is not known", "did you mean `America/Chicago`?"]);
    says(&of_pack("America/Chicago", "US/Boise"), &["did you mean `America/Boise`?"]);
    says(
        &of_pack("24 months before application", "24 months before expiry"),
        &["`expiry` is no day", "did you mean `term end`?"],
    );
    says(&of_pack("term     = \"24 months\"", "term = \"six months\""), &["until 1 September of odd years", "no end"]);
}

#[test]
fn words_of_other_headings_lead_to_ours() {
    let training = good().replace("[[initial.learning", "[[initial.training");
    says(&only(read(&training, EXAMPLES).unwrap_err()), &["unknown key `training`", "did you mean `learning`?"]);
    let opens = good() + "\n[renewal]\nopens = \"90 days before expiry\"\n";
    says(&only(read(&opens, EXAMPLES).unwrap_err()), &["belongs to the `[[stage]]`"]);
}

#[test]
fn text_that_is_no_toml_is_answered_with_what_was_meant() {
    for (slip, says_so) in [
        ("clause = 02", "put text in straight quotes"),
        ("clause = \u{201c}3.1\u{201d}", "put text in straight quotes: \"like this\""),
        ("clause = 11/22/2026", "dates are written 2026-11-22"),
    ] {
        let told = of_pack("cite     = \"handbook\"", &format!("cite = \"handbook\"\n{slip}"));
        says(&told, &[slip, says_so]);
    }
}

#[test]
fn an_empty_label_is_not_passed_over() {
    says(&of_pack("label_es = \"Formación\"", "label_es = \"\""), &["`label_es` is empty", "in Spanish"]);
}

#[test]
fn a_credential_of_another_name_than_its_folder_is_named() {
    let other = good().replace("us-xx-ps", "us-xx-pss");
    says(
        &only(read(&other, EXAMPLES).unwrap_err()),
        &["credential `us-xx-pss` in folder `us-xx/ps`", "expected `us-xx-ps`"],
    );
    let parse = |file: &str| Pack::parse(&[(file, other.as_str())]);
    // In a region's folder, also where nothing of the id is in its name.
    for folder in ["us-yy/cpss", "gb-eng/cpss", "intl/cpss"] {
        let told = only(parse(&format!("{folder}/2024-07-01.toml")).unwrap_err());
        let expected = folder.trim_start_matches("intl/").replace('/', "-");
        says(
            &told,
            &[":6: ", &format!("in folder `{folder}`"), &format!("expected `{expected}`"), "rename the folder"],
        );
    }
    for drafts in ["drafts/new", "us-yyyy/new", "new-packs/mine"] {
        let read = parse(&format!("{drafts}/2024-07-01.toml"));
        assert!(read.is_ok(), "{drafts}: {read:?}");
    }
}

#[test]
fn an_example_about_another_credential_is_named_once() {
    let applied =
        "[given.trained]\napplications = [{ id = \"ap1\", credential = \"us-xx-pss\", received_on = 2025-05-01 }]\n";
    let told = of_examples("[given.trained]\n", applied);
    says(&told, &["the application is for `us-xx-pss`, and the pack is `us-xx-ps`"]);
}

#[test]
fn a_slip_in_a_given_is_said_once_where_it_stands() {
    let twice = EXAMPLES.replace("name  = \"none\"", "name  = \"none\"\ngiven = \"trained\"");
    let problems = read(&good(), &twice.replace("minutes = 2760", "minutes = \"2760\"")).unwrap_err();
    says(
        &only(problems),
        &["examples.toml:4: ", "text `2760`", "a whole number of minutes", "write it without quotes"],
    );
}

#[test]
fn an_unknown_given_is_the_only_thing_said() {
    let slip = "given = [\"trainee\"]\nwithout = [\"l9\"]\nrecord.events = []";
    says(&of_examples("given = [\"trained\"]", slip), &["given `trainee` is not declared", "did you mean `trained`?"]);
}

#[test]
fn a_slip_in_what_an_example_expects_is_answered_with_the_list() {
    says(
        &of_examples("requirements.\"training\"", "requirements.\"trainig\""),
        &["no requirement `trainig`", "one of training"],
    );
    says(&of_examples("records.l1", "records.l2"), &["no record `l2`", "one of l1"]);
    says(
        &of_examples("{ status = \"met\", ", "{ status = \"fulfilled\", "),
        &["`fulfilled` is not a status", "met, not_met"],
    );
    says(
        &of_examples("outcome = \"counted\"", "outcome = \"count\""),
        &["`count` is not an outcome", "did you mean `counted`?"],
    );
    says(&of_examples("outcome = \"counted\"", "reason = \"late\""), &["`late` is not a reason", "outside_window"]);
    says(
        &of_examples("counted = \"46\"", "cuonted = \"46\""),
        &["the answer has no `cuonted` of `training`", "did you mean `counted`?"],
    );
}

#[test]
fn a_field_that_a_fee_or_a_term_does_not_have_is_answered_with_those_it_has_whatever_is_expected_of_it() {
    let fee = "[[stage.fee]]\nid = \"f\"\namount = \"50 USD\"\nfor = \"initial\"\n\n[[initial.learning]]";
    let pack = good().replacen("[[initial.learning]]", fee, 1);
    let told = |expected: &str| {
        let examples = EXAMPLES.replacen("requirements.", &format!("{expected}\n  requirements."), 1);
        only(worked::run(&read(&pack, &examples).unwrap()))
    };
    for value in ["\"50\"", "\"none\""] {
        let said = told(&format!("fee = {{ id = \"f\", amont = {value} }}"));
        says(&said, &["the answer has no `amont` in `fee`", "one of amount, currency, id", "did you mean `amount`?"]);
    }
    let said = told("term = { until = \"none\" }");
    says(&said, &["the answer has no `until` in `term`", "due_on, from, grace_earns, grace_through", "through"]);
}

#[test]
fn a_term_that_came_out_otherwise_is_told_by_its_day() {
    let told = of_examples(
        "requirements.\"training\"",
        "term = { from = \"2025-06-01\", through = \"2027-06-01\" }\n  requirements.\"training\"",
    );
    says(&told, &["`through` of `term` is `2027-05-31`; expected `2027-06-01`"]);
}

#[test]
fn a_topic_is_known_by_its_id_its_labels_and_synonyms_however_they_are_spelled() {
    let pack = good().replace(
        "[topic.advocacy]",
        "[topic.role_and_duties]\nlabel = \"Role and duties\"\nlabel_es = \"Papel y deberes\"\nsynonyms = [\"on-the-job\"]\n\n[topic.advocacy]",
    );
    let parsed = read(&pack, EXAMPLES).unwrap();
    let version = &parsed.versions[0];
    let named = |name: &str| version.topic_named(name).map(|at| version.topics[at].id.as_str());
    for name in ["role_and_duties", "Role and Duties", "ROLE-AND-DUTIES", "papel y deberes", "On the job"] {
        assert_eq!(named(name), Some("role_and_duties"), "{name}");
    }
    assert_eq!(named("Ética"), Some("ethics"));
    assert_eq!(named("roles"), None);
    let twice = pack.replace("\"on-the-job\"", "\"ETHICS\"");
    says(&only(read(&twice, EXAMPLES).unwrap_err()), &["`ETHICS` a second time"]);
}

#[test]
fn a_part_below_a_heading_that_is_none_is_one_problem_rather_than_five() {
    let renewal = "\n[[renewal.ce]]\nid = \"ce\"\n\n  [[renewal.learning.topic]]\n  topic = \"ethics\"\n  at_least = \"6 hours\"\n";
    let problems = read(&(good() + renewal), EXAMPLES).unwrap_err();
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    says(&told[0], &["unknown key `ce` in", "did you mean `learning`?"]);
    says(&told[1], &["`[[renewal.learning.topic]]` with no `[[renewal.learning]]` above it"]);
}

#[test]
fn fields_of_a_record_by_other_names_lead_to_the_right_ones() {
    says(&of_examples("minutes = 2760", "hours = 46"), &["records count in minutes: ten hours are `minutes = 600`"]);
    says(&of_examples("topics = [\"ethics\"]", "topic = \"ethics\""), &["did you mean `topics`?"]);
}

#[test]
fn an_amount_that_an_example_expects_with_its_unit_is_told_to_stand_without() {
    says(
        &of_examples("counted = \"46\"", "counted = \"45 hours\""),
        &["`counted` of `training` is `46`", "amounts stand without their unit: `\"45\"`"],
    );
}

#[test]
fn an_example_whose_application_lies_before_the_first_version_names_that_day() {
    let applied =
        "[given.trained]\napplications = [{ id = \"ap1\", credential = \"us-xx-ps\", received_on = 2024-06-01 }]\n";
    says(
        &of_examples("[given.trained]\n", applied),
        &[
            "the day 2024-06-01 in the record decides (`applies_by`), not `as_of`",
            "the first version begins 2024-07-01",
            "change the day in the record, such as `received_on`, or write the older version",
        ],
    );
    let early = of_examples(
        "as_of = 2025-06-01\n\n  [example.expect]\n  status = \"not_met\"",
        "as_of = 2024-05-01\n\n  [example.expect]\n  status = \"not_met\"",
    );
    says(&early, &["no version is in force on 2024-05-01; the first begins 2024-07-01"]);
}
