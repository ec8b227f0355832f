//! Sessions: completions that name one, and who was there how long.

use credtrail::repo;
use credtrail::services::roles::{OrganizationKind, Role};
use credtrail::storage::Id;
use serde_json::{Value, json};

use super::world::{Board, pack};
use crate::support::{Answer, Someone, TestApp};

/// A program with a course of two sessions; only the first has begun.
struct School {
    id: Id,
    staff: Someone,
    course: String,
    sessions: [String; 2],
}

impl School {
    fn new(app: &TestApp, slug: &str) -> Self {
        let id = app.organization(OrganizationKind::Program, slug);
        let staff = app.member("Staff", Role::ProgramStaff, Some(id));
        let courses = format!("/api/v1/organizations/{id}/courses");
        let course = json!({"code": "core", "title": "Core", "kind": "basic", "delivery": "in_person", "minutes": 600, "topics": ["ethics"]});
        let course = app.post_as(&staff, &courses, &course).expect(201)["id"].as_str().unwrap().to_owned();
        let session = |from: &str, through: &str| {
            let path = format!("{courses}/{course}/sessions");
            let made = app.post_as(&staff, &path, &json!({"from": from, "through": through})).expect(201);
            made["id"].as_str().unwrap().to_owned()
        };
        let sessions = [session("2026-05-04", "2026-05-08"), session("2026-09-07", "2026-09-11")];
        Self { id, staff, course, sessions }
    }

    fn completes(&self, app: &TestApp, who: &Someone, session: &str, on: &str) -> Answer {
        let body = json!({"email": who.email, "course": "core", "completed_on": on, "session": session});
        app.post_as(&self.staff, &format!("/api/v1/organizations/{}/completions", self.id), &body)
    }

    fn path(&self, session: &str) -> String {
        format!("/api/v1/organizations/{}/courses/{}/sessions/{session}/attendance", self.id, self.course)
    }

    fn attends(&self, app: &TestApp, lines: &Value, reason: Option<&str>) -> Answer {
        app.post_as(&self.staff, &self.path(&self.sessions[0]), &json!({"lines": lines, "reason": reason}))
    }
}

fn line(who: &Someone, attended: u32) -> Value {
    json!({"email": who.email, "held_minutes": 600, "attended_minutes": attended})
}

/// What becomes of a completion.
fn outcome(app: &TestApp, who: &Someone, completion: &Value) -> (Value, Value) {
    let answer = app.get_as(who, "/api/v1/progress/us-ne-cpss").expect(200);
    let record = answer["records"].as_array().unwrap().iter().find(|record| record["record"] == *completion);
    let record = record.unwrap_or_else(|| panic!("{completion} in {answer}"));
    (record["outcome"].clone(), record["not_counted"][0]["reason"].clone())
}

#[test]
fn too_little_attended_does_not_count_and_a_correction_with_a_reason_does() {
    for app in TestApp::on_each_database() {
        let (name, text) = pack("us-ne", "cpss", "2021-09-01");
        let strict = text.replacen("approved  = true", "attendance = \"90 %\"", 1);
        assert_ne!(strict, text);
        let board = Board::new(&app, "nebraska", (name, strict));
        let (school, dana, sam) = (School::new(&app, "north"), app.person("Dana Rivera"), app.person("Sam Ortiz"));
        board.application(&app, &dana, "initial");
        let done = school.completes(&app, &dana, &school.sessions[0], "2026-05-08").expect(201)["id"].clone();
        assert_eq!(outcome(&app, &dana, &done), (json!("not_counted"), json!("evidence_missing")));

        let both = json!([line(&dana, 300), line(&sam, 600)]);
        assert_eq!(school.attends(&app, &both, None).expect(201)["items"].as_array().unwrap().len(), 2);
        assert_eq!(outcome(&app, &dana, &done), (json!("not_counted"), json!("not_attended")));
        let again = school.attends(&app, &both, None).expect(201);
        assert_eq!(again["items"][0]["revision"], 1, "the same again changes nothing");

        let silent = school.attends(&app, &json!([line(&sam, 600), line(&dana, 590)]), None);
        silent.refuses(422, "bad_field");
        assert_eq!(silent.json()["errors"][0]["pointer"], "/lines/1");
        school.attends(&app, &json!([line(&dana, 590)]), Some("the list of the last day came late")).expect(201);
        assert_eq!(outcome(&app, &dana, &done).0, json!("counted"));
        let listed = app.get_as(&school.staff, &school.path(&school.sessions[0])).expect(200);
        let of = |who: &Someone| {
            let items = listed["items"].as_array().unwrap();
            items.iter().find(|item| item["person"] == json!(who.id.to_string())).unwrap()["revision"].clone()
        };
        assert_eq!((of(&dana), of(&sam)), (json!(2), json!(1)));
    }
}

