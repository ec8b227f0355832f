//! Reading the head of a version: who, when, sources, units, topics, stages, reminders.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::amount::Amount;
use super::super::calendar::Length;
use super::super::evaluation::Citation;
use super::super::problem::{folded, nearest};
use super::context::{Context, check_days, id, label, owned, phrase_of};
use super::fees;
use super::model::{Days, Label, Reminders, RenewalDays, Stage, Topic};
use super::phrase;
use super::table::{At, Table};
use super::term_words;

/// Everything above the rules, read into a context.
pub(super) fn context(root: &Table<'_, '_>) -> Context {
    let hour = hour(root);
    let mut context = Context {
        hour,
        units: BTreeMap::new(),
        unit_sizes: BTreeMap::new(),
        sources: sources(root),
        topics: Vec::new(),
        topic_ids: HashMap::new(),
        topic_names: HashMap::new(),
        stages: Vec::new(),
    };
    (context.units, context.unit_sizes) = units(&context, root);
    (context.topics, context.topic_ids, context.topic_names) = topics(root);
    context
}

fn hour(root: &Table<'_, '_>) -> u32 {
    let text = root.need_text("hour", "the minutes in one hour of this board, such as `\"60 minutes\"`");
    let minutes = text
        .value
        .strip_suffix(" minutes")
        .and_then(|number| number.parse().ok())
        .filter(|minutes| (1..=1440).contains(minutes));
    if minutes.is_none() && !text.value.is_empty() {
        root.problem(
            "bad_amount",
            text.line,
            format!("`hour = \"{}\"`", text.value),
            "whole minutes such as `60 minutes`",
            "write the minutes in one hour of this board",
        );
    }
    minutes.unwrap_or(60)
}

fn sources(root: &Table<'_, '_>) -> BTreeMap<String, Citation> {
    let mut sources = BTreeMap::new();
    let Some(table) = root.table("source") else { return sources };
    for (key, value) in table.entries() {
        let Some(source) = table.entry_table(key.value, value, format!("[source.{}]", key.value)) else { continue };
        let title = source.need_text("title", "the title of the page or document");
        let url = source.need_text("url", "its address");
        let read_on = source.date("read_on");
        if read_on.is_none() {
            source.missing("read_on", "the day someone read it, such as 2026-11-20");
        }
        let dated = source.text("dated").map(|text| text.value.to_owned());
        let (title, url) = (title.value.to_owned(), url.value.to_owned());
        sources.insert(key.value.to_owned(), Citation { title, url, read_on, dated });
        source.finish();
    }
    sources
}

/// What a unit is worth, by its name; and by course where that differs.
type Units = (BTreeMap<String, Amount>, BTreeMap<String, BTreeMap<String, Amount>>);

fn units(context: &Context, root: &Table<'_, '_>) -> Units {
    let (mut units, mut all_sizes) = (BTreeMap::new(), BTreeMap::new());
    let Some(table) = root.table("unit") else { return (units, all_sizes) };
    for (key, value) in table.entries() {
        let Some(unit) = table.entry_table(key.value, value, format!("[unit.{}]", key.value)) else { continue };
        if key.value.eq_ignore_ascii_case("ceu") {
            unit.problem(
                "ambiguous_unit",
                key.line,
                "unit `ceu`",
                "a unit that means one thing",
                "a bare CEU is 1 hour or 10 hours depending on who says it: name it `iacet_ceu`, or use hours",
            );
        }
        let own = sizes(context, &unit);
        match context.amount(&unit, "is") {
            Some(size) if size.minutes_up == 0 => unit.problem(
                "bad_amount",
                unit.line_of("is"),
                format!("`{}` is worth nothing", key.value),
                "a length of time, or no `is` for what is counted in itself",
                "write how many minutes or hours one is, or leave `is` out",
            ),
            Some(size) => drop(units.insert(key.value.to_owned(), size)),
            None if unit.has("is") || !own.is_empty() => {}
            // Counted in itself: a name is all there is to say of it.
            None if unit.has("label") => {}
            None => unit.missing(
                "is",
                "what it is worth here, such as `\"15 hours\"`, or `sizes` by course; of a unit that is no length of time its name: `label`, `label_es`, `plural` and `plural_es`",
            ),
        }
        all_sizes.insert(key.value.to_owned(), own);
        for named in ["label", "label_es", "plural", "plural_es"] {
            unit.has(named); // Read by `names::units`.
        }
        unit.not_yet(&[("in_force", "make a new version of the pack where the size changed")]);
        unit.finish();
    }
    (units, all_sizes)
}

