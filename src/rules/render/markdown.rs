//! The page of a version as Markdown: headings, lists, and sources as footnotes.

use std::fmt::Write as _;

use super::super::lang::Lang;
use super::super::pack::Version;
use super::page::{Item, Page, Source};

/// The page of a version in Markdown.
#[must_use]
pub fn markdown(version: &Version, lang: Lang) -> String {
    written(&super::page::page(version, lang), lang)
}

// Writing to a String cannot fail, so its answer is dropped.
fn written(page: &Page, lang: Lang) -> String {
    let short = page.abbreviation.as_ref().map(|short| format!(" ({})", safe(short))).unwrap_or_default();
    let mut text = format!("# {}{short}\n\n{} ({})\n\n", safe(&page.title), safe(&page.board), safe(&page.place));
    let _ = writeln!(text, "{}", safe(&page.lead.join(" ")));
    for section in &page.sections {
        let _ = write!(text, "\n## {}\n\n", safe(&section.title));
        if !section.lead.is_empty() {
            let _ = write!(text, "{}\n\n", safe(&section.lead.join(" ")));
        }
        for (at, group) in section.groups.iter().enumerate() {
            if at > 0 {
                text.push('\n');
            }
            if let Some(title) = &group.title {
                let _ = write!(text, "### {}\n\n", safe(title));
            }
            group.items.iter().for_each(|item| one(&mut text, item, 0));
        }
    }
    sources(&mut text, page, lang);
    text
}

/// One item, its parts below it.
fn one(text: &mut String, item: &Item, depth: usize) {
    let _ = write!(text, "{}*", "  ".repeat(depth));
    if !item.label.is_empty() {
        let _ = write!(text, " **{}**", safe(item.label.trim_end_matches('.')));
    }
    let sentences = item.sentences.join(" ");
    let said: Vec<&str> = [sentences.as_str(), item.parts_lead.as_deref().unwrap_or_default()]
        .into_iter()
        .filter(|said| !said.is_empty())
        .collect();
    if said.is_empty() {
        text.push('.');
    } else {
        let colon = if item.label.is_empty() { "" } else { ":" };
        let _ = write!(text, "{colon} {}", safe(&said.join(" ")));
    }
    for number in &item.sources {
        let _ = write!(text, "[^{number}]");
    }
    text.push('\n');
    item.parts.iter().for_each(|part| one(text, part, depth + 1));
}

fn sources(text: &mut String, page: &Page, lang: Lang) {
    let (title, also) = match lang {
        Lang::En => ("Where it is written", "Also read:"),
        Lang::Es => ("Dónde está escrito", "También se leyó:"),
    };
    let _ = write!(text, "\n## {title}\n\n");
    let linked = |source: &Source| {
        let url = source.url.replace(['<', '>', '\n'], "");
        let read = if source.read.is_empty() { String::new() } else { format!(", {}", safe(&source.read)) };
        if source.is_on_the_web() {
            format!("[{}](<{url}>){read}.", safe(&source.title))
        } else {
            format!("{}, {}{read}.", safe(&source.title), safe(&url))
        }
    };
    for (number, source) in (1_usize..).zip(&page.sources).filter(|(_, source)| source.is_named) {
        let _ = writeln!(text, "[^{number}]: {}\n", linked(source));
    }
    let beside: Vec<&Source> = page.sources.iter().filter(|source| !source.is_named).collect();
    if !beside.is_empty() {
        let _ = write!(text, "{also}\n\n");
        for source in beside {
            let _ = writeln!(text, "* {}", linked(source));
        }
    }
}

/// Text that Markdown must not read as its own signs.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            safe.push('\\');
        }
        safe.push(if letter == '\n' { ' ' } else { letter });
    }
    safe
}