#[test]
fn a_completion_names_only_a_session_of_its_course_that_ran_on_its_day() {
    for app in TestApp::on_each_database() {
        let (school, other, dana) = (School::new(&app, "north"), School::new(&app, "south"), app.person("Dana Rivera"));
        let early = school.completes(&app, &dana, &school.sessions[0], "2026-05-03");
        early.refuses(422, "bad_field");
        assert_eq!(early.json()["errors"][0]["pointer"], "/completed_on");
        let foreign = school.completes(&app, &dana, &other.sessions[0], "2026-05-08");
        foreign.refuses(422, "bad_field");
        assert_eq!(foreign.json()["errors"][0]["pointer"], "/session");
        school.completes(&app, &dana, &school.sessions[0], "2026-05-08").expect(201);
    }
}

#[test]
fn a_file_names_sessions_as_the_form_does() {
    for app in TestApp::on_each_database() {
        let (school, other, dana) = (School::new(&app, "north"), School::new(&app, "south"), app.person("Dana Rivera"));
        let [first, later] = &school.sessions;
        let rows = [
            ("2026-05-03", first.as_str()),
            ("2026-05-08", other.sessions[0].as_str()),
            ("2026-05-08", later.as_str()),
            ("2026-05-08", "the first one"),
            ("2026-05-08", first.as_str()),
        ];
        let lines = rows.map(|(day, session)| format!("{},core,{day},{session}\n", dana.email)).concat();
        let text = format!("email,course,completed_on,session\n{lines}");
        let path = format!("/api/v1/organizations/{}/imports/completions?partial=true", school.id);
        let said = app.call("POST", &path).by(&school.staff).body("text/csv", text.as_bytes()).send().expect(200);
        let group = |group: &Value| (group["code"].clone(), group["column"].clone(), group["rows"].clone());
        let problems: Vec<_> = said["report"]["problems"].as_array().unwrap().iter().map(group).collect();
        let expected = [("refused", "completed_on", 2), ("refused", "session", 1), ("bad_id", "session", 1)];
        assert_eq!(problems, expected.map(|(code, column, rows)| (json!(code), json!(column), json!(rows))));
        let stored = app.read(|conn| repo!(conn, facts::list_completions(dana.id)));
        let named = stored.iter().map(|row| row.session_id.map(|id| id.to_string())).collect::<Vec<_>>();
        assert_eq!(named, [Some(first.clone())], "{said}");
    }
}

#[test]
fn attendance_is_written_down_by_the_program_alone_and_all_lines_or_none() {
    for app in TestApp::on_each_database() {
        let (school, other, dana) = (School::new(&app, "north"), School::new(&app, "south"), app.person("Dana Rivera"));
        let lines = json!({"lines": [line(&dana, 600)]});
        app.post_as(&other.staff, &school.path(&school.sessions[0]), &lines).refuses(403, "not_allowed");
        app.post_as(&school.staff, &school.path(&other.sessions[0]), &lines).refuses(404, "not_found");
        app.post_as(&school.staff, &school.path(&school.sessions[1]), &lines).refuses(422, "bad_field");
        let nobody = json!({"email": "nobody@example.org", "held_minutes": 600, "attended_minutes": 600});
        let mixed = school.attends(&app, &json!([line(&dana, 600), nobody]), None);
        mixed.refuses(422, "bad_field");
        assert_eq!(mixed.json()["errors"][0]["pointer"], "/lines/1/email");
        let more = school.attends(&app, &json!([line(&dana, 601)]), None);
        assert_eq!(more.json()["errors"][0]["pointer"], "/lines/0/attended_minutes");
        school.attends(&app, &json!([line(&dana, 600), line(&dana, 600)]), None).refuses(422, "bad_field");
        let listed = app.get_as(&school.staff, &school.path(&school.sessions[0])).expect(200);
        assert_eq!(listed["items"], json!([]), "nothing is half done");
    }
}