/// `sizes = { CHCPRP003 = "40 hours" }`.
fn sizes(context: &Context, unit: &Table<'_, '_>) -> BTreeMap<String, Amount> {
    let Some(table) = unit.table("sizes") else { return BTreeMap::new() };
    let mut sizes = BTreeMap::new();
    for (course, value) in table.entries() {
        let size = table.entry_text(course.value, value).and_then(|text| context.amount_in(&table, "sizes", text));
        sizes.extend(size.map(|size| (course.value.to_owned(), size)));
    }
    sizes
}

/// Topics with their ids and synonyms as written, and every name of theirs as records may have it.
type Topics = (Vec<Topic>, HashMap<String, usize>, HashMap<String, usize>);

fn topics(root: &Table<'_, '_>) -> Topics {
    let (mut topics, mut ids, mut names) = (Vec::new(), HashMap::new(), HashMap::new());
    let Some(table) = root.table("topic") else { return (topics, ids, names) };
    for (key, value) in table.entries() {
        let Some(topic) = table.entry_table(key.value, value, format!("[topic.{}]", key.value)) else { continue };
        let synonyms = topic.texts("synonyms").unwrap_or_default();
        let (at, label) = (topics.len(), label(&topic));
        let twice = |line, name: &str| {
            topic.problem(
                "duplicate_topic",
                line,
                format!("topic or synonym `{name}` a second time"),
                "each name once; capitals, spaces, hyphens and underscores make no difference",
                "remove it from one of the topics",
            );
        };
        for name in std::iter::once(At { value: key.value, line: key.line }).chain(synonyms.iter().copied()) {
            let again = ids.insert(name.value.to_owned(), at).is_some();
            let other = names.insert(folded(name.value), at).is_some_and(|known| known != at);
            if again || other {
                twice(name.line, name.value);
            }
        }
        topics.push(Topic {
            id: id(&topic, key),
            label,
            synonyms: synonyms.iter().map(|text| text.value.to_owned()).collect(),
            never_counts: topic.yes("never_counts").unwrap_or(false),
        });
        topic.finish();
    }
    labels(&topics, &mut names);
    (topics, ids, names)
}

/// Labels are names too, where no topic has them as an id or synonym and no two topics share them.
fn labels(topics: &[Topic], names: &mut HashMap<String, usize>) {
    let mut said: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, topic) in topics.iter().enumerate() {
        for label in [&topic.label.en, &topic.label.es] {
            said.entry(folded(label)).or_default().insert(at);
        }
    }
    for (label, topics) in said {
        if let (Some(at), 1, false) = (topics.first(), topics.len(), label.is_empty()) {
            names.entry(label).or_insert(*at);
        }
    }
}

/// The stages, first to last.
pub(super) fn stages(context: &Context, root: &Table<'_, '_>) -> Vec<Stage> {
    let tables = root.tables("stage", "[[stage]]");
    if tables.is_empty() {
        root.missing("stage", "at least one `[[stage]]` with `id`, `label`, `label_es` and `term`");
    }
    tables.into_iter().map(|table| stage(context, table)).collect()
}

fn stage(context: &Context, table: Table<'_, '_>) -> Stage {
    let text = table.need_text("id", "the stage's id");
    let stage_id = id(&table, text);
    let label = label(&table);
    let term_text = table.need_text("term", "how long a term is, such as `24 months`");
    let term = if term_text.value.is_empty() {
        None
    } else {
        phrase_of(&table, "term", term_text, term_words::term(term_text.value), "the length of a term")
    };
    let first_term = table.text("first_term").and_then(|text| {
        phrase_of(&table, "first_term", text, term_words::term(text.value), "the length of a term")
            .map(|rule| (rule, text.value.to_owned()))
    });
    let follows_on = match table.text("next_term") {
        None => true,
        Some(At { value: "follows on", .. }) => true,
        Some(At { value: "starts on the decision", .. }) => false,
        Some(other) => {
            table.problem(
                "bad_phrase",
                other.line,
                format!("`next_term = \"{}\"`", other.value),
                "`follows on` or `starts on the decision`",
                "use one of the two phrases",
            );
            true
        }
    };
    let stage = Stage {
        id: stage_id,
        label,
        term: term.unwrap_or(phrase::TermRule::NoEnd),
        term_text: term_text.value.to_owned(),
        first_term,
        follows_on,
        renewals: table.number("renewals").map(|number| number.value),
        extensions: extensions(&table),
        renewal: renewal(&table),
        fees: fees::fees(context, &table),
        suspends_with: owned(table.texts("suspends_with")),
        line: table.line,
    };
    context.may_cite(&table);
    table.finish();
    stage
}

fn extensions(table: &Table<'_, '_>) -> Option<(u32, Length)> {
    let inner = table.table("extensions")?;
    let at_most = inner.number("at_most").map(|number| number.value);
    if at_most.is_none() {
        inner.missing("at_most", "how many there may be");
    }
    let each = inner.need_text("each", "how long each is, such as `6 months`");
    let each = phrase_of(&inner, "each", each, phrase::length(each.value), "a length");
    inner.finish();
    Some((at_most?, each?))
}

