//! Lays a version over its base, key by key, and refuses what loosens without saying why.
//!
//! Rules, topics, parts, caps, stages and deadlines are the same where their ids are; what the upper one states replaces what
//! the lower one said, everything else stays. Spans are kept, so that every line can still be found.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::super::problem::Problems;
use super::super::super::question::Purpose;
use super::super::flat::Replaced;
use super::super::json_of;
use super::judged::in_place_of_the_totals;
use super::reliefs;
use super::stricter::Sizes;

pub(super) type Entry<'t> = Spanned<DeValue<'t>>;

/// What a version takes over from its base; the rest of a head is each pack's own.
const INHERITED: [&str; 8] = ["hour", "unit", "source", "topic", "word", "reminders", "applies_by", "holidays"];

/// Lists whose entries are told apart by their ids.
pub(super) const LISTED: [&str; 19] = [
    "learning",
    "service",
    "exam",
    "attestation",
    "age",
    "employment",
    "credential",
    "event",
    "decision",
    "any_of",
    "all_of",
    "deadline",
    "rung",
    "topic",
    "part",
    "cap",
    "floor",
    "stage",
    "fee",
];

/// Moves all spans by `by` bytes: where the text stands when all files are read one after the other.
pub(super) fn moved(table: DeTable<'_>, by: usize) -> DeTable<'_> {
    if by == 0 {
        return table;
    }
    let shift = |span: std::ops::Range<usize>| span.start + by..span.end + by;
    let entries = table.into_iter().map(|(key, value)| {
        let (key_span, value_span) = (shift(key.span()), shift(value.span()));
        let value = match value.into_inner() {
            DeValue::Table(inner) => DeValue::Table(moved(inner, by)),
            DeValue::Array(items) => DeValue::Array(items.into_iter().map(|item| moved_entry(item, by)).collect()),
            plain => plain,
        };
        (Spanned::new(key_span, key.into_inner()), Spanned::new(value_span, value))
    });
    entries.collect()
}

fn moved_entry(item: Entry<'_>, by: usize) -> Entry<'_> {
    let span = item.span().start + by..item.span().end + by;
    let value = match item.into_inner() {
        DeValue::Table(inner) => DeValue::Table(moved(inner, by)),
        DeValue::Array(items) => DeValue::Array(items.into_iter().map(|item| moved_entry(item, by)).collect()),
        plain => plain,
    };
    Spanned::new(span, value)
}

/// What both sides of a merge need at hand.
pub(super) struct Merge<'m> {
    pub(super) problems: &'m Problems<'m>,
    /// What the base said where the upper one says something else.
    pub(super) replaced: RefCell<&'m mut Vec<Replaced>>,
    /// Sizes of units below and above.
    pub(super) below: Sizes,
    pub(super) above: Sizes,
    /// A learning rule of the base that hours on any known topic fill.
    filled: Option<String>,
}

/// `own` laid over `below`.
pub(super) fn over<'t>(
    problems: &Problems<'_>,
    below: DeTable<'t>,
    own: DeTable<'t>,
    replaced: &mut Vec<Replaced>,
) -> DeTable<'t> {
    let stage = own.get("base").and_then(|base| base.get_ref().as_table()?.get("stage").cloned());
    let mut whole: DeTable<'t> = DeTable::new();
    for (key, value) in below {
        let name: &str = key.get_ref();
        let purpose = Purpose::parse(name).is_some();
        let stages = name == "stage" && !own.contains_key("stage");
        if INHERITED.contains(&name) || purpose || stages {
            whole.insert(key, if purpose { with_stage(value, stage.as_ref()) } else { value });
        }
    }
    let read = |table: &DeTable<'t>| Sizes::of(&json_of(DeValue::Table(table.clone())));
    let mut sizes = whole.clone();
    sizes.extend(
        own.iter()
            .filter(|(key, _)| ["hour", "unit"].contains(&key.get_ref().as_ref()))
            .map(|(k, v)| (k.clone(), v.clone())),
    );
    let (below, filled) = (read(&whole), reliefs::filled(&whole));
    let merge = Merge { problems, replaced: RefCell::new(replaced), below, above: read(&sizes), filled };
    merge.hour(&whole, &own);
    let own = reliefs::reliefs(problems, &whole, own);
    for (key, value) in own {
        let name: &str = key.get_ref();
        match name {
            "source" | "topic" | "unit" | "word" => merge.named(&mut whole, key, value),
            "base" | "loosens" => {}
            _ if Purpose::parse(name).is_some() => merge.purpose(&mut whole, key, value),
            _ => put(&mut whole, key, value),
        }
    }
    whole
}

