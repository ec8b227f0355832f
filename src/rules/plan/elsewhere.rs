//! Hours that a share holds back: where the part that is short takes nothing more, as its days are over, hours of the sort
//! that the share wants set them free from another part of the rule.

use chrono::NaiveDate;

use super::super::evaluation::{Evaluation, Requirement, Status};
use super::super::pack::Version;
use super::super::pack::model::{Asks, Hours, Label};
use super::super::record::Record;
use super::accepted::record_of;
use super::fill;
use super::lay::Wanted;

/// What stands in the place of the hours of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Elsewhere {
    /// The part that is short.
    pub(super) part: String,
    /// The sort of hours that the share wants.
    pub(super) label: Label,
}

/// Facts that would do, each with the part they stand for.
pub(super) fn facts(version: &Version, record: &Record, now: &Evaluation, from: NaiveDate) -> Vec<(Wanted, Elsewhere)> {
    let mut all = Vec::new();
    for found in now.requirements.iter().filter(|found| found.status == Status::NotMet) {
        let Some(rule) = fill::rule_of(version, now, &found.id) else { continue };
        let Asks::Learning(hours) = &rule.asks else { continue };
        let Some((part, minutes, label)) = held_back(hours, found) else { continue };
        let own = fill::bucket(hours, part);
        let others = hours.buckets.iter().enumerate().filter(|(at, bucket)| {
            Some(*at) != own && bucket.parent.is_none() && bucket.windows.is_none() && !bucket.independent
        });
        for (at, _) in others {
            let mut wanted = Wanted::from(from, record.ids().map(|(_, _, id)| id));
            fill::rest(version, record, now, &[found.id.as_str()], &mut wanted);
            let fact = record_of(version, now.purpose, hours, Some(at), true);
            fill::push(hours, wanted.of(rule), true, minutes, fact);
            all.push((wanted, Elsewhere { part: part.to_owned(), label: label.clone() }));
        }
    }
    all
}

/// The only part that is short, by how much, and what the share that holds hours back is called.
fn held_back<'f>(hours: &'f Hours, found: &'f Requirement) -> Option<(&'f str, u64, &'f Label)> {
    let floor = hours.caps.iter().find(|cap| cap.others)?;
    let mut short = fill::parts_short(found);
    let part = short.next().filter(|_| short.next().is_none())?;
    Some((part.id.as_str(), part.missing_minutes?, &floor.label))
}
