//! How hours must lie in time: `rhythm`, `spread`, `rate`. The types, and their readers.

use super::super::amount::Amount;
use super::super::calendar::Length;
use super::context::{Context, phrase_of};
use super::hours::choice;
use super::model::Label;
use super::phrase;
use super::table::Table;

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Each {
    /// Monday through Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
}

/// The least in each stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Least {
    /// Entries.
    Count(u32),
    /// Minutes.
    Minutes(Amount),
}

/// At least so much in every stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// Which stretch.
    pub each: Each,
    /// How much.
    pub at_least: Least,
    /// Only in stretches in which this other rule takes something; none: in every one.
    pub with_any: Option<String>,
    /// For people.
    pub label: Label,
    /// Where it stands.
    pub line: usize,
}

/// How far apart the first and the last day may or must lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// Over at least so long.
    pub at_least: Option<Length>,
    /// Within so long.
    pub at_most: Option<Length>,
    /// For people.
    pub label: Label,
}

/// So much in every stretch, without a gap, for so long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// Which stretch.
    pub each: Each,
    /// How much.
    pub at_least: Amount,
    /// For how long.
    pub lasts: Length,
    /// For people.
    pub label: Label,
}

/// What a rule says about time beside its amount.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pace {
    /// Something in every stretch.
    pub rhythm: Option<Rhythm>,
    /// Over how long.
    pub spread: Option<Spread>,
    /// So much for so long.
    pub rate: Option<Rate>,
}

impl Pace {
    /// Whether nothing is said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rhythm.is_none() && self.spread.is_none() && self.rate.is_none()
    }

    /// What a part is called: `rhythm`, `spread` or `rate`.
    #[must_use]
    pub fn label(&self, part: &str) -> Option<&Label> {
        match part {
            "rhythm" => self.rhythm.as_ref().map(|rhythm| &rhythm.label),
            "spread" => self.spread.as_ref().map(|spread| &spread.label),
            "rate" => self.rate.as_ref().map(|rate| &rate.label),
            _ => None,
        }
    }
}

/// Reads the three keys.
pub(super) fn pace(context: &Context, table: &Table<'_, '_>) -> Pace {
    Pace { rhythm: rhythm(context, table), spread: spread(table), rate: rate(context, table) }
}

/// A limit on what counts in a week, which has to leave room for what is asked for in each.
pub(super) fn per_week(context: &Context, table: &Table<'_, '_>, pace: &Pace) -> Option<u64> {
    let limit = context.amount(table, "per_week")?;
    let rate = pace.rate.as_ref().map(|rate| ("rate", rate.each, &rate.at_least));
    let rhythm = pace.rhythm.as_ref().and_then(|rhythm| match &rhythm.at_least {
        Least::Minutes(amount) => Some(("rhythm", rhythm.each, amount)),
        Least::Count(_) => None,
    });
    for (key, each, asked) in rate.into_iter().chain(rhythm) {
        if each == Each::Week && limit.minutes_down < asked.minutes_up {
            table.problem(
                "contradiction",
                table.line_of(key),
                format!("{} a week are asked for and at most {} count", words(asked).0, words(&limit).0),
                "a weekly limit that is not below it",
                format!("mend `{key}` or `per_week`"),
            );
        }
    }
    Some(limit.minutes_down)
}

fn each(table: &Table<'_, '_>) -> Option<Each> {
    if !table.has("each") {
        table.missing("each", "`week`, `month` or `quarter`");
    }
    match choice(table, "each", &["week", "month", "quarter"])? {
        "week" => Some(Each::Week),
        "month" => Some(Each::Month),
        _ => Some(Each::Quarter),
    }
}

const fn each_words(each: Each) -> (&'static str, &'static str) {
    match each {
        Each::Week => ("week", "semana"),
        Each::Month => ("month", "mes"),
        Each::Quarter => ("quarter", "trimestre"),
    }
}

fn rhythm(context: &Context, table: &Table<'_, '_>) -> Option<Rhythm> {
    let inner = table.table("rhythm")?;
    let (each, at_least) = (each(&inner), least(context, &inner));
    let with_any = inner.text("with_any").map(|text| text.value.to_owned());
    let line = if with_any.is_some() { inner.line_of("with_any") } else { table.line_of("rhythm") };
    inner.finish();
    let (each, at_least) = (each?, at_least?);
    let ((en, es), (period, periodo)) = (
        match &at_least {
            Least::Count(count) => (count.to_string(), count.to_string()),
            Least::Minutes(amount) => words(amount),
        },
        each_words(each),
    );
    let label = Label { en: format!("At least {en} each {period}"), es: format!("Al menos {es} cada {periodo}") };
    Some(Rhythm { each, at_least, with_any, label, line })
}

