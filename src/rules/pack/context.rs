//! What is known while a file is read: its sources, topics, stages and units, and the readers of short phrases.

use std::collections::BTreeMap;

use super::super::amount::{Amount, Decimal, LARGEST, Unit};
use super::super::calendar::Length;
use super::super::evaluation::Citation;
use super::super::problem::nearest;
use super::model::{Days, Label, Topic};
use super::near_phrases;
use super::phrase::{self, Anchor, Window};
use super::slips;
use super::table::{At, Table};

/// What the head of a file declares, for the rules that follow.
pub(super) struct Context {
    pub(super) hour: u32,
    pub(super) units: BTreeMap<String, Amount>,
    pub(super) unit_sizes: BTreeMap<String, BTreeMap<String, Amount>>,
    pub(super) sources: BTreeMap<String, Citation>,
    pub(super) topics: Vec<Topic>,
    pub(super) topic_ids: std::collections::HashMap<String, usize>,
    pub(super) topic_names: std::collections::HashMap<String, usize>,
    pub(super) stages: Vec<String>,
}

impl Context {
    /// An amount such as `59.5 hours`.
    pub(super) fn amount(&self, table: &Table<'_, '_>, key: &'static str) -> Option<Amount> {
        self.amount_in(table, key, table.text(key)?)
    }

    /// The same, of a text that is there already.
    pub(super) fn amount_in(&self, table: &Table<'_, '_>, key: &str, text: At<&str>) -> Option<Amount> {
        let amount = self.read_amount(text.value);
        if amount.as_ref().is_some_and(|amount| amount.minutes_up > LARGEST) {
            table.problem(
                "bad_amount",
                text.line,
                format!("`{key} = \"{}\"`", text.value),
                format!("at most {LARGEST} minutes, which are about 190 years"),
                "check the number and its unit",
            );
            return None;
        }
        if amount.is_none() {
            let mut units = vec!["hours", "minutes"];
            units.extend(self.units.keys().map(String::as_str));
            // A limit by attribute, and its contrary, may be shares of what counts.
            let shares = table.name.ends_with(".cap]]") || table.name.ends_with(".floor]]");
            let expected = if shares {
                format!("an amount such as `10 hours`, or a share such as `50 %`; units are {}", units.join(", "))
            } else {
                format!("a number and a unit such as `59.5 hours`; units are {}", units.join(", "))
            };
            let itself = self.counted_in_itself(text.value).map(|(number, unit)| {
                format!("`{unit}` is counted in itself: write `count = {number}` and `counted_in = \"{unit}\"`")
            });
            let hint = itself.or_else(|| near_phrases::amount(key, text.value, shares)).unwrap_or_else(|| {
                "write the number with digits and a point, then one space, then the unit".to_owned()
            });
            table.problem("bad_amount", text.line, format!("`{key} = \"{}\"`", text.value), expected, hint);
        }
        amount
    }

    fn read_amount(&self, text: &str) -> Option<Amount> {
        let (number, unit) = text.split_once(' ')?;
        let stated = Decimal::parse(number)?;
        let unit = match unit {
            "hour" | "hours" => Unit { name: "hour".to_owned(), minutes: self.hour },
            "minute" | "minutes" => Unit { name: "minute".to_owned(), minutes: 1 },
            other => {
                let known =
                    self.units.get_key_value(other).or_else(|| self.units.get_key_value(other.strip_suffix('s')?));
                let (name, size) = known?;
                Unit { name: name.clone(), minutes: u32::try_from(size.minutes_up).ok()? }
            }
        };
        let size = u64::from(unit.minutes);
        Some(Amount { minutes_up: stated.times_up(size), minutes_down: stated.times_down(size), unit, stated })
    }

    /// The minutes of an amount that is a minimum.
    pub(super) fn minutes(&self, table: &Table<'_, '_>, key: &'static str) -> Option<u64> {
        self.amount(table, key).map(|amount| amount.minutes_up)
    }

    /// One or several window phrases.
    pub(super) fn windows(&self, table: &Table<'_, '_>, key: &'static str) -> Option<Vec<Window>> {
        let texts = table.texts(key)?;
        Some(texts.into_iter().filter_map(|text| self.window(table, key, text)).collect())
    }

