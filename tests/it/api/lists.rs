//! Reading lists page by page: every item once, in the order of the list, also when something is added meanwhile.

use credtrail::services::roles::{KeyScope, OrganizationKind, Role};
use serde_json::{Value, json};

use super::simulations::pack;
use crate::awards::world::Board;
use crate::support::{Someone, TestApp, example_of};

fn items(page: &Value) -> Vec<Value> {
    page["items"].as_array().unwrap_or_else(|| panic!("a page in {page}")).clone()
}

/// A list in pages of two; `between` happens after the first page.
fn walk(app: &TestApp, who: &Someone, path: &str, between: impl FnOnce()) -> Vec<Value> {
    let first = app.get_as(who, &format!("{path}?limit=2")).expect(200);
    between();
    let (mut all, mut next) = (items(&first), first["next"].clone());
    assert_eq!((all.len(), next.is_string()), (2, true), "{first}");
    while let Some(after) = next.as_str() {
        let page = app.get_as(who, &format!("{path}?limit=2&after={after}")).expect(200);
        assert!((1..=2).contains(&items(&page).len()), "an empty page is never announced: {page}");
        all.extend(items(&page));
        next = page["next"].clone();
    }
    all
}

/// One member of each item.
fn each(all: &[Value], pointer: &str) -> Vec<String> {
    let text = |one: &Value| one.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    all.iter().map(|one| text(one).unwrap_or_else(|| panic!("{pointer} in {one}"))).collect()
}

fn id(made: &Value) -> String {
    made["id"].as_str().unwrap_or_else(|| panic!("an id in {made}")).to_owned()
}

/// Logs an hour of a day.
fn log(app: &TestApp, who: &Someone, day: &str, supervisor: Option<&Someone>) -> String {
    let mut entry = json!({ "from": day, "minutes": 60, "kind": "direct" });
    if let Some(lou) = supervisor {
        entry["supervisor"] = json!(lou.id.to_string());
    }
    id(&app.post_as(who, "/api/v1/hours", &entry).expect(201))
}

#[test]
fn hours_are_told_newest_day_first_and_each_entry_once_in_its_last_wording() {
    for app in TestApp::on_each_database() {
        let (dana, sam) = (app.person("Dana Rivera"), app.person("Sam Ortiz"));
        log(&app, &sam, "2026-05-04", None);
        // Two entries of one day stand in the order in which they were written down, the later one first.
        let days = ["2026-05-04", "2026-05-06", "2026-05-06", "2026-05-08", "2026-05-12"];
        let made: Vec<String> = days.iter().map(|day| log(&app, &dana, day, None)).collect();
        let right = json!({ "from": "2026-05-11", "minutes": 90, "kind": "direct" });
        let body = json!({ "revision": 1, "reason": "it was the day before", "entry": right });
        app.call("PUT", &format!("/api/v1/hours/{}", made[4])).by(&dana).json(&body).send().expect(200);
        let mut earlier = String::new();
        let all = walk(&app, &dana, "/api/v1/hours", || {
            log(&app, &dana, "2026-05-20", None);
            earlier = log(&app, &dana, "2026-05-05", None);
        });
        let expected = [&made[4], &made[3], &made[2], &made[1], &earlier, &made[0]];
        assert_eq!(
            each(&all, "/id"),
            expected.map(String::as_str),
            "what is behind the first page is told, what is before not"
        );
        assert_eq!(
            (&all[0]["from"], &all[0]["revision"], &all[0]["minutes"]),
            (&json!("2026-05-11"), &json!(2), &json!(90))
        );
        assert_eq!(app.all_as(&dana, "/api/v1/hours").len(), 7);
    }
}