fn put<'t>(table: &mut DeTable<'t>, key: Spanned<std::borrow::Cow<'t, str>>, value: Entry<'t>) {
    let name: &str = key.get_ref();
    table.remove(name);
    table.insert(key, value);
}

/// Rules of the base belong to the stage that `base = { stage = .. }` names.
fn with_stage<'t>(purpose: Entry<'t>, stage: Option<&Entry<'t>>) -> Entry<'t> {
    let Some(stage) = stage else { return purpose };
    let span = purpose.span();
    let DeValue::Table(mut table) = purpose.into_inner() else { return Spanned::new(span, DeValue::Boolean(false)) };
    for (_, list) in &mut table {
        let DeValue::Array(items) = list.get_mut() else { continue };
        for item in items.iter_mut() {
            if let DeValue::Table(rule) = item.get_mut() {
                put(rule, Spanned::new(stage.span(), "stage".into()), stage.clone());
            }
        }
    }
    Spanned::new(span, DeValue::Table(table))
}

impl Merge<'_> {
    /// The hour of a board sizes every amount of its base: a shorter one would loosen all of them.
    fn hour(&self, below: &DeTable<'_>, own: &DeTable<'_>) {
        let text = |table: &DeTable<'_>| table.get("hour").and_then(|hour| hour.get_ref().as_str()).map(str::to_owned);
        let (Some(old), Some(new)) = (text(below), text(own)) else { return };
        if old != new && !own.contains_key("loosens") {
            let line = own.get("hour").map_or(1, |hour| self.problems.line_of(hour.span().start));
            self.problems.add(
                "loosens",
                line,
                format!("`hour = \"{new}\"`, and the base states its amounts in hours of {old}"),
                "the hour of the base",
                format!("leave `hour` out, or say why with `loosens = \"...\"` in the head and state the base's amounts anew ({old} each)"),
            );
        }
    }

    /// `[topic.*]`, `[source.*]`, `[unit.*]`: new names are added, known topics may get other words.
    fn named<'t>(&self, whole: &mut DeTable<'t>, key: Spanned<std::borrow::Cow<'t, str>>, value: Entry<'t>) {
        let name = key.get_ref().to_string();
        let span = value.span();
        let (known, own) = match (whole.remove(name.as_str()).map(Spanned::into_inner), value.into_inner()) {
            (Some(DeValue::Table(known)), DeValue::Table(own)) => (known, own),
            (None, DeValue::Table(own)) => (DeTable::new(), own),
            (_, own) => return put(whole, key, Spanned::new(span, own)),
        };
        let mut known = known;
        for (entry, value) in own {
            let entry_name = entry.get_ref().to_string();
            let line = self.problems.line_of(entry.span().start);
            match known.remove(entry_name.as_str()) {
                Some(old) if name != "topic" && json_of(old.get_ref().clone()) != json_of(value.get_ref().clone()) => {
                    self.problems.add(
                        "base_name_taken",
                        line,
                        format!("[{name}.{entry_name}] is in the base already, and says something else there"),
                        "a name of its own",
                        "choose another name: the rules of the base go on meaning theirs",
                    );
                    known.insert(entry, old);
                }
                Some(old) if name == "topic" => {
                    let worded = self.worded(old, value, &format!("topic.{entry_name}"));
                    drop(known.insert(entry, worded));
                }
                _ if name == "topic" => {
                    let value = reliefs::new_topic(self.problems, self.filled.as_deref(), &entry_name, line, value);
                    drop(known.insert(entry, value));
                }
                _ => drop(known.insert(entry, value)),
            }
        }
        whole.insert(key, Spanned::new(span, DeValue::Table(known)));
    }

    fn purpose<'t>(&self, whole: &mut DeTable<'t>, key: Spanned<std::borrow::Cow<'t, str>>, value: Entry<'t>) {
        let name = key.get_ref().to_string();
        let span = value.span();
        let DeValue::Table(own) = value.into_inner() else {
            return put(whole, key, Spanned::new(span, DeValue::Boolean(false)));
        };
        let refused = own.get("offered").is_some_and(|offered| offered.get_ref().as_bool() == Some(false));
        let below = if refused { None } else { whole.remove(name.as_str()) };
        let merged = match below.map(Spanned::into_inner) {
            Some(DeValue::Table(below)) => self.table(below, own, &name, None),
            _ => own,
        };
        put(whole, key, Spanned::new(span, DeValue::Table(merged)));
    }

    /// One table over another; `excused` is what an enclosing table says about loosening.
    fn table<'t>(&self, mut below: DeTable<'t>, mut own: DeTable<'t>, name: &str, id: Option<&str>) -> DeTable<'t> {
        let (loosens, tightens) = reasons(&mut own);
        if let Some(without) = own.remove("without") {
            super::without::take(self.problems, &mut below, &without, name);
        }
        // A place in one document is none in another.
        let cites = |table: &DeTable<'_>| table.get("cite").map(|cite| json_of(cite.get_ref().clone()));
        if own.contains_key("cite") && !own.contains_key("clause") && cites(&own) != cites(&below) {
            below.remove("clause");
        }
        let total = below.get("at_least").map(|total| json_of(total.get_ref().clone()));
        let says = |key: &str| below.contains_key(key) || own.contains_key(key);
        let (least, most) = (says("at_least") || says("count"), says("at_most"));
        for (key, value) in own {
            let word = key.get_ref().to_string();
            if let Some(way) = self.read_together(&word, &below, &value, (name, total.as_ref()), (least, most)) {
                let before = below.get(word.as_str()).map(|old| old.get_ref().clone());
                self.tell(way, (&word, before.as_ref(), value.get_ref()), &value, (loosens, tightens), (name, id));
                put(&mut below, key, value);
                continue;
            }
            let listed = LISTED.contains(&word.as_str()) && is_tables(&value);
            if listed && word == "rung" && !loosens {
                self.new_rungs(&below, &value, name);
            }
            if listed && name.ends_with(".any_of") && !loosens {
                self.new_branches(below.get(word.as_str()), &value, name);
            }
            if let (true, Some(old)) = (listed, below.get_mut(word.as_str()).filter(|old| is_tables(old))) {
                self.list(old, value, &format!("{name}.{word}"));
                continue;
            }
            if listed && !below.contains_key(word.as_str()) {
                let mut all = Spanned::new(value.span(), DeValue::Array(std::iter::empty().collect()));
                self.list(&mut all, value, &format!("{name}.{word}"));
                if word != "rung" {
                    self.judge(&word, None, all.get_ref(), &all, (loosens, tightens), (name, id));
                }
                put(&mut below, key, all);
                continue;
            }
            if ["only", "never"].contains(&word.as_str())
                && let (Some(DeValue::Table(old)), DeValue::Table(new)) =
                    (below.get_mut(word.as_str()).map(Spanned::get_mut), value.get_ref())
            {
                let before = old.clone();
                for (attribute, values) in new.clone() {
                    put(old, attribute, values);
                }
                let (before, after) = (DeValue::Table(before), DeValue::Table(old.clone()));
                self.judge(&word, Some(&before), &after, &value, (loosens, tightens), (name, id));
                continue;
            }
            let before = below.get(word.as_str()).map(|value| value.get_ref().clone());
            match other_need(&below, &word, name) {
                Some(other) if !loosens && !tightens => self.measured_otherwise(&word, other, &value, (name, id)),
                Some(_) => {}
                None => self.judge(&word, before.as_ref(), value.get_ref(), &value, (loosens, tightens), (name, id)),
            }
            put(&mut below, key, value);
        }
        below
    }

    /// A list of tables over another: the same id is the same thing, new ones come after.
    fn list<'t>(&self, below: &mut Entry<'t>, own: Entry<'t>, name: &str) {
        let DeValue::Array(old) = below.get_mut() else { return };
        let DeValue::Array(new) = own.into_inner() else { return };
        for item in new {
            let (id, stage) = (id_of(&item), text_of(&item, "stage"));
            let same = |entry: &&mut Entry<'t>| id.is_some() && id_of(entry) == id;
            let count = old.iter().filter(|entry| id.is_some() && id_of(entry) == id).count();
            let hit = old
                .iter_mut()
                .filter(same)
                .find(|entry| count < 2 || stage.is_none() || text_of(entry, "stage") == stage);
            let span = item.span();
            match (hit, item.into_inner()) {
                (Some(hit), DeValue::Table(own)) => {
                    let place = hit.span();
                    let below = std::mem::replace(hit, Spanned::new(0..0, DeValue::Boolean(false))).into_inner();
                    let DeValue::Table(below) = below else { continue };
                    *hit = Spanned::new(place, DeValue::Table(self.table(below, own, name, id.as_deref())));
                }
                (_, DeValue::Table(mut own)) => {
                    let said = reasons(&mut own);
                    for (key, value) in own.iter().filter(|(key, _)| in_place_of_the_totals(name, key.get_ref())) {
                        self.judge(key.get_ref(), None, value.get_ref(), value, said, (name, id.as_deref()));
                    }
                    old.push(Spanned::new(span, DeValue::Table(own)));
                }
                (_, value) => old.push(Spanned::new(span, value)),
            }
        }
    }

    /// A topic of the base with words of the board: other names are added, labels replaced.
    fn worded<'t>(&self, old: Entry<'t>, new: Entry<'t>, name: &str) -> Entry<'t> {
        let span = old.span();
        let (DeValue::Table(mut below), DeValue::Table(mut own)) = (old.into_inner(), new.into_inner()) else {
            return Spanned::new(span, DeValue::Boolean(false));
        };
        let said = reasons(&mut own);
        for (key, value) in own {
            let known = below.get_mut("synonyms").filter(|_| key.get_ref() == "synonyms").map(Spanned::get_mut);
            if let (Some(DeValue::Array(known)), DeValue::Array(new)) = (known, value.get_ref()) {
                let more: Vec<_> = new
                    .iter()
                    .filter(|name| !known.iter().any(|old| old.get_ref().as_str() == name.get_ref().as_str()))
                    .cloned()
                    .collect();
                more.into_iter().for_each(|name| known.push(name));
                continue;
            }
            if key.get_ref() == "never_counts" {
                let before = below.get("never_counts").map(|value| value.get_ref().clone());
                self.judge("never_counts", before.as_ref(), value.get_ref(), &value, said, (name, None));
            }
            put(&mut below, key, value);
        }
        Spanned::new(span, DeValue::Table(below))
    }
}

