//! `/rules`: what each board asks, for anybody to read. The pages are written from the same tree as
//! `credtrail rules render`; here is only how it stands in HTML.

mod list;
mod show;

use actix_web::web;
use askama::Template;

use super::form::Form;
use super::frame::Frame;
use crate::rules::diff::Told;
use crate::rules::render::{Item, Page, Source};

/// The handlers.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(list::show).service(show::show);
}

/// `templates/pages/rules.html`: all credentials by region.
#[derive(Debug, Template)]
#[template(path = "pages/rules.html")]
pub struct RulesPage {
    /// The frame.
    pub frame: Frame,
    /// The regions, by name.
    pub regions: Vec<RegionView>,
}

/// One region and its credentials.
#[derive(Debug)]
pub struct RegionView {
    /// Its name.
    pub name: String,
    /// Its credentials.
    pub credentials: Vec<CredentialView>,
}

/// A credential in the list.
#[derive(Debug)]
pub struct CredentialView {
    /// Where its rules are.
    pub href: String,
    /// Its name with its letters.
    pub name: String,
    /// The board.
    pub board: String,
    /// A board of this service gives it.
    pub is_here: bool,
}

/// `templates/pages/rules-version.html`: the rules of one credential on one day.
#[derive(Debug, Template)]
#[template(path = "pages/rules-version.html")]
pub struct VersionPage {
    /// The frame.
    pub frame: Frame,
    /// What needs mending in the day asked for.
    pub form: Form,
    /// The day asked for, as typed.
    pub on: String,
    /// The address without a day.
    pub path: String,
    /// What is said: the tree that every page of rules is written from.
    pub page: Page,
    /// The sections with their items in document order.
    pub sections: Vec<SectionView>,
    /// The sources that rules name, in the order of their numbers.
    pub named: Vec<SourceView>,
    /// What was read beside them.
    pub beside: Vec<SourceView>,
    /// What day is shown, where it is not simply today's rules.
    pub shown: Option<String>,
    /// All versions, newest first; empty where there is only one.
    pub versions: Vec<VersionLink>,
    /// What changed from the version before.
    pub changes: Option<Changes>,
}

/// A section of the page.
#[derive(Debug)]
pub struct SectionView {
    /// For links inside the page.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// Sentences above its items.
    pub lead: String,
    /// Its groups.
    pub groups: Vec<GroupView>,
}

/// Items under one heading.
#[derive(Debug)]
pub struct GroupView {
    /// The heading, where there is one.
    pub title: Option<String>,
    /// Items, and where lists of parts begin and end.
    pub rows: Vec<Row>,
}

/// A step through a tree of items.
#[derive(Debug)]
pub enum Row {
    /// An item begins.
    Begin(ItemView),
    /// The list of its parts begins.
    Parts,
    /// The list of its parts ends.
    PartsEnd,
    /// The item ends.
    End,
}

/// A requirement or a part of one.
#[derive(Debug)]
pub struct ItemView {
    /// Stands on its own rather than inside another.
    pub is_whole: bool,
    /// Its name; none: what it says stands alone.
    pub label: String,
    /// What it says.
    pub text: String,
    /// The language it is in, where that is not the page's.
    pub lang: Option<&'static str>,
    /// Numbers of its sources.
    pub sources: Vec<usize>,
}

/// Where something is written.
#[derive(Debug)]
pub struct SourceView {
    /// Its title.
    pub title: String,
    /// Its address, where that is one of the web.
    pub url: Option<String>,
    /// When it was read.
    pub read: String,
}

impl From<&Source> for SourceView {
    fn from(source: &Source) -> Self {
        let url = source.is_on_the_web().then(|| source.url.clone());
        Self { title: source.title.clone(), url, read: source.read.clone() }
    }
}

/// A version one may look at.
#[derive(Debug)]
pub struct VersionLink {
    /// Where it is; none: it is shown.
    pub href: Option<String>,
    /// What it says.
    pub label: String,
}

/// What changed from the version before.
#[derive(Debug)]
pub struct Changes {
    /// The heading.
    pub heading: String,
    /// Change by change.
    pub told: Vec<Told>,
    /// All in one sentence.
    pub summary: String,
}

/// The sections of a page, each tree of items as rows.
#[must_use]
pub fn sections(page: &Page) -> Vec<SectionView> {
    let group = |group: &crate::rules::render::Group| {
        let mut rows = Vec::new();
        group.items.iter().for_each(|item| walk(item, true, &mut rows));
        GroupView { title: group.title.clone(), rows }
    };
    let section = |section: &crate::rules::render::Section| SectionView {
        id: section.id,
        title: section.title.clone(),
        lead: section.lead.join(" "),
        groups: section.groups.iter().map(group).collect(),
    };
    page.sections.iter().map(section).collect()
}

fn walk(item: &Item, is_whole: bool, rows: &mut Vec<Row>) {
    let said: Vec<&str> = item.sentences.iter().chain(&item.parts_lead).map(String::as_str).collect();
    rows.push(Row::Begin(ItemView {
        is_whole,
        label: item.label.clone(),
        text: said.join(" "),
        lang: item.lang.map(crate::rules::Lang::tag),
        sources: item.sources.clone(),
    }));
    if !item.parts.is_empty() {
        rows.push(Row::Parts);
        item.parts.iter().for_each(|part| walk(part, false, rows));
        rows.push(Row::PartsEnd);
    }
    rows.push(Row::End);
}
