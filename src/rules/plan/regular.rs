//! Something in each week, month or quarter that goes by until the day that is named: one meeting a month while the hours
//! of work are done.
//!
//! Only a later day shows which stretches ask, so this reads the answer as of that day and adds what lacks in those that
//! are still ahead. What was left out before the day asked about cannot be made up, and nothing is planned for it. Where someone's
//! word could mend a stretch that is still ahead, something more in it does so as well.

use chrono::{Days, NaiveDate};

use super::super::evaluate::pace::next_start;
use super::super::evaluate::rhythm::there;
use super::super::evaluation::{Evaluation, Lacking, Requirement, Status};
use super::super::pack::Version;
use super::super::pack::model::{Asks, Hours, Least, Rhythm, Rule};
use super::super::record::Record;
use super::accepted::record_of;
use super::lay::Wanted;
use super::{MINUTES_A_DAY, fill};

/// What is done once takes so long where the rule does not say.
const ONE: u64 = 60;

/// The stretches for which something was added: the rule and their first days.
pub(super) type Added = (String, Vec<NaiveDate>);

/// Adds what one of the rules lacks in time as of a later day (`then`), from the day asked about on; answers what lacked, if it
/// did. One rule at a time: what is planned for it may be what the next one asks for.
pub(super) fn add(
    version: &Version,
    done: &Record,
    then: &Evaluation,
    (asked_on, open): (NaiveDate, &[&Requirement]),
    wanted: &mut Wanted,
) -> Option<Added> {
    let mut short = Vec::new();
    open.iter().for_each(|found| lacking(found, &mut short));
    for found in short {
        let Some(rule) = fill::rule_of(version, then, &found.id) else { continue };
        let (Asks::Learning(hours) | Asks::Service(hours)) = &rule.asks else { continue };
        let Some(rhythm) = &hours.pace.rhythm else { continue };
        let Some(days) = days(done, hours, rhythm, found, asked_on).filter(|days| !days.is_empty()) else { continue };
        let list = if matches!(rule.asks, Asks::Learning(_)) { "learning" } else { "service" };
        let fact = record_of(version, then.purpose, hours, None, list == "learning");
        let starts = rhythm_of(found).map_or(&[][..], |rhythm| &rhythm.stretches).iter().map(|one| one.start).collect();
        group(wanted, rule).extend(days.into_iter().map(|(day, minutes)| (list, day, minutes, fact.clone())));
        return Some((found.id.clone(), starts));
    }
    None
}

fn group<'w>(wanted: &'w mut Wanted, rule: &Rule) -> &'w mut Vec<super::lay::Regular> {
    &mut wanted.of(rule).regular
}

/// The requirements whose rhythm is not kept, or only if someone's word helps; of alternatives, those that count.
fn lacking<'r>(found: &'r Requirement, all: &mut Vec<&'r Requirement>) {
    if rhythm_of(found).is_some_and(|child| matches!(child.status, Status::NotMet | Status::Undecided)) {
        all.push(found);
    }
    found.counting().for_each(|part| lacking(part, all));
}

fn rhythm_of(found: &Requirement) -> Option<&Requirement> {
    found.requirements.iter().find(|child| child.id.strip_suffix(".rhythm") == Some(found.id.as_str()))
}

/// The days and minutes that the stretches lack; none: one of them is over already and nobody's word mends it, or it is too
/// short for what it lacks.
fn days(
    done: &Record,
    hours: &Hours,
    rhythm: &Rhythm,
    found: &Requirement,
    asked_on: NaiveDate,
) -> Option<Vec<(NaiveDate, u64)>> {
    let there = there(done, rhythm, found);
    let mut all = Vec::new();
    for Lacking { start, waits } in &rhythm_of(found)?.stretches {
        let (first, has) = ((*start).max(asked_on), there.get(start).copied().unwrap_or(0));
        let long = u64::try_from((next_start(rhythm.each, *start) - first).num_days()).unwrap_or(0);
        if long == 0 && *waits {
            continue;
        }
        let parts: Vec<u64> = match &rhythm.at_least {
            Least::Count(count) => {
                let missing = u64::from(*count).saturating_sub(has);
                (0..missing).map(|_| hours.minimum_size.max(ONE)).collect()
            }
            Least::Minutes(amount) => sittings(amount.minutes_up.saturating_sub(has).max(hours.minimum_size)),
        };
        if parts.iter().sum::<u64>() > long * MINUTES_A_DAY {
            return None;
        }
        let many = u64::try_from(parts.len()).unwrap_or(1).max(1);
        let on = |at: u64| first.checked_add_days(Days::new(at * long / many)).unwrap_or(first);
        all.extend((0..).map(on).zip(parts));
    }
    Some(all)
}

/// Minutes in parts of a day's length.
fn sittings(minutes: u64) -> Vec<u64> {
    let many = minutes.div_ceil(MINUTES_A_DAY);
    (0..many).map(|at| (minutes - at * MINUTES_A_DAY).min(MINUTES_A_DAY)).collect()
}
