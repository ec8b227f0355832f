//! Holds that stop clocks or waive duties, orders for everyone, and more time by the board's decision.

use credtrail::rules::evaluation::Evaluation;
use credtrail::rules::{Lang, Purpose, Status};
use serde_json::{Value, json};

use super::{ask, course, deadline, filed, head, held, read, rule, sentences};

const TERM: (&str, &str) = ("2023-06-01", "2025-05-31");

/// A pack whose hold or order is `above`, with an hour of education this term and thirty days of grace.
fn pack(above: &str) -> String {
    let stage = format!(
        "term = \"24 months\"\nrenewal = {{ grace = \"30 days\" }}\n[[stage.fee]]\nid = \"standard\"\namount = \"50 USD\"\n{above}"
    );
    head(&stage)
        + &rule("initial.learning", "t", "at_least = \"1 hour\"\nwindow = \"12 months before application\"")
        + &rule("initial.exam", "exam", "exams = [\"e\"]")
        + &rule("initial.deadline", "exam-by", "within = \"12 months after application\"\nrule = \"exam\"")
        + &rule("renewal.learning", "ce", "at_least = \"1 hour\"\nwindow = \"this term\"")
}

fn hold(keys: &str) -> String {
    format!("[[hold]]\nlabel = \"H\"\nlabel_es = \"H\"\ncite = \"s\"\n{keys}\n")
}

fn order(keys: &str) -> String {
    rule("order", "o", keys)
}

fn away(from: &str, through: &str) -> Value {
    json!([{ "id": "h", "kind": "military", "from": from, "through": through }])
}

fn renewing(pack: &str, as_of: &str, done: &str, more: Value) -> Evaluation {
    let mut facts = more;
    facts["credentials"] = json!([held(&[TERM])]);
    facts["learning"] = json!([course("l", done, 60)]);
    ask(&read(pack), Purpose::Renewal, as_of, facts)
}

fn grace(answer: &Evaluation) -> String {
    deadline(answer, "renewal-grace").0
}

#[test]
fn a_hold_that_stops_the_term_moves_its_end_by_the_days_held() {
    let text = pack(&hold("kinds = [\"military\"]\nstops = [\"term\"]"));
    // Thirty days, both ends included: the term runs through 30 June.
    let with = |done: &str| renewing(&text, "2025-06-30", done, json!({ "holds": away("2024-01-01", "2024-01-30") }));
    assert_eq!(grace(&with("2025-06-30")), "2025-07-30");
    assert_eq!(with("2025-06-30").status, Status::Met);
    assert_eq!(with("2025-06-30").notes[0].text, "The certificate runs 30 days longer, through June 30, 2025.");
    assert_eq!(with("2025-06-30").records.iter().find(|r| r.record == "h").unwrap().count, Some(1));
    let late = renewing(&text, "2025-07-01", "2025-07-01", json!({ "holds": away("2024-01-01", "2024-01-30") }));
    assert_eq!(late.status, Status::NotMet);
    // A hold of a kind the pack does not name, or of another credential, moves nothing.
    let other = json!({ "holds": [{ "id": "h", "kind": "hardship", "from": "2024-01-01", "through": "2024-01-30" }] });
    assert_eq!(grace(&renewing(&text, "2025-06-30", "2025-06-30", other)), "2025-06-30");
}

#[test]
fn days_held_while_the_clock_would_already_have_run_out_move_it_on() {
    let text = pack(&hold("kinds = [\"military\"]\nstops = [\"term\"]"));
    // Thirty days move the end to 30 June; ten more lie in June and move it on.
    let twice = json!({ "holds": [{ "id": "h", "kind": "military", "from": "2024-01-01", "through": "2024-01-30" },
        { "id": "i", "kind": "military", "from": "2025-06-11", "through": "2025-06-20" }] });
    assert_eq!(grace(&renewing(&text, "2025-07-01", "2024-01-01", twice)), "2025-08-09");
    // Two holds over the same days count once; one that begins the day after the end comes too late.
    let same = json!({ "holds": [{ "id": "h", "kind": "military", "from": "2024-01-01", "through": "2024-01-30" },
        { "id": "i", "kind": "military", "from": "2024-01-11", "through": "2024-01-30" }] });
    assert_eq!(grace(&renewing(&text, "2025-07-01", "2024-01-01", same)), "2025-07-30");
    let late = json!({ "holds": away("2025-06-01", "2025-06-30") });
    assert_eq!(grace(&renewing(&text, "2025-07-01", "2024-01-01", late)), "2025-06-30");
}

#[test]
fn a_hold_that_lasts_keeps_the_clock_still_until_today() {
    let text = pack(&hold("kinds = [\"military\"]\nstops = [\"term\"]"));
    let lasting = json!({ "holds": [{ "id": "h", "kind": "military", "from": "2025-05-31" }] });
    assert_eq!(grace(&renewing(&text, "2025-09-01", "2024-01-01", lasting.clone())), "2025-10-02");
    assert_eq!(grace(&renewing(&text, "2025-09-02", "2024-01-01", lasting)), "2025-10-03");
}

