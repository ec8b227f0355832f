//! A version as a page: a tree of headings, items, sentences and sources, before it is Markdown or HTML.
//!
//! Both are written from this tree, so that they say the same.

use super::super::evaluation::Citation;
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::pack::model::Rules;
use super::super::question::Purpose;
use super::clause::Subject;
use super::compose;
use super::describe::{Described, described};
use super::life;
use super::notes;
use super::relief;
use super::speaker::{Speaker, sentence};

/// The page of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The credential's name.
    pub title: String,
    /// Its letters.
    pub abbreviation: Option<String>,
    /// The board.
    pub board: String,
    /// The region.
    pub place: String,
    /// Whether the board has confirmed these rules.
    pub verified: bool,
    /// Since when, confirmed or not, whom they rule, how long an hour is.
    pub lead: Vec<String>,
    /// The certificate, then each purpose.
    pub sections: Vec<Section>,
    /// Where it is written, in the order of their numbers from 1.
    pub sources: Vec<Source>,
}

/// A part of the page under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// For links inside the page.
    pub id: &'static str,
    /// The heading.
    pub title: String,
    /// Sentences above its items.
    pub lead: Vec<String>,
    /// Its items, under their stage where there are several.
    pub groups: Vec<Group>,
}

/// Items of one stage, or of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// The heading, where it needs one.
    pub title: Option<String>,
    /// The items.
    pub items: Vec<Item>,
}

/// A requirement, a part of one, a stage, a deadline, a note.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Its name; none: what it says stands alone.
    pub label: String,
    /// What it says.
    pub sentences: Vec<String>,
    /// The language it is in, where that is not the page's.
    pub lang: Option<Lang>,
    /// Numbers of its sources.
    pub sources: Vec<usize>,
    /// The words above its parts.
    pub parts_lead: Option<String>,
    /// Its parts.
    pub parts: Vec<Item>,
}

/// Where something is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its title, with the place in it.
    pub title: String,
    /// Its address.
    pub url: String,
    /// What the page says of its own date, and when it was read.
    pub read: String,
    /// Whether a rule names it; the others were read beside.
    pub is_named: bool,
}

impl Source {
    /// Only web addresses become links: what else a pack names is told and leads nowhere.
    #[must_use]
    pub fn is_on_the_web(&self) -> bool {
        self.url.starts_with("https://") || self.url.starts_with("http://")
    }
}

/// The page of a version in a language.
#[must_use]
pub fn page(version: &Version, lang: Lang) -> Page {
    let speaker = Speaker { version, purpose: None, lang };
    let mut sources = Sources { speaker, found: Vec::new() };
    let mut sections = vec![life::certificate(&speaker, &mut sources)];
    for purpose in Purpose::ALL {
        sections.extend(version.purposes.get(&purpose).map(|rules| of_purpose(speaker, purpose, rules, &mut sources)));
    }
    sections.extend(life::topics(&speaker));
    sections.extend(relief::relief(&speaker, &mut sources));
    sections.extend(relief::between(&speaker, &mut sources));
    sections.extend(notes::notes(&speaker, &mut sources));
    Page {
        title: version.name.in_lang(lang).to_owned(),
        abbreviation: version.abbreviation.clone(),
        board: version.board.clone(),
        place: super::places::place(&version.region, lang),
        verified: version.verified,
        lead: life::lead(&speaker),
        sections,
        sources: sources.finish(),
    }
}

fn of_purpose(speaker: Speaker<'_>, purpose: Purpose, rules: &Rules, sources: &mut Sources<'_>) -> Section {
    let speaker = Speaker { purpose: Some(purpose), ..speaker };
    let mut section = Section {
        id: purpose.word(),
        title: title(purpose, speaker.lang).to_owned(),
        lead: Vec::new(),
        groups: Vec::new(),
    };
    if !rules.offered {
        let refused = speaker.two("The board does not offer this.", "La junta no lo ofrece.").to_owned();
        let numbers = rules.cite.as_ref().map(|cite| sources.number(cite)).into_iter().collect();
        section
            .groups
            .push(Group { title: None, items: vec![Item { label: refused, sources: numbers, ..Item::default() }] });
        return section;
    }
    let all = described(speaker.version, purpose);
    let sorted = |sort: &str| all.iter().filter(move |found| found.sort == sort).collect::<Vec<_>>();
    let asked: Vec<&Described<'_>> = all.iter().filter(|found| !["deadline", "rung"].contains(&found.sort)).collect();
    by_stage(&speaker, &asked, sources, &mut section.groups);
    for (sort, en, es) in
        [("rung", "Which of these is asked", "Qué se pide según el caso"), ("deadline", "Dates to keep", "Plazos")]
    {
        let found = sorted(sort);
        if !found.is_empty() {
            let items = found.into_iter().map(|found| item(&speaker, found, sources)).collect();
            section.groups.push(Group { title: Some(speaker.two(en, es).to_owned()), items });
        }
    }
    section
}

