//! What a finished term yields to carry into the next one: the ledger's next rows.
//!
//! Pure: whoever records a renewal stores what [`yielded`] answers; the next renewal reads it from the record.

use chrono::NaiveDate;

use super::evaluate::moments::Moments;
use super::evaluation::{Evaluation, Placed, Requirement, Status};
use super::pack::Version;
use super::pack::model::{Asks, Carry, GENERAL, Hours, Rule};
use super::question::Purpose;
use super::record::{CarryOver, Record};

/// The surplus of a renewal that was granted, by rule, topic and generation; empty where nothing may be carried.
#[must_use]
pub fn yielded(version: &Version, record: &Record, renewal: &Evaluation) -> Vec<CarryOver> {
    let Some(rules) = version.purposes.get(&Purpose::Renewal).filter(|_| renewal.purpose == Purpose::Renewal) else {
        return Vec::new();
    };
    let moments = Moments::of(version, record, renewal.as_of, Purpose::Renewal, Some(&renewal.stage));
    let Some(from_term) = moments.term().map(|term| term.from) else { return Vec::new() };
    let mut all = Vec::new();
    for (hours, carry) in rules.rules.iter().flat_map(carrying) {
        let found = find(&renewal.requirements, hours.0).filter(|found| found.status == Status::Met);
        let surplus = found.map(|found| Surplus::of(version, record, hours.1, found));
        for (topic, minutes, generation) in surplus.map(|surplus| surplus.carried(carry)).unwrap_or_default() {
            all.push(row(version, from_term, all.len(), (topic, carry, minutes, generation)));
        }
    }
    all
}

fn row(
    version: &Version,
    from_term: NaiveDate,
    number: usize,
    (topic, carry, minutes, generation): (String, &Carry, u64, u32),
) -> CarryOver {
    CarryOver {
        id: format!("carry-{from_term}-{}", number + 1),
        credential: version.credential.clone(),
        from_term,
        as_topic: carry.carried_as(&topic).map(str::to_owned),
        topic: Some(topic),
        minutes: u32::try_from(minutes).unwrap_or(u32::MAX),
        generation,
    }
}

/// Rules about learning that carry, at any depth.
fn carrying(rule: &Rule) -> Vec<((&str, &Hours), &Carry)> {
    match &rule.asks {
        Asks::Learning(hours) => hours.carry.iter().map(|carry| ((rule.id.as_str(), hours.as_ref()), carry)).collect(),
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().flat_map(carrying).collect(),
        _ => Vec::new(),
    }
}

fn find<'r>(requirements: &'r [Requirement], id: &str) -> Option<&'r Requirement> {
    requirements.iter().find_map(|found| if found.id == id { Some(found) } else { find(&found.requirements, id) })
}

/// What counts above the need, by topic.
struct Surplus {
    /// Topics with what is above their own minimum, in the pack's order.
    topics: Vec<(String, u64)>,
    /// Above the total's minimum.
    total: u64,
    /// Of what counted, minutes that had been carried already, with their generation; youngest first.
    carried: Vec<(u64, u32)>,
    counted: u64,
}

impl Surplus {
    fn of(version: &Version, record: &Record, hours: &Hours, found: &Requirement) -> Self {
        let (counted, needed) = (found.counted_minutes.unwrap_or(0), found.needed_minutes.unwrap_or(0));
        let leaves = hours.buckets.iter().enumerate().filter(|(at, bucket)| {
            !bucket.topics.is_empty() && !hours.buckets.iter().any(|other| other.parent == Some(*at))
        });
        let topics = leaves.filter_map(|(_, bucket)| {
            let own = find(&found.requirements, &bucket.id)?;
            let above = own.counted_minutes?.saturating_sub(own.needed_minutes.unwrap_or(0));
            let topic = bucket.topics.first().and_then(|at| version.topics.get(*at))?;
            Some((topic.id.clone(), above))
        });
        let mut carried: Vec<(u64, u32)> = placed(found)
            .into_iter()
            .filter_map(|placed| {
                let fact = record.carry_over.iter().find(|fact| fact.id == placed.record)?;
                Some((placed.minutes.unwrap_or(0), fact.generation))
            })
            .collect();
        carried.sort_by_key(|(_, generation)| *generation);
        Self { topics: topics.collect(), total: counted.saturating_sub(needed), carried, counted }
    }

    /// Topic, minutes and generation of what may be carried: topics first, in the pack's order, then what has none. What
    /// had been carried is used up before what is new.
    fn carried(&self, carry: &Carry) -> Vec<(String, u64, u32)> {
        let old: u64 = self.carried.iter().map(|(minutes, _)| minutes).sum();
        let fresh = self.total.min(self.counted.saturating_sub(old));
        let (mut room, mut all) = (carry.most(), Vec::new());
        let mut give = |topic: &str, minutes: u64, generation: u32| {
            let minutes = minutes.min(room).min(carry.most_of(topic));
            if minutes == 0 || generation > carry.generations || carry.carried_as(topic).is_none() {
                return 0;
            }
            room -= minutes;
            all.push((topic.to_owned(), minutes, generation));
            minutes
        };
        let mut left = fresh;
        for (topic, minutes) in &self.topics {
            left -= give(topic, (*minutes).min(left), 1);
        }
        give(GENERAL, left, 1);
        let mut left = self.total - fresh;
        for (minutes, generation) in &self.carried {
            left -= give(GENERAL, (*minutes).min(left), generation.saturating_add(1));
        }
        all
    }
}

/// Everything placed in a requirement and below it.
fn placed(found: &Requirement) -> Vec<&Placed> {
    found.placed.iter().chain(found.requirements.iter().flat_map(placed)).collect()
}