    pub(super) fn window(&self, table: &Table<'_, '_>, key: &str, text: At<&str>) -> Option<Window> {
        let window = phrase_of(table, key, text, phrase::window(text.value), "a window")?;
        if let Window::WhileHolding(stage) = &window {
            self.known_stage(table, At { value: stage, line: text.line });
        }
        if let Some(anchor) = window.anchor() {
            self.check_anchor(table, anchor, text.line);
        }
        Some(window)
    }

    pub(super) fn anchor(&self, table: &Table<'_, '_>, key: &str, text: At<&str>) -> Option<Anchor> {
        let anchor = phrase_of(table, key, text, phrase::anchor(text.value), "a day a rule can point to")?;
        self.check_anchor(table, &anchor, text.line);
        Some(anchor)
    }

    /// `12 months before application` as a length and its anchor; `joint` is ` before ` or ` after `.
    pub(super) fn length_and_anchor(
        &self,
        table: &Table<'_, '_>,
        key: &'static str,
        joint: &str,
    ) -> Option<(Length, Anchor)> {
        let text = table.text(key)?;
        let Some((length, anchor)) = text.value.split_once(joint) else {
            let expected = format!("a length, `{}`, and a day, such as `12 months{joint}application`", joint.trim());
            table.problem(
                "no_anchor",
                text.line,
                format!("`{key} = \"{}\"`", text.value),
                expected,
                format!("say {} what", joint.trim()),
            );
            return None;
        };
        let length = phrase_of(table, key, text, phrase::length(length), "a length")?;
        let anchor = self.anchor(table, key, At { value: anchor, line: text.line })?;
        Some((length, anchor))
    }

    fn check_anchor(&self, table: &Table<'_, '_>, anchor: &Anchor, line: usize) {
        if let Anchor::Issue(Some(stage)) = anchor {
            self.known_stage(table, At { value: stage, line });
        }
    }

    /// `8 competency` or `8 competencys` as a number of a unit that the pack names and gives no size.
    fn counted_in_itself<'s>(&'s self, text: &'s str) -> Option<(&'s str, &'s str)> {
        let (number, unit) = text.split_once(' ')?;
        let named = |name: &str| self.unit_sizes.get_key_value(name).filter(|(_, sizes)| sizes.is_empty());
        let (unit, _) = named(unit).or_else(|| named(unit.strip_suffix('s')?))?;
        (!self.units.contains_key(unit)).then_some((number, unit.as_str()))
    }

    /// The number of a stage, or a problem.
    pub(super) fn known_stage(&self, table: &Table<'_, '_>, stage: At<&str>) -> Option<usize> {
        let found = self.stages.iter().position(|id| id == stage.value);
        if found.is_none() {
            let near = nearest(stage.value, self.stages.iter().map(String::as_str));
            let hint =
                near.map_or_else(|| "declare it with `[[stage]]`".to_owned(), |near| format!("did you mean `{near}`?"));
            table.problem(
                "unknown_stage",
                stage.line,
                format!("stage `{}` is not declared", stage.value),
                format!("one of {}", self.stages.join(", ")),
                hint,
            );
        }
        found
    }

    /// The number of a topic, or a problem.
    pub(super) fn known_topic(&self, table: &Table<'_, '_>, topic: At<&str>) -> Option<usize> {
        let found = self.topic_ids.get(topic.value).copied();
        if found.is_none() {
            // In the pack's order: of names that are equally near the first is meant, each time the pack is read.
            let names = self.topics.iter().flat_map(|topic| std::iter::once(&topic.id).chain(&topic.synonyms));
            let near = nearest(topic.value, names.map(String::as_str));
            let hint = near.map_or_else(
                || format!("declare it with `[topic.{}]`", topic.value),
                |near| format!("did you mean `{near}`? else declare it with `[topic.{}]`", topic.value),
            );
            let known: Vec<&str> = self.topics.iter().map(|topic| topic.id.as_str()).collect();
            table.problem(
                "unknown_topic",
                topic.line,
                format!("topic `{}` is not declared", topic.value),
                format!("one of {}", known.join(", ")),
                hint,
            );
        }
        found
    }

    /// Where something is written that need not say so: a source that it names must be known.
    pub(super) fn may_cite(&self, table: &Table<'_, '_>) {
        if table.has("cite") {
            self.citation(table, None);
        } else {
            table.text("clause");
        }
    }

    /// The citation of a rule; `inherited` is its parent's.
    pub(super) fn citation(&self, table: &Table<'_, '_>, inherited: Option<&Citation>) -> Citation {
        let clause = table.text("clause");
        let cited = match (table.text("cite"), inherited) {
            (Some(cite), _) => self.sources.get(cite.value).cloned().or_else(|| {
                let known: Vec<&str> = self.sources.keys().map(String::as_str).collect();
                let hint = nearest(cite.value, known.iter().copied()).map_or_else(
                    || format!("declare it with `[source.{}]`", cite.value),
                    |near| format!("did you mean `{near}`? else declare it with `[source.{}]`", cite.value),
                );
                table.problem(
                    "unknown_source",
                    cite.line,
                    format!("source `{}` is not declared", cite.value),
                    format!("one of {}", known.join(", ")),
                    hint,
                );
                None
            }),
            (None, Some(parent)) => Some(parent.clone()),
            (None, None) => {
                table.problem(
                    "no_citation",
                    table.line,
                    format!("{} says nowhere where it is written", table.name),
                    "`cite` with the name of a `[source.*]`",
                    "add `cite`, and `clause` for the place in it",
                );
                None
            }
        };
        let mut citation =
            cited.unwrap_or_else(|| Citation { title: String::new(), url: String::new(), read_on: None, dated: None });
        if let Some(clause) = clause {
            citation.title = format!("{}, {}", citation.title, clause.value);
        }
        citation
    }
}

