//! A person's own hours, and what a supervisor signs.

use std::collections::BTreeMap;

use credtrail::services::acting::Acting;
use credtrail::services::hours::{self, HoursWish};

use super::{HTML, Visit};
use crate::support::{Answer, Someone, TestApp};

fn get(app: &TestApp, who: &Someone, path: &str) -> Answer {
    app.call("GET", path).header(HTML.0, HTML.1).header("cookie", &format!("session={}", who.cookie)).send()
}

/// Dana, whom Lou supervises and has agreed to. Goes to the services.
fn dana_and_lou(app: &TestApp) -> (Someone, Someone) {
    let (dana, lou) = (app.person("Dana Rivera"), app.person("Lou Park"));
    let by = |who: &Someone| Acting { actor: who.id, at: app.now() };
    let today = app.now().date_naive();
    app.write(|conn| {
        let made = hours::name_supervisor(conn, &by(&dana), dana.id, (&lou.email, "Lou Park"), Some(today), &app.url);
        let made = made.expect("a supervision");
        hours::respond(conn, &by(&lou), lou.id, (dana.id, made.id), true).expect("an answer");
        Ok(())
    });
    (dana, lou)
}

/// Logs one hour on each of so many days. Goes to the services.
fn log_days(app: &TestApp, dana: &Someone, lou: &Someone, days: u64) {
    let begin: chrono::NaiveDate = "2026-05-04".parse().unwrap();
    let by = Acting { actor: dana.id, at: app.now() };
    app.write(|conn| {
        for day in begin.iter_days().take(usize::try_from(days).unwrap()) {
            let kind = "direct".to_owned();
            let wish =
                HoursWish { from: day, to: day, minutes: 60, kind, supervisor: Some(lou.id), ..HoursWish::default() };
            hours::log(conn, &by, dana.id, &wish).expect("an entry");
        }
        Ok(())
    });
}

fn entry<'a>(day: &'a str, hours: &'a str, lou: &'a str) -> [(&'a str, &'a str); 6] {
    [("day", day), ("hours", hours), ("minutes", ""), ("kind", "direct"), ("setting", "phone"), ("supervisor", lou)]
}

