//! What changes among the rules of a purpose: rules, their parts, deadlines, rungs.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::evaluation::Citation;
use super::super::pack::Version;
use super::super::pack::model::Label;
use super::super::pack::stricter::{Sizes, Way, is_usual, way};
use super::super::question::Purpose;
use super::super::render::{self, Described, Speaker, Subject, described};
use super::sides::{self, Above, Said, joined};
use super::{Change, Clause, What, both, fields, together, words};

/// All that changes for one purpose.
pub(super) fn changes(old: &Version, new: &Version, purpose: Purpose) -> Vec<Change> {
    let sizes = (Sizes::of(&old.stated), Sizes::of(&new.stated));
    let mut changes: Vec<Change> = offered(old, new, purpose).into_iter().collect();
    let (before, after) = (described(old, purpose), described(new, purpose));
    let mut compare = Compare { old, new, purpose, sizes: &sizes, changes: &mut changes };
    compare.lists(&before, &after, None);
    changes
}

/// Whether the board offers it at all, and where that is written.
fn offered(old: &Version, new: &Version, purpose: Purpose) -> Option<Change> {
    let rules = |version: &Version| version.purposes.get(&purpose).map(|rules| (rules.offered, rules.cite.clone()));
    let (before, after) = (rules(old), rules(new));
    let refused = |side: &Option<(bool, Option<Citation>)>| side.as_ref().is_some_and(|(offered, _)| !offered);
    let said = |side: &Option<(bool, Option<Citation>)>| {
        let cite = |(_, cite): &(bool, Option<Citation>)| cite.as_ref().map(|cite| cite.title.clone());
        refused(side).then(|| words::refused(side.as_ref().and_then(cite).as_deref()))
    };
    if said(&before) == said(&after) {
        return None;
    }
    let way = match (refused(&before), refused(&after)) {
        (false, true) => Way::Harder,
        (true, false) => Way::Easier,
        (_, _) => Way::Same,
    };
    let clauses = vec![Clause { key: "offered".to_owned(), way, was: said(&before), becomes: said(&after) }];
    let label = both(|lang| Some(render::title(purpose, lang).to_owned())).unwrap_or_default();
    let (purpose, requirement) = (Some(purpose), "offered".to_owned());
    Some(Change { purpose, requirement, label, what: What::Changed, way, stages: Vec::new(), clauses })
}

struct Compare<'c> {
    old: &'c Version,
    new: &'c Version,
    purpose: Purpose,
    sizes: &'c (Sizes, Sizes),
    changes: &'c mut Vec<Change>,
}

