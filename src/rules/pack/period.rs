//! `period` and `pro_rata`: requirements with a rhythm of their own, and amounts in proportion to a term.

use super::super::amount::{Amount, Decimal, Rounded, in_unit};
use super::super::calendar::Length;
use super::context::{Context, phrase_of};
use super::model::{Hours, Need, RoundingMode};
use super::phrase::{self, Anchor};
use super::table::{At, Table};

/// The days a requirement looks at when it has a rhythm of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// How long it is.
    pub every: Every,
    /// How long the first one is, where it differs; of the same sort, and only where one follows on the other.
    pub first: Option<Every>,
    /// One period follows on the other; otherwise it rolls: the last days count at every renewal.
    pub follows_on: bool,
    /// The day the first one starts; or, where it rolls, the day it ends.
    pub anchor: Anchor,
}

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// By the calendar.
    Long(Length),
    /// So many terms.
    Terms(u32),
}

/// An amount that grows with something of the person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// With what.
    pub by: ScaleBy,
    /// Months that make one unit: a full term, or what it is asked for each of.
    pub months: u32,
    /// A month or unit that has begun counts whole; otherwise only whole ones do.
    pub started: bool,
    /// The amounts are rounded to multiples of so many minutes.
    pub step: u64,
    /// Which way.
    pub mode: RoundingMode,
}

/// With what an amount grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaleBy {
    /// In proportion to every term.
    Term,
    /// In proportion to the first term only.
    FirstTerm,
    /// Once for each so many months away.
    Away,
}

impl Scale {
    /// The same hours with amounts for `units` out of `whole`.
    #[must_use]
    pub fn applied(&self, hours: &Hours, units: u64, whole: u64) -> Hours {
        let mut scaled = hours.clone();
        let needs = std::iter::once(&mut scaled.need).chain(scaled.instead.iter_mut().map(|(_, need)| need));
        for need in needs {
            match need {
                Need::Minutes(amount) => *amount = self.amount(amount, units, whole),
                Need::Count(count) => {
                    let share = (u64::from(*count) * units).div_ceil(whole.max(1));
                    *count = u32::try_from(share).unwrap_or(u32::MAX);
                }
            }
        }
        for bucket in &mut scaled.buckets {
            bucket.need = bucket.need.as_ref().map(|amount| self.amount(amount, units, whole));
        }
        scaled
    }

    fn amount(&self, amount: &Amount, units: u64, whole: u64) -> Amount {
        let exact = (amount.minutes_up * units).div_ceil(whole.max(1));
        let minutes = self.rounded(exact);
        let stated = Decimal::parse(&in_unit(minutes, amount.unit.minutes, Rounded::Up)).unwrap_or(amount.stated);
        Amount { minutes_up: minutes, minutes_down: minutes, unit: amount.unit.clone(), stated }
    }
}

impl Scale {
    fn rounded(&self, minutes: u64) -> u64 {
        let (step, rest) = (self.step.max(1), minutes % self.step.max(1));
        let up = match self.mode {
            RoundingMode::Floor => false,
            RoundingMode::Nearest => rest * 2 >= step,
            RoundingMode::Ceil => rest > 0,
        };
        minutes - rest + if up { step } else { 0 }
    }
}

/// `period = { every = "6 years", follows_on = true }`.
pub(super) fn period(context: &Context, table: &Table<'_, '_>) -> Option<Period> {
    let inner = table.table("period")?;
    let text = inner.need_text("every", "how long it is, such as `6 years` or `3 terms`");
    let every = every(&inner, "every", text);
    let first = inner.text("first").and_then(|text| Some((text, self::every(&inner, "first", text)?)));
    let follows_on = inner.yes("follows_on");
    if follows_on.is_none() {
        inner.missing("follows_on", "`true` where one period starts when the last one ends, `false` where it rolls");
    }
    let (from, to) = (inner.text("from"), inner.text("to"));
    let (key, named, other, usual) = match follows_on {
        Some(false) => ("to", to, from, Anchor::TermEnd),
        _ => ("from", from, to, Anchor::Issue(None)),
    };
    let misplaced = other.or(named.filter(|_| matches!(every, Some(Every::Terms(_)))));
    if let Some(text) = misplaced {
        inner.problem(
            "contradiction",
            text.line,
            format!(
                "`{}` in a period that {}",
                text.value,
                if follows_on == Some(false) { "rolls" } else { "follows on" }
            ),
            "`from` with `follows_on = true`, `to` with `follows_on = false`, neither with terms",
            "remove it",
        );
    }
    let alike = |first: &Every| {
        matches!((first, &every), (Every::Terms(_), Some(Every::Terms(_))) | (Every::Long(_), Some(Every::Long(_))))
    };
    if let Some((text, first)) = &first
        && (follows_on == Some(false) || (every.is_some() && !alike(first)))
    {
        inner.problem(
            "contradiction",
            text.line,
            format!("`first = \"{}\"`", text.value),
            "the length of the first period in terms or by the calendar, as `every` is, with `follows_on = true`",
            "write both in terms or both by the calendar, or remove it",
        );
    }
    let anchor = named.and_then(|text| context.anchor(&inner, key, text)).unwrap_or(usual);
    inner.finish();
    Some(Period { every: every?, first: first.map(|(_, first)| first), follows_on: follows_on?, anchor })
}

