//! The days of one person that rules point to: applications, terms, issues, events.
//!
//! Facts dated after the day asked about do not exist here.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::calendar::{Length, next_day, previous_day};
use super::super::pack::Version;
use super::super::pack::model::{Clock, Stage};
use super::super::pack::phrase::{Anchor, Window};
use super::super::question::Purpose;
use super::super::reason::Reason;
use super::super::record::{Application, Credential, Record, Term};
use super::clocks::{self, Clocks};
use super::pass;

/// A term of this credential, with its extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldTerm<'r> {
    /// First day.
    pub from: NaiveDate,
    /// Last day, extensions included; none: it does not end.
    pub through: Option<NaiveDate>,
    /// The version it is pinned to.
    pub version: Option<&'r str>,
    /// How many extensions it had.
    pub extensions: u32,
    /// Whether an extension was longer than the stage allows, so that its end is an earlier one.
    pub shortened: bool,
    /// Its last day as recorded, before holds, orders and decisions moved it.
    pub stated: Option<NaiveDate>,
}

/// The days of one person, for one question.
#[derive(Debug, Clone)]
pub struct Moments<'r> {
    /// The record.
    pub record: &'r Record,
    /// The version asked about.
    version: &'r Version,
    /// The credential asked about.
    pub credential: &'r str,
    /// The day asked about.
    pub as_of: NaiveDate,
    /// What for.
    pub purpose: Purpose,
    /// The application for it, if there is one.
    pub application: Option<&'r Application>,
    /// This credential, as held.
    pub held: Vec<&'r Credential>,
    /// Its terms, oldest first.
    pub terms: Vec<HeldTerm<'r>>,
    /// The days on which rules were met that others wait for.
    pub met: BTreeMap<&'r str, Option<NaiveDate>>,
    /// The days on which those of them would have been met that wait for someone's word.
    pub hoped: BTreeMap<&'r str, NaiveDate>,
    /// The first days on which those that are not met could be.
    pub soonest: BTreeMap<&'r str, NaiveDate>,
    /// A later day that is looked ahead to: what is not there yet comes as soon as it can.
    pub then: Option<NaiveDate>,
    /// The clocks that stood still.
    pub clocks: Clocks<'r>,
    /// The stages of the credential.
    stages: &'r [Stage],
    /// The grace in which hours may still be earned.
    grace: Option<Length>,
}

/// Days that count, and why others do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// From a day through a day; the reasons for earlier and later ones.
    Days(NaiveDate, NaiveDate, Reason, Reason),
    /// Any of these ranges.
    Any(Vec<(NaiveDate, NaiveDate)>, Reason),
}

impl Span {
    /// Why a fact that runs from `first` through `last` does not count.
    #[must_use]
    pub fn refuses(&self, first: NaiveDate, last: NaiveDate) -> Option<Reason> {
        match self {
            Self::Days(from, through, early, late) => {
                if first < *from {
                    Some(*early)
                } else if last > *through {
                    Some(*late)
                } else {
                    None
                }
            }
            Self::Any(ranges, reason) => {
                (!ranges.iter().any(|(from, through)| *from <= first && last <= *through)).then_some(*reason)
            }
        }
    }
}

impl Span {
    /// The first day from `day` on that lies inside.
    #[must_use]
    pub fn first_from(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.inside(day, NaiveDate::MAX).into_iter().map(|(from, _)| from).min()
    }

    /// The pieces of a time from `first` through `last` that lie inside.
    #[must_use]
    pub fn inside(&self, first: NaiveDate, last: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
        let one;
        let ranges = match self {
            Self::Days(from, through, ..) => {
                one = [(*from, *through)];
                &one[..]
            }
            Self::Any(ranges, _) => ranges,
        };
        let cut = ranges.iter().map(|(from, through)| (first.max(*from), last.min(*through)));
        cut.filter(|(from, through)| from <= through).collect()
    }
}