/// Reports a phrase that could not be read.
pub(super) fn phrase_of<T>(
    table: &Table<'_, '_>,
    key: &str,
    text: At<&str>,
    read: Result<T, &'static str>,
    what: &str,
) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        // An empty text was refused as such.
        Err(_) if text.value.is_empty() => None,
        Err(expected) => {
            let found = format!("`{key} = \"{}\"` is not {what}", text.value);
            let lacks_anchor = what == "a window" && phrase::length(text.value).is_ok();
            if lacks_anchor {
                let hint = "say before or after what: a length alone has no beginning";
                table.problem("no_anchor", text.line, found, expected, hint);
                return None;
            }
            if let Some(hint) = (what == "a window").then(|| near_phrases::window(text.value)).flatten() {
                table.problem("bad_phrase", text.line, found, expected, hint);
                return None;
            }
            let day = if what == "a window" { slips::day_in(text.value) } else { None };
            let (found, meant) = match day {
                Some((day, meant)) => (format!("{found}: `{day}` is no day"), meant),
                None if what == "a day a rule can point to" => (found, slips::day_meant(text.value)),
                None => (found, None),
            };
            let hint = meant.map_or_else(
                || "use one of these phrases word for word".to_owned(),
                |meant| format!("did you mean `{meant}`?"),
            );
            table.problem("bad_phrase", text.line, found, expected, hint);
            None
        }
    }
}

/// `label` and `label_es`, both needed.
pub(super) fn label(table: &Table<'_, '_>) -> Label {
    Label {
        en: table.need_text("label", "the name people read, in English").value.to_owned(),
        es: table.need_text("label_es", "the name people read, in Spanish").value.to_owned(),
    }
}

/// An id: lower case letters, digits, `_` and `-`.
pub(super) fn id(table: &Table<'_, '_>, text: At<&str>) -> String {
    let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-';
    if !text.value.is_empty() && !text.value.bytes().all(good) {
        table.problem(
            "bad_id",
            text.line,
            format!("id `{}`", text.value),
            "lower case letters, digits, `_` and `-`",
            "choose an id that never has to change",
        );
    }
    text.value.to_owned()
}

/// `{ from, through }`.
pub(super) fn days(table: &Table<'_, '_>, key: &'static str) -> Days {
    let Some(inner) = table.table(key) else { return Days::default() };
    let days = Days { from: inner.date("from"), through: inner.date("through") };
    check_days(&inner, days);
    inner.finish();
    days
}

pub(super) fn check_days(table: &Table<'_, '_>, days: Days) {
    if let (Some(from), Some(through)) = (days.from, days.through)
        && through < from
    {
        table.problem(
            "empty_range",
            table.line,
            format!("through {through}, which is before {from}"),
            "a last day on or after the first",
            "ranges include both ends",
        );
    }
}

/// Texts as owned strings.
pub(super) fn owned(texts: Option<Vec<At<&str>>>) -> Vec<String> {
    texts.unwrap_or_default().into_iter().map(|text| text.value.to_owned()).collect()
}