#[test]
fn hours_that_wait_supervisions_and_what_was_said_of_an_entry_come_page_by_page() {
    for app in TestApp::on_each_database() {
        let lou = app.person("Lou Park");
        let trainees = ["Ana", "Bea", "Cleo"].map(|name| app.person(name));
        let named = json!({ "email": lou.email, "name": "Lou Park", "from": "2026-01-01" });
        let asked = trainees.each_ref().map(|who| id(&app.post_as(who, "/api/v1/supervisions", &named).expect(201)));
        let mut waiting: Vec<String> = Vec::new();
        for day in ["2026-05-04", "2026-05-05"] {
            waiting.extend(trainees.iter().map(|who| log(&app, who, day, Some(&lou))));
        }
        let line = |who: &Someone, entry: &str| json!({ "person": who.id.to_string(), "entry": entry, "revision": 1 });
        let sign = |who: &Someone, entry: &str| {
            let body = json!({ "lines": [line(who, entry)] });
            assert_eq!(app.post_as(&lou, "/api/v1/supervising/hours", &body).expect(200)[0]["taken"], true);
        };
        // What was on a page and is signed now moves nothing that comes after it.
        let all = walk(&app, &lou, "/api/v1/supervising/hours", || sign(&trainees[0], &waiting[0]));
        assert_eq!(each(&all, "/entry/id"), waiting);
        assert_eq!(each(&app.all_as(&lou, "/api/v1/supervising/hours"), "/entry/id"), waiting[1..]);
        assert_eq!(app.all_as(&trainees[0], "/api/v1/hours?limit=1").len(), 2);
        assert_eq!(each(&app.all_as(&trainees[0], "/api/v1/hours"), "/state"), ["waiting", "attested"]);

        let ended = json!({ "through": "2026-05-31" });
        app.call("PUT", &format!("/api/v1/supervisions/{}/end", asked[1]))
            .by(&trainees[1])
            .json(&ended)
            .send()
            .expect(200);
        let of = walk(&app, &lou, "/api/v1/supervising", || ());
        assert_eq!(
            (each(&of, "/id"), each(&of, "/state")),
            (asked.to_vec(), ["asked", "ended", "asked"].map(str::to_owned).to_vec())
        );
        assert_eq!(each(&app.all_as(&trainees[1], "/api/v1/supervisions"), "/state"), ["ended"]);
    }
}

#[test]
fn courses_come_oldest_first_and_sessions_by_their_first_day() {
    for app in TestApp::on_each_database() {
        let school = app.organization(OrganizationKind::Program, "river-school");
        let other = app.organization(OrganizationKind::Program, "other-school");
        let staff = app.member("Robin Lee", Role::ProgramStaff, Some(school));
        app.join(&staff, Role::ProgramStaff, Some(other), "active");
        let create = |program, code: &str| {
            let course = json!({ "code": code, "title": "Core", "kind": "basic", "delivery": "in_person", "minutes": 60, "topics": [code] });
            id(&app.post_as(&staff, &format!("/api/v1/organizations/{program}/courses"), &course).expect(201))
        };
        create(other, "e");
        let mut courses: Vec<String> = ["d", "c", "b", "a"].map(|code| create(school, code)).to_vec();
        let path = format!("/api/v1/organizations/{school}/courses");
        let mut all = walk(&app, &staff, &path, || courses.push(create(school, "0")));
        assert_eq!(each(&all, "/id"), courses);
        assert_eq!(all.pop().expect("a course")["topics"], json!({ "0": null }), "topics are those of the course");

        let path = format!("{path}/{}/sessions", courses[0]);
        let hold =
            |from: &str| id(&app.post_as(&staff, &path, &json!({ "from": from, "through": "2026-12-31" })).expect(201));
        let [last, first, second, third] = ["2026-09-07", "2026-06-01", "2026-07-06", "2026-07-06"].map(hold);
        let mut between = String::new();
        let all = walk(&app, &staff, &path, || {
            hold("2026-05-01");
            between = hold("2026-08-03");
        });
        assert_eq!(each(&all, "/id"), [first, second, third, between, last]);
        assert_eq!(app.all_as(&staff, &path).len(), 6);
    }
}

#[test]
fn applications_come_oldest_first_and_only_ones_own() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let (dana, sam) = (app.person("Dana Rivera"), app.person("Sam Ortiz"));
        let apply = |who: &Someone| {
            let made = id(&board.application(&app, who, "initial"));
            let path = format!("/api/v1/applications/{made}/withdrawal");
            app.call("PUT", &path).by(who).send().expect(200);
            made
        };
        apply(&sam);
        let mut made: Vec<String> = (0..4).map(|_| apply(&dana)).collect();
        let all = walk(&app, &dana, "/api/v1/applications", || made.push(apply(&dana)));
        assert_eq!(each(&all, "/id"), made);
        assert!(each(&all, "/state").iter().all(|state| state == "withdrawn"));
    }
}

