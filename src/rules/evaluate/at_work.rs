//! A job on one day: employed when something happened, however long before and after.

use super::super::evaluation::Status;
use super::super::pack::model::{Rule, Work};
use super::super::pack::phrase::Anchor;
use super::super::reason::Reason;
use super::asked::Asked;
use super::facts::{note, unfit};
use super::node::Node;

/// The node of a rule that asks for a job on a day. As long as that day has not come, no job serves yet.
pub(super) fn node(asked: &Asked<'_>, rule: &Rule, wanted: &Work, on: &Anchor) -> Node {
    let mut node = Node::of(rule, Status::NotMet, asked.as_of);
    let day = asked.moments.day(on);
    let mut jobs: Vec<_> = asked.record.employment.iter().collect();
    jobs.sort_by_key(|job| (job.from, job.id.as_str()));
    let (mut held, mut hoped, mut reported) = (false, false, false);
    for job in jobs {
        let away = match day {
            None => Some(Reason::BeforeRequiredEvent),
            Some(day) if job.from > day => Some(Reason::AfterRequiredEvent),
            Some(day) if job.through.is_some_and(|last| last < day) => Some(Reason::OutsideWindow),
            Some(_) => None,
        };
        let disputed = job.status.as_ref().is_some_and(|status| status.is("disputed"));
        let surplus = || held.then_some(Reason::Surplus);
        let refused = unfit(job, wanted, asked.as_of).or(away).or_else(|| disputed.then_some(Reason::Disputed));
        hoped |= refused == Some(Reason::Disputed);
        reported |= refused == Some(Reason::NotVerified);
        let refused = refused.or_else(surplus);
        held |= refused.is_none();
        note(&mut node, rule, &job.id, refused);
    }
    node.amounts("count", 1, u64::from(held));
    node.requirement.status = match (held, hoped) {
        (true, _) => Status::Met,
        (false, true) => Status::Undecided,
        (false, false) => Status::NotMet,
    };
    // Nobody can begin a job on a day that is past; one that has not come, or moves along, may yet find them at work.
    // When the board approves, and when somebody confirms the job, is for others to say.
    let may_come = day.is_none() && !reported && *on != Anchor::ApplicationApproved;
    node.earliest = (may_come || asked.moments.moves(on)).then_some(asked.as_of);
    node
}
