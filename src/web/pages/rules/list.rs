//! `GET /rules`: every credential whose rules can be read, by region.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};

use super::{CredentialView, RegionView, RulesPage};
use crate::rules::{Lang, render};
use crate::services::rulebook::{self, Entry};
use crate::web::app::App;
use crate::web::error::ApiError;
use crate::web::pages::answer;
use crate::web::pages::frame::Frame;
use crate::web::pages::visitor::Visitor;

/// `GET /rules`
#[get("/rules")]
pub async fn show(visitor: Visitor, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let frame = visitor.frame("rules-title")?;
    let entries = app.read(rulebook::all).await?;
    Ok(answer::page(&visitor.visit, StatusCode::OK, &RulesPage::new(frame, &entries)))
}

impl RulesPage {
    /// The list, regions by the name the reader knows them by; the whole country and the world come first.
    #[must_use]
    pub fn new(frame: Frame, entries: &[Entry]) -> Self {
        let lang = frame.words.lang();
        let mut regions: Vec<(bool, RegionView)> = Vec::new();
        for entry in entries {
            let (name, view) = (render::place(&entry.region, lang), credential(&frame, entry, lang));
            match regions.iter_mut().find(|(_, region)| region.name == name) {
                Some((_, region)) => region.credentials.push(view),
                None => {
                    let is_wide = ["us", "intl"].contains(&entry.region.as_str());
                    regions.push((!is_wide, RegionView { name, credentials: vec![view] }));
                }
            }
        }
        regions.sort_by(|(one_state, one), (two_state, two)| {
            (one_state, plain(&one.name)).cmp(&(two_state, plain(&two.name)))
        });
        Self { frame, regions: regions.into_iter().map(|(_, region)| region).collect() }
    }
}

/// A name as it is put in order: accents do not count.
fn plain(name: &str) -> String {
    let letter = |letter: char| match letter {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' => 'u',
        other => other,
    };
    name.to_lowercase().chars().map(letter).collect()
}

fn credential(frame: &Frame, entry: &Entry, lang: Lang) -> CredentialView {
    let newest = entry.pack.versions.last();
    let name = newest.map_or_else(String::new, |version| {
        let short = version.abbreviation.as_ref().map(|short| format!(" ({short})")).unwrap_or_default();
        format!("{}{short}", version.name.in_lang(lang))
    });
    CredentialView {
        href: frame.link(&rulebook::path(&entry.region, &entry.pack.id)),
        name,
        board: newest.map_or_else(String::new, |version| version.board.clone()),
        is_here: entry.is_here,
    }
}
