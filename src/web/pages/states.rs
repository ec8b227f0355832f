//! Every state of every page, rendered from fixtures in both languages and held to the same demands.
//!
//! The pages are also written to `target/page-states`, where the browser check looks at them.

mod hours;
mod own;
mod rules;
mod way_in;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use actix_web::test::TestRequest;
use askama::Template;
use chrono::{NaiveDate, TimeZone};

use super::error::{ErrorPage, Trouble};
use super::form::Form;
use super::frame::{Frame, Here, Site};
use super::info::InfoPage;
use super::progress::build::{Award, Background, path_view};
use super::progress::voice::Voice;
use super::progress::{FilingView, Offer, PathChoice, ProgressPage};
use super::sign_in::{self, SignInPage};
use super::start::StartPage;
use super::verify::{self, Found, VerifyPage, VerifyResultPage};
use super::visit::Visit;
use crate::rules::{Evaluation, Lang, Pack, Purpose, Question, Record};
use crate::services::standing::PublicStatus;
use crate::services::verify::Verified;
use crate::words::Words;

const RECORD: &str = include_str!("../../../tests/pages/working-record.json");
const WORKING: &str = include_str!("../../../tests/pages/working-evaluation.json");
const RENEWAL: &str = include_str!("../../../tests/pages/renewal-evaluation.json");

fn frame(lang: Lang, title: &str, path: &str) -> Frame {
    let site =
        Site { help_phone: Some("555-0100".into()), help_mail: Some("help@board.example".into()), ..Site::default() };
    Frame::new(lang, title, Here::of(path, ""), Arc::new(site))
}

fn signed_in(lang: Lang, title: &str, path: &str) -> Frame {
    Frame { form_token: Some("token".into()), ..frame(lang, title, path) }
}

/// The rules of a real credential, in the reader's language.
fn shipped(lang: Lang) -> String {
    let words = Words::of(lang);
    let file = include_str!("../../../config/rules/us-ne/cpss/2021-09-01.toml");
    let pack = Pack::parse(&[("2021-09-01.toml", file)]).unwrap();
    let record = Record::from_json(RECORD).unwrap();
    let question = Question { as_of: day(2026, 11, 21), purpose: Purpose::Initial, stage: None };
    let version = pack.version_for(&record, question.as_of, question.purpose).unwrap();
    let evaluation = crate::rules::evaluate(version, &record, &question);
    let background = Background {
        credential: version.name.in_lang(lang).to_owned(),
        voice: Voice::new(lang, Some(version), &evaluation),
        ..Background::default()
    };
    let page = ProgressPage {
        frame: signed_in(lang, "progress-title", "/progress"),
        hello: words.with("progress-hello", &[("name", "Dana".into())]),
        paths: Vec::new(),
        path: Some(path_view(words, &evaluation, &record, &background)),
        filing: None,
    };
    page.render().unwrap()
}

fn progress(lang: Lang, evaluation: Option<&str>, award: Option<Award>) -> String {
    let words = Words::of(lang);
    let record = Record::from_json(RECORD).unwrap();
    let names = [
        ("core-46", "Core training"),
        ("north-academy", "North Academy"),
        ("harbor-house", "Harbor House"),
        ("webinar-7", "Boundaries"),
    ];
    let background = Background {
        standing: match lang {
            Lang::En => "Training: 31 of 46 hours. 15 to go: 5 ethics.".into(),
            Lang::Es => "Capacitación: 31 de 46 horas. Faltan 15.".into(),
        },
        credential: "Certified Specialist".into(),
        award,
        voice: Voice::default(),
        names: names.map(|(id, name)| (id.to_owned(), name.to_owned())).into(),
        rules: Some("/rules/us-ne/cpss".into()),
        is_end_open: false,
    };
    let evaluation: Option<Evaluation> = evaluation.map(|text| serde_json::from_str(text).unwrap());
    let choice =
        |label: &str, is_here| PathChoice { href: "/progress?credential=a".into(), label: label.into(), is_here };
    let page = ProgressPage {
        frame: signed_in(lang, "progress-title", "/progress"),
        hello: words.with("progress-hello", &[("name", "Dana".into())]),
        paths: vec![choice("Certified Specialist", true), choice("Family Specialist", false)],
        filing: evaluation.as_ref().map(|_| filing(lang, background.award.is_none())),
        path: evaluation.map(|evaluation| path_view(words, &evaluation, &record, &background)),
    };
    page.render().unwrap()
}