impl Compare<'_> {
    fn lists(&mut self, before: &[Described<'_>], after: &[Described<'_>], above: Option<Above<'_>>) {
        // Where any of them will do, another one makes it easier.
        let any = above.is_some_and(|above| above.any);
        let (more, less) = if any { (Way::Easier, Way::Harder) } else { (Way::Harder, Way::Easier) };
        let same = |one: &Described<'_>, two: &Described<'_>| one.id == two.id && one.stages == two.stages;
        let find = |list: &[Described<'_>], one: &Described<'_>| {
            let exact = list.iter().position(|other| same(other, one));
            exact.or_else(|| list.iter().position(|other| other.id == one.id))
        };
        for found in after {
            match find(before, found).and_then(|at| before.get(at)) {
                Some(earlier) => self.one(earlier, found, above),
                None => self.whole(found, What::Added, more, above),
            }
        }
        for gone in before.iter().filter(|gone| find(after, gone).is_none()) {
            self.whole(gone, What::Removed, less, above);
        }
    }

    fn one(&mut self, before: &Described<'_>, after: &Described<'_>, above: Option<Above<'_>>) {
        let keys: BTreeSet<&String> = before.stated.keys().chain(after.stated.keys()).collect();
        let mut clauses = self.named(before, after);
        let sort = sides::sort(before, after);
        // How many branches are needed is told with the sort.
        let told = |key: &str| key == "at_least" && sort.as_ref().is_some_and(|sort| sort.way != Way::Unclear);
        for key in keys {
            let (old, new) = (before.stated.get(key), after.stated.get(key));
            let clause = |value: &Value| before.is_clause(key, value);
            if old != new && old.or(new).is_some_and(clause) && !told(key) {
                clauses.extend(self.clause(key, before, after, above));
            }
        }
        clauses.extend(sort);
        let resized = if clauses.is_empty() { self.resized(before, after) } else { None };
        if let Some(judged) = resized.or_else(|| (!clauses.is_empty()).then(|| together(&clauses))) {
            self.push(after, What::Changed, judged, clauses, above);
        }
        let label = joined(above, &after.label);
        self.lists(&before.parts, &after.parts, Some(Above::of(above, &label, before, after)));
    }

    /// A key that says something else.
    fn clause(
        &self,
        key: &str,
        before: &Described<'_>,
        after: &Described<'_>,
        above: Option<Above<'_>>,
    ) -> Option<Clause> {
        let Said { own: (old, new), holds } = Said::of(key, before, after, above);
        if old == new && holds.0 == holds.1 {
            return None;
        }
        let sized = (holds.0.map(|value| (value, &self.sizes.0)), holds.1.map(|value| (value, &self.sizes.1)));
        let judged = sides::of_branch(key, way(key, sized.0, sized.1), above);
        let was = old.and_then(|_| self.spoken(self.old, before, key));
        let becomes = new.and_then(|_| self.spoken(self.new, after, key));
        if was != becomes {
            return Some(Clause { key: key.to_owned(), way: judged, was, becomes });
        }
        if key == "instead" && uncited(old) == uncited(new) {
            let cited = |version: &Version, value| words::written_for(&render::titles(version, value));
            let (was, becomes) = (old.and_then(|it| cited(self.old, it)), new.and_then(|it| cited(self.new, it)));
            return Some(Clause { key: key.to_owned(), way: Way::Same, was, becomes });
        }
        // "1 year" for "12 months" is no change; anything else is shown as it is written.
        (judged != Way::Same).then(|| fields::plain(key, judged, old, new))
    }

    /// What it is called, where it is written, whose it is, which topics it takes.
    fn named(&self, before: &Described<'_>, after: &Described<'_>) -> Vec<Clause> {
        let mut clauses = Vec::new();
        let mut add = |key: &str, way: Way, was: Option<Label>, becomes: Option<Label>| {
            if was != becomes {
                clauses.push(Clause { key: key.to_owned(), way, was, becomes });
            }
        };
        add("label", Way::Same, words::called(&before.label), words::called(&after.label));
        let cited = |found: &Described<'_>| found.citation.as_ref().map(|cited| words::written_in(&cited.title));
        add("cite", Way::Same, cited(before), cited(after));
        let stages = |version: &Version, found: &Described<'_>| words::stages(&stages_of(version, found));
        let judged = sets(&asked_in(self.old, before), &asked_in(self.new, after));
        add("stage", judged, stages(self.old, before), stages(self.new, after));
        let (was, becomes) = (self.topics(self.old, before), self.topics(self.new, after));
        let accepted = match (after.stated.contains_key("at_least"), after.stated.contains_key("at_most")) {
            (_, false) => sets(&topic_ids(after), &topic_ids(before)),
            (false, true) => sets(&topic_ids(before), &topic_ids(after)),
            (true, true) => Way::Unclear,
        };
        add("topics", accepted, was, becomes);
        // One language alone may say something else.
        let spanish = |found: &Described<'_>| found.stated.get("consequence_es").cloned();
        let english = |found: &Described<'_>| found.stated.get("consequence").cloned();
        if english(before) == english(after) && spanish(before) != spanish(after) {
            let said = |version, found| self.spoken(version, found, "consequence");
            add("consequence", Way::Same, said(self.old, before), said(self.new, after));
        }
        // A part without a source of its own may still name its place in that of its rule.
        let place = |found: &Described<'_>| found.stated.get("clause").filter(|_| found.citation.is_none()).cloned();
        if place(before) != place(after) {
            clauses.push(fields::plain("clause", Way::Same, place(before).as_ref(), place(after).as_ref()));
        }
        clauses
    }

    /// The topics of a part, where it names more than the one it is called by.
    fn topics(&self, version: &Version, found: &Described<'_>) -> Option<Label> {
        let named = topic_ids(found);
        (found.sort == "topic" && !named.is_empty()).then_some(())?;
        both(|lang| {
            let speaker = Speaker { version, purpose: Some(self.purpose), lang };
            let each = named.iter().map(|id| speaker.topic(id).map_or_else(|| id.clone(), str::to_owned));
            Some(words::topics(&speaker.all(&each.collect::<Vec<_>>()), lang))
        })
    }

    /// The same words may ask for more where the board's hour has another length.
    fn resized(&self, before: &Described<'_>, after: &Described<'_>) -> Option<Way> {
        let need = |found: &Described<'_>| {
            found.stated.get("at_least").filter(|least| !is_usual(found.sort, "at_least", least)).cloned()
        };
        let judged = way(
            "at_least",
            need(before).as_ref().map(|value| (value, &self.sizes.0)),
            need(after).as_ref().map(|value| (value, &self.sizes.1)),
        );
        (need(after).is_some() && judged != Way::Same).then_some(judged)
    }

    fn whole(&mut self, found: &Described<'_>, what: What, judged: Way, above: Option<Above<'_>>) {
        let is_new = what == What::Added;
        let version = if is_new { self.new } else { self.old };
        let side = |said: Option<Label>| if is_new { (None, said) } else { (said, None) };
        let mut clauses = Vec::new();
        for (key, _) in found.stated.iter().filter(|(key, value)| says(found, key, value)) {
            let (was, becomes) = side(self.spoken(version, found, key));
            clauses.push(Clause { key: key.clone(), way: judged, was, becomes });
        }
        for part in render::everything(&found.parts) {
            let (was, becomes) = side(self.part(version, part));
            clauses.push(Clause { key: part.id.clone(), way: judged, was, becomes });
        }
        self.push(found, what, judged, clauses, above);
    }

    /// A part of a rule that comes or goes as a whole: "Ethics: at least 6 hours".
    fn part(&self, version: &Version, part: &Described<'_>) -> Option<Label> {
        let clauses = part.stated.iter().filter(|(key, value)| says(part, key, value));
        let said: Vec<Label> = clauses.filter_map(|(key, _)| self.spoken(version, part, key)).collect();
        both(|lang| {
            let each: Vec<&str> = said.iter().map(|said| said.in_lang(lang)).collect();
            let name = part.label.in_lang(lang);
            Some(if each.is_empty() { name.to_owned() } else { format!("{name}: {}", each.join("; ")) })
        })
    }

    /// One key of a requirement as its page says it.
    fn spoken(&self, version: &Version, found: &Described<'_>, key: &str) -> Option<Label> {
        both(|lang| {
            let speaker = Speaker { version, purpose: Some(self.purpose), lang };
            Subject { speaker, sort: found.sort, stated: found.stated }.clause(key)
        })
    }

    fn push(&mut self, found: &Described<'_>, what: What, way: Way, clauses: Vec<Clause>, above: Option<Above<'_>>) {
        let version = if what == What::Removed { self.old } else { self.new };
        self.changes.push(Change {
            purpose: Some(self.purpose),
            requirement: found.id.clone(),
            label: joined(above, &found.label),
            what,
            way,
            stages: stages_of(version, found),
            clauses,
        });
    }
}

