//! `[[hold]]` and `[[order]]`: what a time of service, hardship or emergency does to clocks, duties and days.

use chrono::NaiveDate;

use super::super::calendar::Length;
use super::super::evaluation::Citation;
use super::super::problem::nearest;
use super::super::words::HoldKinds;
use super::context::{Context, days, id, label, owned, phrase_of};
use super::guards::words;
use super::model::{Asks, Days, Label, Rule, Version};
use super::phrase;
use super::table::Table;

/// A clock that may stand still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clock {
    /// Of windows that are so long before or after a day.
    Windows,
    /// Of deadlines.
    Deadlines,
    /// Of the term.
    Term,
}

/// What a hold does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldRule {
    /// For people.
    pub label: Label,
    /// Where it is written.
    pub citation: Citation,
    /// Kinds of hold in a person's record.
    pub kinds: Vec<String>,
    /// Or these days, for everyone.
    pub everyone: Option<Days>,
    /// Clocks that stand still for the days held.
    pub stops: Vec<Clock>,
    /// One hold does so for at most this long.
    pub at_most: Option<Length>,
    /// And for so long after its end.
    pub and_after: Option<Length>,
    /// Rules that are waived meanwhile.
    pub waives: Vec<String>,
    /// Fees are waived meanwhile.
    pub waives_fees: bool,
    /// Its line.
    pub line: usize,
}

/// An order that moves the ends of things for everyone, or spares everyone whose term ends on some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its id.
    pub id: String,
    /// For people.
    pub label: Label,
    /// Where it is written.
    pub citation: Citation,
    /// It moves terms, `term`; deadlines, `deadlines`; or a rule or deadline by its id.
    pub extends: Vec<String>,
    /// Rules that are not asked of people whose term ends on these days.
    pub waives: Vec<String>,
    /// What would end on these days.
    pub ending: Days,
    /// Ends on this day instead.
    pub until: Option<NaiveDate>,
    /// Or so much later.
    pub by: Option<Length>,
    /// Its line.
    pub line: usize,
}

impl Order {
    /// The day on which something ends instead, if it is moved.
    #[must_use]
    pub fn moved(&self, what: &str, end: NaiveDate) -> Option<NaiveDate> {
        if !self.extends.iter().any(|word| word == what) || !self.ending.contains(end) {
            return None;
        }
        self.until.or(self.by.map(|length| length.after(end))).filter(|moved| *moved > end)
    }
}

/// `[[hold]]`.
pub(super) fn holds(context: &Context, root: &Table<'_, '_>) -> Vec<HoldRule> {
    root.tables("hold", "[[hold]]").into_iter().map(|table| hold(context, table)).collect()
}

fn hold(context: &Context, table: Table<'_, '_>) -> HoldRule {
    let everyone = table.has("everyone").then(|| days(&table, "everyone"));
    let kinds = words::<HoldKinds>(&table, table.texts("kinds"));
    if kinds.is_empty() == everyone.is_none() {
        let found = format!(
            "{} {}",
            table.name,
            if kinds.is_empty() { "concerns nobody" } else { "has kinds and concerns everyone" }
        );
        table.problem(
            "contradiction",
            table.line,
            found,
            "`kinds` of a person's holds, or the days of `everyone`",
            "say one of the two",
        );
    }
    if everyone.is_some_and(|days| days.from.is_none()) {
        table.missing("everyone", "its first day, such as `{ from = 2020-03-13, through = 2020-06-30 }`");
    }
    let length = |key| {
        let text = table.text(key)?;
        phrase_of(&table, key, text, phrase::length(text.value), "a length")
    };
    let hold = HoldRule {
        label: label(&table),
        citation: context.citation(&table, None),
        kinds,
        everyone,
        stops: stops(&table),
        at_most: length("at_most"),
        and_after: length("and_after"),
        waives: owned(table.texts("waives")),
        waives_fees: table.yes("waives_fees").unwrap_or(false),
        line: table.line,
    };
    if hold.stops.is_empty() && hold.waives.is_empty() && !hold.waives_fees && !table.has("stops") {
        table.problem(
            "contradiction",
            table.line,
            format!("{} does nothing", table.name),
            "`stops`, `waives` or `waives_fees = true`",
            "say what it does",
        );
    }
    table.finish();
    hold
}