/// Takes what a table says of loosening and of tightening out of it: whether it gives a reason.
pub(super) fn reasons(own: &mut DeTable<'_>) -> (bool, bool) {
    let mut said = |word: &str| {
        own.remove(word).is_some_and(|value| value.get_ref().as_str().is_some_and(|why| !why.trim().is_empty()))
    };
    (said("loosens"), said("tightens"))
}

/// How the base says what a rule about hours needs, where the upper one says it in another way.
fn other_need(below: &DeTable<'_>, key: &str, name: &str) -> Option<&'static str> {
    const NEEDS: [&str; 3] = ["at_least", "count", "ratio"];
    let hours = [".learning", ".service"].iter().any(|sort| name.ends_with(sort));
    let is_other = hours && NEEDS.contains(&key) && !below.contains_key(key);
    NEEDS.into_iter().find(|need| is_other && below.contains_key(*need))
}

pub(super) fn items<'v, 't>(value: Option<&'v Entry<'t>>) -> Vec<&'v Entry<'t>> {
    value.and_then(|value| value.get_ref().as_array()).into_iter().flat_map(|items| items.iter()).collect()
}

fn is_tables(value: &Entry<'_>) -> bool {
    matches!(value.get_ref(), DeValue::Array(items) if items.iter().any(|item| item.get_ref().is_table()))
}

pub(super) fn text_of(item: &Entry<'_>, key: &str) -> Option<String> {
    let value = item.get_ref().as_table()?.get(key)?.get_ref();
    let first = value.as_array().and_then(|items| items.iter().next()).and_then(|item| item.get_ref().as_str());
    value.as_str().or(first).map(str::to_owned)
}

/// What an entry is known by: its id, or the topic it speaks of.
pub(super) fn id_of(item: &Entry<'_>) -> Option<String> {
    text_of(item, "id").or_else(|| text_of(item, "topic")).or_else(|| text_of(item, "topics"))
}