/// Amounts for some people without where they are written.
fn uncited(value: Option<&Value>) -> Option<Value> {
    let mut value = value?.clone();
    let tables = value.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut);
    tables.for_each(|table| table.retain(|key, _| !["cite", "clause", "note", "note_es"].contains(&key.as_str())));
    Some(value)
}

/// Whether a key of something new or gone is a clause that says more than what holds anyway.
fn says(found: &Described<'_>, key: &str, value: &Value) -> bool {
    found.is_clause(key, value) && !is_usual(found.sort, key, value)
}

/// The stages a rule is asked in: who names none means all.
fn asked_in(version: &Version, found: &Described<'_>) -> Vec<String> {
    let all = || version.stages.iter().map(|stage| stage.id.clone()).collect();
    if found.stages.is_empty() { all() } else { found.stages.clone() }
}

/// The stages a rule names, as people call them.
fn stages_of(version: &Version, found: &Described<'_>) -> Vec<Label> {
    let named = |id: &String| version.stages.iter().find(|stage| stage.id == *id).map(|stage| stage.label.clone());
    found.stages.iter().filter_map(named).collect()
}

fn topic_ids(found: &Described<'_>) -> Vec<String> {
    // Under `topic` there may also be the tables of the topics inside this one.
    let texts = |value: &Value| match value {
        Value::String(topic) => vec![topic.clone()],
        Value::Array(topics) => topics.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    ["topic", "topics"].iter().filter_map(|key| found.stated.get(*key)).flat_map(texts).collect()
}

/// Asked in more places is harder.
fn sets(old: &[String], new: &[String]) -> Way {
    let inside = |one: &[String], two: &[String]| one.iter().all(|entry| two.contains(entry));
    match (inside(old, new), inside(new, old)) {
        (true, true) => Way::Same,
        (true, false) => Way::Harder,
        (false, true) => Way::Easier,
        (false, false) => Way::Unclear,
    }
}
