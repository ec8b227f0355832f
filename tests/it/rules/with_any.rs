//! A rhythm that asks only for the weeks, months or quarters in which another rule takes something.

mod judge;

use credtrail::rules::evaluation::Evaluation;
use credtrail::rules::{Lang, Status, explain};
use serde_json::{Value, json};

use super::small::{amounts, ask, ask_on, found, pack, record, rule, work};

/// The work that counts: direct work since 2025.
const WORK: &str = "at_least = \"10 hours\"\nwindow = \"since 2025-01-01\"\nonly.kind = [\"direct\"]";

/// Work, and supervision in each stretch with any of it.
fn rules(each: &str, least: &str) -> String {
    let rhythm = format!("rhythm = {{ each = \"{each}\", at_least = {least}, with_any = \"work\" }}");
    let supervision = format!("only.kind = [\"supervision_individual\"]\nwindow = \"since 2025-01-01\"\n{rhythm}");
    rule("service", "work", WORK) + &rule("service", "s", &supervision)
}

fn meeting(id: &str, day: &str) -> Value {
    json!({ "id": id, "from": day, "to": day, "minutes": 60, "kind": "supervision_individual", "status": "attested" })
}

fn with(rules: &str, service: &[Value]) -> Evaluation {
    ask(rules, &json!({ "service": service }))
}

fn monthly(service: &[Value]) -> Evaluation {
    with(&rules("month", "1"), service)
}

fn lacking(answer: &Evaluation) -> Option<&str> {
    let notes = &found(answer, "s.rhythm").notes;
    notes.iter().find(|note| note.code == "too_little_in").and_then(|note| note.about.as_deref())
}

#[test]
fn a_single_minute_of_work_on_the_first_or_the_last_day_asks_for_its_month() {
    for day in ["2025-03-01", "2025-03-31"] {
        let answer = monthly(&[work("w", day, day, 1)]);
        assert_eq!((amounts(&answer, "s.rhythm"), lacking(&answer)), (("0", "1"), Some("2025-03")), "{day}");
        for (meeting_on, status) in [
            ("2025-02-28", Status::NotMet),
            ("2025-03-01", Status::Met),
            ("2025-03-31", Status::Met),
            ("2025-04-01", Status::NotMet),
        ] {
            let answer = monthly(&[work("w", day, day, 1), meeting("m", meeting_on)]);
            assert_eq!(found(&answer, "s").status, status, "work on {day}, supervision on {meeting_on}");
        }
    }
}

#[test]
fn an_entry_over_two_months_asks_for_both_where_its_minutes_reach_into_both() {
    let two = |minutes| monthly(&[work("w", "2025-03-30", "2025-04-02", minutes)]);
    assert_eq!(lacking(&two(4)), Some("2025-03, 2025-04"));
    // Minutes lie on the first days where there are fewer than days.
    assert_eq!(lacking(&two(3)), Some("2025-03, 2025-04"));
    assert_eq!(lacking(&two(2)), Some("2025-03"));
}

#[test]
fn a_month_without_work_is_not_asked_for_and_neither_is_anything_where_nothing_was_done() {
    let kept = [
        work("a", "2025-01-10", "2025-01-20", 600),
        work("b", "2025-04-10", "2025-04-20", 600),
        meeting("m", "2025-01-31"),
        meeting("n", "2025-04-01"),
    ];
    let answer = monthly(&kept);
    assert_eq!((found(&answer, "s").status, amounts(&answer, "s.rhythm")), (Status::Met, ("2", "2")));
    let nothing = monthly(&[]);
    assert_eq!((found(&nothing, "s").status, amounts(&nothing, "s.rhythm")), (Status::Met, ("0", "0")));
    assert_eq!(nothing.status, Status::NotMet, "the hours of work are still asked for");
}

#[test]
fn the_month_that_still_runs_is_not_asked_for_yet() {
    let facts = json!({ "service": [work("w", "2025-03-01", "2025-03-01", 600)] });
    let on = |day| ask_on(day, "", &rules("month", "1"), &facts);
    assert_eq!(amounts(&on("2025-03-30"), "s.rhythm"), ("0", "0"));
    assert_eq!(amounts(&on("2025-03-31"), "s.rhythm"), ("0", "1"));
}