impl<'r> Moments<'r> {
    /// Gathers the days of `record` for a question; `stage` narrows terms and applications where they name one.
    #[must_use]
    pub fn of(
        version: &'r Version,
        record: &'r Record,
        as_of: NaiveDate,
        purpose: Purpose,
        stage: Option<&str>,
    ) -> Self {
        let credential = version.credential.as_str();
        let held: Vec<&Credential> = record
            .credentials
            .iter()
            .filter(|held| held.credential == credential && held.issued_on.is_none_or(|day| day <= as_of))
            .collect();
        let after_a_term = matches!(purpose, Purpose::Renewal | Purpose::Reinstatement);
        let own = version.stages.iter().find(|found| stage.is_none_or(|stage| stage == found.id));
        let allowed = own.and_then(|stage| stage.extensions).filter(|_| after_a_term);
        let mut terms = terms(&held, as_of, stage.filter(|_| after_a_term), allowed);
        let clocks = Clocks::of(version, record, as_of, stage);
        clocks::moved_ends(version, record, as_of, &clocks, &mut terms);
        let since = terms.last().filter(|_| after_a_term).map(|term| files_from(term, &terms, own));
        let application = record
            .applications
            .iter()
            .filter(|application| application.credential == credential && application.purpose.is(purpose.word()))
            .filter(|application| {
                application.stage.is_none() || stage.is_none() || application.stage.as_deref() == stage
            })
            .filter(|application| {
                application.received_on.is_none_or(|day| day <= as_of && since.is_none_or(|since| since <= day))
            })
            .max_by_key(|application| (application.received_on, std::cmp::Reverse(application.id.as_str())));
        let grace = version
            .stages
            .iter()
            .find(|found| stage.is_none_or(|stage| stage == found.id))
            .filter(|stage| stage.renewal.grace_earns_hours)
            .and_then(|stage| stage.renewal.grace);
        Self {
            record,
            version,
            credential,
            as_of,
            purpose,
            application,
            held,
            terms,
            met: BTreeMap::new(),
            hoped: BTreeMap::new(),
            soonest: BTreeMap::new(),
            then: None,
            clocks,
            stages: &version.stages,
            grace,
        }
    }