/// Applying: possible, or done.
fn filing(lang: Lang, is_possible: bool) -> FilingView {
    let words = Words::of(lang);
    let date = words.date(day(2026, 11, 21));
    if !is_possible {
        let sentence = words.with("progress-apply-open", &[("date", date.into())]);
        return FilingView { sentence, offer: None, open: Some("/applications/x".into()) };
    }
    let (form_token, credential) = ("token".into(), "06b8dm3k7w2q0".into());
    let offer = Offer { form_token, credential, purpose: "initial", is_ready: false };
    FilingView { sentence: words.get("progress-apply-early").into_owned(), offer: Some(offer), open: None }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// What is told of a certificate with this status.
fn verified(status: PublicStatus) -> Verified {
    Verified {
        status,
        replaced: status == PublicStatus::NotActive,
        other_term: status == PublicStatus::Active,
        name: "Dana Rivera".into(),
        credential: "Certified Specialist".into(),
        number: "AB-4KTM-9QXF-22".into(),
        board: "State Board".into(),
        board_phone: Some("555-0100".into()),
        zone: chrono_tz::America::Chicago,
        issued_on: day(2023, 7, 1),
        from: day(2025, 7, 1),
        through: Some(day(2027, 6, 30)),
        printed: (day(2023, 7, 1), Some(day(2025, 6, 30))),
        as_of: day(2026, 11, 21),
        document_sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
    }
}

fn result(lang: Lang, status: Option<PublicStatus>) -> String {
    let words = Words::of(lang);
    let at = chrono_tz::America::Chicago.with_ymd_and_hms(2026, 11, 21, 16, 5, 0).unwrap();
    let title = if status.is_some() { "verify-result-title" } else { "verify-none-title" };
    let page = VerifyResultPage {
        frame: frame(lang, title, "/verify/code"),
        found: status.map(|status| Found::new(words, &verified(status))),
        checked: verify::checked_sentence(words, &at),
    };
    page.render().unwrap()
}

fn sign_in(lang: Lang, form: Form) -> String {
    let mut frame = frame(lang, "sign-in-title", "/sign-in");
    frame.has_problems = form.has_problems();
    let page = SignInPage {
        frame,
        form,
        form_token: "token".into(),
        next: "/progress".into(),
        asked_to_sign_in: true,
        done: None,
        email: "dana@example.org".into(),
    };
    page.render().unwrap()
}

fn verify_form(lang: Lang, form: Form) -> String {
    let mut frame = frame(lang, "verify-title", "/verify");
    frame.has_problems = form.has_problems();
    VerifyPage { frame, form, number: String::new(), family_name: "Rivera".into() }.render().unwrap()
}

fn states(lang: Lang) -> Vec<(String, String)> {
    let words = Words::of(lang);
    let award = || Some(Award { status: PublicStatus::Active.label(lang).to_owned(), through: Some(day(2027, 6, 30)) });
    let start = |frame, signed_out| StartPage { frame, signed_out }.render().unwrap();
    let mut pages = vec![
        ("start", start(frame(lang, "start-title", "/"), true)),
        ("start-signed-in", start(signed_in(lang, "start-title", "/"), false)),
        ("sign-in", sign_in(lang, Form::default())),
        ("sign-in-empty-mend", sign_in(lang, sign_in::check(words, "", ""))),
        ("sign-in-no-match-mend", sign_in(lang, sign_in::no_match(words))),
        ("progress", progress(lang, Some(WORKING), None)),
        ("progress-renewal", progress(lang, Some(RENEWAL), award())),
        ("progress-empty", progress(lang, None, None)),
        ("progress-shipped", shipped(lang)),
        ("verify", verify_form(lang, Form::default())),
        ("verify-empty", verify_form(lang, verify::check(words, "", ""))),
        ("result-active", result(lang, Some(PublicStatus::Active))),
        ("result-not-active", result(lang, Some(PublicStatus::NotActive))),
        ("result-on-hold", result(lang, Some(PublicStatus::OnHold))),
        ("result-withdrawn", result(lang, Some(PublicStatus::Withdrawn))),
        ("privacy", InfoPage::privacy(frame(lang, "privacy", "/privacy")).render().unwrap()),
        ("result-none", result(lang, None)),
    ]
    .into_iter()
    .chain(way_in::states(lang))
    .chain(hours::states(lang))
    .chain(own::states(lang))
    .chain(rules::states(lang))
    .map(|(name, html)| (name.to_owned(), html))
    .collect::<Vec<_>>();
    for trouble in Trouble::ALL {
        let request = TestRequest::with_uri(&format!("/x?lang={}", lang.tag())).to_http_request();
        let page = ErrorPage::new(&Visit::of(&request), trouble, "7K3M-92QD");
        pages.push((format!("error-{trouble:?}").replace(['(', ')'], "-").to_lowercase(), page.render().unwrap()));
    }
    pages
}

fn both() -> impl Iterator<Item = (Lang, String, String)> {
    Lang::ALL.into_iter().flat_map(|lang| states(lang).into_iter().map(move |(name, html)| (lang, name, html)))
}

/// The values of `attribute` in document order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    html.split(&format!(" {attribute}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn every_state_is_kept_for_the_browser_check() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/page-states");
    if folder.exists() {
        // States that are gone are not to be looked at any more.
        std::fs::remove_dir_all(&folder).unwrap();
    }
    for (lang, name, html) in both() {
        let folder = folder.join(lang.tag());
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
    }
}

