//! The rules of a purpose as flat tables, where sums and days alone decide them.

use super::super::pack::Version;
use super::super::pack::model::{
    Age, Approval, Asks, Attestations, Attribute, Bucket, Deadline, Exam, Filter, Guards, Hours, Need, Repeats, Rule,
    Rules,
};
use super::super::pack::phrase::{Anchor, Window};
use super::super::question::Purpose;

/// At most so many places take minutes; two more are kept for what goes nowhere and what is torn.
const MOST_PLACES: usize = 60;
/// So many fit into one number as bits.
const MOST_CONDITIONS: u8 = 64;
/// Where minutes go that count nowhere.
pub(super) const NOWHERE: u8 = 0;
/// Where minutes go that only the whole evaluator can place.
pub(super) const TORN: u8 = 1;

/// Why the rules are not for this module.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{rule}` has {what}, which only the whole evaluator judges")]
pub struct NotPlain {
    /// The rule, or the purpose.
    pub rule: String,
    /// What it has.
    pub what: &'static str,
}

/// A rule about hours of learning.
#[derive(Debug)]
pub(super) struct Learned<'v> {
    pub(super) hours: &'v Hours,
    /// The place of its total; those of its buckets follow.
    pub(super) first: usize,
    /// Which days count.
    pub(super) window: u8,
}

/// What one place asks for beyond what its parts ask.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask {
    pub(super) place: u8,
    /// Where minutes too many go.
    pub(super) above: u8,
    pub(super) minutes: u64,
    /// What it is part of.
    pub(super) part_of: u8,
    /// What it asks for with its parts.
    pub(super) stated: u64,
    /// Its number among all conditions.
    pub(super) condition: u8,
}

/// A rule about attestations.
#[derive(Debug)]
pub(super) struct Attested<'v> {
    pub(super) wanted: &'v Attestations,
    pub(super) window: u8,
    pub(super) condition: u8,
}

/// A rule about an exam.
#[derive(Debug)]
pub(super) struct Examined<'v> {
    pub(super) exam: &'v Exam,
    pub(super) window: u8,
    pub(super) condition: u8,
}

/// The rules of a purpose as tables.
#[derive(Debug)]
pub struct Program<'v> {
    pub(super) version: &'v Version,
    pub(super) purpose: Purpose,
    pub(super) learned: Vec<Learned<'v>>,
    /// Parts come before what they are part of.
    pub(super) asks: Vec<Ask>,
    pub(super) places: usize,
    pub(super) exams: Vec<Examined<'v>>,
    pub(super) attested: Vec<Attested<'v>>,
    pub(super) ages: Vec<(&'v Age, u8)>,
    /// How many conditions there are: each rule, and each part of one about hours.
    conditions: u8,
    /// A rule waits for the board's decision.
    pub(super) decision: bool,
    /// Sets of windows that must hold together; the first lets every day count.
    pub(super) windows: Vec<&'v [Window]>,
}