/// What is asked, stage by stage; what an earlier stage has asked in full is only named again.
fn by_stage(speaker: &Speaker<'_>, asked: &[&Described<'_>], sources: &mut Sources<'_>, groups: &mut Vec<Group>) {
    let stages = &speaker.version.stages;
    if stages.len() < 2 {
        let items: Vec<Item> = asked.iter().map(|found| item(speaker, found, sources)).collect();
        groups.extend((!items.is_empty()).then_some(Group { title: None, items }));
        return;
    }
    for stage in stages {
        let mut items = Vec::new();
        for found in asked.iter().filter(|found| found.stages.is_empty() || found.stages.contains(&stage.id)) {
            let first = found.stages.first().filter(|first| **first != stage.id);
            items.push(match first {
                None => item(speaker, found, sources),
                Some(first) => Item {
                    label: found.label.in_lang(speaker.lang).to_owned(),
                    sentences: vec![format!("{} {}.", speaker.two("As for", "Como para"), speaker.stage(first))],
                    ..Item::default()
                },
            });
        }
        if !items.is_empty() {
            groups.push(Group { title: Some(stage.label.in_lang(speaker.lang).to_owned()), items });
        }
    }
}

fn item(speaker: &Speaker<'_>, found: &Described<'_>, sources: &mut Sources<'_>) -> Item {
    let about = Subject { speaker: *speaker, sort: found.sort, stated: found.stated };
    let label = found.label.in_lang(speaker.lang).to_owned();
    let sentences =
        compose::sentences(&about, &|key| found.stated.get(key).is_some_and(|value| found.is_clause(key, value)));
    let own = found.citation.as_ref().map(|citation| sources.number(citation));
    let parts = found.parts.iter().map(|part| item(speaker, part, sources)).collect::<Vec<_>>();
    Item {
        label,
        sentences,
        sources: own.into_iter().collect(),
        parts_lead: parts_lead(&about, !parts.is_empty()),
        parts,
        ..Item::default()
    }
}

fn parts_lead(about: &Subject<'_>, has_parts: bool) -> Option<String> {
    let two = |en: &str, es: &str| about.speaker.two(en, es).to_owned();
    let lead = match about.sort {
        _ if !has_parts => return None,
        "any_of" => about.clause("at_least").map_or_else(
            || two("One of these is enough", "Basta con uno de estos"),
            |all| sentence(&all).trim_end_matches('.').to_owned(),
        ),
        "all_of" => two("All of these are needed", "Se necesitan todos estos"),
        "exam" => two("Its parts", "Sus partes"),
        _ => two("Within this", "Dentro de esto"),
    };
    Some(format!("{lead}:"))
}

/// What a purpose is, for people.
#[must_use]
pub const fn title(purpose: Purpose, lang: Lang) -> &'static str {
    match (purpose, lang) {
        (Purpose::Initial, Lang::En) => "To become certified",
        (Purpose::Initial, Lang::Es) => "Para obtener el certificado",
        (Purpose::Renewal, Lang::En) => "To stay certified",
        (Purpose::Renewal, Lang::Es) => "Para renovar el certificado",
        (Purpose::Reinstatement, Lang::En) => "To come back after a lapse",
        (Purpose::Reinstatement, Lang::Es) => "Para volver después de una interrupción",
        (Purpose::Reciprocity, Lang::En) => "To come from another region",
        (Purpose::Reciprocity, Lang::Es) => "Para venir de otra región",
    }
}

/// The sources named so far, each place in one once.
pub(super) struct Sources<'v> {
    speaker: Speaker<'v>,
    found: Vec<Source>,
}

impl Sources<'_> {
    /// The number of a source, from 1.
    pub(super) fn number(&mut self, citation: &Citation) -> usize {
        let at = self.found.iter().position(|known| known.title == citation.title && known.url == citation.url);
        at.unwrap_or_else(|| {
            let source = self.source(citation, true);
            self.found.push(source);
            self.found.len() - 1
        }) + 1
    }

    fn source(&self, citation: &Citation, is_named: bool) -> Source {
        let speaker = &self.speaker;
        let mut read = Vec::new();
        if let Some(dated) = &citation.dated {
            read.push(life::dated(speaker, dated));
        }
        read.extend(citation.read_on.map(|day| format!("{} {}", speaker.two("read on", "leído el"), speaker.day(day))));
        Source { title: citation.title.clone(), url: citation.url.clone(), read: read.join(", "), is_named }
    }

    fn finish(mut self) -> Vec<Source> {
        for citation in self.speaker.version.sources.values() {
            if !self.found.iter().any(|known| known.url == citation.url) {
                let source = self.source(citation, false);
                self.found.push(source);
            }
        }
        self.found
    }
}
