//! Conditions on an age of people whose birth date nobody has told: what hangs on it is asked, and stays open where it is short.

use super::super::evaluation::{Note, Status};
use super::super::pack::model::{Asks, Bucket, Rule};
use super::asked::Asked;
use super::node::Node;

/// Whether a part is asked of this person, as far as is known.
pub(super) fn may_concern(asked: &Asked<'_>, bucket: &Bucket) -> bool {
    bucket.when.is_empty() || asked.holds(&bucket.when) || asked.hangs_on_age(&bucket.when)
}

/// Leaves a rule undecided where the birth date could decide otherwise, and says that it is wanted.
pub(super) fn leave_open(asked: &Asked<'_>, rule: &Rule, node: &mut Node) {
    if asked.record.person.birth_date.is_some() {
        return;
    }
    // Whether it is asked at all, or whether a part of it is: then it can only come out better than it stands.
    let relieved = || [&rule.when, &rule.unless, &rule.waived_when].into_iter().any(|when| asked.hangs_on_age(when));
    let (mut in_part, mut in_amount) = (false, false);
    if let Asks::Learning(hours) | Asks::Service(hours) = &rule.asks {
        in_part = hours.buckets.iter().any(|bucket| asked.hangs_on_age(&bucket.when));
        in_amount = hours.instead.iter().any(|(when, _)| asked.hangs_on_age(when));
    }
    let open = match node.status() {
        Status::NotMet => in_amount || in_part || relieved(),
        // Another amount may be more or less than the one that was taken.
        Status::Met => in_amount,
        Status::Undecided | Status::Waived | Status::NotApplicable => false,
    };
    if open {
        node.requirement.status = Status::Undecided;
        if !node.requirement.lacks_birth_date() {
            node.requirement.notes.push(Note::of(Note::BIRTH_DATE_UNKNOWN).said());
        }
        node.earliest = None;
    }
}