impl<'v> Program<'v> {
    /// Makes the tables of `version` for `purpose`.
    ///
    /// # Errors
    /// The first rule that needs the whole evaluator.
    pub fn of(version: &'v Version, purpose: Purpose) -> Result<Self, NotPlain> {
        let refuse = |what| NotPlain { rule: purpose.word().to_owned(), what };
        let Version {
            id: _,
            file: _,
            credential: _,
            region: _,
            name: _,
            abbreviation: _,
            board: _,
            time_zone: _,
            in_force: _,
            verified: _,
            applies_by: _,
            hour: _,
            units: _,
            unit_names: _,
            words: _,
            unit_sizes: _,
            sources: _,
            topics: _,
            topic_ids: _,
            stages,
            reminders: _,
            holidays: _,
            // What holds do: people with holds are odd.
            holds: _,
            orders,
            // Which version rules is asked elsewhere.
            transitions: _,
            purposes,
            hash: _,
            stated: _,
            origins: _,
            lines: _,
        } = version;
        let rules = purposes.get(&purpose).ok_or_else(|| refuse("no rules"))?;
        let Rules { offered, cite: _, rules, deadlines, waited_for, rungs } = rules;
        if !orders.is_empty() {
            return Err(refuse("orders"));
        }
        if !waited_for.is_empty() || !rungs.is_empty() {
            return Err(refuse("rules that wait for others"));
        }
        if !matches!(purpose, Purpose::Initial | Purpose::Reciprocity) {
            return Err(refuse("terms"));
        }
        if !offered || rules.is_empty() {
            return Err(refuse("nothing to meet"));
        }
        if stages.len() != 1 || stages.iter().any(|stage| !stage.suspends_with.is_empty()) {
            return Err(refuse("several stages, or one that rests with another credential"));
        }
        if deadlines.iter().any(|Deadline { filed, .. }| *filed) {
            return Err(refuse("a deadline for filing"));
        }
        let mut program = Self {
            version,
            purpose,
            learned: Vec::new(),
            asks: Vec::new(),
            places: 2,
            exams: Vec::new(),
            attested: Vec::new(),
            ages: Vec::new(),
            conditions: 0,
            decision: false,
            windows: vec![&[]],
        };
        for rule in rules {
            program.add(rule).map_err(|what| NotPlain { rule: rule.id.clone(), what })?;
        }
        Ok(program)
    }