    /// The term that runs, or ran out last.
    #[must_use]
    pub fn term(&self) -> Option<&HeldTerm<'r>> {
        self.terms.last()
    }

    fn previous_term(&self) -> Option<&HeldTerm<'r>> {
        self.terms.iter().rev().nth(1)
    }

    /// The version the person is pinned to.
    #[must_use]
    pub fn pinned_version(&self) -> Option<&'r str> {
        let running = self.term().filter(|term| {
            self.purpose == Purpose::Renewal || term.through.is_none_or(|through| self.as_of <= through)
        });
        self.application
            .and_then(|application| application.version.as_deref())
            .or_else(|| running.and_then(|term| term.version))
    }

    /// The day that decides the version, and which dated rules hold.
    #[must_use]
    pub fn deciding_day(&self, applies_by: &[Anchor]) -> NaiveDate {
        applies_by
            .iter()
            .filter_map(|anchor| self.event_day(anchor))
            .filter(|day| *day <= self.as_of)
            .max()
            .unwrap_or(self.as_of)
    }

    /// The day an anchor stands for; an application that is not there yet would be today's.
    #[must_use]
    pub fn day(&self, anchor: &Anchor) -> Option<NaiveDate> {
        match (self.event_day(anchor), anchor) {
            (None, Anchor::Application) => Some(self.then.unwrap_or(self.as_of)),
            (day, _) => day,
        }
    }

    /// Whether an anchor moves with the day asked about.
    pub(in super::super) fn moves(&self, anchor: &Anchor) -> bool {
        match anchor {
            Anchor::Today => true,
            Anchor::Application => self.event_day(anchor).is_none(),
            _ => false,
        }
    }

    /// The day of an anchor that has come; none: it has not.
    pub(in super::super) fn event_day(&self, anchor: &Anchor) -> Option<NaiveDate> {
        let known = |day: &NaiveDate| *day <= self.as_of;
        match anchor {
            Anchor::Application => {
                self.application.and_then(|a| a.received_on).or_else(|| self.event("application_received", false))
            }
            Anchor::ApplicationComplete => self
                .application
                .and_then(|a| a.complete_on)
                .filter(known)
                .or_else(|| self.event("application_complete", false)),
            Anchor::ApplicationApproved => self
                .application
                .and_then(|a| a.approved_on)
                .filter(known)
                .or_else(|| self.event("application_approved", false)),
            Anchor::Issue(stage) => self.issued(stage.as_deref()),
            Anchor::TermStart => self.term().map(|term| term.from),
            Anchor::TermEnd => self.term().and_then(|term| term.through),
            Anchor::PreviousTermStart => self.previous_term().map(|term| term.from),
            Anchor::PreviousTermEnd => self.previous_term().and_then(|term| term.through),
            Anchor::ExamPassed => pass::first_day(self.version, self.purpose, self.record, self.as_of),
            Anchor::Event { kind, first } => self.event(kind, *first),
            Anchor::Met(rule) => {
                let hoped = || self.soonest.get(rule.as_str()).copied().filter(|_| self.then.is_some());
                self.met.get(rule.as_str()).copied().flatten().or_else(hoped)
            }
            Anchor::Birth => self.record.person.birth_date,
            Anchor::Today => Some(self.then.unwrap_or(self.as_of)),
            Anchor::Date(day) => Some(*day),
        }
    }

    /// The first pass after the last term ended: what brings somebody back who was away.
    pub(super) fn passed_anew(&self) -> Option<NaiveDate> {
        let ended = self.term().and_then(|term| term.through)?;
        pass::first_day_from(self.version, self.purpose, self.record, (next_day(ended), self.as_of))
    }

    fn event(&self, kind: &str, first: bool) -> Option<NaiveDate> {
        let events = self.record.events.iter().filter(|event| event.kind.is(kind) && event.on <= self.as_of);
        let days = events
            .filter(|event| event.credential.as_deref().is_none_or(|credential| credential == self.credential))
            .map(|event| event.on);
        if first { days.min() } else { days.max() }
    }

    fn issued(&self, stage: Option<&str>) -> Option<NaiveDate> {
        let first_of = |held: &Credential| {
            let begun = held.terms.iter().filter(|term| stage.is_none() || stage_of(held, term) == stage);
            begun.map(|term| term.from).min()
        };
        // A credential that went through several stages was issued once, and reached each stage with its first term.
        let own = |held: &Credential| match stage {
            Some(_) if held.terms.iter().any(|term| term.stage.is_some()) => first_of(held),
            Some(_) if held.stage.as_deref() != stage => None,
            _ => held.issued_on.or_else(|| first_of(held)),
        };
        self.held.iter().filter_map(|held| own(held)).filter(|day| *day <= self.as_of).min()
    }

    /// The days a window lets count.
    #[must_use]
    pub fn span(&self, window: &Window) -> Option<Span> {
        let (first, last) = (NaiveDate::MIN, NaiveDate::MAX);
        let never = |reason| Span::Any(Vec::new(), reason);
        let (outside, early, late) = (Reason::OutsideWindow, Reason::BeforeRequiredEvent, Reason::AfterRequiredEvent);
        Some(match window {
            Window::NoLimit => return None,
            Window::Before(length, anchor) => self.day(anchor).map_or_else(
                || never(outside),
                |day| {
                    let from = self.clocks.earlier(Clock::Windows, length.before(day), day);
                    Span::Days(from, day, outside, outside)
                },
            ),
            Window::Within(length, anchor) => self.day(anchor).map_or_else(
                || never(early),
                |day| {
                    let through = self.clocks.later(Clock::Windows, day, length.after(day));
                    Span::Days(day, through, early, outside)
                },
            ),
            Window::Since(anchor) => {
                self.day(anchor).map_or_else(|| never(early), |day| Span::Days(day, last, early, outside))
            }
            Window::After(anchor) => {
                self.day(anchor).map_or_else(|| never(early), |day| Span::Days(next_day(day), last, early, outside))
            }
            Window::Through(anchor) => Span::Days(first, self.day(anchor).unwrap_or(last), outside, late),
            // What is done now lies before what has not come.
            Window::Earlier(anchor) if self.then.is_some() && self.moves(anchor) => return None,
            Window::Earlier(anchor) => Span::Days(first, self.day(anchor).map_or(last, previous_day), outside, late),
            Window::AtLeastBefore(length, anchor) => {
                Span::Days(first, self.day(anchor).map_or(last, |day| length.before(day)), outside, late)
            }
            Window::AtLeastAfter(length, anchor) => {
                // An application that is still to come would come today, whatever later day is looked ahead to.
                let day = if self.moves(anchor) { Some(self.as_of) } else { self.day(anchor) };
                day.map_or_else(|| never(early), |day| Span::Days(length.after(day), last, early, outside))
            }
            Window::ThisTerm => self.term().map_or_else(
                || never(outside),
                |term| Span::Days(term.from, term.through.map_or(last, |day| self.with_grace(day)), outside, outside),
            ),
            Window::WhileHolding(stage) => {
                let terms =
                    self.held.iter().flat_map(|held| held.terms.iter().map(move |term| (stage_of(held, term), term)));
                let own = terms.filter(|(of, _)| *of == Some(stage.as_str())).map(|(_, term)| term);
                let granted = granted(own.collect(), self.stages.iter().find(|known| known.id == *stage));
                let ranges = granted.into_iter().map(|(from, through)| (from, through.unwrap_or(last))).collect();
                Span::Any(joined(ranges), Reason::NotInStatus)
            }
        })
    }

    /// The last day on which hours for a term that ends on `day` may be earned.
    #[must_use]
    pub fn with_grace(&self, day: NaiveDate) -> NaiveDate {
        self.grace.map_or(day, |grace| grace.after(day))
    }

    /// How many days the clocks of windows stood still for: the most for any of them.
    #[must_use]
    pub fn held_days(&self, windows: &[Window]) -> u32 {
        let held = |window: &Window| {
            let (stated, moved) = match window {
                Window::Before(length, anchor) => {
                    let day = self.day(anchor)?;
                    let from = length.before(day);
                    (self.clocks.earlier(Clock::Windows, from, day), from)
                }
                Window::Within(length, anchor) => {
                    let day = self.day(anchor)?;
                    let through = length.after(day);
                    (through, self.clocks.later(Clock::Windows, day, through))
                }
                _ => return None,
            };
            u32::try_from((moved - stated).num_days()).ok()
        };
        if self.clocks.is_empty() { 0 } else { windows.iter().filter_map(held).max().unwrap_or(0) }
    }

    /// The days several windows let count.
    #[must_use]
    pub fn spans(&self, windows: &[Window]) -> Vec<Span> {
        windows.iter().filter_map(|window| self.span(window)).collect()
    }
}