fn stops(table: &Table<'_, '_>) -> Vec<Clock> {
    let mut clocks = Vec::new();
    for text in table.texts("stops").unwrap_or_default() {
        match text.value {
            "windows" => clocks.push(Clock::Windows),
            "deadlines" => clocks.push(Clock::Deadlines),
            "term" => clocks.push(Clock::Term),
            other => {
                let found = format!("stops `{other}`");
                table.problem("unknown_word", text.line, found, "windows, deadlines or term", "use one of these words");
            }
        }
    }
    clocks
}

/// `[[order]]`.
pub(super) fn orders(context: &Context, root: &Table<'_, '_>) -> Vec<Order> {
    root.tables("order", "[[order]]").into_iter().map(|table| order(context, table)).collect()
}

fn order(context: &Context, table: Table<'_, '_>) -> Order {
    let own = table.need_text("id", "the order's id");
    let (until, by) = (table.date("until"), table.text("by"));
    let waives = owned(table.texts("waives"));
    let moves = waives.is_empty() || table.has("extends") || until.is_some() || by.is_some();
    if moves && until.is_some() == by.is_some() {
        let found = format!(
            "an order with {}",
            if until.is_some() { "both `until` and `by`" } else { "neither `until` nor `by`" }
        );
        table.problem("contradiction", table.line, found, "one of them", "say a day (`until`) or a length (`by`)");
    }
    if moves && !table.has("extends") {
        table.missing(
            "extends",
            "what it moves: `term`, `deadlines`, or ids of rules and deadlines; what it does not ask is `waives`",
        );
    }
    if !table.has("ending") {
        table.missing("ending", "the days, such as `{ from = 2020-03-10, through = 2020-08-31 }`");
    }
    let order = Order {
        id: id(&table, own),
        label: label(&table),
        citation: context.citation(&table, None),
        extends: owned(table.texts("extends")),
        waives,
        ending: days(&table, "ending"),
        until,
        by: by.and_then(|text| phrase_of(&table, "by", text, phrase::length(text.value), "a length")),
        line: table.line,
    };
    moves_nothing(&table, &order);
    table.finish();
    order
}

/// Refuses an order about no days, and one that ends nothing later.
fn moves_nothing(table: &Table<'_, '_>, order: &Order) {
    let Days { from, through } = order.ending;
    if table.has("ending") && from.is_none() && through.is_none() {
        let found = format!("order `{}` speaks of no days", order.id);
        let hint = "write them, such as `ending = { from = 2020-03-10, through = 2020-08-31 }`";
        table.problem("contradiction", table.line, found, "the first day, the last, or both", hint);
    }
    let is_early = order.until.zip(through).is_some_and(|(until, last)| until < last);
    if is_early || order.by.is_some_and(|by| by.is_nothing()) {
        let found = format!("order `{}` leaves some of what it moves where it was", order.id);
        table.problem(
            "contradiction",
            table.line,
            found,
            "a later end for all of it",
            "mend `until` or `by`, or the days in `ending`",
        );
    }
}

/// Refuses rules and deadlines that do not exist.
pub(super) fn check(root: &Table<'_, '_>, version: &Version) {
    let rules = version.purposes.values().flat_map(|rules| &rules.rules).flat_map(with_branches);
    let rules: Vec<&str> = rules.map(|rule| rule.id.as_str()).collect();
    let deadlines = version.purposes.values().flat_map(|rules| &rules.deadlines).map(|deadline| deadline.id.as_str());
    let all: Vec<&str> = rules.iter().copied().chain(deadlines).chain(["term", "deadlines"]).collect();
    let unknown = |id: &str, known: &[&str], line: usize, what: &str| {
        let hint = nearest(id, known.iter().copied())
            .map_or_else(|| "name what the pack has".to_owned(), |near| format!("did you mean `{near}`?"));
        root.problem("unknown_rule", line, format!("{what} `{id}`"), format!("one of {}", known.join(", ")), hint);
    };
    for hold in &version.holds {
        hold.waives
            .iter()
            .filter(|id| !rules.contains(&id.as_str()))
            .for_each(|id| unknown(id, &rules, hold.line, "a hold waives"));
    }
    for order in &version.orders {
        order
            .extends
            .iter()
            .filter(|id| !all.contains(&id.as_str()))
            .for_each(|id| unknown(id, &all, order.line, "an order extends"));
        order
            .waives
            .iter()
            .filter(|id| !rules.contains(&id.as_str()))
            .for_each(|id| unknown(id, &rules, order.line, "an order waives"));
    }
}

fn with_branches(rule: &Rule) -> Vec<&Rule> {
    let below: Vec<&Rule> = match &rule.asks {
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().flat_map(with_branches).collect(),
        _ => Vec::new(),
    };
    std::iter::once(rule).chain(below).collect()
}
