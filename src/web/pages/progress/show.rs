//! `GET /progress`: the reader's own progress for the credential they choose.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};

use super::build::{Award, Background, is_closed, path_view};
use super::voice::Voice;
use super::{FilingView, Offer, PathChoice, PathView, ProgressPage};
use crate::rules::{Status, explain};
use crate::services::applications::{self, Filing};
use crate::services::rulebook;
use crate::services::ways::{self, Progress, Ways};
use crate::storage::rows::boards::CredentialRow;
use crate::storage::{Conn, Id};
use crate::web::app::App;
use crate::web::error::ApiError;
use crate::web::pages::answer;
use crate::web::pages::frame::Frame;
use crate::web::pages::visitor::Resident;
use crate::words::{Value, Words};

/// What the address of the page may say.
#[derive(Debug, serde::Deserialize)]
pub struct Asked {
    credential: Option<String>,
}

/// What was read for the page.
struct Seen {
    name: Option<String>,
    ways: Vec<CredentialRow>,
    progress: Option<Box<Progress>>,
    filing: Option<Filing>,
}

/// `GET /progress`
#[get("/progress")]
pub async fn show(reader: Resident, app: web::Data<App>, asked: web::Query<Asked>) -> Result<HttpResponse, ApiError> {
    let frame = reader.frame("progress-title")?;
    let words = frame.words;
    let (person, now) = (reader.account.who.person, app.clock.now());
    let wanted = asked.into_inner().credential;
    let seen = app.read(move |conn| look(conn, person, wanted.as_deref(), now)).await?;
    let here = seen.progress.as_ref().map(|progress| progress.credential.id);
    let page = ProgressPage {
        hello: seen
            .name
            .as_ref()
            .map_or_else(String::new, |name| words.with("progress-hello", &[("name", Value::from(name.as_str()))])),
        paths: seen.ways.iter().map(|way| choice(way, here)).collect(),
        filing: seen.filing.zip(seen.progress.as_ref()).map(|(filing, progress)| filing_view(&frame, filing, progress)),
        path: seen.progress.map(|progress| view(words, &progress)),
        frame,
    };
    Ok(answer::page(&reader.visit, StatusCode::OK, &page))
}

/// Reads what the page shows: of the credential asked for, or of the only one there is to choose.
fn look(
    conn: &mut Conn<'_>,
    person: Id,
    wanted: Option<&str>,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Seen, ApiError> {
    let Ways { ways, is_under_way } = ways::of(conn, person)?;
    let chosen = match wanted {
        Some(slug) => ways.iter().find(|way| way.slug == slug),
        None => ways.first().filter(|_| is_under_way || ways.len() == 1),
    };
    let progress = chosen.cloned().map(|way| ways::of_person(conn, person, way, now)).transpose()?;
    let filing = match &progress {
        Some(found) if !is_closed(&found.answered.evaluation) => {
            let asked = &found.answered.question;
            applications::filing(conn, person, &found.credential, asked.purpose, asked.as_of)?
        }
        Some(_) | None => None,
    };
    Ok(Seen { name: ways::name_of(conn, person)?, ways, progress: progress.map(Box::new), filing })
}

fn filing_view(frame: &Frame, filing: Filing, progress: &Progress) -> FilingView {
    let words = frame.words;
    let is_ready = progress.answered.evaluation.status == Status::Met;
    match filing {
        Filing::Open(id, day) => FilingView {
            sentence: words.with("progress-apply-open", &[("date", Value::from(words.date(day)))]),
            offer: None,
            open: Some(format!("/applications/{id}")),
        },
        Filing::Possible => FilingView {
            sentence: words.get(if is_ready { "progress-apply-ready" } else { "progress-apply-early" }).into_owned(),
            offer: Some(Offer {
                form_token: frame.form_token.clone().unwrap_or_default(),
                credential: progress.credential.id.to_string(),
                purpose: progress.answered.question.purpose.word(),
                is_ready,
            }),
            open: None,
        },
    }
}

fn choice(way: &CredentialRow, here: Option<Id>) -> PathChoice {
    PathChoice {
        href: format!("/progress?credential={}", way.slug),
        label: way.title.clone(),
        is_here: here == Some(way.id),
    }
}

fn view(words: &'static Words, progress: &Progress) -> PathView {
    let Progress { answered, held, credential, names } = progress;
    let version = answered.version();
    let lang = words.lang();
    let background = Background {
        credential: version.map_or_else(|| credential.title.clone(), |version| version.name.in_lang(lang).to_owned()),
        award: held.as_ref().map(|held| Award { status: held.status.label(lang).to_owned(), through: held.through }),
        voice: Voice::new(lang, version, &answered.evaluation),
        names: names.clone(),
        standing: match (answered.evaluation.no_way_back(), version) {
            (Some(note), _) => explain::note(note, lang),
            (None, Some(version)) => explain::standing(version, &answered.evaluation, lang),
            (None, None) => String::new(),
        },
        is_end_open: version.is_some_and(|version| {
            let stage = &answered.evaluation.stage;
            version.stages.iter().any(|known| known.id == *stage && !known.says_its_end())
        }),
        rules: version
            .map(|version| format!("{}?on={}", rulebook::path(&credential.region, &credential.slug), version.id)),
    };
    path_view(words, &answered.evaluation, &answered.record, &background)
}
