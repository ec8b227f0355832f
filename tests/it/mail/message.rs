//! The shape of a message, whatever names and texts are put into it.

use credtrail::mail::*;
use credtrail::rules::Lang;

use super::samples::{NAMES, at, letter, notices, reminder, sender};
use super::server::{Server, run, smtp};

fn headers(message: &Outgoing) -> Vec<String> {
    let text = String::from_utf8(message.bytes().to_vec()).expect("lettre writes ASCII");
    let head = text.split("\r\n\r\n").next().expect("a head").to_owned();
    head.lines()
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split(':').next().unwrap().to_lowercase())
        .collect()
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let letter = letter("dana@person.example", Lang::Es, reminder());
    let bytes = || build(&letter, &sender(), "n-1", at()).expect("a message").bytes().to_vec();
    assert_eq!(bytes(), bytes());
}

#[test]
fn a_letter_comes_back_from_json_as_it_was() {
    for notice in notices() {
        let letter = letter("dana@person.example", Lang::Es, notice);
        let json = serde_json::to_string(&letter).expect("JSON");
        assert_eq!(serde_json::from_str::<Letter>(&json).expect("a letter"), letter);
    }
}

#[test]
fn only_reminders_can_be_stopped_and_then_with_one_click() {
    for notice in notices() {
        let kind = notice.kind();
        let message =
            build(&letter("dana@person.example", Lang::En, notice), &sender(), "n-1", at()).expect("a message");
        let text = String::from_utf8(message.bytes().to_vec()).expect("text");
        let may = matches!(kind, Kind::Reminder | Kind::Grace);
        assert_eq!(text.contains("List-Unsubscribe: <https://board.example/stop/abc>\r\n"), may, "{kind:?}");
        assert_eq!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), may, "{kind:?}");
        assert_eq!(text.contains("https://board.example/stop/abc"), may, "{kind:?}");
    }
}

#[test]
fn no_name_adds_a_header_a_recipient_or_a_link() {
    let mut server = Server::start(&[]);
    let transport = smtp(&server.settings(Security::None));
    let expected = headers(
        &build(&letter("dana@person.example", Lang::En, reminder()), &sender(), "n-1", at()).expect("a message"),
    );
    let long = "Dana ".repeat(2_000);
    for name in NAMES.into_iter().chain([long.as_str()]) {
        let mut letter = letter("dana@person.example", Lang::En, reminder());
        letter.to.name = Some(name.into());
        letter.board = Some(Board { name: name.into(), phone: None });
        if let Notice::Reminder(reminder) = &mut letter.notice {
            reminder.missing = vec![name.into()];
            reminder.next_step = name.into();
        }
        let message = build(&letter, &sender(), "n-1", at()).expect("a message");
        assert_eq!(headers(&message), expected, "{name:?}");
        assert_eq!(run(transport.send(&message)), Outcome::Sent, "{name:?}");
        let got = server.received();
        assert_eq!(got.recipients, ["dana@person.example"], "{name:?}");
        assert_eq!(got.to.len(), 1, "{name:?}: {:?}", got.to);
        assert_eq!(got.to[0].1, "dana@person.example", "{name:?}");
        assert_eq!(got.parts.len(), 2, "{name:?}");
        assert_eq!(got.parts[1].text.matches("<a href=").count(), 2, "its own link and the one that stops: {name:?}");
        assert!(!got.parts[1].text.contains("<img"), "{name:?}");
        assert!(got.longest <= 998, "{name:?}: a line of {} letters", got.longest);
        assert!(got.defects.is_empty(), "{name:?}: {:?}", got.defects);
    }
}

#[test]
fn a_name_is_still_written_right() {
    let mut server = Server::start(&[]);
    let transport = smtp(&server.settings(Security::None));
    for name in ["Zoë Nguyễn 🌱 d'Ávila", "عمر بن سعيد", "O'Neil-García, Jr."] {
        let mut letter = letter("dana@person.example", Lang::Es, reminder());
        letter.to.name = Some(name.into());
        assert_eq!(run(transport.send(&build(&letter, &sender(), "n-1", at()).expect("a message"))), Outcome::Sent);
        let got = server.received();
        assert_eq!(got.to[0].0, name);
        assert!(got.parts[0].text.starts_with(&format!("Hola, {name}:")), "{}", got.parts[0].text);
    }
}

#[test]
fn two_thousand_letters_hold_nobody_elses_address_name_or_link() {
    let kinds = notices();
    for n in 0..2_000_usize {
        let mut letter =
            letter(&format!("person{n}x@person.example"), Lang::ALL[n % 2], kinds[n % kinds.len()].clone());
        letter.to.name = Some(format!("Name{n}x"));
        letter.stop_link = Some(format!("https://board.example/stop/token{n}x"));
        let message = build(&letter, &sender(), &format!("n-{n}"), at()).expect("a message");
        let text = String::from_utf8(message.bytes().to_vec()).expect("ASCII").replace("=\r\n", "");
        for mark in ["person", "Name", "stop/token"] {
            let own = format!("{mark}{n}x");
            for (at, _) in text.match_indices(mark) {
                let found = text.get(at..).expect("a match");
                let rest = found.strip_prefix(mark).expect("a match");
                let other = rest.starts_with(|c: char| c.is_ascii_digit()) && !found.starts_with(&own);
                assert!(!other, "{found:.20} in a letter to {n}");
            }
        }
        assert_eq!(message.recipient(), format!("person{n}x@person.example"));
    }
}

#[test]
fn what_cannot_be_sent_says_why() {
    let good = letter("dana@person.example", Lang::En, reminder());
    let mut lost = good.clone();
    lost.to.address = "dana at home".into();
    assert!(matches!(build(&lost, &sender(), "n-1", at()), Err(BuildError::Recipient(_))));
    for address in ["a@x.example, b@x.example", "a@x.example\r\nBcc: b@x.example", "<a@x.example>"] {
        lost.to.address = address.into();
        assert!(matches!(build(&lost, &sender(), "n-1", at()), Err(BuildError::Recipient(_))), "{address}");
    }
    assert!(matches!(build(&good, &sender(), "n 1>", at()), Err(BuildError::MessageId(_))));
    let mut odd = good.clone();
    odd.stop_link = Some("https://x.example/>\r\nBcc: b@x.example".into());
    assert!(matches!(build(&odd, &sender(), "n-1", at()), Err(BuildError::StopLink)));
    assert!(
        !format!("{good:?} {:?}", build(&good, &sender(), "n-1", at())).contains("dana@"),
        "addresses stay out of logs"
    );
}
