//! Reading learning and service rules: totals, topics and parts, caps, approval, rounding.

use super::super::amount::Amount;
use super::super::calendar::Length;
use super::super::evaluation::Citation;
use super::caps;
use super::carry;
use super::context::{Context, check_days, days, id, label, owned, phrase_of};
use super::guards::{self, Sort};
use super::model::{
    Approval, Attendance, Bucket, Days, Excused, Hours, Label, Need, Ratio, Repeats, Rounding, RoundingMode,
    RoundingScope,
};
use super::pace;
use super::period;
use super::phrase;
use super::table::{At, Table};

/// Reads the keys of a learning or service rule.
pub(super) fn hours(
    context: &Context,
    table: &Table<'_, '_>,
    sort: Sort,
    full: &str,
    citation: &Citation,
    prefix: &str,
) -> Hours {
    let need = need(context, table);
    let instead = table
        .tables("instead", &format!("[[{prefix}.instead]]"))
        .into_iter()
        .filter_map(|inner| {
            let guards = guards::guards(context, &inner, "when");
            if guards.is_empty() {
                inner.missing("when", "the condition under which it holds");
            }
            let need = self::need(context, &inner);
            inner.texts("cite");
            inner.texts("clause");
            inner.finish();
            need.map(|need| (guards, need))
        })
        .collect();
    let learning = sort == Sort::Learning;
    let ratio = if learning { None } else { ratio(context, table) };
    let pace = pace::pace(context, table);
    let asked = table.has("at_least") || table.has("count") || !pace.is_empty();
    let pace_only = !table.has("at_least") && asked;
    if need.is_none() && ratio.is_none() && !asked {
        table.missing("at_least", "how much is needed, such as `46 hours`");
    }
    let mut buckets = Vec::new();
    self::buckets(context, table, sort, &Inherited { id: full, citation, parent: None, prefix }, &mut buckets);
    let caps = caps::caps(context, table, sort, prefix);
    let windows = context.windows(table, "window").unwrap_or_default();
    let place_inside = !learning && place(table);
    Hours {
        need: need.unwrap_or_else(|| Need::Minutes(if pace_only { zero() } else { unread() })),
        counted_in: counted_in(table, sort),
        instead,
        filter: guards::filter(context, table, sort),
        windows,
        approval: approval(table).flatten(),
        topics_shared: learning && topics_shared(table),
        any_topic: learning && table.yes("any_topic").unwrap_or(false),
        shared: table.yes("shared").unwrap_or(false) || place_inside,
        repeats: if learning { repeats(table) } else { Repeats::Counted },
        repeats_within: if learning { repeats_within(table) } else { None },
        any_provider: learning && choice(table, "same_course", &["course and provider", "course"]) == Some("course"),
        whole: learning && table.yes("whole").unwrap_or(false),
        refuses_used: learning && used_elsewhere(table),
        rounding: rounding(context, table),
        minimum_size: context.minutes(table, "minimum_size").unwrap_or(0),
        attendance: if learning { attendance(context, table) } else { None },
        supervisor_eligible: !learning && supervisor(table),
        per_week: if learning { None } else { pace::per_week(context, table, &pace) },
        per_month: if learning { None } else { context.amount(table, "per_month").map(|amount| amount.minutes_down) },
        pace,
        ratio,
        period: period::period(context, table),
        scale: period::scale(context, table),
        carry: if learning { carry::carry(context, table) } else { None },
        buckets,
        caps,
    }
}

fn zero() -> Amount {
    let unit = super::super::amount::Unit { name: "hour".to_owned(), minutes: 60 };
    Amount { minutes_up: 0, minutes_down: 0, unit, stated: super::super::amount::Decimal::ZERO }
}

/// Stands for an amount that could not be read: the problem is named already, so nothing is compared with it.
fn unread() -> Amount {
    let unit = super::super::amount::Unit { name: String::new(), minutes: 0 };
    Amount { unit, ..zero() }
}

fn need(context: &Context, table: &Table<'_, '_>) -> Option<Need> {
    let count = table.number("count");
    let minutes = if table.has("at_least") { context.amount(table, "at_least") } else { None };
    if let (Some(count), true) = (count, minutes.is_some()) {
        table.problem(
            "contradiction",
            count.line,
            "both `at_least` and `count`",
            "one of them",
            "say hours or entries",
        );
    }
    minutes.map(Need::Minutes).or_else(|| count.map(|count| Need::Count(count.value)))
}

/// `counted_in = "point"`, beside `count`.
fn counted_in(table: &Table<'_, '_>, sort: Sort) -> Option<String> {
    let unit = if sort == Sort::Learning { table.text("counted_in") } else { None }?;
    if !table.has("count") {
        table.missing("count", "how many of them, beside `counted_in`");
    }
    if unit.value.eq_ignore_ascii_case("ceu") {
        table.problem(
            "ambiguous_unit",
            unit.line,
            "unit `ceu`",
            "a unit that means one thing",
            "a bare CEU is 1 hour or 10 hours depending on who says it: name it `iacet_ceu`, or use hours",
        );
    }
    Some(unit.value.to_owned())
}

