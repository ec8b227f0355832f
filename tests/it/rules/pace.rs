//! How hours lie in time: a rhythm, a spread, a rate, each on the day before, on and after its boundary.

use credtrail::rules::{Lang, Reason, Status, explain};
use serde_json::{Value, json};

use super::small::{amounts, ask, ask_on, found, pack, record, rule, said, work};

fn meetings(days: &[&str]) -> Value {
    let entries = days.iter().enumerate().map(|(at, day)| {
        json!({ "id": format!("m{at}"), "from": day, "to": day, "minutes": 60, "kind": "supervision_individual", "status": "attested" })
    });
    json!({ "service": entries.collect::<Vec<_>>() })
}

#[test]
fn a_meeting_each_month_is_asked_of_every_whole_month_that_counts() {
    let rules = rule("service", "s", "window = \"since 2025-01-15\"\nrhythm = { each = \"month\", at_least = 1 }");
    // February, March, April and May are whole months; January began before the window.
    let kept = meetings(&["2025-02-28", "2025-03-01", "2025-04-30", "2025-05-31"]);
    let answer = ask(&rules, &kept);
    assert_eq!((answer.status, amounts(&answer, "s.rhythm")), (Status::Met, ("4", "4")));
    // On 30 May that month is not over, so nothing is asked of it yet.
    assert_eq!(amounts(&ask_on("2025-05-30", "", &rules, &kept), "s.rhythm"), ("3", "3"));
    let late = meetings(&["2025-02-28", "2025-04-01", "2025-04-30", "2025-05-31"]);
    let answer = ask(&rules, &late);
    assert_eq!((answer.status, amounts(&answer, "s.rhythm")), (Status::NotMet, ("3", "4")));
    let note = &found(&answer, "s.rhythm").notes[0];
    assert_eq!(
        (note.text.as_str(), note.about.as_deref()),
        ("There is too little in these: March 2025", Some("2025-03"))
    );
    assert_eq!(answer.earliest_date, None, "a month that is over cannot be made up");
}

#[test]
fn a_rhythm_in_amounts_spreads_entries_of_several_days() {
    let rules = rule(
        "service",
        "s",
        "at_least = \"4 hours\"\nwindow = \"since 2025-04-28\"\nrhythm = { each = \"week\", at_least = \"2 hours\" }",
    );
    // Thursday through the next Wednesday: four days in the first week, three in the second.
    let facts = |minutes| json!({ "service": [work("a", "2025-05-01", "2025-05-07", minutes)] });
    let on = |minutes| ask_on("2025-05-11", "", &rules, &facts(minutes));
    assert_eq!((on(280).status, amounts(&on(280), "s.rhythm")), (Status::Met, ("2", "2")));
    assert_eq!(amounts(&on(279), "s.rhythm"), ("1", "2"));
    assert_eq!(found(&on(279), "s.rhythm").notes[0].text, "There is too little in these: the week of May 5, 2025");
}

#[test]
fn quarters_are_those_of_the_calendar() {
    let rules =
        rule("service", "s", "count = 2\nwindow = \"since 2024-10-01\"\nrhythm = { each = \"quarter\", at_least = 1 }");
    let with = |days: &[&str]| ask(&rules, &meetings(days));
    assert_eq!(with(&["2024-12-31", "2025-03-31"]).status, Status::Met);
    let answer = with(&["2024-12-31", "2024-12-31"]);
    assert_eq!((answer.status, found(&answer, "s").status), (Status::NotMet, Status::NotMet));
    assert_eq!(found(&answer, "s.rhythm").notes[0].text, "There is too little in these: the first quarter of 2025");
}

