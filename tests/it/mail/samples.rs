//! One letter of every kind, and the corpus of names that try to break out.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use credtrail::mail::*;
use credtrail::rules::Lang;

/// Names that try to become something else, and names that only look as if.
pub const NAMES: [&str; 12] = [
    "Dana\r\nBcc: everyone@example.org",
    "Dana\nSubject: hello\n\nand a body",
    "=HYPERLINK(\"http://evil.example\")",
    "=> Click here http://evil.example",
    "<img src=x onerror=alert(1)>",
    "\u{202E}anaD\u{2066}",
    "Da\u{0}na",
    "Zoë Nguyễn 🌱 d'Ávila",
    "عمر بن سعيد",
    "Rivera, Dana \"the\" <boss@example.org>",
    "=?utf-8?q?Bcc=3A_x=40example=2Eorg?=",
    "{{ letter }} {% raw %}",
];

/// The day the samples speak of.
pub fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 6, 30).expect("a day")
}

/// When the samples are sent.
pub fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 4, 1, 8, 30, 0).single().expect("a moment")
}

pub fn sender() -> Sender {
    Sender {
        address: "no-reply@board.example".into(),
        name: "Credtrail".into(),
        reply_to: Some("help@board.example".into()),
        domain: "board.example".into(),
        public_url: "https://board.example".into(),
    }
}

/// A letter with `notice` to `address`.
pub fn letter(address: &str, lang: Lang, notice: Notice) -> Letter {
    Letter {
        to: Recipient { address: address.into(), name: Some("Dana".into()) },
        lang,
        board: Some(Board { name: "State Board".into(), phone: Some("555-0100".into()) }),
        stop_link: Some("/stop/abc".into()),
        notice,
    }
}

/// The reminder of the design's wireframe.
pub fn reminder() -> Notice {
    Notice::Reminder(Reminder {
        ends_on: day(),
        apply_by: None,
        tally: Some(Tally { counted_minutes: 1860, needed_minutes: 2760 }),
        missing: vec!["Ethics: 2 more hours".into(), "Any topic: 13 more hours".into()],
        next_step: "Add a class.".into(),
        link: link(),
    })
}

fn link() -> String {
    "/a/Zx81".into()
}

fn appeal() -> Appeal {
    Appeal { how: "Write to the board or call.".into(), by: Some(day()) }
}

/// One of every kind, and both sides of every choice its words make.
pub fn notices() -> Vec<Notice> {
    let mut all = vec![
        Notice::VerifyAddress(VerifyAddress { link: link(), valid_hours: 48 }),
        Notice::PasswordReset(PasswordReset { link: link(), valid_minutes: 30 }),
        Notice::Invitation(Invitation { link: link(), valid_through: day() }),
        Notice::SignedIn(SignedIn { on: day(), link: link() }),
        Notice::DisputeOpened(DisputeOpened { answer_by: day(), link: link() }),
        reminder(),
        Notice::EntrySentBack(EntrySentBack {
            on: day(),
            minutes: 90,
            reason: "The day looks wrong.".into(),
            link: link(),
        }),
    ];
    all.push(Notice::HoursToSign(HoursToSign { link: link() }));
    for minutes in [0, 360] {
        all.push(Notice::CompletionRecorded(CompletionRecorded { on: day(), minutes, link: link() }));
    }
    for changed in [true, false] {
        all.push(Notice::DisputeAnswered(DisputeAnswered {
            changed,
            reason: "The class list shows it.".into(),
            link: link(),
        }));
    }
    all.extend(decisions());
    all.extend(standings());
    all
}

fn decisions() -> Vec<Notice> {
    let mut all = Vec::new();
    let reference = || "RN-7K3M-92QD".to_string();
    for (purpose, answer_by) in [(Purpose::First, None), (Purpose::Renewal, Some(day()))] {
        all.push(Notice::ApplicationReceived(ApplicationReceived {
            reference: reference(),
            purpose,
            received_on: day(),
            answer_by,
            link: link(),
        }));
        all.push(Notice::NotApproved(NotApproved {
            reference: reference(),
            purpose,
            reason: "Two hours on ethics are missing.".into(),
            next_step: "Add the two hours and apply again.".into(),
            appeal: appeal(),
            link: link(),
        }));
        let missing = vec!["Ethics: 2 more hours".into()];
        all.push(Notice::MoreNeeded(MoreNeeded { reference: reference(), missing, by: answer_by, link: link() }));
        all.push(Notice::Issued(Issued { through: answer_by, link: link() }));
        all.push(Notice::Renewed(Renewed { through: answer_by, link: link() }));
    }
    all
}

fn standings() -> Vec<Notice> {
    let mut all = Vec::new();
    for standing in [Standing::Suspended, Standing::Revoked, Standing::Reinstated] {
        all.push(Notice::StatusChanged(StatusChanged {
            standing,
            on: day(),
            reason: Some("A fact was not right.".into()),
            next_step: Some("Call us.".into()),
            appeal: Some(appeal()),
            link: link(),
        }));
    }
    all.push(Notice::StatusChanged(StatusChanged {
        standing: Standing::Reinstated,
        on: day(),
        reason: None,
        next_step: None,
        appeal: None,
        link: link(),
    }));
    for missing in [vec![], vec!["Ethics: 2 more hours".to_string()]] {
        all.push(Notice::Grace(Grace {
            ended_on: day(),
            grace_through: day(),
            missing: missing.clone(),
            next_step: "Send the renewal.".into(),
            link: link(),
        }));
        all.push(Notice::Reminder(Reminder {
            ends_on: day(),
            apply_by: Some(day()),
            tally: None,
            missing,
            next_step: "Send the renewal.".into(),
            link: link(),
        }));
    }
    all
}
