//! Exam, statements, application, review, decision; the certificate as file and as answer to who asks.

use std::process::Command;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::office::Office;
use super::world::{World, text};
use crate::support::Someone;

/// A certificate, its term, and the secret code it is found by.
pub struct Given {
    pub code: String,
    pub term: Value,
}

/// The result of the exam comes in, Dana states what is asked; then nothing is missing.
pub fn is_earned(world: &World<'_>, office: &Office, dana: &Someone) {
    let app = world.app;
    let exam = json!({
        "exam": "icrc-pr", "on": "2026-05-20", "outcome": "passed", "official": true, "official_on": "2026-05-28",
        "score": "562", "scale": "200-800",
    });
    app.post_as(&office.registrar, &format!("{}/exams", file(office, dana)), &exam).expect(201);
    for (kind, value, moment) in [
        ("education", "high_school", Value::Null),
        ("lived_experience", "self", Value::Null),
        ("residence_percent", "60", json!("application")),
        ("residence_percent", "55", json!("testing")),
    ] {
        let statement = json!({ "kind": kind, "value": value, "on": "2026-06-01", "moment": moment });
        app.post_as(dana, "/api/v1/statements", &statement).expect(201);
    }
    let evaluation = world.get(dana, "/api/v1/progress/icrc-pr");
    assert_eq!(short(&evaluation), ["code-of-ethics"]);
    let signed = json!({ "kind": "code_of_ethics", "value": "signed", "on": "2026-06-01" });
    app.post_as(dana, "/api/v1/statements", &signed).expect(201);
    let evaluation = world.get(dana, "/api/v1/progress/icrc-pr");
    assert_eq!((short(&evaluation).len(), &evaluation["status"]), (0, &json!("met")));
}

/// The rules that are not met.
fn short(evaluation: &Value) -> Vec<&str> {
    let all = evaluation["requirements"].as_array().expect("a list");
    all.iter().filter(|one| one["status"] != "met").map(|one| text(&one["id"])).collect()
}

/// Where the board keeps what concerns somebody.
pub fn file(office: &Office, person: &Someone) -> String {
    format!("/api/v1/organizations/{}/people/{}", office.board, person.id)
}

/// Review, decision, certificate.
pub fn is_given(world: &mut World<'_>, office: &Office, dana: &Someone) -> Given {
    let app = world.app;
    let applications = world.get(dana, "/api/v1/applications");
    let id = text(&applications["items"][0]["id"]);
    let queue = world.get(&office.registrar, &format!("/api/v1/organizations/{}/queue", office.board));
    assert_eq!((&queue["items"][0]["application"], &queue["items"][1]), (&json!(id), &Value::Null));

    let path = format!("{}/applications/{id}", file(office, dana));
    let whole = world.get(&office.reviewer, &path);
    for one in whole["evaluation"]["requirements"].as_array().expect("a list") {
        let word = json!({ "requirement": one["id"], "outcome": "accepted" });
        app.post_as(&office.reviewer, &format!("{path}/review"), &word).expect(201);
    }
    let yes = json!({ "outcome": "approved" });
    app.post_as(&office.reviewer, &format!("{path}/decision"), &yes).refuses(403, "not_allowed");
    app.post_as(&office.registrar, &format!("{path}/events"), &json!({ "kind": "complete" })).expect(201);
    let decided = app.post_as(&office.registrar, &format!("{path}/decision"), &yes).expect(201);
    let again = format!("{}/evaluations/{}", file(office, dana), text(&decided["evaluation"]));
    assert_eq!(world.get(&office.registrar, &again)["same"], true, "the decision can be followed");
    assert_eq!(world.get(dana, &format!("/api/v1/applications/{id}"))["state"], "approved");
    let to_dana: Vec<_> = world.deliver().into_iter().filter(|mail| mail.recipients == [dana.email.as_str()]).collect();
    assert_eq!(to_dana.len(), 1, "the certificate: {to_dana:?}");

    let given = newest(world, dana, 1);
    assert_eq!((&given.term["from"], &given.term["through"]), (&json!("2026-06-01"), &json!("2028-05-31")));
    assert_eq!(status_on(world, &given, "2026-06-01"), "active");
    assert_eq!(status_on(world, &given, "2026-05-31"), "not_active", "the day before");
    assert_eq!(status_on(world, &given, "2028-06-01"), "not_active", "the day after");
    assert_eq!(app.get("/api/v1/verify/00000000000000000000000000").expect(200), json!({ "found": false }));
    given
}

/// The last of somebody's `count` certificates: the file is there, is theirs, and is verified.
pub fn newest(world: &World<'_>, dana: &Someone, count: usize) -> Given {
    let app = world.app;
    let certificates = world.get(dana, "/api/v1/certificates");
    let items = certificates["items"].as_array().expect("a list");
    assert_eq!(items.len(), count);
    let it = &items[count - 1];
    let path = text(&it["document_url"]).strip_prefix(&app.url).expect("an address of ours");
    let document = app.get(path);
    assert_eq!((document.status, document.header("content-type")), (200, "application/pdf"));
    assert!(document.bytes.starts_with(b"%PDF-"));
    assert_eq!(it["document_sha256"], hex::encode(Sha256::digest(&document.bytes)));
    let words = words_of(&document.bytes);
    assert!(words.contains("Dana Rivera") && words.contains(text(&it["number"])), "{words}");

    let code = text(&it["verify_url"]).rsplit('/').next().expect("a code").to_owned();
    let answer = app.get(&format!("/api/v1/verify/{code}")).expect(200);
    assert_eq!((&answer["found"], &answer["status"]), (&json!(true), &json!("active")));
    assert_eq!((&answer["name"], &answer["board"]), (&json!("Dana Rivera"), &json!("North Board")));
    let on_paper = format!("/api/v1/verify?number={}&family_name=rivera", text(&it["number"]));
    assert_eq!(app.get(&on_paper).expect(200), answer, "the same by number and family name");

    let awards = world.get(dana, "/api/v1/awards");
    let terms = awards["items"][0]["terms"].as_array().expect("a list");
    let term = terms.iter().find(|term| term["id"] == it["term"]).expect("its term").clone();
    Given { code, term }
}

/// What the public is told of a day.
pub fn status_on(world: &World<'_>, given: &Given, day: &str) -> String {
    let answer = world.app.get(&format!("/api/v1/verify/{}?on={day}", given.code)).expect(200);
    text(&answer["status"]).to_owned()
}

/// The words that a reader's software finds in a document.
fn words_of(document: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("certificate.pdf");
    std::fs::write(&path, document).expect("a file");
    let output = Command::new("pdftotext").arg(&path).arg("-").output().expect("the Debian package `poppler-utils`");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text in UTF-8").replace(['\n', '\u{c}'], " ")
}
