//! Certificates, applications and devices of the reader.

use askama::Template;

use super::{signed_in, verified};
use crate::rules::Lang;
use crate::services::profile::{Change, Profile, Told};
use crate::services::register::Choice;
use crate::services::standing::PublicStatus;
use crate::services::verify::OwnCertificate;
use crate::storage::rows::access::SessionRow;
use crate::storage::{Id, Moment};
use crate::web::pages::form::Form;
use crate::web::pages::own::application::ApplicationPage;
use crate::web::pages::own::certificates::CertificatesPage;
use crate::web::pages::own::devices::DevicesPage;
use crate::web::pages::own::profile::{ProfilePage, Typed, name_problem};
use crate::words::Words;

fn certificates(lang: Lang, statuses: &[PublicStatus], choice: Choice, done: bool) -> String {
    let own = |(n, status): (usize, &PublicStatus)| OwnCertificate {
        id: Id(i64::try_from(n).unwrap()),
        code: "code".into(),
        shown: verified(*status),
    };
    let own: Vec<_> = statuses.iter().enumerate().map(own).collect();
    let frame = signed_in(lang, "certificates-title", "/certificates");
    CertificatesPage::new(frame, &own, choice, done).render().unwrap()
}

fn application(lang: Lang, state: &str, said: &[(&str, &str)], missing: &[&str]) -> String {
    let words = Words::of(lang);
    let date = || words.date(super::day(2026, 11, 21));
    let page = ApplicationPage {
        frame: signed_in(lang, "application-title", "/applications/x"),
        form_token: "token".into(),
        credential: "Certified Specialist".into(),
        state: words.get(state).into_owned(),
        reference: words.with("application-reference", &[("id", "06b8dm3k7w2q0".into())]),
        said: said.iter().map(|(key, text)| words.with(key, &[("text", (*text).into())])).collect(),
        missing: missing.iter().map(|line| (*line).to_owned()).collect(),
        events: vec![words.with("application-event-received", &[("date", date().into())])],
        path: "/applications/x".into(),
        waits_for_you: !missing.is_empty(),
        is_open: said.is_empty(),
    };
    page.render().unwrap()
}

fn devices(lang: Lang) -> String {
    let row = |id: i64, kind: &str| SessionRow {
        person_id: Id(1),
        id: Id(id),
        kind: kind.to_owned(),
        created_at: Moment::from("2026-11-21T16:05:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap()),
        expires_at: Moment(0),
        ended_at: None,
    };
    let frame = signed_in(lang, "devices-title", "/devices");
    DevicesPage::new(frame, &[row(2, "web"), row(1, "api")], Id(2), chrono_tz::Tz::UTC).render().unwrap()
}

fn profile(lang: Lang, is_open: bool, form: Form, done: bool) -> String {
    let at = Moment::from("2026-11-21T16:05:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    let told =
        |by_oneself, told, reason: Option<&str>| Change { at, by_oneself, told, reason: reason.map(str::to_owned) };
    let born = super::day(1988, 2, 29);
    let known = Profile {
        revision: 2,
        name: Some("Dana Rivera".into()),
        birth_date: Some(born),
        name_is_open: is_open,
        birth_date_is_open: is_open,
        changes: vec![
            told(true, Told::Name("Dana Rivera".into()), None),
            told(false, Told::BirthDate(born), Some("Seen on a paper")),
        ],
    };
    let typed = Typed { revision: 2, name: "Dana Rivera".into(), birth_date: born.to_string(), ..Typed::default() };
    ProfilePage::new(signed_in(lang, "profile-title", "/profile"), &known, typed, form, done).render().unwrap()
}

/// A form with every field to mend.
fn wrong_profile(words: &Words) -> Form {
    let mut form = name_problem(words, "Dana \u{1F600}");
    form.add("name_from", words.get("profile-name-from-bad"));
    form.add("birth_date", words.get("profile-birth-bad"));
    form
}

/// The states in one language.
pub fn states(lang: Lang) -> Vec<(&'static str, String)> {
    let (open, hidden) = (Choice { shown: true, safety: false }, Choice { shown: false, safety: false });
    let both = [PublicStatus::NotActive, PublicStatus::Active];
    let said = [
        ("application-reason", "Two hours on ethics are missing."),
        ("application-next", "Add the two hours and apply again."),
        ("application-appeal", "Write to the board or call."),
    ];
    vec![
        ("certificates", certificates(lang, &both, open, false)),
        ("certificates-none", certificates(lang, &[], open, false)),
        ("certificates-hidden", certificates(lang, &both[1..], hidden, true)),
        ("certificates-safety", certificates(lang, &both[1..], Choice { shown: true, safety: true }, false)),
        ("application", application(lang, "application-state-waiting", &[], &[])),
        (
            "application-open",
            application(lang, "application-state-more-needed", &[], &["A copy of your training paper"]),
        ),
        ("application-refused", application(lang, "application-state-refused", &said, &[])),
        ("devices", devices(lang)),
        ("profile", profile(lang, true, Form::default(), true)),
        ("profile-fixed", profile(lang, false, Form::default(), false)),
        ("profile-wrong-mend", profile(lang, true, wrong_profile(Words::of(lang)), false)),
    ]
}