/// The first day on which an application can be one for the term after `term`: what came before it started, or in the grace
/// of the term before, was for an earlier renewal or return.
fn files_from(term: &HeldTerm<'_>, terms: &[HeldTerm<'_>], stage: Option<&Stage>) -> NaiveDate {
    let grace = stage.and_then(|stage| stage.renewal.grace);
    let before = terms.iter().rev().nth(1).and_then(|before| before.through);
    let after_grace = before.zip(grace).map_or(NaiveDate::MIN, |(end, grace)| next_day(grace.after(end)));
    // Where a grace reaches far into a short term, there is time to file for its end as well.
    let opens = stage.and_then(|stage| stage.renewal.opens);
    let latest = term.through.map_or(NaiveDate::MAX, |end| opens.map_or(end, |length| length.before(end)));
    after_grace.min(latest).max(term.from)
}

/// First and last days of the terms of a stage, without what extensions have of more than it allows.
fn granted(mut terms: Vec<&Term>, stage: Option<&Stage>) -> Vec<(NaiveDate, Option<NaiveDate>)> {
    terms.sort_by_key(|term| (term.from, term.through));
    let Some((most, each)) = stage.and_then(|stage| stage.extensions) else {
        return terms.into_iter().map(|term| (term.from, term.through)).collect();
    };
    let (mut extensions, mut all) = (0, Vec::<(NaiveDate, Option<NaiveDate>)>::new());
    for term in terms {
        extensions = if is_extension(term) { extensions + 1 } else { 0 };
        if extensions == 0 {
            all.push((term.from, term.through));
        } else if extensions <= most {
            let before = all.last().and_then(|(_, through)| *through);
            all.push((term.from, extended(before, term.through, each)));
        }
    }
    all
}

