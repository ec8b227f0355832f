//! Reading the rules of a purpose: the frame every rule shares, branches, deadlines.

use super::super::evaluation::Citation;
use super::super::question::Purpose;
use super::asks;
use super::context::{Context, days, id, label};
use super::exams;
use super::guards::{self, Sort};
use super::hours;
use super::ladder;
use super::model::{Asks, Deadline, Label, Rule, Rules};
use super::order;
use super::table::Table;
use super::with_any;

/// What a rule can ask for: its heading.
const SORTS: [&str; 10] =
    ["learning", "service", "exam", "attestation", "age", "employment", "credential", "event", "decision", "any_of"];

/// What branches take from the rule they belong to.
struct Parent<'c> {
    id: &'c str,
    citation: &'c Citation,
    stages: &'c [usize],
}

/// The rules under `[[<purpose>.*]]`.
pub(super) fn rules(context: &Context, table: Table<'_, '_>, purpose: &str) -> Rules {
    let offered = table.yes("offered").unwrap_or(true);
    let cite = (!offered).then(|| context.citation(&table, None));
    let mut rules = in_order(context, &table, purpose, None);
    with_any::settle(&table, &mut rules);
    let deadlines: Vec<Deadline> = table
        .tables("deadline", &format!("[[{purpose}.deadline]]"))
        .into_iter()
        .filter_map(|table| deadline(context, table))
        .collect();
    let rungs = if purpose == Purpose::Reinstatement.word() {
        ladder::rungs(context, &table, &rules, &|table| stages(context, table, None))
    } else {
        Vec::new()
    };
    if !offered && !rules.is_empty() {
        table.problem(
            "contradiction",
            table.line,
            format!("[{purpose}] is not offered and has rules"),
            "one of the two",
            "remove `offered = false` or the rules",
        );
    }
    let waited_for = order::waited_for(&table, &rules, &deadlines);
    table.finish();
    Rules { offered, cite, rules, deadlines, waited_for, rungs }
}

/// All rules under one heading, in the order of the file.
fn in_order(context: &Context, table: &Table<'_, '_>, prefix: &str, parent: Option<&Parent<'_>>) -> Vec<Rule> {
    let mut found = Vec::new();
    for sort in SORTS.into_iter().chain(["all_of"]) {
        let name = format!("[[{prefix}.{sort}]]");
        for inner in table.tables(sort, &name) {
            let start = inner.start;
            if !table.is_list(sort) && below_nothing(&inner, &format!("{prefix}.{sort}")) {
                continue;
            }
            found.push((start, rule(context, inner, sort, &format!("{prefix}.{sort}"), parent)));
        }
    }
    found.sort_by_key(|(start, _)| *start);
    found.into_iter().map(|(_, rule)| rule).collect()
}

/// Whether a rule is none but the heading of a part, which then has no rule above it: the heading above is missing, or is
/// another one. One problem rather than one for each key that the rule lacks.
fn below_nothing(table: &Table<'_, '_>, path: &str) -> bool {
    let parts = ["topic", "part", "cap", "floor", "instead"];
    let mut stated = table.stated().peekable();
    let Some(part) = stated.peek().map(|part| (*part).to_owned()) else { return false };
    if !stated.all(|key| parts.contains(&key) && table.is_list(key)) {
        return false;
    }
    table.problem(
        "part_without_rule",
        table.line_at(&[&part, "0"]),
        format!("`[[{path}.{part}]]` with no `[[{path}]]` above it"),
        format!("the rule it is a part of, under `[[{path}]]`"),
        format!("write `[[{path}]]` above it, or mend the heading that stands there"),
    );
    true
}