#[test]
fn every_page_names_its_language_and_has_one_heading_and_a_title_of_its_own() {
    for lang in Lang::ALL {
        let mut titles = BTreeSet::new();
        for (name, html) in states(lang) {
            assert!(html.contains(&format!("<html lang=\"{}\"", lang.tag())), "{name}");
            assert_eq!(html.matches("<h1").count(), 1, "{name}");
            let title = html.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
            assert!(title.ends_with(" - Credtrail"), "{name}: {title}");
            titles.insert(title.to_owned());
        }
        assert!(titles.len() >= 12, "{titles:?}");
    }
}

#[test]
fn no_page_runs_script_styles_itself_or_asks_another_host() {
    for (_, name, html) in both() {
        for word in ["<script", "<style", " style=", " onclick", "javascript:", "@import"] {
            assert!(!html.contains(word), "{name} has `{word}`");
        }
        for link in values(&html, "src")
            .into_iter()
            .chain(html.split("<link ").skip(1).flat_map(|tag| values(tag, "href").into_iter().take(1)))
        {
            assert!(link.starts_with('/') && !link.starts_with("//"), "{name} loads {link}");
        }
    }
}

#[test]
fn ids_are_unique_and_every_reference_to_one_leads_somewhere() {
    for (_, name, html) in both() {
        let ids = values(&html, "id");
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{name} has an id twice: {ids:?}");
        let named = ["for", "aria-labelledby", "aria-describedby"].map(|attribute| values(&html, attribute)).concat();
        for id in named.iter().flat_map(|list| list.split(' ')) {
            assert!(ids.contains(&id), "{name}: nothing has the id `{id}`");
        }
        for anchor in values(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
            assert!(ids.contains(&anchor), "{name}: no place `#{anchor}`");
        }
    }
}

#[test]
fn every_field_has_a_label_and_every_problem_stands_on_top_and_at_its_field() {
    for (lang, name, html) in both().filter(|(_, name, _)| name.ends_with("-mend") || name == "verify-empty") {
        assert!(html.contains("govuk-error-summary"), "{name}");
        assert!(html.contains("<title>Error: "), "{name}");
        for field in html.split("govuk-form-group--error").skip(1) {
            let id = *values(field, "for").first().unwrap();
            let text = field.split_once("</span> ").unwrap().1.split_once("</p>").unwrap().0;
            assert!(html.contains(&format!("<a href=\"#{id}\">{text}</a>")), "{name} {lang:?}: {text}");
        }
    }
}

