//! Whether what is there today is still there on the day that is named as the first one: what falls out of a window until
//! then is missing on that day, and a day on which the answer is no is not named.

use chrono::NaiveDate;

use super::super::evaluation::{Requirement, Status};
use super::super::question::Question;
use super::asked::Asked;
use super::{above, gather, tree};

/// Whether nothing that counts today is lost until `day`, by asking once more as of it.
pub(super) fn until(asked: &Asked<'_>, now: &[Requirement], day: NaiveDate) -> bool {
    if day <= asked.as_of {
        return true;
    }
    let question = Question { as_of: day, ..asked.question.clone() };
    let stage = (asked.stage < asked.version.stages.len()).then_some(asked.stage);
    let then = gather(asked.version, asked.record, &question, stage, asked.rules);
    let nodes = tree::nodes(&then);
    let kept = now.iter().zip(&nodes).all(|(now, then)| keeps(now, &then.requirement));
    kept && above(&then, Status::Met) == Status::Met
}

/// Whether a requirement asks for no more than before.
fn keeps(now: &Requirement, then: &Requirement) -> bool {
    let done = |status: Status| matches!(status, Status::Met | Status::Waived | Status::NotApplicable);
    let lost = done(now.status) && !done(then.status);
    let more = now.missing_minutes.zip(then.missing_minutes).is_some_and(|(now, then)| now < then);
    // Of alternatives another one may be taken by then.
    let parts = || now.requirements.iter().zip(&then.requirements).all(|(now, then)| keeps(now, then));
    !lost && !more && (now.taken.is_some() || now.status == Status::Met || parts())
}
