//! What a simulation found, for people and for programs.

use crate::cli::print::say;
use crate::rules::{Lang, canonical_json, explain};
use crate::services::simulate::{Affected, Change, Counts, Move, ToGo, Wish, word};

/// Prints one JSON object.
pub(super) fn json(wish: &Wish<'_>, counts: &Counts, shown: &[Affected]) {
    let draft = wish.draft.version();
    let said = serde_json::json!({
        "credential": wish.credential.slug, "draft": draft.map(|draft| &draft.id),
        "draft_hash": draft.map(|draft| &draft.hash), "replaces": wish.draft.replaces(), "against": wish.against,
        "as_of": wish.as_of, "everyone": wish.everyone, "counts": counts, "samples": shown,
    });
    say!("{}", canonical_json(&said));
}

/// Prints lines.
pub(super) fn text(wish: &Wish<'_>, counts: &Counts, shown: &[Affected]) {
    let draft = wish.draft.version().map_or("", |draft| draft.id.as_str());
    say!("{} {draft} ({})", wish.credential.slug, explain::day(wish.as_of, wish.lang));
    let Counts { people, concerned, affected, further_to_go, less_to_go, changes, moves, requirements } = counts;
    let words = Words::of(wish.lang);
    say!("{people} {}, {concerned} {}, {affected} {}", words.people, words.concerned, words.affected);
    say!("{}", of_the_others(*further_to_go, *less_to_go, wish.lang));
    say!("{}", words.moves);
    for (moved, people) in moves {
        say!("{people:>10}  {}", movement(moved, wish.lang));
    }
    say!("{}", words.changes);
    for (Change { purpose, before, after }, people) in changes {
        say!("{people:>10}  {}: {before} -> {after}", purpose.word());
    }
    if !requirements.is_empty() {
        say!("{}", words.requirements);
    }
    for (lacking, people) in requirements {
        say!("{people:>10}  {}", lacking.requirement);
    }
    for one in shown {
        let left = if one.left.is_empty() { String::new() } else { format!(": {}", one.left.join("; ")) };
        let far = one.to_go.map_or_else(String::new, |to_go| format!(" ({})", words.to_go(to_go)));
        say!("{} {} {} -> {}{far}{left}", one.person, one.purpose.word(), word(one.before), word(one.after));
    }
    if u64::try_from(shown.len()).is_ok_and(|shown| shown < counts.named()) {
        say!("{}", words.more);
    }
}

/// How many have something to do before and after, and more of it or less.
fn of_the_others(further: u64, less: u64, lang: Lang) -> String {
    match lang {
        Lang::En => format!("of the others: further to go {further}, less to go {less}"),
        Lang::Es => format!("de las demás: falta más que antes {further}, falta menos {less}"),
    }
}

/// "stay under 2021-09-01", "move from 2021-09-01 to 2027-01-01 (applied-before)".
fn movement(moved: &Move, lang: Lang) -> String {
    let none = if lang == Lang::Es { "ninguna versión" } else { "no version" };
    let name = |version: &Option<String>| version.clone().unwrap_or_else(|| none.to_owned());
    let (from, to) = (name(&moved.from), name(&moved.to));
    let why = moved.transition.as_ref().map_or_else(String::new, |id| format!(" ({id})"));
    match (lang, moved.from == moved.to) {
        (Lang::En, true) => format!("stay under {from}{why}"),
        (Lang::En, false) => format!("move from {from} to {to}{why}"),
        (Lang::Es, true) => format!("siguen bajo {from}{why}"),
        (Lang::Es, false) => format!("pasan de {from} a {to}{why}"),
    }
}

struct Words {
    people: &'static str,
    concerned: &'static str,
    affected: &'static str,
    moves: &'static str,
    changes: &'static str,
    requirements: &'static str,
    further: &'static str,
    less: &'static str,
    more: &'static str,
}

impl Words {
    const fn to_go(&self, to_go: ToGo) -> &'static str {
        match to_go {
            ToGo::Further => self.further,
            ToGo::Less => self.less,
        }
    }

    const fn of(lang: Lang) -> Self {
        match lang {
            Lang::En => Self {
                people: "people looked at",
                concerned: "concerned",
                affected: "come out otherwise",
                moves: "Which rules:",
                changes: "What becomes of them:",
                requirements: "Where it differs:",
                further: "further to go",
                less: "less to go",
                more: "All of them: --format csv, or --affected FILE",
            },
            Lang::Es => Self {
                people: "personas revisadas",
                concerned: "con este certificado o solicitud",
                affected: "con otro resultado",
                moves: "Qué reglas:",
                changes: "Qué resulta:",
                requirements: "En qué difiere:",
                further: "falta más que antes",
                less: "falta menos que antes",
                more: "Todas: --format csv, o --affected ARCHIVO",
            },
        }
    }
}