/// The keys of the entries that a page shows for signing.
fn keys(page: &Answer) -> Vec<String> {
    page.text()
        .split("name=\"shown\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[test]
fn hours_are_logged_sent_back_changed_and_signed() {
    for app in TestApp::on_each_database() {
        let (dana, lou) = dana_and_lou(&app);
        let lou_id = lou.id.to_string();
        let done = Visit::by(&app, &dana, "/hours/new").send("/hours/new", &entry("2026-05-20", "1.5", &lou_id));
        assert_eq!((done.status, done.header("location")), (303, "/hours?done=saved"), "{}", done.text());
        let page = get(&app, &dana, "/hours?done=saved").text();
        for words in ["Saved.", "May 20, 2026 · 1 hour 30 minutes", "Waiting", "Lou Park", "Said yes"] {
            assert!(page.contains(words), "missing {words}: {page}");
        }

        let waiting = get(&app, &lou, "/hours/to-sign");
        assert!(waiting.text().contains("1 entry waits for you, 1 hour 30 minutes."), "{}", waiting.text());
        let key = keys(&waiting).remove(0);
        let back = format!("back.{key}");
        let sent = Visit::by(&app, &lou, "/hours/to-sign").send("/hours/to-sign", &[(&back, "The day looks wrong.")]);
        assert_eq!(sent.header("location"), "/hours/to-sign?signed=0&back=1&left=0", "{}", sent.text());
        assert!(get(&app, &lou, "/hours/to-sign").text().contains("All done."));

        let page = get(&app, &dana, "/hours").text();
        assert!(page.contains("Needs a change") && page.contains("What to look at: The day looks wrong."), "{page}");
        let path = format!("/hours/{}", key.split('.').nth(1).unwrap());
        let form = Visit::by(&app, &dana, &path);
        let fields = [entry("2026-05-19", "1", &lou_id).as_slice(), &[("revision", "1")]].concat();
        let changed = Visit::by(&app, &dana, "/hours/new").send(&path, &fields);
        assert_eq!(changed.header("location"), "/hours?done=saved", "{}", changed.text());
        let late = form.send(&path, &fields);
        assert_eq!(late.status, 422, "another change meanwhile");
        assert!(late.text().contains("This entry changed in another place"), "{}", late.text());

        let waiting = get(&app, &lou, "/hours/to-sign");
        let sent = Visit::by(&app, &lou, "/hours/to-sign").send("/hours/to-sign", &[("sign", &keys(&waiting)[0])]);
        assert_eq!(sent.header("location"), "/hours/to-sign?signed=1&back=0&left=0");
        let late = Visit::by(&app, &lou, "/hours/to-sign").send("/hours/to-sign", &[("sign", &key)]);
        assert_eq!(late.header("location"), "/hours/to-sign?signed=0&back=0&left=1", "the old revision is not taken");
        assert!(get(&app, &dana, "/hours").text().contains("Signed: 1 hour."));
    }
}

#[test]
fn twenty_entries_are_signed_with_one_button_and_stand_by_person_and_week() {
    for app in TestApp::on_each_database() {
        let (dana, lou) = dana_and_lou(&app);
        log_days(&app, &dana, &lou, 20);
        let page = get(&app, &lou, "/hours/to-sign");
        let text = page.text();
        assert!(text.contains("20 entries wait for you, 20 hours in all."), "{text}");
        for words in
            ["Dana Rivera</h2>", "Week of May 4, 2026: 7 hours", "Week of May 18, 2026: 6 hours", "Sign all 20"]
        {
            assert!(text.contains(words), "missing {words}: {text}");
        }
        let shown = keys(&page);
        let fields: Vec<_> = shown.iter().map(|key| ("shown", key.as_str())).chain([("all", "all")]).collect();
        let sent = Visit::by(&app, &lou, "/hours/to-sign").send("/hours/to-sign", &fields);
        assert_eq!(sent.header("location"), "/hours/to-sign?signed=20&back=0&left=0");
        assert!(get(&app, &lou, "/hours/to-sign?signed=20").text().contains("20 entries are signed."));
        assert!(get(&app, &dana, "/hours").text().contains("Signed: 20 hours."));
    }
}

#[test]
fn nobody_signs_for_a_person_they_do_not_supervise() {
    for app in TestApp::on_each_database() {
        let (dana, lou) = dana_and_lou(&app);
        log_days(&app, &dana, &lou, 1);
        let key = keys(&get(&app, &lou, "/hours/to-sign")).remove(0);
        for who in [app.person("Sam"), dana.clone()] {
            assert!(keys(&get(&app, &who, "/hours/to-sign")).is_empty());
            let sent = Visit::by(&app, &who, "/hours/to-sign").send("/hours/to-sign", &[("sign", &key)]);
            assert_eq!(sent.header("location"), "/hours/to-sign?signed=0&back=0&left=1");
        }
        let sam = app.person("Sam");
        let path = format!("/hours/{}", key.split('.').nth(1).unwrap());
        assert_eq!(get(&app, &sam, &path).status, 404, "entries of others are not there");
        let cross = Visit::by(&app, &lou, "/hours/to-sign").of_site("cross-site");
        assert_eq!(cross.send("/hours/to-sign", &[("sign", &key)]).status, 403);
        assert!(get(&app, &dana, "/hours").text().contains("Signed: 0 minutes."));
    }
}

#[test]
fn a_form_sent_twice_logs_one_entry_and_a_changed_one_another() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        let form = Visit::by(&app, &dana, "/hours/new");
        for hours in ["2", "2", "3"] {
            assert_eq!(form.send("/hours/new", &entry("2026-05-20", hours, "")).status, 303);
        }
        let page = get(&app, &dana, "/hours").text();
        assert_eq!(page.matches("May 20, 2026 · ").count() / 2, 2, "{page}");
    }
}

