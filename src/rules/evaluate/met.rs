//! The day on which a rule was met, for rules that wait for it (`after met <rule>`).
//!
//! What is known grows day by day, so the first day is found by halving: on which day would the rule have been met by
//! what was there until then, under today's windows.
//!
//! A rule may itself wait for someone's word, such as an approval nobody has stated. Rules after it are then asked twice: as
//! things stand, and as if the word had come ([`hoping`]).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::calendar::Length;
use super::super::evaluation::Status;
use super::super::pack::model::Rule;
use super::asked::Asked;
use super::tree;

/// Nobody's facts are older.
const LONGEST_LIFE_MONTHS: u32 = 1_440;

/// Notes the days of all rules that others wait for.
pub(super) fn with_met(mut asked: Asked<'_>) -> Asked<'_> {
    let rules = asked.rules;
    for id in &rules.waited_for {
        match rules.rule(id).map_or(Found::Never, |rule| find(&asked, rule)) {
            Found::On(day) => drop(asked.moments.met.insert(id, Some(day))),
            Found::Hoped(day) => drop(asked.moments.hoped.insert(id, day)),
            Found::NotBefore(day) => drop(asked.moments.soonest.insert(id, day)),
            Found::Never => {}
        }
    }
    asked
}

/// The same question as if every word had come that rules before others wait for; none: they wait for none.
pub(super) fn hoping<'a>(asked: &Asked<'a>) -> Option<Asked<'a>> {
    if asked.moments.hoped.is_empty() {
        return None;
    }
    let mut hoping = until(asked, asked.as_of);
    let hoped = std::mem::take(&mut hoping.moments.hoped);
    hoping.moments.met.extend(hoped.into_iter().map(|(rule, day)| (rule, Some(day))));
    Some(hoping)
}

/// Since when a rule is met, or could be.
enum Found {
    On(NaiveDate),
    /// If someone says yes.
    Hoped(NaiveDate),
    NotBefore(NaiveDate),
    Never,
}

fn find(asked: &Asked<'_>, rule: &Rule) -> Found {
    let node = tree::alone(asked, rule);
    match node.status() {
        Status::Met => Found::On(first_day(asked, rule, is_met)),
        // A rule that is not asked of this person holds nobody up.
        Status::Waived | Status::NotApplicable => Found::On(NaiveDate::MIN),
        Status::Undecided => Found::Hoped(hoped_day(asked, rule)),
        Status::NotMet => match hoping(asked).filter(|hoping| could_be(tree::alone(hoping, rule).status())) {
            Some(hoping) => Found::Hoped(hoped_day(&hoping, rule)),
            None => node.earliest.map_or(Found::Never, Found::NotBefore),
        },
    }
}

fn is_met(status: Status) -> bool {
    status == Status::Met
}

/// Met, or waiting for someone's word alone.
fn could_be(status: Status) -> bool {
    matches!(status, Status::Met | Status::Undecided)
}

/// The day on which a rule that waits for someone's word would have been met: the one on which everything else was there.
/// Where nothing has to be there but the word, it is today, for the word has not come.
fn hoped_day(asked: &Asked<'_>, rule: &Rule) -> NaiveDate {
    let never = Length::Months(LONGEST_LIFE_MONTHS).before(asked.as_of);
    if could_be(tree::alone(&until(asked, never), rule).status()) {
        return asked.as_of;
    }
    first_day(asked, rule, could_be)
}

/// The first day on which a rule that is well today was so.
fn first_day(asked: &Asked<'_>, rule: &Rule, well: impl Fn(Status) -> bool) -> NaiveDate {
    let (mut before, mut met) = (Length::Months(LONGEST_LIFE_MONTHS).before(asked.as_of), asked.as_of);
    while let days @ 2.. = (met - before).num_days() {
        let middle = u32::try_from(days / 2).map_or(before, |half| Length::Days(half).after(before));
        if well(tree::alone(&until(asked, middle), rule).status()) {
            met = middle;
        } else {
            before = middle;
        }
    }
    met
}

/// The same question with the facts there were until `day`.
fn until<'a>(asked: &Asked<'a>, day: NaiveDate) -> Asked<'a> {
    Asked {
        version: asked.version,
        record: asked.record,
        question: asked.question,
        as_of: day,
        moments: asked.moments.clone(),
        deciding: asked.deciding,
        stage: asked.stage,
        rules: asked.rules,
        needs: asked.needs.clone(),
        scaled: BTreeMap::clone(&asked.scaled),
        learning: asked.learning.clone(),
        service: asked.service.clone(),
    }
}
