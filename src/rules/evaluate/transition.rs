//! Whether a person is one of those a transition between two versions speaks of.

use super::super::calendar::previous_day;
use super::super::pack::Version;
use super::super::pack::model::{Transition, Who};
use super::asked::standing_on;
use super::moments::Moments;

impl Moments<'_> {
    /// Whether this question falls under `transition` of the version `new`.
    #[must_use]
    pub fn is_in(&self, transition: &Transition, new: &Version) -> bool {
        let begins = transition.days.from.or(new.in_force.from);
        let asked = transition.purposes.is_empty() || transition.purposes.contains(&self.purpose);
        asked && begins.is_none_or(|day| day <= self.as_of) && transition.who.iter().any(|who| self.is_one_of(who, new))
    }

    fn is_one_of(&self, who: &Who, new: &Version) -> bool {
        let dated = who.day.as_ref().is_none_or(|anchor| {
            self.event_day(anchor).filter(|day| *day <= self.as_of).is_some_and(|day| who.days.contains(day))
        });
        let cohort = || self.application.and_then(|application| application.cohort.as_ref());
        let held = self.held.iter().filter_map(|held| held.path.as_ref()).next_back();
        let path = || held.or_else(|| self.application.and_then(|application| application.path.as_ref()));
        let on = who.on.or(new.in_force.from.map(previous_day)).unwrap_or(self.as_of);
        let holds = || {
            let active = |held: &&super::super::record::Credential| standing_on(held, on) == Some("active");
            self.record.credentials.iter().filter(active).any(|held| who.holds.contains(&held.credential))
        };
        dated
            && (who.cohort.is_empty() || cohort().is_some_and(|cohort| who.cohort.contains(cohort)))
            && (who.path.is_empty() || path().is_some_and(|path| who.path.contains(path)))
            && (who.holds.is_empty() || holds())
    }
}
