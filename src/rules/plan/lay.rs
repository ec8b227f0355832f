//! Wanted facts laid out over days: no more than so much a day, and what waits for a step after that step.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value};

use super::super::calendar::{Length, next_day, previous_day};
use super::super::pack::model::{Asks, Rule};
use super::super::pack::phrase::{Anchor, Window};
use super::fill::windows_of;
use super::{HORIZON, MINUTES_A_DAY};

/// A fact's fields.
pub(super) type Fact = Map<String, Value>;

/// What the name of a step begins with that is no rule.
pub(super) const STEP: char = '@';

/// What is done on one day: the list, the field of the day, the rest.
pub(super) type Dated = (&'static str, &'static str, Fact);

/// What is done regularly: the list, the day, the minutes, the rest. Other hours leave room for it.
pub(super) type Regular = (&'static str, NaiveDate, u64, Fact);

/// What one rule still wants.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    rule: String,
    /// The rules and steps it waits for, and how long after them it can come.
    pub(super) waits: Vec<(String, Length)>,
    /// The days that its rule lets count.
    pub(super) windows: Vec<Window>,
    /// The first of them, where it is known.
    pub(super) opens: Option<NaiveDate>,
    /// Learning: minutes and the rest of the record.
    pub(super) learning: Vec<(u64, Fact)>,
    /// Service: minutes and the rest.
    pub(super) service: Vec<(u64, Fact)>,
    /// Service on days that the rule itself names.
    pub(super) paced: Vec<(NaiveDate, u64, Fact)>,
    /// What a rule wants in each stretch of the calendar, on days of that stretch.
    pub(super) regular: Vec<Regular>,
    /// At most so many minutes count in a week or a month.
    pub(super) limit: Option<(u64, Length)>,
    /// The hours lie so far apart, from the first day of what is there already.
    pub(super) spread: Option<(Option<NaiveDate>, Length)>,
    /// What is done on one day.
    pub(super) dated: Vec<Dated>,
}

/// Facts that are still wanted.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// By number, in the pack's order.
    groups: BTreeMap<usize, Group>,
    /// The first day.
    from: NaiveDate,
    /// What the ids of facts begin with.
    ids: String,
}

/// Hours of one rule are laid out in so many pieces at most.
const MOST_PIECES: usize = 2_000;

