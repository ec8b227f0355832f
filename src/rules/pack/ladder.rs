//! `[[reinstatement.rung]]`: what it takes to come back, by how long one was away and from where.

use super::super::amount::Decimal;
use super::super::calendar::Length;
use super::super::evaluation::Citation;
use super::super::problem::nearest;
use super::context::{Context, id, label, phrase_of};
use super::fees::money;
use super::model::{Label, Rule};
use super::phrase;
use super::table::{At, Table};

/// From where one may come back.
pub const FROM: [&str; 6] = ["lapsed", "inactive", "retired", "revoked", "surrendered", "canceled"];

/// One rung of the ladder back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Its id.
    pub id: String,
    /// For people.
    pub label: Label,
    /// Where it is written.
    pub citation: Citation,
    /// The stages it belongs to.
    pub stages: Vec<usize>,
    /// From where: words of [`FROM`].
    pub from: Vec<String>,
    /// Away for more than this.
    pub more_than: Option<Length>,
    /// Away for at most this.
    pub at_most: Option<Length>,
    /// The rules that are asked on it.
    pub rules: Vec<String>,
    /// There is no way back here.
    pub refused: bool,
    /// What follows, for people.
    pub consequence: Label,
    /// What it costs.
    pub fee: Option<(Decimal, String)>,
    /// Its line.
    pub line: usize,
}

impl Rung {
    /// What there is instead of a way back.
    #[must_use]
    pub fn way_on(&self) -> &Label {
        if self.consequence.en.is_empty() { &self.label } else { &self.consequence }
    }
}

/// Reads the ladder and refuses gaps, overlaps, and rules that no rung asks for.
pub(super) fn rungs(
    context: &Context,
    table: &Table<'_, '_>,
    rules: &[Rule],
    stages: &dyn Fn(&Table<'_, '_>) -> Vec<usize>,
) -> Vec<Rung> {
    let rungs: Vec<Rung> = table
        .tables("rung", "[[reinstatement.rung]]")
        .into_iter()
        .map(|inner| rung(context, inner, rules, stages))
        .collect();
    if rungs.is_empty() {
        return rungs;
    }
    for rule in rules.iter().filter(|rule| !rungs.iter().any(|rung| rung.rules.contains(&rule.id))) {
        table.problem(
            "contradiction",
            rule.line,
            format!("no rung asks for `{}`", rule.id),
            "every rule of the return on at least one rung",
            "name it in `rules` of a rung, or remove it",
        );
    }
    for stage in 0..context.stages.len() {
        for from in FROM {
            let mut own: Vec<&Rung> = rungs
                .iter()
                .filter(|rung| rung.stages.contains(&stage) && rung.from.iter().any(|f| f == from))
                .collect();
            own.sort_by_key(|rung| about(rung.more_than));
            closed(table, from, &own);
        }
    }
    rungs
}

