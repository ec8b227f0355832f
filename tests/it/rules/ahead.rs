//! Plans and what the record says is still ahead: it counts where it serves something, and is never told as if it were over.

use credtrail::rules::plan::{lines, plan};
use credtrail::rules::{Lang, Purpose, Question};
use serde_json::{Value, json};

use super::small;

fn on(as_of: &str, purpose: Purpose) -> Question {
    Question { as_of: as_of.parse().unwrap(), purpose, stage: None }
}

#[test]
fn what_is_planned_and_serves_nothing_puts_no_day_off() {
    let text = small::rule("learning", "t", "at_least = \"10 hours\"")
        + &small::rule(
            "exam",
            "e",
            "exams = [\"e1\"]\nattempts = { at_most = 2, window = \"no limit\" }\nwait = \"30 days\"",
        );
    let (pack, question) = (small::pack("", &text), on("2025-06-01", Purpose::Initial));
    let there = small::learning("l1", 600, &json!({}));
    let plain = plan(&pack, &small::record(&json!({ "learning": [there] })), &question).unwrap();
    assert_eq!(plain.earliest_date.unwrap().to_string(), "2025-06-01");
    let beyond = small::learning("l2", 60, &json!({ "completed_on": "2025-08-01" }));
    let reported = json!({ "id": "w", "from": "2025-09-01", "to": "2025-09-01", "minutes": 60, "kind": "direct", "status": "reported" });
    let party = json!({ "id": "x", "kind": "x-party", "on": "2025-10-01" });
    let other = json!({ "id": "ap", "credential": "us-yy-ps", "purpose": "initial", "received_on": "2025-11-01" });
    let facts =
        json!({ "learning": [there, beyond], "service": [reported], "events": [party], "applications": [other] });
    let found = plan(&pack, &small::record(&facts), &question).unwrap();
    assert_eq!((found.earliest_date, found.planned_through), (plain.earliest_date, None), "{found:#?}");
    assert_eq!((found.steps, found.facts), (plain.steps, plain.facts));
    // What serves something still counts as planned, beside what does not.
    let exam = json!({ "id": "e", "exam": "e1", "on": "2025-07-01", "outcome": "passed", "official": true });
    let mut facts = facts;
    facts["exams"] = json!([exam]);
    let found = plan(&pack, &small::record(&facts), &question).unwrap();
    let through = Some("2025-07-01".parse().unwrap());
    assert_eq!((found.earliest_date, found.planned_through), (through, through), "{found:#?}");
}

#[test]
fn a_day_that_is_still_ahead_is_not_told_as_if_it_were_over() {
    let text = small::rule("learning", "t", "at_least = \"1000 hours\"\nwindow = \"before application\"");
    let applies = json!({ "applications": [{ "id": "ap", "credential": "us-xx-ps", "purpose": "initial", "received_on": "2025-07-01" }] });
    let pack = small::pack("", &text);
    let found = plan(&pack, &small::record(&applies), &on("2025-06-01", Purpose::Initial)).unwrap();
    let words = |found, lang| lines(&pack.versions[0], found, lang).join("\n");
    let (en, es) = (words(&found, Lang::En), words(&found, Lang::Es));
    assert!(en.contains("These hours have to be done before you apply on July 1, 2025. Ask the board"), "{en}");
    assert!(es.contains("Estas horas tienen que hacerse antes de su solicitud del 1 de julio de 2025."), "{es}");
}

#[test]
fn a_term_that_still_runs_or_is_closed_later_is_told_as_such() {
    let text = "[[renewal.learning]]\nid = \"t\"\nlabel = \"L\"\nlabel_es = \"L\"\ncite = \"s\"\nat_least = \"1000 hours\"\nwindow = \"this term\"\n";
    let pack = small::pack("", text);
    let held = |status: Value| {
        json!({ "credentials": [{ "id": "c", "credential": "us-xx-ps", "issued_on": "2024-01-01",
        "terms": [{ "from": "2024-01-01", "through": "2025-06-30" }], "status": status }] })
    };
    let words = |facts: &Value, lang| {
        let found = plan(&pack, &small::record(facts), &on("2025-06-01", Purpose::Renewal)).unwrap();
        lines(&pack.versions[0], &found, lang).join("\n")
    };
    let active = json!([{ "from": "2024-01-01", "standing": "active" }]);
    let (en, es) = (words(&held(active.clone()), Lang::En), words(&held(active), Lang::Es));
    assert!(en.contains("The days that count end on June 30, 2025. It cannot all be done by then."), "{en}");
    assert!(es.contains("Los días que cuentan terminan el 30 de junio de 2025. Para entonces no se puede"), "{es}");
    let closed = json!([{ "from": "2024-01-01", "through": "2025-06-14", "standing": "active" },
        { "from": "2025-06-15", "standing": "canceled" }]);
    let (en, es) = (words(&held(closed.clone()), Lang::En), words(&held(closed), Lang::Es));
    assert!(en.contains("Your certificate will be closed on June 15, 2025."), "{en}");
    assert!(es.contains("Su certificado se cerrará el 15 de junio de 2025."), "{es}");
}