/// A fact with its day; hours with their minutes.
type Laid = (&'static str, NaiveDate, Option<u64>, Fact);

impl Wanted {
    /// Nothing yet, from a day on; `taken`: ids that the record has already.
    pub(super) fn from<'r>(from: NaiveDate, taken: impl Iterator<Item = &'r str> + Clone) -> Self {
        let names = std::iter::once("planned".to_owned()).chain((2_u32..).map(|number| format!("planned{number}")));
        let free =
            |name: &String| !taken.clone().any(|id| id.strip_prefix(name).is_some_and(|rest| rest.starts_with('-')));
        Self { groups: BTreeMap::new(), from, ids: names.into_iter().find(free).unwrap_or_default() }
    }

    /// The first day on which anything of it can be done.
    pub(super) const fn first_day(&self) -> NaiveDate {
        self.from
    }

    /// The facts that one more rule wants.
    pub(super) fn of(&mut self, rule: &Rule) -> &mut Group {
        let windows = windows(rule);
        let waits = windows.iter().filter_map(wait).collect();
        self.add(Group { rule: rule.id.clone(), waits, windows, ..Group::default() })
    }

    fn add(&mut self, group: Group) -> &mut Group {
        self.groups.entry(self.groups.len()).or_insert(group)
    }

    /// A step that rules wait for and that is none itself, once: an event, an application.
    pub(super) fn step(&mut self, name: &str, dated: Dated) {
        if let Some(known) = self.groups.values_mut().find(|group| group.rule == name) {
            known.dated.push(dated);
            return;
        }
        let before = |group: &Group| {
            let own = group.windows.iter().filter_map(|window| before(window, name));
            own.max_by_key(|long| long.after(self.from)).map(|long| (group.rule.clone(), long))
        };
        let waits = self.groups.values().filter_map(before).collect();
        self.add(Group { rule: name.to_owned(), waits, dated: vec![dated], ..Group::default() });
    }

    /// The days that count of all that is wanted.
    pub(super) fn windows(&self) -> impl Iterator<Item = &Window> {
        self.groups.values().flat_map(|group| &group.windows)
    }

    /// What is done regularly: the rule, and the days in their order.
    pub(super) fn regular(&self) -> BTreeMap<&str, Vec<NaiveDate>> {
        let mut days: BTreeMap<&str, Vec<NaiveDate>> = BTreeMap::new();
        for (group, (_, day, ..)) in
            self.groups.values().flat_map(|group| group.regular.iter().map(move |one| (group, one)))
        {
            days.entry(group.rule.as_str()).or_default().push(*day);
        }
        days.values_mut().for_each(|days| days.sort_unstable());
        days
    }

    /// The rule that waits for a step first.
    pub(super) fn waiting_for(&self, step: &str) -> Option<&str> {
        let waits = |group: &&Group| group.waits.iter().any(|(name, _)| name == step);
        self.groups.values().find(waits).map(|group| group.rule.as_str())
    }

    /// The steps that rules wait for, by their names.
    pub(super) fn steps(&self) -> impl Iterator<Item = &str> {
        self.groups.values().map(|group| group.rule.as_str()).filter(|name| name.starts_with(STEP))
    }

    /// The learning of all rules.
    pub(super) fn learning(&mut self) -> impl Iterator<Item = &mut (u64, Fact)> {
        self.groups.values_mut().flat_map(|group| &mut group.learning)
    }

    /// The minutes of all of it.
    pub(super) fn minutes(&self) -> u64 {
        let learning = self.groups.values().flat_map(|group| &group.learning).map(|(minutes, _)| minutes);
        let service = self.groups.values().flat_map(|group| &group.service).map(|(minutes, _)| minutes);
        let paced = self.groups.values().flat_map(|group| &group.paced).map(|(_, minutes, _)| minutes);
        let regular = self.groups.values().flat_map(|group| &group.regular).map(|(_, _, minutes, _)| minutes);
        learning.chain(service).chain(paced).chain(regular).sum()
    }

    /// The day on which all that takes time is done.
    pub(super) fn done_on(&self) -> NaiveDate {
        self.laid_out(0).1
    }

    /// The facts when the last of them happens on `day`.
    pub(super) fn on(&self, day: NaiveDate) -> Fact {
        let later = u64::try_from((day - self.done_on()).num_days()).unwrap_or(0);
        let mut lists: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for (at, (list, on, minutes, mut fact)) in self.laid_out(later).0.into_iter().enumerate() {
            let id = format!("{}-{}", self.ids, at + 1);
            if let Some(minutes) = minutes {
                fact.insert("minutes".into(), minutes.into());
            }
            match list {
                "learning" => {
                    fact.entry("course").or_insert_with(|| id.clone().into());
                    fact.insert("completed_on".into(), on.to_string().into());
                }
                "service" => {
                    fact.insert("from".into(), on.to_string().into());
                    fact.insert("to".into(), on.to_string().into());
                }
                _ => {}
            }
            fact.insert("id".into(), id.into());
            lists.entry(list).or_default().push(Value::Object(fact));
        }
        let last = self.groups.values().filter(|group| !self.has_own_day(group)).flat_map(|group| &group.dated);
        for (at, (list, key, fact)) in last.enumerate() {
            let mut fact = fact.clone();
            fact.insert("id".into(), format!("{}-day-{}", self.ids, at + 1).into());
            fact.entry(*key).or_insert_with(|| day.to_string().into());
            lists.entry(list).or_default().push(Value::Object(fact));
        }
        lists.into_iter().map(|(list, facts)| (list.to_owned(), Value::Array(facts))).collect()
    }

    /// Whether another rule that wants something waits for this one.
    fn is_waited_for(&self, group: &Group) -> bool {
        self.groups.values().flat_map(|other| &other.waits).any(|(rule, _)| is_below(&group.rule, rule))
    }

    /// Whether it is done before the last day: others wait for it, or it takes its own time from then on.
    fn has_own_day(&self, group: &Group) -> bool {
        self.is_waited_for(group) || group.rule.starts_with(STEP) || group.runs_on()
    }

    /// Hours laid out over days, and what others wait for; what is done on one day comes so many days later than it could.
    /// With the first day on which all of it can be done.
    fn laid_out(&self, later: u64) -> (Vec<Laid>, NaiveDate) {
        let (mut all, mut used) = (Vec::new(), BTreeMap::new());
        for (_, day, minutes, _) in self.groups.values().flat_map(|group| &group.regular) {
            *used.entry(*day).or_insert(0) += minutes;
        }
        let mut ends: BTreeMap<&str, NaiveDate> = BTreeMap::new();
        let mut open: Vec<&Group> = self.groups.values().collect();
        while !open.is_empty() {
            let free = |group: &&Group| {
                let waits = |rule: &str| open.iter().any(|other| is_below(&other.rule, rule));
                !group.waits.iter().any(|(rule, _)| waits(rule))
            };
            let at = open.iter().position(free).unwrap_or(0);
            let group = open.remove(at);
            let start = self.start(group, &ends);
            let mut end = self.lay(group, start, &mut used, &mut all);
            if self.has_own_day(group) && !group.dated.is_empty() {
                let later = if group.rule.starts_with(STEP) || group.runs_on() { 0 } else { later };
                let day = end.max(start).checked_add_days(Days::new(later)).unwrap_or(start);
                for (list, key, fact) in &group.dated {
                    let mut fact = fact.clone();
                    fact.entry(*key).or_insert_with(|| day.to_string().into());
                    all.push((*list, day, None, fact));
                }
                end = day;
            }
            let known = ends.entry(&group.rule).or_insert(end);
            *known = end.max(*known);
        }
        let ready = ends.into_values().max().unwrap_or(self.from);
        (all, ready)
    }

    fn start(&self, group: &Group, ends: &BTreeMap<&str, NaiveDate>) -> NaiveDate {
        let after = group.waits.iter().flat_map(|(rule, long)| {
            let ended = ends.iter().filter(|(other, _)| is_below(other, rule));
            ended.map(|(_, day)| long.after(*day))
        });
        after.chain(group.opens).max().unwrap_or(self.from).max(self.from)
    }

    /// Lays a rule's hours from `start` on; answers the last day.
    fn lay(
        &self,
        group: &Group,
        start: NaiveDate,
        used: &mut BTreeMap<NaiveDate, u64>,
        all: &mut Vec<Laid>,
    ) -> NaiveDate {
        let mut courses = Vec::new();
        let (mut period, mut room) = (start, group.limit.map(|(limit, _)| limit));
        for (minutes, fact) in &group.learning {
            let mut left = *minutes;
            while left > 0 {
                if let (Some((limit, long)), Some(0)) = (group.limit, room) {
                    (period, room) = (long.after(period), Some(limit));
                }
                let now = room.map_or(left, |room| room.min(left)).max(1);
                // A course counts on the day it is completed.
                let days = spend(now, period, MINUTES_A_DAY, used);
                let day = days.last().map_or(start, |(day, _)| *day);
                courses.push((day, now, fact));
                (left, room) = (left - now, room.map(|room| room.saturating_sub(now)));
                if courses.len() > MOST_PIECES {
                    break;
                }
            }
        }
        let mut service = Vec::new();
        for (minutes, fact) in &group.service {
            let a_day = group.limit.map_or(MINUTES_A_DAY, |(limit, long)| {
                let days = if matches!(long, Length::Months(_)) { 31 } else { 7 };
                (limit / days).clamp(1, MINUTES_A_DAY)
            });
            service.extend(spend(*minutes, start, a_day, used).into_iter().map(|(day, now)| (day, now, fact)));
        }
        for (day, minutes, fact) in &group.paced {
            service.push(((*day).max(start), *minutes, fact));
        }
        if let Some((begun, least)) = group.spread {
            spread_out(if group.learning.is_empty() { &mut service } else { &mut courses }, begun, least);
        }
        let mut last = start;
        for (list, day, minutes, fact) in &group.regular {
            all.push((*list, *day, Some(*minutes), fact.clone()));
            last = last.max(*day);
        }
        for (list, done) in [("learning", courses), ("service", service)] {
            for (day, minutes, fact) in done {
                all.push((list, day, Some(minutes), fact.clone()));
                last = last.max(day);
            }
        }
        last
    }
}