#[test]
fn what_is_missing_or_cannot_be_is_said_at_its_field_and_typed_words_stay() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        let form = Visit::by(&app, &dana, "/hours/new");
        let wrong = BTreeMap::from([
            ("Enter the day", entry("", "2", "")),
            ("Enter how long it took, like 1.5", entry("2026-05-20", "two", "")),
            ("Enter a day from 1980 on that has begun", entry("2031-01-01", "2", "")),
            ("Enter a length that fits into the day", entry("2026-05-20", "25", "")),
            ("Choose someone who is your supervisor now", entry("2026-05-20", "2", "0000000000001")),
        ]);
        for (words, fields) in wrong {
            let page = form.send("/hours/new", &fields);
            assert_eq!(page.status, 422, "{words}");
            assert!(page.text().contains(words), "missing {words}: {}", page.text());
            assert!(page.text().contains("<option value=\"phone\" selected>"), "what was picked stays");
        }
        assert!(get(&app, &dana, "/hours").text().contains("No hours yet. That is fine."));
    }
}

#[test]
fn an_entry_that_was_a_mistake_is_taken_back() {
    for app in TestApp::on_each_database() {
        let (dana, lou) = dana_and_lou(&app);
        log_days(&app, &dana, &lou, 1);
        let key = keys(&get(&app, &lou, "/hours/to-sign")).remove(0);
        let path = format!("/hours/{}", key.split('.').nth(1).unwrap());
        let sent = Visit::by(&app, &dana, &path).send(&format!("{path}/take-back"), &[("revision", "1")]);
        assert_eq!(sent.header("location"), "/hours?done=taken_back", "{}", sent.text());
        assert!(get(&app, &dana, "/hours").text().contains("Taken back"));
        assert_eq!(get(&app, &dana, &path).status, 404);
        assert!(keys(&get(&app, &lou, "/hours/to-sign")).is_empty());
    }
}

#[test]
fn a_supervisor_is_asked_by_address_and_answers_on_the_page() {
    for app in TestApp::on_each_database() {
        let (dana, lou) = (app.person("Dana Rivera"), app.person("Lou Park"));
        let form = Visit::by(&app, &dana, "/hours");
        let asked = form.send("/hours/supervisors", &[("name", "Somebody"), ("email", &lou.email)]);
        assert_eq!(asked.header("location"), "/hours?done=asked", "{}", asked.text());
        let page = get(&app, &dana, "/hours").text();
        assert!(page.contains("Someone you asked on June 1, 2026"), "who has not agreed is not named: {page}");
        assert!(!page.contains("Lou Park"), "{page}");
        let own = form.send("/hours/supervisors", &[("name", "Me"), ("email", &dana.email)]);
        assert!(own.text().contains("This is your own address"), "{}", own.text());
        assert_eq!(form.send("/hours/supervisors", &[("name", ""), ("email", "x")]).status, 422);

        let page = get(&app, &lou, "/hours/to-sign").text();
        assert!(page.contains("Dana Rivera asks you to sign their hours."), "{page}");
        let value = |name: &str| {
            let mark = format!("name=\"{name}\" value=\"");
            page.split_once(&mark).unwrap().1.split('"').next().unwrap().to_owned()
        };
        let (person, supervision) = (value("person"), value("supervision"));
        let fields = [("person", person.as_str()), ("supervision", &supervision), ("agrees", "true")];
        let sent = Visit::by(&app, &lou, "/hours/to-sign").send("/hours/to-sign/answer", &fields);
        assert_eq!(sent.header("location"), "/hours/to-sign?answered=true", "{}", sent.text());
        assert!(get(&app, &dana, "/hours").text().contains("Lou Park"));
        let other = app.person("Sam");
        assert_eq!(Visit::by(&app, &other, "/hours/to-sign").send("/hours/to-sign/answer", &fields).status, 404);
    }
}
