//! `carry_over`: what of a finished term's surplus may count in the next one.

use super::super::amount::Amount;
use super::context::{Context, owned};
use super::model::Topic;
use super::table::{At, Table};

/// Minutes without a topic of their own, unless a pack declares this word as one.
pub const GENERAL: &str = "general";

/// What may be carried into the next term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carry {
    /// At most so much in all.
    pub at_most: Option<Amount>,
    /// How often the same minutes may be carried.
    pub generations: u32,
    /// Only what was earned in these topics; empty: all of it.
    pub from_topics: Vec<String>,
    /// The topic everything is carried as; none: the topic it was earned in.
    pub as_topic: Option<String>,
    /// Topics with rules of their own.
    pub topics: Vec<CarryTopic>,
}

/// A topic that is carried in its own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarryTopic {
    /// The topic it was earned in.
    pub topic: String,
    /// The topic it is carried as; none: the same.
    pub as_topic: Option<String>,
    /// At most so much of it.
    pub at_most: Option<Amount>,
}

impl Carry {
    /// The topic that minutes of a topic are carried as; none: they are not carried.
    #[must_use]
    pub fn carried_as<'c>(&'c self, topic: &'c str) -> Option<&'c str> {
        if let Some(own) = self.topics.iter().find(|own| own.topic == topic) {
            return Some(own.as_topic.as_deref().or(self.as_topic.as_deref()).unwrap_or(topic));
        }
        let taken = self.from_topics.is_empty() || self.from_topics.iter().any(|from| from == topic);
        taken.then(|| self.as_topic.as_deref().unwrap_or(topic))
    }

    /// At most so many minutes of a topic.
    #[must_use]
    pub fn most_of(&self, topic: &str) -> u64 {
        let own = self.topics.iter().find(|own| own.topic == topic).and_then(|own| own.at_most.as_ref());
        own.map_or(u64::MAX, |amount| amount.minutes_down)
    }

    /// At most so many minutes in all.
    #[must_use]
    pub fn most(&self) -> u64 {
        self.at_most.as_ref().map_or(u64::MAX, |amount| amount.minutes_down)
    }
}

/// `carry_over = { at_most = "10 hours", as_topic = "general", generations = 1 }`.
pub(super) fn carry(context: &Context, table: &Table<'_, '_>) -> Option<Carry> {
    let inner = table.table("carry_over")?;
    let generations = inner.number("generations");
    if let Some(none) = generations.filter(|number| number.value == 0) {
        inner.problem(
            "contradiction",
            none.line,
            "0 generations",
            "at least one",
            "leave `carry_over` out: nothing is carried",
        );
    }
    let from = inner.texts("from_topic");
    let known = |text: At<&str>| context.known_topic(&inner, text).and_then(|at| context.topics.get(at));
    let from_topics =
        from.unwrap_or_default().into_iter().filter_map(known).map(|topic: &Topic| topic.id.clone()).collect();
    let topics = inner
        .tables("topics", "`topics` of `carry_over`")
        .into_iter()
        .filter_map(|topic| {
            let own = topic.need_text("topic", "the topic it was earned in");
            let found = CarryTopic {
                topic: own.value.to_owned(),
                as_topic: as_topic(context, &topic),
                at_most: context.amount(&topic, "at_most"),
            };
            let known = own.value == GENERAL || context.known_topic(&topic, own).is_some();
            topic.finish();
            known.then_some(found)
        })
        .collect();
    let carry = Carry {
        at_most: context.amount(&inner, "at_most"),
        generations: generations.map_or(1, |number| number.value),
        from_topics,
        as_topic: as_topic(context, &inner),
        topics,
    };
    owned(inner.texts("cite"));
    inner.text("clause");
    inner.finish();
    Some(carry)
}

fn as_topic(context: &Context, table: &Table<'_, '_>) -> Option<String> {
    let text = table.text("as_topic")?;
    if text.value == GENERAL {
        return Some(GENERAL.to_owned());
    }
    context.known_topic(table, text).and_then(|at| context.topics.get(at)).map(|topic| topic.id.clone())
}