    /// The version it was made of.
    #[must_use]
    pub const fn version(&self) -> &'v Version {
        self.version
    }

    /// Whether statements matter.
    #[must_use]
    pub fn reads_statements(&self) -> bool {
        !self.attested.is_empty()
    }

    /// Whether exams matter.
    #[must_use]
    pub fn reads_exams(&self) -> bool {
        !self.exams.is_empty()
    }

    /// Whether birth days matter.
    #[must_use]
    pub fn reads_births(&self) -> bool {
        !self.ages.is_empty()
    }

    /// Whether courses or providers are named by any rule.
    #[must_use]
    pub fn names_courses(&self) -> bool {
        let by_name = |filter: &Filter| {
            let mut attributes = filter.only.iter().chain(&filter.never).map(|(attribute, _)| *attribute);
            attributes.any(|attribute| matches!(attribute, Attribute::Course | Attribute::Provider))
        };
        self.learned.iter().any(|learned| {
            let buckets = &learned.hours.buckets;
            by_name(&learned.hours.filter)
                || buckets.iter().any(|bucket| by_name(&bucket.filter) || bucket.of.as_ref().is_some_and(by_name))
        })
    }

    fn add(&mut self, rule: &'v Rule) -> Result<(), &'static str> {
        let Rule { id: _, label: _, citation: _, stages, in_force, when, unless, waived_when, asks, line: _ } = rule;
        said(when)?;
        said(unless)?;
        said(waived_when)?;
        if in_force.from.is_some() || in_force.through.is_some() {
            return Err("days on which it holds");
        }
        if stages.as_slice() != [0] {
            return Err("stages");
        }
        match asks {
            Asks::Learning(hours) => self.learning(hours),
            Asks::Exam(exam) => self.exam(exam),
            Asks::Attestation(wanted) => self.attestation(wanted),
            Asks::Age(age) => self.age(age),
            Asks::Decision => {
                self.decision = true;
                self.conditions(1).map(drop)
            }
            Asks::Service(_) => Err("hours of service"),
            Asks::Employment(_) => Err("time in a job"),
            Asks::Credential(_) => Err("another credential"),
            Asks::Event(_) => Err("an event"),
            Asks::AnyOf(_, _) | Asks::AllOf(_) => Err("branches"),
        }
    }

    /// The number of a set of windows.
    fn window(&mut self, windows: &'v [Window]) -> Result<u8, &'static str> {
        for window in windows {
            match window {
                Window::Before(_, anchor)
                | Window::Within(_, anchor)
                | Window::Since(anchor)
                | Window::After(anchor)
                | Window::Through(anchor)
                | Window::Earlier(anchor) => plain(anchor)?,
                Window::NoLimit => {}
                Window::ThisTerm | Window::WhileHolding(_) => return Err("days of a term"),
            }
        }
        let limits = windows.iter().any(|window| *window != Window::NoLimit);
        let windows = if limits { windows } else { &[] };
        let known = self.windows.iter().position(|known| *known == windows);
        let at = known.unwrap_or_else(|| {
            self.windows.push(windows);
            self.windows.len() - 1
        });
        u8::try_from(at).map_err(|_many| "too many windows")
    }

    fn learning(&mut self, hours: &'v Hours) -> Result<(), &'static str> {
        let Hours {
            need,
            instead,
            filter: _,
            windows,
            approval,
            topics_shared,
            any_topic: _,
            shared: _,
            repeats,
            refuses_used: _,
            rounding,
            minimum_size,
            attendance,
            supervisor_eligible: _,
            per_week,
            per_month,
            ratio,
            buckets,
            caps,
            pace,
            period,
            scale,
            counted_in,
            repeats_within,
            any_provider: _,
            whole,
            carry,
        } = hours;
        let Need::Minutes(total) = need else { return Err("a number of entries") };
        not_asked(approval.as_ref())?;
        let unplain = [
            (!instead.is_empty(), "another total for some"),
            (*topics_shared, "topics that share minutes"),
            (*repeats != Repeats::Counted, "repeats"),
            (rounding.is_some(), "rounding"),
            (*minimum_size > 0, "a least size"),
            (attendance.is_some(), "attendance"),
            (per_week.is_some() || per_month.is_some(), "a limit by week or month"),
            (ratio.is_some(), "a ratio"),
            (!caps.is_empty(), "caps"),
            (*whole, "records that stay whole"),
            (
                carry.is_some() || counted_in.is_some() || repeats_within.is_some(),
                "hours carried, or counted otherwise",
            ),
            (!pace.is_empty(), "a pace"),
            (period.is_some(), "a rhythm of its own"),
            (scale.is_some(), "amounts that grow"),
        ];
        if let Some((_, what)) = unplain.into_iter().find(|(is, _)| *is) {
            return Err(what);
        }
        let first = self.places;
        self.places += buckets.len() + 1;
        if self.places > MOST_PLACES {
            return Err("too many parts");
        }
        let window = self.window(windows)?;
        self.learned.push(Learned { hours, first, window });
        self.ask(first, total.minutes_up, buckets)
    }

    /// What each place asks beyond its parts, last parts first; as the sums of the whole evaluator do.
    fn ask(&mut self, first: usize, total: u64, buckets: &[Bucket]) -> Result<(), &'static str> {
        let mut own = vec![total];
        for bucket in buckets {
            let Bucket {
                id: _,
                label: _,
                citation: _,
                parent: _,
                topics: _,
                of: _,
                need,
                at_most,
                filter: _,
                windows,
                approval,
                in_force,
                when,
                surplus_refused,
                independent: _,
                line: _,
            } = bucket;
            said(when)?;
            if let Some(Some(_)) = approval {
                return Err("approval");
            }
            if at_most.is_some() || *surplus_refused || windows.is_some() {
                return Err("a limit or days of a part");
            }
            if in_force.from.is_some() || in_force.through.is_some() {
                return Err("days on which a part holds");
            }
            own.push(need.as_ref().map_or(0, |need| need.minutes_up));
        }
        let stated = own.clone();
        let conditions = self.conditions(own.len())?;
        for (bucket, asked) in buckets.iter().zip(stated.iter().skip(1)).filter(|(bucket, _)| !bucket.independent) {
            if let Some(above) = own.get_mut(bucket.parent.map_or(0, |parent| parent + 1)) {
                *above = above.saturating_sub(*asked);
            }
        }
        let number = |place: usize| u8::try_from(place).map_err(|_many| "too many parts");
        for (at, minutes) in own.iter().enumerate().rev() {
            let bucket = at.checked_sub(1).and_then(|at| buckets.get(at));
            let part_of = bucket.map(|bucket| number(first + bucket.parent.map_or(0, |parent| parent + 1)));
            let part_of = part_of.transpose()?.unwrap_or(NOWHERE);
            self.asks.push(Ask {
                place: number(first + at)?,
                above: if bucket.is_some_and(|bucket| bucket.independent) { NOWHERE } else { part_of },
                minutes: *minutes,
                part_of,
                stated: stated.get(at).copied().unwrap_or(0),
                condition: conditions.saturating_add(number(at)?),
            });
        }
        Ok(())
    }

    /// Numbers for so many more conditions; answers the first.
    fn conditions(&mut self, more: usize) -> Result<u8, &'static str> {
        let first = self.conditions;
        let all =
            u8::try_from(more).ok().and_then(|more| first.checked_add(more)).filter(|all| *all <= MOST_CONDITIONS);
        self.conditions = all.ok_or("too many parts")?;
        Ok(first)
    }

    fn exam(&mut self, exam: &'v Exam) -> Result<(), &'static str> {
        let Exam {
            exams: _,
            marks: _,
            parts,
            parts_kept: _,
            windows,
            attempts,
            wait,
            remediation,
            valid_for,
            preliminary_counts,
        } = exam;
        if attempts.is_some() || wait.is_some() || remediation.is_some() || valid_for.is_some() {
            return Err("attempts, waiting or an end of a pass");
        }
        if !parts.is_empty() || *preliminary_counts {
            return Err("parts, or a preliminary pass");
        }
        let window = self.window(windows)?;
        let condition = self.conditions(1)?;
        self.exams.push(Examined { exam, window, condition });
        Ok(())
    }

    fn attestation(&mut self, wanted: &'v Attestations) -> Result<(), &'static str> {
        let Attestations {
            kind: _,
            values: _,
            each_value,
            count: _,
            different_people,
            windows,
            by: _,
            moments,
            at_least,
            at_most,
            since_at_least,
            renewed_every,
        } = wanted;
        if *each_value || *different_people || !moments.is_empty() {
            return Err("statements that must differ");
        }
        if renewed_every.is_some() {
            return Err("statements to be renewed");
        }
        if at_least.is_some() || at_most.is_some() || since_at_least.is_some() {
            return Err("a number or a day in a statement");
        }
        let window = self.window(windows)?;
        let condition = self.conditions(1)?;
        self.attested.push(Attested { wanted, window, condition });
        Ok(())
    }

    fn age(&mut self, age: &'v Age) -> Result<(), &'static str> {
        let Age { at_least: _, at_most: _, on } = age;
        plain(on)?;
        let condition = self.conditions(1)?;
        self.ages.push((age, condition));
        Ok(())
    }
}

/// Conditions are for the whole evaluator.
fn said(guards: &Guards) -> Result<(), &'static str> {
    if guards.is_empty() { Ok(()) } else { Err("conditions") }
}

fn not_asked(approval: Option<&Approval>) -> Result<(), &'static str> {
    if approval.is_none() { Ok(()) } else { Err("approval") }
}

/// Days that a person without a term or an event has.
fn plain(anchor: &Anchor) -> Result<(), &'static str> {
    match anchor {
        Anchor::Application
        | Anchor::ApplicationComplete
        | Anchor::ApplicationApproved
        | Anchor::Birth
        | Anchor::Today
        | Anchor::Date(_) => Ok(()),
        Anchor::Issue(_)
        | Anchor::TermStart
        | Anchor::TermEnd
        | Anchor::PreviousTermStart
        | Anchor::PreviousTermEnd
        | Anchor::ExamPassed
        | Anchor::Met(_)
        | Anchor::Event { .. } => Err("days of a term, an exam or an event"),
    }
}

/// Whether a filter takes what has these values; `values` answers none where the attribute is not stated.
pub(super) fn takes<'t>(filter: &Filter, values: impl Fn(Attribute) -> Option<&'t str>) -> bool {
    let Filter { only, never } = filter;
    let is_in = |value: &str, words: &[String]| words.iter().any(|word| word == value);
    let accepted = only
        .iter()
        .filter(|(attribute, _)| *attribute != Attribute::Topic)
        .all(|(attribute, words)| values(*attribute).is_some_and(|value| is_in(value, words)));
    let refused = never
        .iter()
        .filter(|(attribute, _)| *attribute != Attribute::Topic)
        .any(|(attribute, words)| values(*attribute).is_some_and(|value| is_in(value, words)));
    accepted && !refused
}
