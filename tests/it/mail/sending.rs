//! Sending to a real mail server: what it takes, puts off, refuses, and what happens when it breaks off.

use std::time::Duration;

use credtrail::mail::{Outcome, Outgoing, Security, Smtp, SmtpError, Transport, build};
use credtrail::rules::Lang;
use futures_util::future::join_all;

use super::samples::{at, letter, reminder, sender};
use super::server::{Server, run, smtp};

fn to(local: &str, id: &str) -> Outgoing {
    let letter = letter(&format!("{local}@person.example"), Lang::En, reminder());
    build(&letter, &sender(), id, at()).expect("a message")
}

fn reach(server: &Server) -> Transport {
    smtp(&server.settings(Security::None))
}

fn reason(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Retry { reason } | Outcome::Refused { reason, .. } => reason,
        Outcome::Sent => panic!("it was sent"),
    }
}

#[test]
fn a_message_arrives_with_one_recipient_and_both_parts() {
    let mut server = Server::start(&[]);
    let transport = reach(&server);
    assert_eq!(run(transport.send(&to("dana", "n-1"))), Outcome::Sent);
    let got = server.received();
    assert_eq!(got.recipients, ["dana@person.example"]);
    assert_eq!(got.sender, "no-reply@board.example");
    assert_eq!(got.to, [("Dana".to_owned(), "dana@person.example".to_owned())]);
    assert_eq!(got.one("message-id"), "<n-1@board.example>");
    assert_eq!(got.one("date"), "Thu, 01 Apr 2027 08:30:00 +0000");
    let types: Vec<&str> = got.parts.iter().map(|part| part.r#type.as_str()).collect();
    assert_eq!(types, ["text/plain", "text/html"]);
    assert!(got.parts[0].text.contains("You have 31 of 46 hours."), "{}", got.parts[0].text);
    assert!(got.all("cc").is_empty() && got.all("bcc").is_empty());
    assert!(got.defects.is_empty(), "{:?}", got.defects);
}

#[test]
fn a_server_that_says_later_is_tried_again_and_one_that_says_no_is_not() {
    let server = Server::start(&[]);
    let transport = reach(&server);
    let (later, gone, full) = run(async {
        (
            transport.send(&to("later", "n-1")).await,
            transport.send(&to("gone", "n-2")).await,
            transport.send(&to("full", "n-3")).await,
        )
    });
    assert_eq!(later, Outcome::Retry { reason: "the mail server asked us to come back later (451)".into() });
    assert_eq!(
        gone,
        Outcome::Refused { reason: "the mail server does not take this mail (550)".into(), nobody_there: true }
    );
    assert_eq!(
        full,
        Outcome::Refused { reason: "the mail server does not take this mail (554)".into(), nobody_there: false }
    );
    for outcome in [&later, &gone, &full] {
        assert!(!reason(outcome).contains('@'), "the server repeats the address, we do not: {outcome:?}");
    }
}

#[test]
fn a_message_cut_off_after_its_text_goes_again_under_the_same_message_id() {
    let mut server = Server::start(&[]);
    let transport = reach(&server);
    let message = to("cut", "n-7");
    run(async {
        for _ in 0..2 {
            let outcome = transport.send(&message).await;
            assert_eq!(outcome, Outcome::Retry { reason: "the mail server could not be reached or broke off".into() });
        }
        assert_eq!(transport.send(&to("dana", "n-8")).await, Outcome::Sent, "the next message is not harmed");
    });
    let ids: Vec<String> = (0..3).map(|_| server.received().one("message-id").to_owned()).collect();
    assert_eq!(ids, ["<n-7@board.example>", "<n-7@board.example>", "<n-8@board.example>"]);
}

#[test]
fn the_late_answer_to_one_message_is_never_taken_for_the_answer_to_the_next() {
    let server = Server::start(&[]);
    let mut settings = server.settings(Security::None);
    settings.timeout = Duration::from_millis(400);
    let transport = smtp(&settings);
    run(async {
        let slow = transport.send(&to("slow", "n-1")).await;
        assert!(matches!(&slow, Outcome::Retry { reason } if reason.contains("did not answer within")), "{slow:?}");
        // Let the connection that was given up come to rest wherever it goes.
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        // On the connection of the first message this one would read the late 250 and count as sent.
        let next = transport.send(&to("full", "n-2")).await;
        assert_eq!(
            next,
            Outcome::Refused { reason: "the mail server does not take this mail (554)".into(), nobody_there: false }
        );
    });
}

#[test]
fn no_more_messages_are_on_their_way_at_once_than_the_settings_allow() {
    let mut server = Server::start(&[]);
    let transport = reach(&server);
    let messages: Vec<Outgoing> = (0..12).map(|n| to("held", &format!("n-{n}"))).collect();
    let outcomes = run(join_all(messages.iter().map(|message| transport.send(message))));
    assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Sent), "{outcomes:?}");
    let most = (0..12).map(|_| server.received().most).max();
    assert_eq!(most, Some(2));
}

#[test]
fn both_kinds_of_protection_reach_a_server_whose_certificate_is_trusted_and_no_other() {
    for (option, security) in [("starttls", Security::StartTls), ("tls", Security::Tls)] {
        let mut server = Server::start(&["--tls", option]);
        let mut settings = server.settings(security);
        let trusting = smtp(&settings);
        assert_eq!(run(trusting.send(&to("dana", "n-1"))), Outcome::Sent, "{option}");
        assert!(server.received().tls, "{option}");
        settings.extra_root = None;
        let stranger = smtp(&settings);
        let outcome = run(stranger.send(&to("dana", "n-2")));
        assert!(matches!(outcome, Outcome::Retry { .. }), "{option}: {outcome:?}");
    }
}

#[test]
fn a_server_without_starttls_gets_nothing_when_protection_is_asked_for() {
    let server = Server::start(&[]);
    let transport = smtp(&server.settings(Security::StartTls));
    assert!(matches!(run(transport.send(&to("dana", "n-1"))), Outcome::Retry { .. }));
}

#[test]
fn a_wrong_password_keeps_the_mail_for_later_and_a_right_one_sends_it() {
    let mut server = Server::start(&["--auth"]);
    let mut settings = server.settings(Security::None);
    settings.sign_in = Some(("credtrail".into(), "wrong".to_owned().into()));
    let wrong = smtp(&settings);
    let outcome = run(wrong.send(&to("dana", "n-1")));
    assert_eq!(
        outcome,
        Outcome::Retry { reason: "the mail server did not accept our sign-in or commands (535)".into() }
    );
    settings.sign_in = Some(("credtrail".into(), "right".to_owned().into()));
    let right = smtp(&settings);
    assert_eq!(run(right.send(&to("dana", "n-1"))), Outcome::Sent);
    assert!(server.received().signed_in);
    assert!(!format!("{wrong:?} {settings:?}").contains("right"), "a password is never shown");
}

#[test]
fn an_open_connection_that_leaves_this_machine_is_refused_before_anything_is_sent() {
    let server = Server::start(&[]);
    let mut settings = server.settings(Security::None);
    settings.host = "mail.example.org".into();
    assert!(matches!(Smtp::new(&settings), Err(SmtpError::Unprotected(host)) if host == "mail.example.org"));
}

#[test]
fn a_server_that_is_not_there_means_later() {
    let server = Server::start(&[]);
    let transport = reach(&server);
    drop(server);
    assert_eq!(
        run(transport.send(&to("dana", "n-1"))),
        Outcome::Retry { reason: "the mail server could not be reached or broke off".into() }
    );
}