#[test]
fn work_that_the_other_rule_does_not_take_asks_for_nothing() {
    let not_taken = [
        json!({ "id": "kind", "from": "2025-02-03", "to": "2025-02-03", "minutes": 60, "kind": "indirect", "status": "attested" }),
        json!({ "id": "unsigned", "from": "2025-03-03", "to": "2025-03-03", "minutes": 60, "kind": "direct", "status": "reported" }),
        json!({ "id": "refused", "from": "2025-04-03", "to": "2025-04-03", "minutes": 60, "kind": "direct", "status": "rejected" }),
        work("early", "2024-12-31", "2025-01-02", 60),
    ];
    let answer = monthly(&not_taken);
    assert_eq!((found(&answer, "s").status, amounts(&answer, "s.rhythm")), (Status::Met, ("0", "0")));
}

#[test]
fn work_above_the_need_or_above_a_limit_asks_for_its_month_all_the_same() {
    let above_need = monthly(&[work("a", "2025-01-10", "2025-01-10", 600), work("b", "2025-03-10", "2025-03-10", 60)]);
    assert_eq!(lacking(&above_need), Some("2025-01, 2025-03"));
    let limited =
        rules("week", "1").replace("at_least = \"10 hours\"", "at_least = \"10 hours\"\nper_month = \"1 hour\"");
    let answer =
        with(&limited, &[work("a", "2025-03-03", "2025-03-03", 60), work("b", "2025-03-24", "2025-03-24", 60)]);
    assert_eq!(found(&answer, "work").counted_minutes, Some(60));
    assert_eq!(lacking(&answer), Some("2025-03-03, 2025-03-24"));
}

#[test]
fn work_asks_for_its_month_also_where_its_hours_are_not_asked_of_the_person() {
    let text = rules("month", "1").replace(WORK, &format!("{WORK}\nunless = {{ path = [\"other\"] }}"));
    let facts = json!({
        "applications": [{ "id": "ap", "credential": "us-xx-ps", "purpose": "initial", "received_on": "2025-05-01", "path": "other" }],
        "service": [work("w", "2025-03-01", "2025-03-01", 60)],
    });
    let answer = ask(&text, &facts);
    assert_eq!(found(&answer, "work").status, Status::NotApplicable);
    assert_eq!(lacking(&answer), Some("2025-03"));
}

#[test]
fn what_waits_for_a_word_is_never_met_by_silence_and_never_lost_by_it() {
    let disputed = |mut entry: Value| {
        entry["status"] = json!("disputed");
        entry
    };
    let sure = work("w", "2025-03-10", "2025-03-10", 60);
    let rhythm = |service: &[Value]| found(&monthly(service), "s.rhythm").status;
    // Work that may not count: its month may not be asked for.
    assert_eq!(rhythm(&[disputed(sure.clone())]), Status::Undecided);
    assert_eq!(rhythm(&[disputed(sure.clone()), meeting("m", "2025-03-11")]), Status::Met);
    // Supervision that may count.
    assert_eq!(rhythm(&[sure.clone(), disputed(meeting("m", "2025-03-11"))]), Status::Undecided);
    // Another month that lacks supervision in any case decides.
    let other = work("o", "2025-04-10", "2025-04-10", 60);
    assert_eq!(rhythm(&[disputed(sure.clone()), other.clone()]), Status::NotMet);
    let answer = monthly(&[disputed(sure), other]);
    let notes: Vec<(&str, Option<&str>)> =
        found(&answer, "s.rhythm").notes.iter().map(|note| (note.code.as_str(), note.about.as_deref())).collect();
    assert_eq!(notes, [("too_little_in", Some("2025-04")), ("too_little_if_confirmed", Some("2025-03"))]);
}

