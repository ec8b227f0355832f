//! Of one person, credential and purpose one application is open, however many come at one moment.

use credtrail::repo;
use serde_json::json;

use crate::awards::world::Board;
use crate::support::TestApp;

#[test]
fn of_twenty_equal_applications_at_one_moment_one_is_taken() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let who = app.person("Dana Rivera");
        let wish = json!({"credential": board.credential, "purpose": "initial"});
        let answers: Vec<(u16, String)> = std::thread::scope(|scope| {
            let ask = || {
                let answer = app.post_as(&who, "/api/v1/applications", &wish);
                (answer.status, answer.text())
            };
            let asked: Vec<_> = (0..20).map(|_| scope.spawn(ask)).collect();
            asked.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|(status, _)| *status == 201).count(), 1, "{answers:?}");
        let told = |text: &str| text.contains("open already, received on 2026-06-01");
        assert!(answers.iter().all(|(status, text)| *status == 201 || (*status == 409 && told(text))), "{answers:?}");
        let stored = app.read(|conn| repo!(conn, applications::of_person(who.id)));
        let queued = app.read(|conn| repo!(conn, applications::queue(board.id, None, 100)));
        assert_eq!((stored.len(), queued.len()), (1, 1));
    }
}

#[test]
fn the_place_is_free_again_when_it_is_decided_or_withdrawn() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let who = app.person("Dana Rivera");
        let wish = json!({"credential": board.credential, "purpose": "initial"});
        let first = board.application(&app, &who, "initial");
        assert_eq!(app.post_as(&who, "/api/v1/applications", &wish).status, 409);
        let path = format!("/api/v1/applications/{}/withdrawal", first["id"].as_str().unwrap());
        app.call("PUT", &path).by(&who).send().expect(200);
        let second = board.application(&app, &who, "initial");
        let refusal = json!({"outcome": "refused", "reason": "a course is missing", "next_step": "take it",
            "appeal": "within 30 days"});
        let decide = board.path(&who, &format!("applications/{}/decision", second["id"].as_str().unwrap()));
        app.post_as(&board.registrar, &decide, &refusal).expect(201);
        board.application(&app, &who, "initial");
        let other = app.person("Sam Ortiz");
        board.application(&app, &other, "initial");
    }
}