impl Group {
    /// Whether it takes its own time once it has begun: a job.
    fn runs_on(&self) -> bool {
        self.dated.iter().any(|(list, ..)| *list == "employment")
    }
}

/// Puts the last of the hours off until all of it lies far enough apart.
fn spread_out(hours: &mut Vec<(NaiveDate, u64, &Fact)>, begun: Option<NaiveDate>, least: Length) {
    hours.sort_by_key(|(day, ..)| *day);
    let Some((first, ..)) = hours.first().copied() else { return };
    let ends = previous_day(least.after(begun.map_or(first, |begun| begun.min(first))));
    // What would be the first and the last at once is done in two parts.
    let alone = begun.is_none() && hours.len() == 1;
    let Some((day, minutes, fact)) = hours.last_mut() else { return };
    if *day >= ends {
    } else if alone && *minutes > 1 {
        let later = *minutes / 2;
        *minutes -= later;
        let rest = (ends, later, *fact);
        hours.push(rest);
    } else {
        *day = ends;
    }
}

/// Spends minutes from a day on, at most so many a day, on what earlier facts have left free. What a plan cannot look so far
/// ahead for is left to its last day, on which it cannot count: such a plan has no day.
fn spend(minutes: u64, from: NaiveDate, a_day: u64, used: &mut BTreeMap<NaiveDate, u64>) -> Vec<(NaiveDate, u64)> {
    let (mut left, mut day, mut days) = (minutes, from, Vec::new());
    let last = from.checked_add_days(Days::new(HORIZON)).unwrap_or(from);
    while left > 0 {
        if day >= last {
            days.push((day, left));
            break;
        }
        let spent = used.entry(day).or_insert(0);
        let now = left.min(a_day.saturating_sub(*spent));
        if now > 0 {
            days.push((day, now));
        }
        (*spent, left) = (*spent + now, left - now);
        day = next_day(day);
    }
    days
}