/// The length under `every`, or under `first`, which may be one term.
fn every(table: &Table<'_, '_>, key: &str, text: At<&str>) -> Option<Every> {
    if text.value.is_empty() {
        return None;
    }
    if text.value == "1 term" && key == "first" {
        return Some(Every::Terms(1));
    }
    if let Some(number) = text.value.strip_suffix(" terms").and_then(|number| number.parse().ok()) {
        let some = Some(Every::Terms(number)).filter(|_| (2..=20).contains(&number));
        return some.or_else(|| bad_every(table, key, text));
    }
    let length = phrase_of(table, key, text, phrase::length(text.value), "the length of a period")?;
    if length.is_nothing() { bad_every(table, key, text) } else { Some(Every::Long(length)) }
}

fn bad_every<T>(table: &Table<'_, '_>, key: &str, text: At<&str>) -> Option<T> {
    table.problem(
        "bad_phrase",
        text.line,
        format!("`{key} = \"{}\"` is not the length of a period", text.value),
        "a length such as `6 years`, or 2 to 20 terms (`first` may be `1 term`)",
        "use one of these phrases",
    );
    None
}

/// `pro_rata = { of = "first term", full = "24 months" }` or `for_each = "started year away"`.
pub(super) fn scale(context: &Context, table: &Table<'_, '_>) -> Option<Scale> {
    let (share, each) = (table.table("pro_rata"), table.text("for_each"));
    if let (Some(share), Some(each)) = (&share, each) {
        share.problem("contradiction", each.line, "both `pro_rata` and `for_each`", "one of them", "remove one");
    }
    if let Some(inner) = share {
        let found = pro_rata(context, &inner);
        inner.finish();
        return found;
    }
    each.and_then(|each| for_each(table, each))
}

fn pro_rata(context: &Context, table: &Table<'_, '_>) -> Option<Scale> {
    let of = table.need_text("of", "`first term` or `every term`");
    let by = match of.value {
        "first term" => Some(ScaleBy::FirstTerm),
        "every term" => Some(ScaleBy::Term),
        _ => {
            wrong(table, "of", of, "`first term` or `every term`");
            None
        }
    };
    let full = table.need_text("full", "the length of a full term, such as `24 months`");
    let months = phrase_of(table, "full", full, phrase::length(full.value), "a length");
    let months = match months {
        Some(Length::Months(months)) if months > 0 => Some(months),
        Some(_) => {
            wrong(table, "full", full, "months or years");
            None
        }
        None => None,
    };
    let counted = table.text("months");
    let started = match counted.map(|text| text.value) {
        None | Some("started") => true,
        Some("whole") => false,
        Some(_) => {
            counted.into_iter().for_each(|text| wrong(table, "months", text, "`started` or `whole`"));
            true
        }
    };
    let step = context.minutes(table, "step").unwrap_or(1).max(1);
    let mode = table.text("mode");
    let mode = match mode.map(|text| text.value) {
        None | Some("ceil") => RoundingMode::Ceil,
        Some("floor") => RoundingMode::Floor,
        Some("nearest") => RoundingMode::Nearest,
        Some(_) => {
            mode.into_iter().for_each(|text| wrong(table, "mode", text, "`ceil`, `floor` or `nearest`"));
            RoundingMode::Ceil
        }
    };
    Some(Scale { by: by?, months: months?, started, step, mode })
}

/// `"year away"`, `"started 6 months away"`.
fn for_each(table: &Table<'_, '_>, text: At<&str>) -> Option<Scale> {
    let (started, rest) = text.value.strip_prefix("started ").map_or((false, text.value), |rest| (true, rest));
    let months = rest.strip_suffix(" away").and_then(|length| match length {
        "year" => Some(12),
        "month" => Some(1),
        other => match phrase::length(other) {
            Ok(Length::Months(months)) if months > 0 => Some(months),
            _ => None,
        },
    });
    if months.is_none() {
        wrong(table, "for_each", text, "`year away`, `started year away`, `month away` or `started 6 months away`");
    }
    Some(Scale { by: ScaleBy::Away, months: months?, started, step: 1, mode: RoundingMode::Ceil })
}

fn wrong(table: &Table<'_, '_>, key: &str, text: At<&str>, expected: &str) {
    if !text.value.is_empty() {
        let found = format!("`{key} = \"{}\"`", text.value);
        table.problem("bad_phrase", text.line, found, expected, "use one of these phrases");
    }
}
