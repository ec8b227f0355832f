//! A version as a page in Markdown: what to do, in order, with its sources.

use std::fmt::Write as _;

use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::question::Purpose;
use super::describe::{Described, described};
use super::say::purpose;

/// The page of a version.
#[must_use]
pub fn page(version: &Version, lang: Lang) -> String {
    let mut text = String::new();
    head(&mut text, version, lang);
    for wanted in Purpose::ALL {
        let Some(rules) = version.purposes.get(&wanted) else { continue };
        // Writing to a String cannot fail.
        let _ = write!(text, "\n## {}\n\n", purpose(wanted, lang));
        if !rules.offered {
            let _ = writeln!(text, "{}", two(lang, "The board does not offer this.", "La junta no lo ofrece."));
            continue;
        }
        for found in described(version, wanted) {
            one(&mut text, version, &found, lang, 0);
        }
    }
    sources(&mut text, version, lang);
    text
}

const fn two(lang: Lang, en: &'static str, es: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Es => es,
    }
}

fn head(text: &mut String, version: &Version, lang: Lang) {
    let _ = writeln!(text, "# {}\n", safe(version.name.in_lang(lang)));
    let _ = writeln!(text, "{}\n", safe(&version.board));
    let days = match (version.in_force.through, lang) {
        (None, Lang::En) => format!("Rules of {}", version.id),
        (None, Lang::Es) => format!("Reglas del {}", version.id),
        (Some(through), Lang::En) => format!("Rules of {}, through {through}", version.id),
        (Some(through), Lang::Es) => format!("Reglas del {}, hasta el {through}", version.id),
    };
    let confirmed = if version.verified {
        two(lang, "confirmed by the board", "confirmadas por la junta")
    } else {
        two(lang, "not yet confirmed by the board", "la junta aún no las ha confirmado")
    };
    let _ = writeln!(text, "{days}, {confirmed}.");
    for stage in version.stages.iter().filter(|_| version.stages.len() > 1) {
        let _ = write!(text, "\n* **{}**", safe(stage.label.in_lang(lang)));
    }
    if version.stages.len() > 1 {
        text.push('\n');
    }
    for transition in &version.transitions {
        let _ = writeln!(text, "\n> {} ({})", safe(transition.label.in_lang(lang)), safe(&transition.citation.title));
    }
}

/// One rule with its clauses, its parts below it.
fn one(text: &mut String, version: &Version, found: &Described<'_>, lang: Lang, depth: usize) {
    let _ = write!(text, "{}* **{}**", "  ".repeat(depth), safe(found.label.in_lang(lang)));
    if depth == 0 && version.stages.len() > 1 && !found.stages.is_empty() {
        let named =
            |id: &String| version.stages.iter().find(|stage| stage.id == *id).map(|stage| stage.label.in_lang(lang));
        let stages: Vec<&str> = found.stages.iter().filter_map(named).collect();
        let _ = write!(text, " ({})", safe(&stages.join(", ")));
    }
    let clauses: Vec<String> = found.clauses(lang).iter().map(|clause| safe(clause)).collect();
    if !clauses.is_empty() {
        let _ = write!(text, ": {}", clauses.join("; "));
    }
    text.push('.');
    if let Some(citation) = &found.citation {
        let _ = write!(text, " *{}*", safe(&citation.title));
    }
    text.push('\n');
    for part in &found.parts {
        one(text, version, part, lang, depth + 1);
    }
}

fn sources(text: &mut String, version: &Version, lang: Lang) {
    let _ = write!(text, "\n## {}\n\n", two(lang, "Where it is written", "Dónde está escrito"));
    for source in version.sources.values() {
        let read = source.read_on.map_or_else(String::new, |day| match lang {
            Lang::En => format!(", read on {day}"),
            Lang::Es => format!(", leído el {day}"),
        });
        let _ = writeln!(text, "* [{}](<{}>){read}", safe(&source.title), source.url.replace(['<', '>', '\n'], ""));
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