#[test]
fn a_hold_has_an_upper_limit_and_an_afterlife_where_the_pack_says_so() {
    let text = |more: &str| pack(&hold(&format!("kinds = [\"military\"]\nstops = [\"term\"]\n{more}")));
    let long = || json!({ "holds": away("2024-01-01", "2024-12-31") });
    assert_eq!(grace(&renewing(&text("at_most = \"30 days\""), "2025-06-30", "2024-01-01", long())), "2025-07-30");
    let short = || json!({ "holds": away("2024-01-01", "2024-01-20") });
    assert_eq!(grace(&renewing(&text("and_after = \"10 days\""), "2025-06-30", "2024-01-01", short())), "2025-07-30");
}

#[test]
fn windows_and_deadlines_stop_only_where_the_pack_stops_them() {
    let asked = |stops: &str, done: &str| {
        let text = pack(&hold(&format!("kinds = [\"military\"]\nstops = [\"{stops}\"]")));
        let facts = json!({ "applications": [filed("initial", "2025-01-31")], "learning": [course("l", done, 60)],
            "holds": away("2024-06-01", "2024-06-30") });
        ask(&read(&text), Purpose::Initial, "2025-02-01", facts)
    };
    let counted = |stops: &str, done: &str| asked(stops, done).requirements[0].counted_minutes;
    // Twelve months before 31 January 2025 begin on 31 January 2024, and thirty days earlier with the hold.
    assert_eq!((counted("windows", "2024-01-01"), counted("windows", "2023-12-31")), (Some(60), Some(0)));
    assert_eq!((counted("term", "2024-01-31"), counted("term", "2024-01-30")), (Some(60), Some(0)));
    assert_eq!(asked("windows", "2024-01-01").requirements[0].notes[0].text, "The clock stood still for 30 days.");
    let text = pack(&hold("kinds = [\"military\"]\nstops = [\"deadlines\"]"));
    let facts = json!({ "applications": [filed("initial", "2025-01-31")], "holds": away("2025-06-01", "2025-06-30") });
    assert_eq!(
        deadline(&ask(&read(&text), Purpose::Initial, "2026-03-02", facts.clone()), "exam-by"),
        ("2026-03-02".to_owned(), "open".to_owned())
    );
    assert_eq!(deadline(&ask(&read(&text), Purpose::Initial, "2026-03-03", facts), "exam-by").1, "missed");
}

#[test]
fn a_hold_may_waive_rules_and_fees_and_leave_every_date_alone() {
    let text = pack(&hold("kinds = [\"military\"]\nwaives = [\"ce\"]\nwaives_fees = true"));
    let with = |from: &str, through: &str, as_of: &str| {
        let answer = renewing(&text, as_of, "2020-01-01", json!({ "holds": away(from, through) }));
        assert_eq!(grace(&answer), "2025-06-30");
        (answer.requirements[0].status, answer.fee.unwrap().amount)
    };
    assert_eq!(with("2025-05-31", "2025-06-01", "2025-06-01"), (Status::Waived, "0".to_owned()));
    assert_eq!(with("2025-05-31", "2025-06-01", "2025-06-02"), (Status::Waived, "50".to_owned()));
    assert_eq!(with("2025-06-01", "2025-06-30", "2025-06-01"), (Status::NotMet, "0".to_owned()));
    assert_eq!(with("2023-05-01", "2023-06-01", "2025-06-01").0, Status::Waived);
    assert_eq!(with("2023-05-01", "2023-05-31", "2025-06-01").0, Status::NotMet);
}

#[test]
fn an_emergency_may_stop_the_clocks_of_everyone_for_some_days() {
    let text = pack(&hold("everyone = { from = 2024-03-13, through = 2024-04-11 }\nstops = [\"term\"]"));
    assert_eq!(grace(&renewing(&text, "2025-06-30", "2024-01-01", json!({}))), "2025-07-30");
    // Asked about on the day before it began, it had not.
    assert_eq!(grace(&renewing(&text, "2024-03-12", "2024-01-01", json!({}))), "2025-06-30");
}

#[test]
fn an_order_moves_what_would_have_ended_on_its_days() {
    let moved = |ending: &str, keys: &str| {
        let text = pack(&order(&format!("extends = [\"term\"]\nending = {ending}\n{keys}")));
        grace(&renewing(&text, "2025-06-01", "2024-01-01", json!({})))
    };
    let until = "until = 2025-09-30";
    assert_eq!(moved("{ from = 2025-05-31, through = 2025-08-31 }", until), "2025-10-30");
    assert_eq!(moved("{ from = 2025-01-01, through = 2025-05-31 }", until), "2025-10-30");
    assert_eq!(moved("{ from = 2025-06-01, through = 2025-08-31 }", until), "2025-06-30");
    assert_eq!(moved("{ from = 2025-01-01, through = 2025-05-30 }", until), "2025-06-30");
    assert_eq!(moved("{ from = 2025-05-31, through = 2025-08-31 }", "by = \"6 months\""), "2025-12-30");
}