/// Whether a rule is another one or a branch of it.
fn is_below(rule: &str, of: &str) -> bool {
    rule.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The days that a rule lets count; of parts of its hours, those that hang on an event.
fn windows(rule: &Rule) -> Vec<Window> {
    let buckets = match &rule.asks {
        Asks::Learning(hours) | Asks::Service(hours) => hours.buckets.as_slice(),
        _ => &[],
    };
    let parts = buckets.iter().flat_map(|bucket| bucket.windows.iter().flatten());
    let after = parts.filter(|window| matches!(window, Window::After(Anchor::Event { .. })));
    windows_of(rule).iter().chain(after).cloned().collect()
}

/// The rule or step that a window waits for, and how long after it something can come.
fn wait(window: &Window) -> Option<(String, Length)> {
    let (anchor, long) = match window {
        Window::After(anchor) => (anchor, Length::Days(1)),
        Window::AtLeastAfter(long, anchor) => (anchor, *long),
        Window::Since(anchor) | Window::Within(_, anchor) => (anchor, Length::Days(0)),
        _ => return None,
    };
    Some((named(anchor)?, long))
}

/// How long before a step something has to be done.
fn before(window: &Window, step: &str) -> Option<Length> {
    let (anchor, long) = match window {
        Window::Earlier(anchor) => (anchor, Length::Days(1)),
        Window::AtLeastBefore(long, anchor) => (anchor, *long),
        Window::Before(_, anchor) | Window::Through(anchor) => (anchor, Length::Days(0)),
        _ => return None,
    };
    (named(anchor)? == step).then_some(long)
}

/// What an anchor is called that something can wait for.
pub(super) fn named(anchor: &Anchor) -> Option<String> {
    match anchor {
        Anchor::Met(rule) => Some(rule.clone()),
        Anchor::Event { kind, .. } => Some(format!("{STEP}{kind}")),
        Anchor::Application => Some(format!("{STEP}application")),
        Anchor::ApplicationComplete => Some(format!("{STEP}application_complete")),
        _ => None,
    }
}
