//! Records that answer a condition (`when`, `unless`, `waived_when`, `instead`) without being asked for by a rule.
//!
//! They decide what is asked, so the account of records does not say that nothing reads them.

use std::collections::BTreeSet;

use super::super::pack::model::{Asks, Condition, Guards, Rule};
use super::super::reason::Reason;
use super::asked::{Asked, counts};
use super::ledger::Said;

/// One entry for each such record that no rule has spoken of.
pub(super) fn read(asked: &Asked<'_>, said: &[Said]) -> Vec<Said> {
    let mut conditions = Vec::new();
    for rule in asked.rules.rules.iter().filter(|rule| rule.stages.contains(&asked.stage)) {
        of_rule(rule, &mut conditions);
    }
    if conditions.is_empty() {
        return Vec::new();
    }
    let known: BTreeSet<&str> = said.iter().map(|one| one.record.as_str()).collect();
    let found = conditions.into_iter().flat_map(|condition| of_condition(asked, condition));
    let mut new: Vec<Said> = found.filter(|one| !known.contains(one.record.as_str())).collect();
    new.sort_by(|a, b| a.record.cmp(&b.record));
    new.dedup_by(|a, b| a.record == b.record);
    new
}

fn of_rule<'a>(rule: &'a Rule, all: &mut Vec<&'a Condition>) {
    let mut add = |guards: &'a Guards| all.extend(guards.iter().flat_map(|guard| &guard.0));
    [&rule.when, &rule.unless, &rule.waived_when].into_iter().for_each(&mut add);
    match &rule.asks {
        Asks::Learning(hours) | Asks::Service(hours) => {
            hours.instead.iter().for_each(|(guards, _)| add(guards));
            hours.buckets.iter().for_each(|bucket| add(&bucket.when));
        }
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().for_each(|branch| of_rule(branch, all)),
        _ => {}
    }
}

fn of_condition(asked: &Asked<'_>, condition: &Condition) -> Vec<Said> {
    let record = asked.record;
    let one = |id: &str, late: bool, confirmed: bool| {
        let refused = match (late, confirmed) {
            (true, _) => Some(Reason::AfterAsOf),
            (false, false) => Some(Reason::NotVerified),
            (false, true) => None,
        };
        Said::piece(id, "", refused)
    };
    match condition {
        Condition::Attested(kind, _) => {
            let given = record.attestations.iter().filter(|given| given.kind.is(kind));
            given
                .map(|given| {
                    let confirmed = counts(given.status.as_ref().map(|status| status.as_str()), false);
                    one(&given.id, given.on > asked.as_of, confirmed)
                })
                .collect()
        }
        Condition::Event(kinds) => {
            let events = record.events.iter().filter(|event| kinds.iter().any(|kind| event.kind.is(kind)));
            events.map(|event| one(&event.id, event.on > asked.as_of, true)).collect()
        }
        Condition::EmployedAs(titles) => {
            let titled = |title: &Option<String>| title.as_ref().is_some_and(|title| titles.contains(title));
            let jobs = record.employment.iter().filter(|job| titled(&job.title));
            jobs.map(|job| {
                let confirmed = counts(job.status.as_ref().map(|status| status.as_str()), true);
                one(&job.id, job.from > asked.as_of, confirmed)
            })
            .collect()
        }
        Condition::Holds(credentials) => {
            let held = record.credentials.iter().filter(|held| credentials.contains(&held.credential));
            held.map(|held| one(&held.id, held.issued_on.is_some_and(|day| day > asked.as_of), true)).collect()
        }
        Condition::Hold(kinds) => {
            let holds = record.holds.iter().filter(|hold| kinds.iter().any(|kind| hold.kind.is(kind)));
            holds.map(|hold| one(&hold.id, hold.from > asked.as_of, true)).collect()
        }
        _ => Vec::new(),
    }
}
