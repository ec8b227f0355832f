//! In which weeks, months or quarters someone works, as far as one rule takes it: `with_any` of a rhythm.
//!
//! A stretch has work when at least one minute that the other rule accepts falls on a day of it. What becomes of the minute there
//! (placed, above a limit, above the need) says nothing about when it was worked, and neither does whether that rule is
//! asked of the person.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::pack::model::{Asks, Rhythm};
use super::super::pack::with_any::rule_of;
use super::asked::Asked;
use super::offer::{Plan, by_day};
use super::pace::start_of;

/// The first days of the stretches with work.
pub(super) struct Busy {
    /// Work that counts.
    certain: BTreeSet<NaiveDate>,
    /// With the work that waits for someone's word.
    hoped: BTreeSet<NaiveDate>,
}

/// The stretches that are asked for, and those of them that are for certain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asking<'b> {
    pub(super) stretches: &'b BTreeSet<NaiveDate>,
    pub(super) certain: &'b BTreeSet<NaiveDate>,
}

impl Busy {
    /// None: the rhythm asks for every stretch.
    pub(super) fn of(asked: &Asked<'_>, rhythm: &Rhythm) -> Option<Self> {
        let id = rhythm.with_any.as_ref()?;
        let with = |hopeful| stretches(asked, rhythm, id, hopeful);
        let certain = with(false);
        let hoped = &certain | &with(true);
        Some(Self { certain, hoped })
    }

    /// As if everything that waits for someone came to count.
    pub(super) const fn cautious(&self) -> Asking<'_> {
        Asking { stretches: &self.hoped, certain: &self.certain }
    }

    /// As if nothing did.
    pub(super) const fn best(&self) -> Asking<'_> {
        Asking { stretches: &self.certain, certain: &self.certain }
    }
}

fn stretches(asked: &Asked<'_>, rhythm: &Rhythm, id: &str, hopeful: bool) -> BTreeSet<NaiveDate> {
    let rule = rule_of(&asked.rules.rules, asked.stage, id);
    let Some((rule, Asks::Service(stated))) = rule.map(|rule| (rule, &rule.asks)) else { return BTreeSet::new() };
    let plan = Plan::of(asked, rule, asked.hours(rule, stated), 0);
    let offers = plan.offers(asked, &asked.service, hopeful);
    let days = asked.service.iter().zip(&offers).flat_map(|(entry, offer)| by_day(entry, offer.minutes()));
    days.filter(|(_, minutes)| *minutes > 0).map(|(day, _)| start_of(rhythm.each, day)).collect()
}