#[test]
fn a_window_with_no_first_day_asks_for_the_month_in_which_the_work_began() {
    let open = rules("month", "1").replace("window = \"since 2025-01-01\"\n", "");
    let began = [work("w", "2025-03-17", "2025-04-17", 600), meeting("m", "2025-04-02")];
    assert_eq!(lacking(&with(&open, &began)), Some("2025-03"));
    // Supervision before the work begins asks for nothing.
    let early = [&began[..], &[meeting("e", "2024-11-05"), meeting("f", "2025-03-02")]].concat();
    assert_eq!((lacking(&with(&open, &early)), amounts(&with(&open, &early), "s.rhythm")), (None, ("2", "2")));
    // A month that began before the window is not asked for.
    let since = rules("month", "1").replace("since 2025-01-01", "since 2025-03-02");
    assert_eq!(amounts(&with(&since, &began), "s.rhythm"), ("1", "1"));
}

#[test]
fn weeks_and_quarters_with_work_are_asked_for_in_time_too() {
    // Sunday, 9 March, is the last day of its week.
    let weekly = rules("week", "\"1 hour\"");
    let sunday = work("w", "2025-03-09", "2025-03-09", 30);
    assert_eq!(lacking(&with(&weekly, &[sunday.clone(), meeting("m", "2025-03-10")])), Some("2025-03-03"));
    assert_eq!(lacking(&with(&weekly, &[sunday.clone(), meeting("m", "2025-03-03")])), None);
    let quarterly = rules("quarter", "1");
    assert_eq!(lacking(&with(&quarterly, std::slice::from_ref(&sunday))), Some("2025-Q1"));
    assert_eq!(lacking(&with(&quarterly, &[sunday, meeting("m", "2025-01-01")])), None);
}

#[test]
fn a_rule_that_waits_for_such_a_rhythm_finds_the_day_on_which_its_work_began_to_count() {
    let since = "window = \"since 2025-01-01\"\nonly.kind = [\"direct\"]";
    let text = [
        rule("attestation", "after", "attestation = \"good_standing\"\nwindow = \"after met s\""),
        rules("month", "1").replace(since, "window = \"after met exam\"\nonly.kind = [\"direct\"]"),
        rule("exam", "exam", "exams = [\"e\"]"),
    ]
    .concat();
    let facts = |meetings: &[Value]| {
        let work = [work("w", "2025-01-06", "2025-01-06", 60), work("x", "2025-03-10", "2025-03-10", 600)];
        let service = [&work[..], meetings].concat();
        json!({ "service": service,
            "exams": [{ "id": "x1", "exam": "e", "on": "2025-02-01", "outcome": "passed", "official": true }],
            "attestations": [{ "id": "a", "kind": "good_standing", "value": "yes", "on": "2025-05-20", "by": "board", "status": "verified" }] })
    };
    // January's work came before the exam: only March asks.
    let answer = ask(&text, &facts(&[meeting("m", "2025-03-20")]));
    assert_eq!((amounts(&answer, "s.rhythm"), found(&answer, "after").status), (("1", "1"), Status::Met));
    let answer = ask(&text, &facts(&[]));
    assert_eq!((amounts(&answer, "s.rhythm"), found(&answer, "after").status), (("0", "1"), Status::NotMet));
}

#[test]
fn where_it_is_asked_for_is_said_in_both_languages() {
    let text = rules("month", "2");
    let mut facts =
        json!({ "service": [work("w", "2025-03-10", "2025-03-10", 60), work("o", "2025-04-10", "2025-04-10", 60)] });
    facts["service"][1]["status"] = json!("disputed");
    let (pack, answer) = (pack("", &text), ask(&text, &facts));
    let all = |lang| {
        let lines = explain::lines(&pack.versions[0], &record(&facts), &answer, lang);
        lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
    };
    let (en, es) = (all(Lang::En), all(Lang::Es));
    for says in [
        "At least 2 each month with any of “L”: 0 of 2 months, 2 still to go.",
        "There is too little in these: March 2025",
        "If the work in these is confirmed, there is too little in them: April 2025",
    ] {
        assert!(en.contains(says), "{says}\n{en}");
    }
    for says in [
        "Al menos 2 cada mes con algo de «L»: 0 de 2 meses, faltan 2.",
        "Hay muy poco en estos: marzo de 2025",
        "Si se confirma el trabajo de estos, hay muy poco en ellos: abril de 2025",
    ] {
        assert!(es.contains(says), "{says}\n{es}");
    }
}