fn renewal(table: &Table<'_, '_>) -> RenewalDays {
    let Some(inner) = table.table("renewal") else { return RenewalDays::default() };
    let earns = inner.text("grace_earns");
    if let Some(earns) = earns
        && !["papers", "hours"].contains(&earns.value)
    {
        inner.problem(
            "bad_phrase",
            earns.line,
            format!("`grace_earns = \"{}\"`", earns.value),
            "`papers` or `hours`",
            "say what may still be earned in grace",
        );
    }
    let (grace, grace_at_least) = grace(&inner);
    let days = RenewalDays {
        opens: before_expiry(&inner, "opens"),
        due: before_expiry(&inner, "due"),
        late_from: before_expiry(&inner, "late_from"),
        grace,
        grace_at_least,
        grace_earns_hours: earns.is_some_and(|earns| earns.value == "hours"),
    };
    inner.finish();
    days
}

/// `30 days`, or `at least 1 month` where nobody has written when it ends.
fn grace(table: &Table<'_, '_>) -> (Option<Length>, bool) {
    let Some(text) = table.text("grace") else { return (None, false) };
    let least = text.value.strip_prefix("at least ");
    let read = phrase::length(least.unwrap_or(text.value));
    if least.is_some() && read.as_ref().is_ok_and(|long| long.is_nothing()) {
        let found = format!("`grace = \"{}\"`", text.value);
        let hint =
            "leave `grace` out where the board states none, or write `0 days` where nothing renews after the end";
        table.problem("bad_phrase", text.line, found, "a length above 0 such as `at least 1 month`", hint);
    }
    (phrase_of(table, "grace", text, read, "a length"), least.is_some())
}

fn before_expiry(table: &Table<'_, '_>, key: &'static str) -> Option<Length> {
    let text = table.text(key)?;
    if text.value == "at expiry" {
        return Some(Length::Days(0));
    }
    let length =
        text.value.strip_suffix(" before expiry").map_or(Err("`90 days before expiry` or `at expiry`"), phrase::length);
    phrase_of(table, key, text, length, "a day before expiry")
}

/// `[reminders]`.
pub(super) fn reminders(root: &Table<'_, '_>) -> Reminders {
    let Some(table) = root.table("reminders") else { return Reminders::default() };
    let reminders = Reminders {
        before_expiry: table.numbers("before_expiry").unwrap_or_default(),
        in_grace: table.numbers("in_grace").unwrap_or_default(),
    };
    table.finish();
    reminders
}

/// `time_zone`: a day is a day of this board.
pub(super) fn time_zone(root: &Table<'_, '_>) -> String {
    let zone = root.need_text("time_zone", "an IANA name such as `America/Chicago`");
    if !zone.value.is_empty() && zone.value.parse::<chrono_tz::Tz>().is_err() {
        let names = || chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
        let city = |name: &'static str| name.rsplit('/').next().unwrap_or(name);
        let by_city = nearest(zone.value.rsplit('/').next().unwrap_or_default(), names().map(city))
            .and_then(|near| names().find(|name| city(name) == near));
        let hint = nearest(zone.value, names())
            .or(by_city)
            .map_or_else(|| "name a city of the zone".to_owned(), |near| format!("did you mean `{near}`?"));
        let found = format!("time zone `{}` is not known", zone.value);
        root.problem("unknown_time_zone", zone.line, found, "an IANA name such as `America/Chicago`", hint);
    }
    zone.value.to_owned()
}

/// `name` and `name_es`.
pub(super) fn name(root: &Table<'_, '_>) -> Label {
    Label {
        en: root.need_text("name", "the credential's name in English").value.to_owned(),
        es: root.need_text("name_es", "the credential's name in Spanish").value.to_owned(),
    }
}

/// `in_force`, whose first day is also the file's name.
pub(super) fn in_force(root: &Table<'_, '_>, stem: &str) -> Days {
    let Some(table) = root.table("in_force") else {
        root.missing("in_force", "the days it holds, such as `{ from = 2024-07-01 }`");
        return Days::default();
    };
    let days = Days { from: table.date("from"), through: table.date("through") };
    check_days(&table, days);
    match days.from {
        None => table.missing("from", "the first day it holds"),
        Some(from) if from.to_string() != stem => {
            table.problem(
                "wrong_file_name",
                table.line,
                format!("in force from {from} in a file named `{stem}.toml`"),
                format!("a file named `{from}.toml`"),
                "rename the file or mend the day",
            );
        }
        Some(_) => {}
    }
    table.finish();
    days
}