fn least(context: &Context, table: &Table<'_, '_>) -> Option<Least> {
    if !table.has("at_least") {
        table.missing(
            "at_least",
            "how much in each: a number of entries such as `1`, or an amount such as `\"2 hours\"`",
        );
        return None;
    }
    let least = if table.is_text("at_least") {
        Least::Minutes(context.amount(table, "at_least")?)
    } else {
        Least::Count(table.number("at_least")?.value)
    };
    if matches!(&least, Least::Count(0)) || matches!(&least, Least::Minutes(amount) if amount.minutes_up == 0) {
        table.problem(
            "contradiction",
            table.line_of("at_least"),
            "nothing is asked for in each stretch",
            "at least 1, or an amount above 0",
            "raise `at_least`, or leave `rhythm` out",
        );
    }
    Some(least)
}

fn spread(table: &Table<'_, '_>) -> Option<Spread> {
    let inner = table.table("spread")?;
    let (at_least, at_most) = (length(&inner, "at_least"), length(&inner, "at_most"));
    // `within` is refused as such, with what was meant.
    if !inner.has("at_least") && !inner.has("at_most") && !inner.states("within") {
        inner.missing("at_least", "over how long at least, such as `6 months`, or `at_most`");
    }
    if let (Some(least), Some(most)) = (at_least, at_most)
        && days(least).0 > days(most).1
    {
        inner.problem(
            "contradiction",
            inner.line_of("at_most"),
            "hours that must lie further apart than they may",
            "an `at_most` that is not shorter than `at_least`",
            "mend one of them",
        );
    }
    inner.finish();
    let (mut en, mut es) = (Vec::new(), Vec::new());
    if let Some((text, texto)) = at_least.map(length_words) {
        en.push(format!("over at least {text}"));
        es.push(format!("a lo largo de al menos {texto}"));
    }
    if let Some((text, texto)) = at_most.map(length_words) {
        en.push(format!("within {text}"));
        es.push(format!("dentro de {texto}"));
    }
    let label = Label { en: format!("Spread {}", en.join(" and ")), es: format!("Repartido {}", es.join(" y ")) };
    (at_least.is_some() || at_most.is_some()).then_some(Spread { at_least, at_most, label })
}

fn rate(context: &Context, table: &Table<'_, '_>) -> Option<Rate> {
    let inner = table.table("rate")?;
    let (each, at_least) = (each(&inner), context.amount(&inner, "at_least"));
    if !inner.has("at_least") {
        inner.missing("at_least", "how much in each, such as `10 hours`");
    }
    let lasts = length(&inner, "for");
    if !inner.has("for") {
        inner.missing("for", "how long without a gap, such as `90 days`");
    }
    inner.finish();
    let (each, at_least, lasts) = (each?, at_least?, lasts?);
    let ((amount, cantidad), (period, periodo)) = (words(&at_least), each_words(each));
    let (long, largo) = length_words(lasts);
    let label = Label {
        en: format!("{amount} each {period} for {long}"),
        es: format!("{cantidad} cada {periodo} durante {largo}"),
    };
    Some(Rate { each, at_least, lasts, label })
}

fn length(table: &Table<'_, '_>, key: &'static str) -> Option<Length> {
    let text = table.text(key)?;
    let read = phrase_of(table, key, text, phrase::length(text.value), "a length")?;
    if days(read).1 == 0 {
        table.problem(
            "bad_phrase",
            text.line,
            format!("`{key} = \"{}\"`", text.value),
            "a length above 0",
            "say how long",
        );
    }
    Some(read)
}

/// The fewest and the most days a length can have.
const fn days(length: Length) -> (u32, u32) {
    match length {
        Length::Days(days) => (days, days),
        Length::Months(months) => (months * 28, months * 31),
    }
}

/// An amount in English and Spanish.
fn words(amount: &Amount) -> (String, String) {
    let (number, unit) = (amount.stated.to_string(), amount.unit.name.as_str());
    let one = number == "1";
    let named = |lang| format!("{number} {}", super::super::explain::unit_name(unit, one, lang));
    (named(super::super::lang::Lang::En), named(super::super::lang::Lang::Es))
}

pub(super) fn length_words(length: Length) -> (String, String) {
    let (number, en, es) = match length {
        Length::Days(days) if days > 0 && days.is_multiple_of(7) && !days.is_multiple_of(30) => {
            (days / 7, "week", ["semana", "semanas"])
        }
        Length::Days(days) => (days, "day", ["día", "días"]),
        Length::Months(months) => (months, "month", ["mes", "meses"]),
    };
    let [one, many] = es;
    if number == 1 {
        (format!("1 {en}"), format!("1 {one}"))
    } else {
        (format!("{number} {en}s"), format!("{number} {many}"))
    }
}
