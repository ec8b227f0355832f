//! `GET /rules/{region}/{credential}`: the rules of a credential today, or on another day.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{Changes, SourceView, VersionLink, VersionPage, sections};
use crate::rules::calendar::parse_day;
use crate::rules::{Pack, Version, diff, render};
use crate::services::rulebook::{self, Entry};
use crate::web::app::App;
use crate::web::error::ApiError;
use crate::web::extract::segment;
use crate::web::pages::answer;
use crate::web::pages::form::Form;
use crate::web::pages::frame::Frame;
use crate::web::pages::visitor::Visitor;
use crate::words::{Value, Words};

/// What the address of the page may say.
#[derive(Debug, serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    on: String,
}

/// `GET /rules/{region}/{credential}`
#[get("/rules/{region}/{credential}")]
pub async fn show(
    visitor: Visitor,
    app: web::Data<App>,
    asked: web::Query<Asked>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let frame = visitor.frame("rules-title")?;
    let (region, credential) = (segment::<String>(&request, "region")?, segment::<String>(&request, "credential")?);
    let found = app.read(move |conn| rulebook::find(conn, &region, &credential)).await?;
    let entry = found.ok_or_else(ApiError::not_found)?;
    let page = VersionPage::new(frame, &entry, asked.on.trim(), app.clock.now()).ok_or_else(ApiError::not_found)?;
    let status = if page.form.has_problems() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(answer::page(&visitor.visit, status, &page))
}

impl VersionPage {
    /// The version in force on the day asked for, else today; `None` for rules without a version.
    #[must_use]
    pub fn new(mut frame: Frame, entry: &Entry, on: &str, now: DateTime<Utc>) -> Option<Self> {
        let (words, pack) = (frame.words, &entry.pack);
        let (lang, zone) = (words.lang(), pack.versions.last()?.time_zone.parse().unwrap_or(Tz::UTC));
        let today = now.with_timezone(&zone).date_naive();
        let mut form = Form::default();
        let day = match (on, parse_day(on)) {
            ("", _) => None,
            (_, Some(day)) => Some(day),
            (_, None) => {
                form.add("on", words.get("rules-on-again"));
                None
            }
        };
        let (version, is_in_force) = version_on(pack, day.unwrap_or(today))?;
        let page = render::page(version, lang);
        frame.title = page.title.clone();
        frame.has_problems = form.has_problems();
        let path = rulebook::path(&entry.region, &pack.id);
        let (named, beside): (Vec<_>, Vec<_>) = page.sources.iter().partition(|source| source.is_named);
        Some(Self {
            named: named.into_iter().map(SourceView::from).collect(),
            beside: beside.into_iter().map(SourceView::from).collect(),
            versions: links(&frame, &path, pack, version, today),
            shown: shown(words, version, is_in_force, day, today),
            changes: changes(words, pack, version),
            sections: sections(&page),
            on: on.to_owned(),
            frame,
            form,
            path,
            page,
        })
    }
}

/// The version of a day; where none was in force, the one that comes next or was the last.
fn version_on(pack: &Pack, day: NaiveDate) -> Option<(&Version, bool)> {
    match pack.in_force_on(day) {
        Some(version) => Some((version, true)),
        None => {
            let next = pack.versions.iter().find(|version| version.in_force.from.is_some_and(|from| from > day));
            next.or(pack.versions.last()).map(|version| (version, false))
        }
    }
}

/// A sentence where the page shows other rules than those of today.
fn shown(words: &Words, version: &Version, in_force: bool, day: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
    let date = |day: NaiveDate| Value::from(words.date(day));
    let asked = day.unwrap_or(today);
    if !in_force {
        return Some(words.with("rules-on-none", &[("date", date(asked))]));
    }
    let is_todays = version.in_force.from.is_some_and(|from| from <= today) && version.in_force.contains(today);
    day.filter(|day| *day != today || !is_todays).map(|day| words.with("rules-on-shown", &[("date", date(day))]))
}

/// The other versions, newest first.
fn links(frame: &Frame, path: &str, pack: &Pack, shown: &Version, today: NaiveDate) -> Vec<VersionLink> {
    if pack.versions.len() < 2 {
        return Vec::new();
    }
    let words = frame.words;
    let current = pack.in_force_on(today).map(|version| version.id.as_str());
    let link = |version: &Version| {
        let key = if current == Some(version.id.as_str()) { "rules-version-today" } else { "rules-version" };
        let date = version.in_force.from.map(|from| words.date(from)).unwrap_or_default();
        let lang = if frame.here.has_lang { format!("&lang={}", words.lang().tag()) } else { String::new() };
        let href = (version.id != shown.id).then(|| format!("{path}?on={}{lang}", version.id));
        VersionLink { href, label: words.with(key, &[("date", Value::from(date))]) }
    };
    pack.versions.iter().rev().map(link).collect()
}

fn changes(words: &Words, pack: &Pack, version: &Version) -> Option<Changes> {
    let at = pack.versions.iter().position(|known| known.id == version.id)?;
    let before = pack.versions.get(at.checked_sub(1)?)?;
    let difference = diff::difference(before, version);
    let date = before.in_force.from.map(|from| words.date(from)).unwrap_or_default();
    Some(Changes {
        heading: words.with("rules-changes", &[("date", Value::from(date))]),
        told: diff::told(&difference, words.lang()),
        summary: diff::summary(&difference, words.lang()),
    })
}
