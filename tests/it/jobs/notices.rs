//! What people are owed: to which address, in which language, and what they may stop.

use credtrail::jobs::Tally;
use credtrail::mail::{Grace, Kind, Memory, Notice, Reminder, VerifyAddress};
use credtrail::repo;
use credtrail::services::acting::Acting;
use credtrail::services::notices;
use credtrail::storage::Id;
use credtrail::storage::rows::people::EmailRow;
use credtrail::storage::rows::upkeep::NoticeRow;

use super::world::{notice, run_due, worker};
use crate::support::{Someone, TestApp};

impl TestApp {
    /// Another address of someone. Goes to the database.
    pub fn second_address(&self, of: &Someone, address: &str, verified: bool) {
        let at = self.now().into();
        let row = EmailRow {
            address: address.into(),
            person_id: of.id,
            added_at: at,
            verified_at: verified.then_some(at),
            bounced_at: None,
            ended_at: None,
        };
        self.write(|conn| repo!(conn, people::insert_email(&row)));
    }

    /// What someone was told, newest first.
    pub fn notices(&self, of: &Someone) -> Vec<NoticeRow> {
        self.read(|conn| repo!(conn, notices::list_of(of.id, Id(i64::MAX), 100)))
    }
}

fn reminder() -> Notice {
    Notice::Reminder(Reminder {
        ends_on: "2026-08-01".parse().expect("a day"),
        apply_by: None,
        tally: None,
        missing: vec![],
        next_step: "Send your renewal.".into(),
        link: "/renewal".into(),
    })
}

fn grace() -> Notice {
    Notice::Grace(Grace {
        ended_on: "2026-05-01".parse().expect("a day"),
        grace_through: "2026-07-01".parse().expect("a day"),
        missing: vec![],
        next_step: "Send your renewal.".into(),
        link: "/renewal".into(),
    })
}

fn owe(app: &TestApp, to: &Someone, notice: Notice) {
    let by = Acting::system(app.now());
    app.write(|conn| notices::owe(conn, &by, to.id, notice));
}

fn text(memory: &Memory, at: usize) -> String {
    String::from_utf8(memory.accepted()[at].bytes().to_vec()).expect("ASCII").replace("=\r\n", "")
}

#[test]
fn a_person_without_a_verified_address_gets_the_notice_but_no_mail() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivera");
        let now = app.now().into();
        app.write(|conn| repo!(conn, people::mark_bounced(&dana.email, now)));
        app.second_address(&dana, "dana.new@example.org", false);
        app.owe(&dana);
        assert_eq!(app.waiting(), 0);
        assert_eq!(app.outcomes(&dana), ["skipped"]);
        assert_eq!(app.notices(&dana).len(), 1);
    }
}

#[test]
fn the_link_that_verifies_an_address_goes_to_that_address_alone_and_is_kept_nowhere_else() {
    for app in TestApp::on_each_database() {
        let memory = Memory::default();
        let worker = worker(&app, &memory);
        let dana = app.person("Dana Rivera");
        let verify =
            Notice::VerifyAddress(VerifyAddress { link: "/verify-address/secret-token".into(), valid_hours: 48 });
        let by = Acting::system(app.now());
        let address = "dana.new@example.org";
        app.second_address(&dana, address, false);
        app.write(|conn| notices::owe_to(conn, &by, None, dana.id, address, verify));
        memory.answer(credtrail::mail::Outcome::Refused { reason: "no".into(), nobody_there: true });
        assert_eq!(run_due(&worker), Tally { parked: 1, ..Tally::default() }, "never to the other address");
        assert!(app.notices(&dana).iter().all(|row| !row.content.contains("secret-token")));
    }
}

#[test]
fn a_mail_is_in_the_persons_language_and_has_the_boards_name_and_number() {
    for app in TestApp::on_each_database() {
        let memory = Memory::default();
        let worker = worker(&app, &memory);
        let dana = app.person("Dana Rivera");
        let board = app.organization(credtrail::services::roles::OrganizationKind::Board, "north-board");
        app.write(|conn| repo!(conn, people::set_language(dana.id, "es")));
        let by = Acting::system(app.now());
        app.write(|conn| notices::owe_from(conn, &by, board, dana.id, notice()));
        run_due(&worker);
        let text = text(&memory, 0);
        assert!(text.contains("Hola, Dana Rivera:"), "{text}");
        assert!(text.contains("The north-board"), "{text}");
    }
}

#[test]
fn one_click_stops_reminders_and_nothing_else() {
    for app in TestApp::on_each_database() {
        let memory = Memory::default();
        let worker = worker(&app, &memory);
        let (dana, sam) = (app.person("Dana Rivera"), app.person("Sam Ortiz"));
        owe(&app, &dana, reminder());
        run_due(&worker);
        let text = text(&memory, 0);
        let token = text.split("List-Unsubscribe: <https://board.example/stop/").nth(1).expect("the header");
        let token = token.split('>').next().expect("its end").to_owned();
        let by = Acting::system(app.now());
        assert!(!app.write(|conn| notices::stop(conn, &by, "ctl_somebody-made-this-up")));
        for _ in 0..2 {
            assert!(app.write(|conn| notices::stop(conn, &by, &token)), "clicking twice is fine");
        }
        owe(&app, &dana, reminder());
        owe(&app, &dana, grace());
        owe(&app, &dana, notice());
        owe(&app, &sam, reminder());
        assert_eq!(run_due(&worker), Tally { sent: 2, ..Tally::default() });
        assert_eq!(app.outcomes(&dana), ["sent", "skipped", "skipped", "sent"]);
        assert_eq!(app.notices(&dana).len(), 4, "the pages say the same as the mails");
        // And the person can want them again.
        app.write(|conn| notices::set_wanted(conn, &by, dana.id, Kind::Reminder, true));
        owe(&app, &dana, reminder());
        assert_eq!(run_due(&worker), Tally { sent: 1, ..Tally::default() });
    }
}

#[test]
fn what_a_board_must_tell_cannot_be_stopped() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivera");
        let by = Acting::system(app.now());
        app.write(|conn| notices::set_wanted(conn, &by, dana.id, Kind::SignedIn, false));
        app.owe(&dana);
        assert_eq!(app.waiting(), 1);
    }
}
