//! Reading `[[transition]]`: who, when a version comes into force, stays with the older one, may choose, or moves at once.

use super::super::question::Purpose;
use super::context::{Context, check_days, id, label, owned};
use super::model::{Days, Then, Transition, Who};
use super::table::Table;

/// All transitions of a version.
pub(super) fn transitions(context: &Context, root: &Table<'_, '_>) -> Vec<Transition> {
    root.tables("transition", "[[transition]]").into_iter().map(|table| transition(context, table)).collect()
}

fn transition(context: &Context, table: Table<'_, '_>) -> Transition {
    let own = table.need_text("id", "the transition's id");
    let days = Days { from: table.date("from"), through: table.date("until") };
    check_days(&table, days);
    let then = then(&table);
    if then == Then::New && days.through.is_some() {
        table.problem(
            "contradiction",
            table.line_of("until"),
            "`then = \"new\"` with `until`",
            "one of the two",
            "leave `until` out: who moves to the new version does not move back",
        );
    }
    let read = Transition {
        id: id(&table, own),
        label: label(&table),
        citation: context.citation(&table, None),
        who: table.tables("who", "`who` of [[transition]]").into_iter().map(|who| self::who(context, who)).collect(),
        then,
        days,
        older: table.text("version").map(|text| text.value.to_owned()),
        purposes: purposes(&table),
        ends_pins: word(&table, "pins", &["stay", "end"]) == Some("end"),
        path: table.text("path").map(|text| text.value.to_owned()),
        line: table.line,
    };
    if read.who.is_empty() {
        table.missing("who", "the people it speaks of, such as `{ day = \"application\", through = 2024-06-30 }`");
    }
    table.finish();
    read
}

fn then(table: &Table<'_, '_>) -> Then {
    let chosen = word(table, "unless_chosen", &["old", "new"]);
    if !table.has("then") {
        table.missing("then", "`old`, `new` or `choose`");
    }
    let then = match word(table, "then", &["old", "new", "choose"]) {
        Some("new") => Then::New,
        Some("choose") => Then::Choose { old_unless_chosen: chosen == Some("old") },
        _ => Then::Old,
    };
    let may_choose = matches!(then, Then::Choose { .. });
    if may_choose && chosen.is_none() && !table.has("unless_chosen") {
        table.missing("unless_chosen", "the version that holds for who has not chosen: `old` or `new`");
    }
    if !may_choose && table.has("unless_chosen") {
        table.problem(
            "contradiction",
            table.line_of("unless_chosen"),
            "`unless_chosen` where there is nothing to choose",
            "it beside `then = \"choose\"`",
            "write `then = \"choose\"`, or leave `unless_chosen` out",
        );
    }
    then
}

fn who(context: &Context, table: Table<'_, '_>) -> Who {
    let day = table.text("day").and_then(|text| context.anchor(&table, "day", text));
    let days = Days { from: table.date("from"), through: table.date("through") };
    check_days(&table, days);
    let dated = days.from.is_some() || days.through.is_some();
    if day.is_some() != dated && table.has("day") == day.is_some() {
        table.problem(
            "half_a_range",
            table.line,
            if dated { "days without the event they speak of" } else { "an event without days" },
            "both, such as `{ day = \"application\", through = 2024-06-30 }`",
            "add `day`, or `from` and `through`",
        );
    }
    let who = Who {
        day,
        days,
        cohort: owned(table.texts("cohort")),
        path: owned(table.texts("path")),
        holds: owned(table.texts("holds")),
        on: table.date("on"),
    };
    if who.day.is_none() && who.cohort.is_empty() && who.path.is_empty() && who.holds.is_empty() && !dated {
        table.problem(
            "empty_condition",
            table.line,
            format!("{} says nothing", table.name),
            "`day` with `from` or `through`, `cohort`, `path` or `holds`",
            "say whom the transition speaks of",
        );
    }
    table.finish();
    who
}

fn purposes(table: &Table<'_, '_>) -> Vec<Purpose> {
    let mut purposes = Vec::new();
    for text in table.texts("purposes").unwrap_or_default() {
        match Purpose::parse(text.value) {
            Some(purpose) => purposes.push(purpose),
            None => table.problem(
                "unknown_word",
                text.line,
                format!("purpose `{}`", text.value),
                "initial, renewal, reinstatement or reciprocity",
                "use these words",
            ),
        }
    }
    purposes
}

/// One of a few words.
fn word<'w>(table: &Table<'_, '_>, key: &'static str, words: &[&'w str]) -> Option<&'w str> {
    let text = table.text(key)?;
    let found = words.iter().find(|word| **word == text.value).copied();
    if found.is_none() {
        let expected = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ");
        table.problem(
            "unknown_word",
            text.line,
            format!("`{key} = \"{}\"`", text.value),
            expected,
            "use one of these words",
        );
    }
    found
}