fn is_extension(term: &Term) -> bool {
    term.kind.as_ref().is_some_and(|kind| kind.is("extension"))
}

/// The last day that an extension makes of the one before: its own, or what the stage allows for each where that is less.
fn extended(before: Option<NaiveDate>, through: Option<NaiveDate>, each: Length) -> Option<NaiveDate> {
    let Some(before) = before else { return through };
    // Counted from the last day or from the day after it: of two ways to clamp a month's end, the longer one.
    let most = each.after(before).max(previous_day(each.after(next_day(before))));
    Some(through.map_or(most, |through| through.min(most)))
}

/// Ranges that touch become one, so that an entry across an extension stays inside.
fn joined(mut ranges: Vec<(NaiveDate, NaiveDate)>) -> Vec<(NaiveDate, NaiveDate)> {
    ranges.sort_unstable();
    let mut all: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for (from, through) in ranges {
        match all.last_mut() {
            Some(last) if from <= next_day(last.1) => last.1 = last.1.max(through),
            _ => all.push((from, through)),
        }
    }
    all
}

/// The stage a term belongs to: its own word, else the credential's.
fn stage_of<'r>(held: &'r Credential, term: &'r Term) -> Option<&'r str> {
    term.stage.as_deref().or(held.stage.as_deref())
}

/// The stages a credential has been in by a day, as its terms say, else as it says itself.
pub(super) fn stages_by(held: &Credential, day: NaiveDate) -> Vec<&str> {
    if held.terms.iter().all(|term| term.stage.is_none()) {
        return held.stage.iter().map(String::as_str).collect();
    }
    held.terms.iter().filter(|term| term.from <= day).filter_map(|term| stage_of(held, term)).collect()
}

/// The stage a credential is in on a day: that of the term that runs or ran out last.
pub(super) fn stage_on(held: &Credential, day: NaiveDate) -> Option<&str> {
    let begun = held.terms.iter().filter(|term| term.from <= day);
    begun.max_by_key(|term| term.from).map_or(held.stage.as_deref(), |term| stage_of(held, term))
}

fn terms<'r>(
    held: &[&'r Credential],
    as_of: NaiveDate,
    stage: Option<&str>,
    allowed: Option<(u32, Length)>,
) -> Vec<HeldTerm<'r>> {
    let of_stage = |held: &Credential, term: &Term| {
        stage.is_none() || stage_of(held, term).is_none_or(|named| Some(named) == stage)
    };
    let mut found: Vec<_> = held
        .iter()
        .flat_map(|held| held.terms.iter().filter(|term| of_stage(held, term)))
        .filter(|term| term.from <= as_of)
        .collect();
    found.sort_by_key(|term| (term.from, term.through));
    let mut all: Vec<HeldTerm<'r>> = Vec::new();
    for term in found {
        match all.last_mut() {
            Some(last) if is_extension(term) => {
                last.extensions += 1;
                // One more than the board allows makes no term longer.
                if allowed.is_none_or(|(most, _)| last.extensions <= most) {
                    let through = allowed.map_or(term.through, |(_, each)| extended(last.through, term.through, each));
                    last.shortened |= through != term.through;
                    last.through = through;
                }
            }
            _ => all.push(HeldTerm {
                from: term.from,
                through: term.through,
                version: term.version.as_deref(),
                extensions: 0,
                shortened: false,
                stated: None,
            }),
        }
    }
    all
}