fn rule(context: &Context, table: Table<'_, '_>, sort: &str, prefix: &str, parent: Option<&Parent<'_>>) -> Rule {
    let own = table.need_text("id", "the rule's id");
    let own = id(&table, own);
    let full = parent.map_or_else(|| own.clone(), |parent| format!("{}.{own}", parent.id));
    let citation = context.citation(&table, parent.map(|parent| parent.citation));
    let stages = stages(context, &table, parent);
    let (line, label) = (table.line, label(&table));
    let (when, unless, waived_when) = (
        guards::guards(context, &table, "when"),
        guards::guards(context, &table, "unless"),
        guards::guards(context, &table, "waived_when"),
    );
    let in_force = days(&table, "in_force");
    let asks = match sort {
        "learning" => Asks::Learning(Box::new(hours::hours(context, &table, Sort::Learning, &full, &citation, prefix))),
        "service" => Asks::Service(Box::new(hours::hours(context, &table, Sort::Service, &full, &citation, prefix))),
        "exam" => Asks::Exam(exams::exam(context, &table, &full, prefix)),
        "attestation" => Asks::Attestation(asks::attestations(context, &table)),
        "age" => Asks::Age(asks::age(context, &table)),
        "employment" => Asks::Employment(asks::employment(context, &table)),
        "credential" => Asks::Credential(asks::credential(&table)),
        "event" => Asks::Event(asks::event(context, &table)),
        "decision" => {
            table.text("by");
            table.texts("evidence");
            Asks::Decision
        }
        _ => branches(context, &table, sort, prefix, &Parent { id: &full, citation: &citation, stages: &stages }),
    };
    table.finish();
    Rule { id: full, label, citation, stages, in_force, when, unless, waived_when, asks, line }
}

fn branches(context: &Context, table: &Table<'_, '_>, sort: &str, prefix: &str, parent: &Parent<'_>) -> Asks {
    let branches = in_order(context, table, prefix, Some(parent));
    if branches.is_empty() {
        table.problem(
            "no_branches",
            table.line,
            format!("{} has no branches", table.name),
            "at least two",
            format!("write them as `[[{prefix}.learning]]` and so on below it"),
        );
    }
    if sort == "all_of" {
        return Asks::AllOf(branches);
    }
    let at_least = table.number("at_least").map_or(1, |number| number.value);
    if at_least == 0 || usize::try_from(at_least).is_ok_and(|n| n > branches.len()) {
        table.problem(
            "contradiction",
            table.line_of("at_least"),
            format!("{at_least} of {} branches", branches.len()),
            "at least one and at most all of them",
            "mend `at_least`",
        );
    }
    Asks::AnyOf(at_least, branches)
}

fn stages(context: &Context, table: &Table<'_, '_>, parent: Option<&Parent<'_>>) -> Vec<usize> {
    match (table.texts("stage"), parent) {
        (Some(named), _) => named.into_iter().filter_map(|text| context.known_stage(table, text)).collect(),
        (None, Some(parent)) => parent.stages.to_vec(),
        (None, None) if context.stages.len() > 1 => {
            table.missing("stage", &format!("the stage it belongs to: {}", context.stages.join(", ")));
            Vec::new()
        }
        (None, None) => vec![0],
    }
}

fn deadline(context: &Context, table: Table<'_, '_>) -> Option<Deadline> {
    let own = table.need_text("id", "the deadline's id");
    let within = context.length_and_anchor(&table, "within", " after ");
    if !table.has("within") {
        table.missing("within", "how long after what, such as `12 months after application approved`");
    }
    let deadline = Deadline {
        id: id(&table, own),
        label: label(&table),
        citation: context.citation(&table, None),
        stages: stages(context, &table, None),
        within: within.clone().unwrap_or((super::super::calendar::Length::Days(0), super::phrase::Anchor::Today)),
        rule: table.text("rule").map(|text| text.value.to_owned()),
        filed: table.yes("filed").unwrap_or(false),
        consequence: Label {
            en: table.text("consequence").map_or_else(String::new, |text| text.value.to_owned()),
            es: table.text("consequence_es").map_or_else(String::new, |text| text.value.to_owned()),
        },
        line: table.line,
    };
    if deadline.filed && deadline.rule.is_some() {
        table.problem(
            "contradiction",
            table.line_of("filed"),
            format!(
                "deadline `{}` is about the filing and about rule `{}`",
                deadline.id,
                table.text("rule").map_or("", |text| text.value)
            ),
            "one of the two",
            "write two deadlines, or remove `filed` or `rule`",
        );
    }
    table.finish();
    within.map(|_| deadline)
}