#[test]
fn five_hundred_hours_over_at_least_six_months_end_no_sooner_than_the_day_before() {
    let rules = rule("service", "s", "at_least = \"20 hours\"\nspread = { at_least = \"6 months\" }");
    let with = |last: &str| {
        ask_on(
            "2025-07-20",
            "",
            &rules,
            &json!({ "service": [work("a", "2025-01-15", "2025-01-15", 600), work("b", last, last, 600)] }),
        )
    };
    assert_eq!((with("2025-07-14").status, amounts(&with("2025-07-14"), "s.spread")), (Status::Met, ("6", "6")));
    let short = with("2025-07-13");
    assert_eq!((short.status, amounts(&short, "s.spread")), (Status::NotMet, ("5", "6")));
    assert_eq!(short.earliest_date, Some("2025-07-20".parse().unwrap()));
    assert_eq!(found(&short, "s").counted.as_deref(), Some("20"));
}

#[test]
fn hours_that_lie_too_far_apart_count_in_the_stretch_that_holds_most_of_what_is_needed() {
    let rules = rule("service", "s", "at_least = \"10 hours\"\nspread = { at_most = \"18 months\" }");
    let entries = |third: &str| {
        json!({ "service": [
            work("a", "2023-01-10", "2023-01-10", 60), work("b", "2024-03-01", "2024-03-01", 300), work("c", third, third, 300),
        ] })
    };
    // Eighteen months from 10 January 2023 end with 9 July 2024.
    let inside = ask(&rules, &entries("2024-07-09"));
    assert_eq!((inside.status, said(&inside, "a").0), (Status::Met, Some(60)));
    let outside = ask(&rules, &entries("2024-07-10"));
    assert_eq!(outside.status, Status::Met);
    assert_eq!(said(&outside, "a"), (Some(0), vec![(Some(60), Reason::OutsideWindow)]));
}

#[test]
fn ten_hours_a_week_for_ninety_days_are_thirteen_full_weeks_without_a_gap() {
    let rules = rule("service", "s", "rate = { each = \"week\", at_least = \"10 hours\", for = \"90 days\" }");
    let monday: chrono::NaiveDate = "2025-01-06".parse().unwrap();
    let weeks = |list: &[i64], minutes: u64| {
        let entries = list.iter().map(|n| {
            let day = (monday + chrono::Duration::days(7 * n)).to_string();
            work(&format!("w{n:02}"), &day, &day, minutes)
        });
        json!({ "service": entries.collect::<Vec<_>>() })
    };
    let run: Vec<i64> = (0..13).collect();
    assert_eq!(ask(&rules, &weeks(&run, 600)).status, Status::Met);
    assert_eq!(amounts(&ask(&rules, &weeks(&run, 599)), "s.rate"), ("0", "13"));
    let gap: Vec<i64> = (0..14).filter(|n| *n != 6).collect();
    let answer = ask(&rules, &weeks(&gap, 600));
    assert_eq!((answer.status, amounts(&answer, "s.rate")), (Status::NotMet, ("7", "13")));
    // In the week after the last full one the run still lives, and its ninetieth day is 24 May.
    let alive = ask_on("2025-04-15", "", &rules, &weeks(&gap, 600));
    assert_eq!(alive.earliest_date, Some("2025-05-24".parse().unwrap()));
}

#[test]
fn a_rate_is_not_met_before_its_whole_time_has_gone_by() {
    let rules = rule("service", "s", "rate = { each = \"week\", at_least = \"10 hours\", for = \"90 days\" }");
    let monday: chrono::NaiveDate = "2025-01-06".parse().unwrap();
    let entries = (0..13).map(|n| {
        let day = (monday + chrono::Duration::days(7 * n)).to_string();
        work(&format!("w{n:02}"), &day, &day, 600)
    });
    let facts = json!({ "service": entries.collect::<Vec<_>>() });
    // The thirteenth week is full on its Monday, the 85th day; the 90th is Saturday, 5 April.
    for (day, status, counted) in
        [("2025-03-31", Status::NotMet, "12"), ("2025-04-04", Status::NotMet, "12"), ("2025-04-05", Status::Met, "13")]
    {
        let answer = ask_on(day, "", &rules, &facts);
        assert_eq!((answer.status, amounts(&answer, "s.rate")), (status, (counted, "13")), "{day}");
    }
    let early = ask_on("2025-03-31", "", &rules, &facts);
    assert_eq!(early.earliest_date, Some("2025-04-05".parse().unwrap()));
}