#[test]
fn an_order_moves_deadlines_and_single_rules() {
    let initial = |extends: &str| {
        let text = pack(&order(&format!(
            "extends = [\"{extends}\"]\nending = {{ from = 2026-01-31, through = 2026-01-31 }}\nuntil = 2026-06-30"
        )));
        let facts = json!({ "applications": [filed("initial", "2025-01-31")] });
        deadline(&ask(&read(&text), Purpose::Initial, "2025-02-01", facts), "exam-by").0
    };
    assert_eq!([initial("deadlines"), initial("exam-by"), initial("ce")], ["2026-06-30", "2026-06-30", "2026-01-31"]);
    let text =
        pack(&order("extends = [\"ce\"]\nending = { from = 2025-05-01, through = 2025-05-31 }\nby = \"20 days\""));
    let status = |done: &str| renewing(&text, "2025-06-25", done, json!({})).status;
    assert_eq!((status("2025-06-20"), status("2025-06-21")), (Status::Met, Status::NotMet));
}

#[test]
fn the_board_gives_one_person_more_time_for_the_term_a_deadline_or_a_requirement() {
    let text = pack("");
    let given = |what: &str, until: &str| json!({ "decisions": [{ "id": "d", "credential": "us-xx-ps", "requirement": what, "outcome": "extended", "on": "2025-05-20", "until": until }] });
    let term = renewing(&text, "2025-08-01", "2025-07-31", given("term", "2025-07-31"));
    assert_eq!((grace(&term), term.status), ("2025-08-30".to_owned(), Status::Met));
    assert_eq!(renewing(&text, "2025-08-01", "2025-08-01", given("term", "2025-07-31")).status, Status::NotMet);
    let rule = |done: &str| renewing(&text, "2025-06-30", done, given("ce", "2025-06-15"));
    assert_eq!((rule("2025-06-15").status, rule("2025-06-16").status), (Status::Met, Status::NotMet));
    assert_eq!(rule("2025-06-15").requirements[0].notes[0].text, "The board gave more time, through June 15, 2025.");
    assert_eq!(rule("2025-06-15").records.iter().find(|r| r.record == "d").unwrap().count, Some(1));
    let mut facts = given("exam-by", "2026-03-31");
    facts["applications"] = json!([filed("initial", "2025-01-31")]);
    let after = ask(&read(&text), Purpose::Initial, "2026-04-01", facts);
    assert_eq!(deadline(&after, "exam-by"), ("2026-03-31".to_owned(), "missed".to_owned()));
}

#[test]
fn a_decision_about_one_term_does_not_lengthen_the_next() {
    let text = pack("");
    let facts = json!({ "credentials": [held(&[TERM, ("2025-08-01", "2027-07-31")])],
        "decisions": [{ "id": "d", "credential": "us-xx-ps", "requirement": "term", "outcome": "extended", "on": "2025-05-20", "until": "2025-07-31" }] });
    assert_eq!(grace(&ask(&read(&text), Purpose::Renewal, "2027-01-01", facts)), "2027-08-30");
}

#[test]
fn people_read_of_their_hold_in_both_languages() {
    let pack = read(&pack(&hold("kinds = [\"military\"]\nstops = [\"term\"]")));
    let facts = json!({ "credentials": [held(&[TERM])], "holds": away("2024-01-01", "2024-01-01") });
    let answer = ask(&pack, Purpose::Renewal, "2025-01-01", facts.clone());
    let told = |lang| sentences(&pack, &answer, facts.clone(), lang)[1].clone();
    assert_eq!(told(Lang::En), "The certificate runs 1 day longer, through June 1, 2025.");
    assert_eq!(told(Lang::Es), "El certificado está vigente 1 día más, hasta el 1 de junio de 2025.");
}

#[test]
fn an_order_spares_whoevers_term_ends_on_its_days_whenever_they_file() {
    let status = |from: &str, through: &str, on: &str| {
        let keys = format!("waives = [\"ce\"]\nending = {{ from = {from}, through = {through} }}");
        renewing(&pack(&order(&keys)), on, "2020-01-01", json!({})).requirements[0].status
    };
    // The term ends on 31 May.
    assert_eq!(status("2025-05-31", "2025-05-31", "2025-05-01"), Status::Waived);
    assert_eq!(status("2025-05-31", "2025-05-31", "2025-06-15"), Status::Waived);
    assert_eq!(status("2025-01-01", "2025-05-30", "2025-05-01"), Status::NotMet);
    assert_eq!(status("2025-06-01", "2025-06-30", "2025-06-15"), Status::NotMet);
}