#[test]
fn what_a_board_keeps_comes_page_by_page_and_as_it_stands() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "first", pack("us-xx-ps", "2020-01-01", 2, ""));
        let path = |rest: &str| format!("/api/v1/organizations/{}/{rest}", board.id);
        for day in ["2026-12-25", "2026-07-04", "2026-11-26"] {
            let (path, off) = (path(&format!("holidays/{day}")), json!({ "name": "Off" }));
            let put = app.call("PUT", &path).by(&board.registrar).json(&off).send();
            assert_eq!(put.status, 204);
        }
        let off = walk(&app, &board.registrar, &path("holidays"), || ());
        assert_eq!(each(&off, "/day"), ["2026-07-04", "2026-11-26", "2026-12-25"]);

        let schools =
            ["a", "b", "c"].map(|slug| app.organization(OrganizationKind::Program, &format!("school-{slug}")));
        let approvals = schools.map(|school| {
            let wish = json!({ "program": school.to_string(), "from": "2026-01-01" });
            id(&app.post_as(&board.registrar, &path("approvals"), &wish).expect(201))
        });
        let gone = json!({ "revision": 1, "on": "2026-05-01", "reason": "closed" });
        let withdrawal = path(&format!("approvals/{}/withdrawal", approvals[1]));
        app.call("PUT", &withdrawal).by(&board.registrar).json(&gone).send().expect(200);
        let all = walk(&app, &board.registrar, &path("approvals"), || ());
        assert_eq!(each(&all, "/id"), approvals);
        assert_eq!((&all[1]["revision"], &all[1]["withdrawn_on"]), (&json!(2), &json!("2026-05-01")));

        let versions = format!("credentials/{}/versions", board.credential);
        let mut all = vec![json!({ "name": "2020-01-01.toml", "text": pack("us-xx-ps", "2020-01-01", 2, "").1 })];
        let mut examples = String::new();
        for (version, hours) in [("2021-01-01", 3), ("2022-01-01", 4)] {
            let (name, text) = pack("us-xx-ps", version, hours, "");
            examples += &example_of(&name).replace("it rules", &format!("{version} rules"));
            all.push(json!({ "name": name, "text": text }));
        }
        all.push(json!({ "name": "examples.toml", "text": examples }));
        app.post_as(&board.registrar, &path(&versions), &json!({ "files": all })).expect(200);
        let out = walk(&app, &board.registrar, &format!("/api/v1/{versions}"), || ());
        assert_eq!(each(&out, "/in_force_from"), ["2020-01-01", "2021-01-01", "2022-01-01"]);
        app.get("/api/v1/credentials/0000000000001/versions").refuses(404, "not_found");

        for other in ["us-xx-a", "us-xx-z"] {
            Board::new(&app, other, pack(other, "2020-01-01", 2, ""));
        }
        let all = walk(&app, &board.registrar, "/api/v1/credentials", || ());
        assert_eq!(each(&all, "/slug"), ["us-xx-a", "us-xx-ps", "us-xx-z"]);
    }
}

#[test]
fn members_keys_and_devices_come_page_by_page_and_each_once() {
    for app in TestApp::on_each_database() {
        let school = app.organization(OrganizationKind::Program, "river-school");
        let boss = app.member("Boss", Role::Administrator, Some(school));
        let path = |rest: &str| format!("/api/v1/organizations/{school}/{rest}");
        for name in ["Ana", "Bea", "Cleo"] {
            app.member(name, Role::ProgramStaff, Some(school));
        }
        let members = app.all_as(&boss, &path("memberships"));
        let second = each(&members, "/id").swap_remove(1);
        app.call("DELETE", &path(&format!("memberships/{second}"))).by(&boss).send().expect(200);
        let all = walk(&app, &boss, &path("memberships"), || ());
        assert_eq!(each(&all, "/id"), each(&members, "/id"), "two states of one membership are one item");
        assert_eq!(each(&all, "/state"), ["active", "ended", "active", "active"]);

        let keys = [0, 1, 2].map(|_| app.key_of(school, &[KeyScope::Read]).id.to_string());
        assert_eq!(each(&walk(&app, &boss, &path("keys"), || ()), "/id"), keys);

        let again = app.signed_in(boss.id, &boss.email);
        let mut sessions = each(&app.all_as(&boss, "/api/v1/me/sessions"), "/id");
        assert!(sessions.is_sorted_by(|newer, older| newer > older), "newest first: {sessions:?}");
        let all = walk(&app, &boss, "/api/v1/me/sessions", || drop(app.signed_in(boss.id, &boss.email)));
        assert_eq!(each(&all, "/id"), sessions);
        sessions.retain(|session| *session == again.session.to_string());
        assert_eq!(sessions.len(), 1);
    }
}

#[test]
fn a_board_pages_through_what_it_gave_somebody_and_nothing_of_others() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivera");
        let boards =
            ["a", "b", "c"].map(|slug| Board::new(&app, slug, pack(&format!("us-xx-{slug}"), "2020-01-01", 2, "")));
        let given = boards.each_ref().map(|board| board.certify(&app, &dana, "initial"));
        let dana = app.signed_in(dana.id, &dana.email);
        let awards = given.each_ref().map(|held| held.award.as_str());
        assert_eq!(each(&walk(&app, &dana, "/api/v1/awards", || ()), "/id"), awards);
        let certificates = given.each_ref().map(|held| held.certificate.as_str());
        assert_eq!(each(&walk(&app, &dana, "/api/v1/certificates", || ()), "/id"), certificates);
        let own = app.get_as(&boards[1].reviewer, &boards[1].path(&dana, "awards?limit=1")).expect(200);
        assert_eq!((each(&items(&own), "/id"), &own["next"]), (vec![awards[1].to_owned()], &Value::Null));
    }
}