#[test]
fn help_and_the_crisis_line_stand_at_the_same_place_on_every_page() {
    for (_, name, html) in both().filter(|(_, name, _)| !name.starts_with("error")) {
        let footer = html.split_once("<footer").unwrap().1;
        let places = ["555-0100", "help@board.example", "988", "/privacy"].map(|word| footer.find(word));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{name}: {places:?}");
    }
}

#[test]
fn the_result_says_the_same_for_every_code_that_may_not_be_shown() {
    let html = result(Lang::En, None);
    assert!(html.contains("We cannot show a certificate for what you entered"));
    assert!(!html.contains("Rivera"));
}

#[test]
fn every_record_is_on_the_page_with_where_it_counts_or_why_not() {
    let html = progress(Lang::En, Some(WORKING), None);
    for words in [
        "<strong>Training: 31 of 46 hours. 15 to go: 5 ethics.</strong>",
        "31 of 46 hours. 15 to go.",
        "Core training, North Academy",
        "March 10, 2026 to March 14, 2026 · 20 hours",
        "10 hours for Ethics.",
        "2 hours not counted: Training: The limit for this sort of hours is used up.",
        "1 hour not counted: Supervised work: Nobody has signed it yet.",
        "Not counted: Nobody has confirmed it yet.",
        "No rule of this certificate asks for it. We keep it.",
        "1 hour 30 minutes more are needed across these together: Ethics, Advocacy and speaking up for others.",
        "The board has not confirmed them yet.",
        "Training: 15 hours to go",
        "Where this rule is written: Handbook 3.1",
    ] {
        assert!(html.contains(words), "missing: {words}");
    }
    assert!(!html.contains("Does not concern you"));
    assert_eq!(html.matches("class=\"ct-record\"").count(), 8);
}

#[test]
fn a_renewal_shows_the_certificate_and_the_days_that_lie_ahead() {
    let html =
        progress(Lang::Es, Some(RENEWAL), Some(Award { status: "Activo".into(), through: Some(day(2027, 6, 30)) }));
    for words in [
        "Activo hasta el 30 de junio de 2027",
        "Su renovación se abre el 1 de abril de 2027.",
        "23 de 20 horas. Ya tiene lo que necesita.",
    ] {
        assert!(html.contains(words), "missing: {words}");
    }
    assert!(!html.contains("Tenga en cuenta"), "a confirmed version carries no note");
}

#[test]
fn names_and_typed_words_are_escaped() {
    let mut frame = frame(Lang::En, "verify-title", "/verify");
    frame.here.query = "a=\"><script>".into();
    let page = VerifyPage {
        frame,
        form: Form::default(),
        number: "\"><script>alert(1)</script>".into(),
        family_name: String::new(),
    };
    assert!(!page.render().unwrap().contains("<script"));
}

#[test]
fn a_shipped_pack_is_shown_in_the_readers_language_to_the_last_word() {
    let file = include_str!("../../../config/rules/us-ne/cpss/2021-09-01.toml");
    let pack = Pack::parse(&[("2021-09-01.toml", file)]).unwrap();
    let (english, spanish) = (shipped(Lang::En), shipped(Lang::Es));
    for rule in &pack.versions[0].purposes[&Purpose::Initial].rules {
        let escaped = |text: &str| text.replace('&', "&#38;").replace('\'', "&#39;");
        assert!(english.contains(&escaped(&rule.label.en)), "{}", rule.label.en);
        assert!(spanish.contains(&escaped(&rule.label.es)), "{}", rule.label.es);
        assert!(
            rule.label.en == rule.label.es || !spanish.contains(&format!(">{}<", rule.label.en)),
            "{}",
            rule.label.en
        );
    }
}
