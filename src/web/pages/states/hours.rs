//! A person's own hours and what a supervisor signs.

use std::collections::BTreeMap;

use askama::Template;
use chrono::{Days, NaiveDate};

use super::{day, signed_in};
use crate::rules::Lang;
use crate::services::hours::{EntryView, HoursWish, Supervision, WaitingEntry};
use crate::storage::rows::service::ServiceEntryRow;
use crate::storage::{Id, Moment, Word};
use crate::web::pages::form::Form;
use crate::web::pages::frame::Frame;
use crate::web::pages::hours::entry_form::{EntryPage, Typed};
use crate::web::pages::hours::list::{HoursPage, Seen};
use crate::web::pages::hours::to_sign::{Said, ToSignPage, read};
use crate::words::Words;

const LOU: Id = Id(7);

fn entry(id: i64, from: NaiveDate, minutes: i32, kind: &str, state: &'static str) -> EntryView {
    let row = ServiceEntryRow {
        person_id: Id(1),
        id: Id(id),
        revision: 1,
        from_day: from.into(),
        to_day: from.into(),
        start_minute: None,
        end_minute: None,
        minutes,
        kind: Word(0),
        state: Word(0),
        supervisor_id: Some(LOU),
        domain: None,
        setting: None,
        role: None,
        site: None,
        paid: None,
        observed: false,
        group_size: None,
        source_key: None,
        recorded_at: Moment(0),
        recorded_by: Id(1),
        reason: None,
    };
    let reason = (state == "sent_back").then(|| "The day looks wrong. We were closed.".to_owned());
    EntryView { row, kind: kind.to_owned(), state, reason }
}

fn supervision(state: &str) -> Supervision {
    Supervision {
        person_id: Id(1),
        id: Id(2),
        revision: 1,
        supervisor_id: LOU,
        organization_id: None,
        state: state.to_owned(),
        delegate_of: None,
        from_day: day(2026, 6, 1).into(),
        through_day: None,
        recorded_at: Moment(0),
        recorded_by: Id(1),
    }
}

fn seen() -> Seen {
    let asked = Supervision { supervisor_id: Id(8), id: Id(3), ..supervision("asked") };
    Seen {
        entries: vec![
            entry(4, day(2026, 11, 20), 120, "direct", "waiting"),
            entry(3, day(2026, 11, 19), 60, "supervision_individual", "sent_back"),
            entry(2, day(2026, 11, 18), 90, "administrative", "attested"),
            entry(1, day(2026, 11, 17), 45, "study", "withdrawn"),
        ],
        supervisions: vec![supervision("active"), asked],
        names: BTreeMap::from([(LOU, "Lou Park".to_owned())]),
    }
}

fn list(lang: Lang, seen: &Seen, done: Option<&str>) -> String {
    HoursPage::new(signed_in(lang, "hours-title", "/hours"), seen, done).render().unwrap()
}

fn mend_supervisor(lang: Lang) -> String {
    let words = Words::of(lang);
    let mut form = Form::default();
    form.add("email", words.get("hours-supervisor-oneself"));
    let frame = Frame { has_problems: true, ..signed_in(lang, "hours-title", "/hours") };
    let page = HoursPage::new(frame, &seen(), None);
    HoursPage { form, email: "dana@example.org".into(), ..page }.render().unwrap()
}

fn form(lang: Lang, title: &str, typed: Typed, form: Form, is_change: bool) -> String {
    let page = EntryPage::new(signed_in(lang, title, "/hours/new"), &seen(), typed, form);
    let reason = is_change.then(|| "The day looks wrong. We were closed.".to_owned());
    EntryPage { reason, take_back: is_change.then(|| "/hours/x/take-back".to_owned()), ..page }.render().unwrap()
}

fn typed() -> Typed {
    let text = str::to_owned;
    Typed {
        day: text("2026-11-19"),
        hours: text("1"),
        minutes: text("0"),
        kind: text("supervision_individual"),
        supervisor: LOU.to_string(),
        revision: 1,
        ..Typed::default()
    }
}

/// Twenty entries of two people over three weeks.
fn waiting() -> Vec<WaitingEntry> {
    let one = |n: u64| {
        let from = day(2026, 11, 2).checked_add_days(Days::new(n)).unwrap();
        let minutes = if n == 9 { 600 } else { 90 };
        let mut entry = entry(i64::try_from(n).unwrap() + 10, from, minutes, "direct", "waiting");
        let name = if n.is_multiple_of(3) { "Lee Thompson-Okonkwo" } else { "Dana Rivera" };
        entry.row.person_id = Id(if n.is_multiple_of(3) { 2 } else { 1 });
        WaitingEntry { name: name.to_owned(), entry }
    };
    (0..20).map(one).collect()
}

fn to_sign(lang: Lang, waiting: &[WaitingEntry], asked: bool, said: Said, done: bool) -> String {
    let asked = if asked { vec![(supervision("asked"), "Sam Ortiz".to_owned())] } else { Vec::new() };
    let mut page = ToSignPage::new(signed_in(lang, "to-sign-title", "/hours/to-sign"), waiting, &asked, said);
    if done {
        let told = page.frame.words.with("to-sign-done-signed", &[("n", 18.into())]);
        page.done = vec![told, page.frame.words.with("to-sign-done-left", &[("n", 1.into())])];
    }
    page.render().unwrap()
}

/// The states in one language.
pub fn states(lang: Lang) -> Vec<(&'static str, String)> {
    let words = Words::of(lang);
    let empty = Typed::default().wish(words, HoursWish::default()).unwrap_err();
    let nothing = read(words, &[]);
    vec![
        ("hours", list(lang, &seen(), Some("hours-done-saved"))),
        ("hours-none", list(lang, &Seen::default(), None)),
        ("hours-supervisor-mend", mend_supervisor(lang)),
        ("hours-new", form(lang, "hours-new-title", Typed::default(), Form::default(), false)),
        ("hours-new-mend", form(lang, "hours-new-title", Typed::default(), empty, false)),
        ("hours-change", form(lang, "hours-change-title", typed(), Form::default(), true)),
        ("to-sign", to_sign(lang, &waiting(), true, Said::default(), false)),
        ("to-sign-mend", to_sign(lang, &waiting(), false, nothing, false)),
        ("to-sign-done", to_sign(lang, &waiting()[..1], false, Said::default(), true)),
        ("to-sign-none", to_sign(lang, &[], false, Said::default(), false)),
    ]
}