fn place(table: &Table<'_, '_>) -> bool {
    choice(table, "place", &["beside", "inside"]) == Some("inside")
}

fn supervisor(table: &Table<'_, '_>) -> bool {
    choice(table, "supervisor", &["eligible"]).is_some()
}

fn topics_shared(table: &Table<'_, '_>) -> bool {
    choice(table, "topics", &["exclusive", "shared"]) == Some("shared")
}

fn used_elsewhere(table: &Table<'_, '_>) -> bool {
    choice(table, "used_elsewhere", &["counted", "refused"]) == Some("refused")
}

fn repeats(table: &Table<'_, '_>) -> Repeats {
    match choice(table, "repeats", &["counted", "refused", "half"]) {
        Some("refused") => Repeats::Refused,
        Some("half") => Repeats::Half,
        _ => Repeats::Counted,
    }
}

fn repeats_within(table: &Table<'_, '_>) -> Option<Length> {
    let text = table.text("repeats_within")?;
    if !table.has("repeats") {
        table.missing("repeats", "what a repeat is worth, `refused` or `half`, beside `repeats_within`");
    }
    phrase_of(table, "repeats_within", text, phrase::length(text.value), "a length")
}

/// One of a few words.
pub(super) fn choice<'w>(table: &Table<'_, '_>, key: &'static str, words: &[&'w str]) -> Option<&'w str> {
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

/// `attendance = "90 %"`, beside it `excused_at_most = "25 %"` or an amount.
fn attendance(context: &Context, table: &Table<'_, '_>) -> Option<Attendance> {
    let excused = excused(context, table);
    let Some(text) = table.text("attendance") else {
        if table.has("excused_at_most") {
            table.missing("attendance", "how much has to be attended, such as `100 %`, beside `excused_at_most`");
        }
        return None;
    };
    let share = percent(text.value);
    if share.is_none() {
        table.problem(
            "bad_amount",
            text.line,
            format!("`attendance = \"{}\"`", text.value),
            "a share such as `90 %`",
            "write whole per cent",
        );
    }
    share.map(|share| Attendance { share, excused })
}

fn excused(context: &Context, table: &Table<'_, '_>) -> Option<Excused> {
    let text = table.text("excused_at_most")?;
    if !text.value.ends_with('%') {
        return context.amount(table, "excused_at_most").map(|amount| Excused::Minutes(amount.minutes_down));
    }
    let share = if text.value == "0 %" { Some(0) } else { percent(text.value) };
    if share.is_none() {
        table.problem(
            "bad_amount",
            text.line,
            format!("`excused_at_most = \"{}\"`", text.value),
            "a share of what is held such as `25 %`, or an amount such as `4 hours`",
            "write whole per cent",
        );
    }
    share.map(Excused::Share)
}

pub(super) fn percent(text: &str) -> Option<u32> {
    text.strip_suffix(" %").and_then(|number| number.parse().ok()).filter(|share| (1..=100).contains(share))
}

/// `approved = true` or in full. `None`: nothing said; `Some(None)`: said not to be asked for.
fn approval(table: &Table<'_, '_>) -> Option<Option<Approval>> {
    let board = || vec!["board".to_owned()];
    if !table.is_table("approved") {
        return table
            .yes("approved")
            .map(|asked| asked.then(|| Approval { by: board(), lists: Vec::new(), completed: Days::default() }));
    }
    let inner = table.table("approved")?;
    let completed = Days { from: inner.date("completed_from"), through: inner.date("completed_through") };
    check_days(&inner, completed);
    let approval = Approval {
        by: inner.texts("by").map_or_else(board, |by| owned(Some(by))),
        lists: owned(inner.texts("lists")),
        completed,
    };
    inner.finish();
    Some(Some(approval))
}

fn rounding(context: &Context, table: &Table<'_, '_>) -> Option<Rounding> {
    let inner = table.table("rounding")?;
    let amount = context.amount(&inner, "step");
    let step = amount.as_ref().map(|amount| amount.minutes_up).filter(|step| *step > 0);
    if step.is_none() {
        inner.missing("step", "what is rounded to, such as `0.5 hours`");
    }
    if let Some(amount) = amount.filter(|amount| amount.minutes_up != amount.minutes_down) {
        let (least, most) = (amount.minutes_down, amount.minutes_up);
        inner.problem(
            "uneven_step",
            inner.line_of("step"),
            format!("`step` lies between {least} and {most} minutes"),
            "a step of whole minutes: records are in whole minutes",
            "write the step the board uses in minutes, or the smallest multiple that is even",
        );
    }
    let mode = match choice(&inner, "mode", &["floor", "nearest", "ceil"]) {
        Some("nearest") => RoundingMode::Nearest,
        Some("ceil") => RoundingMode::Ceil,
        _ => RoundingMode::Floor,
    };
    let scope = match choice(&inner, "scope", &["per activity", "per topic", "total"]) {
        Some("per topic") => RoundingScope::Topic,
        Some("total") => RoundingScope::Total,
        Some(_) => RoundingScope::Activity,
        None => {
            if !inner.has("scope") {
                inner.missing("scope", "what is rounded: `per activity`, `per topic` or `total`");
            }
            RoundingScope::Activity
        }
    };
    let minimum = context.minutes(&inner, "minimum").unwrap_or(0);
    inner.finish();
    step.map(|step| Rounding { step, minimum, mode, scope })
}

fn ratio(context: &Context, table: &Table<'_, '_>) -> Option<Ratio> {
    let inner = table.table("ratio")?;
    let per = context.minutes(&inner, "one_hour_per").filter(|per| *per > 0);
    if per.is_none() {
        inner.missing("one_hour_per", "for how much of the other rule, such as `25 hours`");
    }
    let of = inner.need_text("of", "the id of the other rule");
    let never_below = context.minutes(&inner, "never_below").unwrap_or(0);
    inner.finish();
    per.map(|one_hour_per| Ratio { one_hour_per, of: of.value.to_owned(), never_below })
}

/// What a bucket takes from what it is part of.
struct Inherited<'c> {
    id: &'c str,
    citation: &'c Citation,
    parent: Option<usize>,
    prefix: &'c str,
}

/// Topics and parts, parents before children, in the order of the file.
fn buckets(context: &Context, table: &Table<'_, '_>, sort: Sort, from: &Inherited<'_>, all: &mut Vec<Bucket>) {
    let mut found = Vec::new();
    if sort == Sort::Learning {
        found.extend(
            table.tables("topic", &format!("[[{}.topic]]", from.prefix)).into_iter().map(|inner| (inner, true)),
        );
    }
    found.extend(table.tables("part", &format!("[[{}.part]]", from.prefix)).into_iter().map(|inner| (inner, false)));
    found.sort_by_key(|(inner, _)| inner.start);
    for (inner, is_topic) in found {
        bucket(context, inner, is_topic, sort, from, all);
    }
}

fn bucket(
    context: &Context,
    table: Table<'_, '_>,
    is_topic: bool,
    sort: Sort,
    from: &Inherited<'_>,
    all: &mut Vec<Bucket>,
) {
    // `topic` names the topics; below a heading it is also the list of nested ones.
    let nested = table.is_list_of_tables("topic");
    let key = if nested || table.has("topics") { "topics" } else { "topic" };
    let topics: Vec<usize> = if is_topic { topics(context, &table, key) } else { Vec::new() };
    let first = topics.first().and_then(|at| context.topics.get(*at));
    let own = match (table.text("id"), first) {
        (Some(text), _) => id(&table, text),
        (None, Some(topic)) => topic.id.clone(),
        (None, None) => {
            if !is_topic {
                table.missing("id", "the part's id");
            }
            String::new()
        }
    };
    let bucket_label = match (table.has("label"), first) {
        (false, Some(topic)) => topic.label.clone(),
        // A topic nobody knows was named as such; that it has no label either is no news.
        (false, None) if is_topic => Label::default(),
        _ => label(&table),
    };
    let citation = context.citation(&table, Some(from.citation));
    let bucket = Bucket {
        id: format!("{}.{own}", from.id),
        label: bucket_label,
        citation: citation.clone(),
        parent: from.parent,
        topics,
        of: (!is_topic).then(|| guards::of(context, &table, sort)),
        need: context.amount(&table, "at_least"),
        at_most: context.amount(&table, "at_most"),
        filter: guards::filter(context, &table, sort),
        windows: context.windows(&table, "window"),
        approval: approval(&table),
        in_force: days(&table, "in_force"),
        when: guards::guards(context, &table, "when"),
        surplus_refused: choice(&table, "surplus", &["fills the total", "refused"]) == Some("refused"),
        independent: table.yes("independent").unwrap_or(false),
        line: table.line,
    };
    if !table.has("at_least") && !table.has("at_most") {
        table.problem(
            "no_amount",
            table.line,
            format!("{} asks for nothing", table.name),
            "`at_least`, `at_most` or both",
            "say how much",
        );
    }
    let (full, at) = (bucket.id.clone(), all.len());
    all.push(bucket);
    let prefix = format!("{}.{}", from.prefix, if is_topic { "topic" } else { "part" });
    let inherited = Inherited { id: &full, citation: &citation, parent: Some(at), prefix: &prefix };
    if nested || !is_topic {
        buckets(context, &table, sort, &inherited, all);
    } else if table.has("part") {
        buckets_of_parts(context, &table, sort, &inherited, all);
    }
    table.finish();
}

fn buckets_of_parts(context: &Context, table: &Table<'_, '_>, sort: Sort, from: &Inherited<'_>, all: &mut Vec<Bucket>) {
    for inner in table.tables("part", &format!("[[{}.part]]", from.prefix)) {
        bucket(context, inner, false, sort, from, all);
    }
}

fn topics(context: &Context, table: &Table<'_, '_>, key: &'static str) -> Vec<usize> {
    let Some(texts) = table.texts(key) else {
        table.missing("topic", "the topic it speaks of; where topics are nested below it, write `topics = [\"...\"]`");
        return Vec::new();
    };
    texts.into_iter().filter_map(|text: At<&str>| context.known_topic(table, text)).collect()
}