fn rung(
    context: &Context,
    table: Table<'_, '_>,
    rules: &[Rule],
    stages: &dyn Fn(&Table<'_, '_>) -> Vec<usize>,
) -> Rung {
    let own = table.need_text("id", "the rung's id");
    let away = table.need_text("away", "how long, such as `at most 12 months` or `any time`");
    let (more_than, at_most) = self::away(&table, away);
    let refused = table.yes("refused").unwrap_or(false);
    let named = table.texts("rules").unwrap_or_default();
    if named.is_empty() != refused {
        let found =
            if refused { "a rung that is refused and asks for something" } else { "a rung that asks for nothing" };
        table.problem("contradiction", table.line, found, "`rules`, or `refused = true`", "say one of the two");
    }
    for text in named.iter().filter(|text| !rules.iter().any(|rule| rule.id == text.value)) {
        let known: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
        let hint = nearest(text.value, known.iter().copied()).map_or_else(
            || "write it as `[[reinstatement.<what>]]`".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let found = format!("rung `{}` names rule `{}`", own.value, text.value);
        table.problem("unknown_rule", text.line, found, format!("one of {}", known.join(", ")), hint);
    }
    let text = |key| table.text(key).map_or_else(String::new, |text| text.value.to_owned());
    let rung = Rung {
        id: id(&table, own),
        label: label(&table),
        citation: context.citation(&table, None),
        stages: stages(&table),
        from: from(&table),
        more_than,
        at_most,
        rules: named.iter().map(|text| text.value.to_owned()).collect(),
        refused,
        consequence: Label { en: text("consequence"), es: text("consequence_es") },
        fee: table.text("fee").and_then(|text| money(&table, "fee", text)),
        line: table.line,
    };
    table.finish();
    rung
}

fn from(table: &Table<'_, '_>) -> Vec<String> {
    let Some(texts) = table.texts("from") else { return vec!["lapsed".to_owned()] };
    for text in texts.iter().filter(|text| !FROM.contains(&text.value)) {
        let hint = nearest(text.value, FROM)
            .map_or_else(|| "use one of these words".to_owned(), |near| format!("did you mean `{near}`?"));
        table.problem("unknown_word", text.line, format!("from `{}`", text.value), FROM.join(", "), hint);
    }
    texts.into_iter().map(|text| text.value.to_owned()).collect()
}

/// `more than 12 months, at most 5 years`.
fn away(table: &Table<'_, '_>, text: At<&str>) -> (Option<Length>, Option<Length>) {
    if text.value.is_empty() || text.value == "any time" {
        return (None, None);
    }
    let (mut more_than, mut at_most) = (None, None);
    for part in text.value.split(", ") {
        let read = if let Some(length) = part.strip_prefix("more than ").filter(|_| more_than.is_none()) {
            phrase::length(length).map(|length| more_than = Some(length))
        } else if let Some(length) = part.strip_prefix("at most ").filter(|_| at_most.is_none()) {
            phrase::length(length).map(|length| at_most = Some(length))
        } else {
            Err("`any time`, `at most 12 months`, `more than 5 years` or `more than 12 months, at most 5 years`")
        };
        if phrase_of(table, "away", text, read, "how long one was away").is_none() {
            return (None, None);
        }
    }
    if at_most.is_some() && about(at_most) <= about(more_than) {
        table.problem(
            "empty_range",
            text.line,
            format!("`away = \"{}\"`", text.value),
            "a second length above the first",
            "mend one of them",
        );
    }
    (more_than, at_most)
}

/// A length in days, near enough to put rungs in order.
fn about(length: Option<Length>) -> u32 {
    match length {
        None => 0,
        Some(Length::Days(days)) => days,
        Some(Length::Months(months)) => months.saturating_mul(3_044) / 100,
    }
}

/// From the first day away on there is exactly one rung for every day.
fn closed(table: &Table<'_, '_>, from: &str, rungs: &[&Rung]) {
    let (Some(first), Some(last)) = (rungs.first(), rungs.last()) else { return };
    let say = |code, line, found: String, hint: &str| {
        table.problem(code, line, found, "one rung for every day away", hint);
    };
    if let Some(length) = first.more_than {
        let found = format!("nothing is said of {from} for less than {}", length.words());
        say("gap", first.line, found, "add a rung `away = \"at most ...\"` that ends where this one begins");
    }
    for pair in rungs.windows(2) {
        let [one, next] = pair else { continue };
        if one.at_most.is_some() && one.at_most == next.more_than {
            continue;
        }
        let ends = one.at_most.map_or_else(|| "never".to_owned(), |length| format!("after {}", length.words()));
        let begins = next.more_than.map_or_else(|| "at once".to_owned(), |length| format!("after {}", length.words()));
        let found = format!("{from}: rung `{}` ends {ends} and `{}` begins {begins}", one.id, next.id);
        let gap = one.at_most.is_some() && about(one.at_most) < about(next.more_than);
        say(
            if gap { "gap" } else { "overlap" },
            next.line,
            found,
            "let one begin where the other ends, in the same words",
        );
    }
    if let Some(length) = last.at_most {
        let found = format!("nothing is said of {from} for more than {}", length.words());
        let way_out = "add a rung `away = \"more than ...\"`, with `refused = true` where there is no way back";
        say("gap", last.line, found, way_out);
    }
}
