//! A board brings in the people it certified before.

use credtrail::services::acting::Acting;
use credtrail::services::awards;
use credtrail::services::imports::awards::Awards;
use credtrail::services::imports::hours::Hours;
use credtrail::services::imports::{Mode, Outcome, Report, run};
use credtrail::storage::{Id, StoreError};

use super::world::Board;
use crate::support::TestApp;

const HEADER: &str = "email,credential,issued_on,from,through,status,status_from,reason\n";

fn bring_in(app: &TestApp, board: Id, mode: Mode, text: &str) -> Report {
    let by = Acting::system(app.now());
    run(&app.app.db, &by, &mut Awards::of(board), (mode, text.as_bytes()), &mut |_row| {}).unwrap()
}

#[test]
fn terms_and_status_come_in_once_and_a_trial_leaves_nothing() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let (dana, sam) = (app.person("Dana Rivera"), app.person("Sam Ortiz"));
        let text = format!(
            "{HEADER}{dana},us-ne-cpss,2023-10-02,2023-10-02,2025-09-01,,,\n\
             {dana},us-ne-cpss,2023-10-02,2025-09-02,2027-09-01,,,\n\
             {sam},us-ne-cpss,2024-01-15,2024-01-15,2025-09-01,suspended,2025-02-01,case 12\n",
            dana = dana.email,
            sam = sam.email
        );
        for (mode, added, known) in [(Mode::Trial, 3, 0), (Mode::Store, 3, 0), (Mode::Store, 0, 3)] {
            let report = bring_in(&app, board.id, mode, &text);
            assert_eq!((report.added, report.known, report.refused), (added, known, 0), "{mode:?}");
        }
        let held = app.read(|conn| Ok::<_, StoreError>(awards::of_person(conn, dana.id).unwrap()));
        assert_eq!((held.len(), held[0].terms.len()), (1, 2), "one award, two terms");
        let hers = app.get_as(&dana, "/api/v1/awards").expect(200);
        assert_eq!(hers["items"][0]["status"], "active");
        assert_eq!(app.get_as(&sam, "/api/v1/awards").expect(200)["items"][0]["status"], "on_hold");

        // A certificate for a term that was brought in comes when the board asks for it.
        let path = board.path(&dana, &format!("awards/{}/terms/{}/certificate", held[0].award.id, held[0].terms[1].id));
        let made = app.call("PUT", &path).by(&board.registrar).send().expect(200);
        assert_eq!(app.call("PUT", &path).by(&board.registrar).send().expect(200)["number"], made["number"]);
    }
}

#[test]
fn a_row_that_does_not_fit_says_which_column_and_what_to_write() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera").email;
        for (row, code, column) in [
            ("nobody@example.org,us-ne-cpss,2024-01-15,2024-01-15,,,,".to_owned(), "person_not_found", "email"),
            (format!("{dana},us-tx-peer,2024-01-15,2024-01-15,,,,"), "no_such_credential", "credential"),
            (format!("{dana},us-ne-cpss,2024-01-15,2024-01-14,,,,"), "bad_days", "from"),
            (format!("{dana},us-ne-cpss,2024-01-15,2024-01-15,2024-01-14,,,"), "bad_days", "through"),
            (format!("{dana},us-ne-cpss,2024-01-15,2024-01-15,,lost,,"), "bad_status", "status"),
            (format!("{dana},us-ne-cpss,2024-01-15,2024-01-15,,revoked,,"), "missing", "status_from"),
        ] {
            let report = bring_in(&app, board.id, Mode::Store, &format!("{HEADER}{row}\n"));
            let group = &report.problems[0];
            assert_eq!((report.added, group.code, group.column), (0, code, column), "{row}");
        }
    }
}

#[test]
fn hours_of_a_file_are_judged_beside_what_is_stored_and_beside_each_other() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let (dana, sam) = (app.person("Dana Rivera"), app.person("Sam Ortiz"));
        for who in [&dana, &sam] {
            board.application(&app, who, "initial");
        }
        let by = Acting::system(app.now());
        let header = "email,from,start,end,minutes,kind\n";
        let bring = |mode: Mode, text: &str| {
            let mut fates = Vec::new();
            let mut hours = Hours::of(board.id);
            run(&app.app.db, &by, &mut hours, (mode, format!("{header}{text}").as_bytes()), &mut |row| {
                fates.push(match row.outcome {
                    Outcome::Added => "added".to_owned(),
                    Outcome::Known => "known".to_owned(),
                    Outcome::Refused(problem) => format!("{} {}", problem.code, problem.column),
                });
            })
            .unwrap();
            fates
        };
        let (dana, sam) = (&dana.email, &sam.email);
        let first = format!("{dana},2026-03-02,09:00,12:00,180,direct\n{dana},2026-03-03,,,1200,direct\n");
        for (mode, fate) in [(Mode::Trial, "added"), (Mode::Store, "added"), (Mode::Store, "known")] {
            assert_eq!(bring(mode, &first), [fate, fate], "{mode:?}");
        }
        let second = format!(
            "{dana},2026-03-02,11:00,13:00,120,direct\n\
             {sam},2026-03-02,11:00,13:00,120,direct\n\
             {dana},2026-03-03,,,300,direct\n\
             {sam},2026-03-02,12:30,14:00,90,direct\n\
             {sam},2026-03-02,11:00,13:00,120,direct\n\
             {sam},2026-03-04,,,1000,direct\n\
             nobody@example.org,2026-03-04,,,60,direct\n\
             {sam},2026-03-04,,,500,direct\n\
             {sam},2026-03-04,,,440,direct\n"
        );
        let fates = [
            "refused start",
            "added",
            "refused minutes",
            "refused start",
            "known",
            "added",
            "person_not_found email",
            "refused minutes",
            "added",
        ];
        for mode in [Mode::Trial, Mode::Store] {
            assert_eq!(bring(mode, &second), fates, "{mode:?}");
        }
    }
}