#[test]
fn what_waits_for_a_signature_leaves_a_rhythm_undecided() {
    let rules = rule("service", "s", "window = \"since 2025-04-01\"\nrhythm = { each = \"month\", at_least = 1 }");
    let mut facts = meetings(&["2025-04-10", "2025-05-10"]);
    facts["service"][1]["status"] = json!("disputed");
    let answer = ask(&rules, &facts);
    assert_eq!((answer.status, found(&answer, "s.rhythm").status), (Status::Undecided, Status::Undecided));
}

#[test]
fn a_rhythm_is_said_in_both_languages() {
    let rules =
        rule("service", "s", "window = \"since 2025-04-01\"\nrhythm = { each = \"month\", at_least = \"2 hours\" }");
    let facts = meetings(&["2025-04-10"]);
    let answer = ask(&rules, &facts);
    let pack = pack("", &rules);
    let all = |lang| {
        let lines = explain::lines(&pack.versions[0], &record(&facts), &answer, lang);
        lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
    };
    let (en, es) = (all(Lang::En), all(Lang::Es));
    assert!(en.contains("At least 2 hours each month: 0 of 2 months, 2 still to go."), "{en}");
    assert!(en.contains("There is too little in these: April 2025, May 2025"), "{en}");
    assert!(es.contains("Al menos 2 horas cada mes: 0 de 2 meses, faltan 2."), "{es}");
    assert!(es.contains("Hay muy poco en estos: abril de 2025, mayo de 2025"), "{es}");
    assert_eq!(answer.next[0].text, "Still needed: At least 2 hours each month (April 2025, May 2025)");
}

#[test]
fn a_rhythm_is_kept_also_where_another_rule_takes_the_hours() {
    // Both rules take the same meetings, each hour once: whichever takes the one of April, it was in April.
    let rhythm = rule("service", "meet", "window = \"since 2025-04-01\"\nrhythm = { each = \"month\", at_least = 1 }");
    let total = rule("service", "sup", "at_least = \"3 hours\"");
    let three = meetings(&["2025-04-10", "2025-05-10", "2025-05-20"]);
    for rules in [rhythm.clone() + &total, total.clone() + &rhythm] {
        let answer = ask(&rules, &three);
        assert_eq!((answer.status, amounts(&answer, "meet.rhythm")), (Status::Met, ("2", "2")), "{answer:#?}");
    }
    let answer = ask(&(rhythm + &total), &meetings(&["2025-05-10", "2025-05-11", "2025-05-20"]));
    assert_eq!((answer.status, amounts(&answer, "meet.rhythm")), (Status::NotMet, ("1", "2")));
}

#[test]
fn a_rule_that_asks_for_a_rhythm_alone_says_what_the_rhythm_lacks() {
    let rules = rule(
        "service",
        "s",
        "window = \"since 2024-01-01\"\nonly.kind = [\"direct\"]\nrhythm = { each = \"month\", at_least = 1 }",
    );
    let facts = json!({ "service": [work("a", "2025-05-05", "2025-05-05", 40)] });
    let (pack, answer) = (pack("", &rules), ask(&rules, &facts));
    let said = |lang| {
        let lines = explain::lines(&pack.versions[0], &record(&facts), &answer, lang);
        lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
    };
    let (en, es) = (said(Lang::En), said(Lang::Es));
    let months = "(January 2024, February 2024, March 2024 and 13 more)";
    assert!(en.contains(&format!("L: 40 minutes so far. Still open: At least 1 each month {months}.")), "{en}");
    let months = "(enero de 2024, febrero de 2024, marzo de 2024 y 13 más)";
    assert!(es.contains(&format!("L: 40 minutos hasta ahora. Pendiente: Al menos 1 cada mes {months}.")), "{es}");
    // The remark names twelve, the answer knows them all.
    let rhythm = found(&answer, "s.rhythm");
    assert!(rhythm.notes[0].text.ends_with("December 2024 and 4 more"), "{rhythm:#?}");
    assert_eq!((rhythm.stretches.len(), rhythm.stretches[15].start.to_string().as_str()), (16, "2025-04-01"));
}
