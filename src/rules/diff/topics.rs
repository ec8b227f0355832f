//! What changes among the topics: which courses count at all, and by which names.

use std::collections::BTreeSet;

use super::super::pack::Version;
use super::super::pack::model::{Label, Topic};
use super::super::pack::stricter::Way;
use super::super::problem::folded;
use super::head::change;
use super::{Change, Clause, What, words};

/// Topics that are new, gone, or other than they were. The same topic has the same id, or the same name.
pub(super) fn changes(old: &Version, new: &Version, changes: &mut Vec<Change>) {
    let find = |topics: &[Topic], wanted: &Topic| {
        let by_id = topics.iter().position(|topic| topic.id == wanted.id);
        by_id.or_else(|| topics.iter().position(|topic| topic.label == wanted.label))
    };
    for topic in &new.topics {
        match find(&old.topics, topic).and_then(|at| old.topics.get(at)) {
            Some(before) => changes.extend(changed(before, topic)),
            None => changes.push(whole(topic, What::Added)),
        }
    }
    for topic in old.topics.iter().filter(|topic| find(&new.topics, topic).is_none()) {
        changes.push(whole(topic, What::Removed));
    }
}

/// What no rule knows does not count; what never counts is refused even where a rule takes any topic.
fn whole(topic: &Topic, what: What) -> Change {
    let way = if (what == What::Added) == topic.never_counts { Way::Harder } else { Way::Easier };
    let said = Some(words::counts(topic.never_counts));
    let (was, becomes) = if what == What::Added { (None, said) } else { (said, None) };
    let clauses = vec![Clause { key: "topic".to_owned(), way, was, becomes }];
    change(requirement(topic), words::topic(&topic.label), what, clauses)
}

fn changed(before: &Topic, after: &Topic) -> Option<Change> {
    let mut clauses = Vec::new();
    let mut add = |key: &str, way: Way, was: Option<Label>, becomes: Option<Label>| {
        if was != becomes {
            clauses.push(Clause { key: key.to_owned(), way, was, becomes });
        }
    };
    let (old, new) = (names(before), names(after));
    // Records name a topic by any of its names: one that is gone leaves courses uncounted.
    let way = match (old.is_subset(&new), new.is_subset(&old), after.never_counts) {
        (true, true, _) => Way::Same,
        (true, false, false) | (false, true, true) => Way::Easier,
        (false, true, false) | (true, false, true) => Way::Harder,
        (false, false, _) => Way::Unclear,
    };
    add("label", way, words::called(&before.label), words::called(&after.label));
    add("synonyms", way, words::synonyms(&before.synonyms), words::synonyms(&after.synonyms));
    let id = |topic: &Topic| Some(words::id(&topic.id));
    add("id", way, id(before), id(after));
    let never = if after.never_counts { Way::Harder } else { Way::Easier };
    let counts = |topic: &Topic| Some(words::counts(topic.never_counts));
    add("never_counts", never, counts(before), counts(after));
    let (id, label) = (requirement(after), words::topic(&after.label));
    (!clauses.is_empty()).then(|| change(id, label, What::Changed, clauses))
}

fn requirement(topic: &Topic) -> String {
    format!("topic.{}", topic.id)
}

/// Every name that records may have for it.
fn names(topic: &Topic) -> BTreeSet<String> {
    let own = [&topic.id, &topic.label.en, &topic.label.es].into_iter().chain(&topic.synonyms);
    own.map(|name| folded(name)).collect()
}
