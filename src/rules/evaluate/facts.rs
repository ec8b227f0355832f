//! Age, jobs, other credentials, events and the board's decisions.

use chrono::{Days, NaiveDate};

use super::super::calendar::{Length, age_on, birthday, next_day};
use super::super::evaluation::{NotCountedHere, Note, Placed, Requirement, Status};
use super::super::pack::model::{Age, Happened, Held, Rule, Work};
use super::super::reason::Reason;
use super::super::record::{Decision, Employment};
use super::asked::{Asked, standing_on};
use super::extended;
use super::ledger::Said;
use super::moments::stage_on;
use super::node::Node;
use super::soonest;

/// Notes one record in a node.
pub(super) fn note(node: &mut Node, rule: &Rule, id: &str, refused: Option<Reason>) {
    match refused {
        None => node.requirement.placed.push(Placed { record: id.to_owned(), minutes: None, count: Some(1) }),
        Some(reason) => {
            node.requirement.not_counted.push(NotCountedHere {
                record: id.to_owned(),
                minutes: None,
                count: Some(1),
                reason,
            });
        }
    }
    node.said.push(Said::piece(id, &rule.id, refused));
}

pub(super) fn age(asked: &Asked<'_>, rule: &Rule, wanted: &Age) -> Node {
    let mut node = Node::of(rule, Status::NotMet, asked.as_of);
    let on = asked.moments.day(&wanted.on).unwrap_or(asked.as_of);
    let birth = asked.record.person.birth_date;
    let high = of_age(&mut node.requirement, wanted, birth, on);
    // No birthday moves a day that is fixed, such as that of an application, and an unknown one names no day.
    node.earliest = birth.filter(|_| high && asked.moments.moves(&wanted.on)).map(|birth| {
        let least = |least| birthday(birth, least).max(asked.as_of);
        wanted.at_least.map_or(asked.as_of, least)
    });
    node
}

/// Fills in how old somebody is on a day; no where they are past the age.
pub(in super::super) fn of_age(
    requirement: &mut Requirement,
    wanted: &Age,
    birth: Option<NaiveDate>,
    on: NaiveDate,
) -> bool {
    let Some(birth) = birth else {
        // Nobody is nought years old: what is missing is the date, not the years.
        requirement.unit = Some("year".to_owned());
        requirement.needed = wanted.at_least.or(wanted.at_most).map(|years| years.to_string());
        requirement.notes.push(Note::of(Note::BIRTH_DATE_UNKNOWN).said());
        return true;
    };
    let years = age_on(birth, on);
    let low = wanted.at_least.is_none_or(|least| years >= least);
    let high = wanted.at_most.is_none_or(|most| years <= most);
    requirement.amounts("year", wanted.at_least.or(wanted.at_most).map_or(0, u64::from), u64::from(years));
    if !high {
        requirement.missing = None;
    }
    requirement.status = if low && high { Status::Met } else { Status::NotMet };
    high
}

pub(super) fn employment(asked: &Asked<'_>, rule: &Rule, wanted: &Work) -> Node {
    let mut node = Node::of(rule, Status::NotMet, asked.as_of);
    let spans = extended::spans(asked, &rule.id, &wanted.windows);
    let mut jobs: Vec<_> = asked.record.employment.iter().collect();
    jobs.sort_by_key(|job| (job.from, job.id.as_str()));
    let (mut ranges, mut hoped) = (Vec::new(), Vec::new());
    for job in jobs {
        let through = job.through.unwrap_or(asked.as_of).min(asked.as_of);
        let refused = unfit(job, wanted, asked.as_of);
        let inside = spans.iter().fold(vec![(job.from, through)], |ranges, span| {
            ranges.iter().flat_map(|(from, through)| span.inside(*from, *through)).collect()
        });
        let outside = || spans.iter().find_map(|span| span.refuses(job.from, through));
        let refused = refused.or_else(|| if inside.is_empty() { outside() } else { None });
        let disputed = job.status.as_ref().is_some_and(|status| status.is("disputed"));
        if refused.is_none() {
            hoped.extend(&inside);
            if !disputed {
                ranges.extend(&inside);
            }
        }
        note(&mut node, rule, &job.id, refused.or_else(|| disputed.then_some(Reason::Disputed)));
    }
    let (months, hoped) = (months_in(&ranges), months_in(&hoped));
    node.amounts("month", u64::from(wanted.months), u64::from(months));
    node.requirement.status = match (months >= wanted.months, hoped >= wanted.months) {
        (true, _) => Status::Met,
        (false, true) => Status::Undecided,
        (false, false) => Status::NotMet,
    };
    if node.status() == Status::NotMet {
        let first = soonest::day(asked, &rule.id, &wanted.windows, asked.as_of);
        let last = first.map(|day| enough_by(&ranges, day, wanted.months, months));
        node.earliest = last.and_then(|day| soonest::day(asked, &rule.id, &wanted.windows, day));
    }
    node
}

/// Why a job does not serve, whenever it was held.
pub(super) fn unfit(job: &Employment, wanted: &Work, as_of: NaiveDate) -> Option<Reason> {
    let titled = wanted.titles.is_empty() || job.title.as_ref().is_some_and(|title| wanted.titles.contains(title));
    match job.status.as_ref().map(|status| status.as_str()) {
        _ if job.from > as_of => Some(Reason::AfterAsOf),
        _ if !titled => Some(Reason::WrongKind),
        Some("rejected") => Some(Reason::Rejected),
        Some("voided") => Some(Reason::Voided),
        Some("reported") => Some(Reason::NotVerified),
        _ if wanted.weekly > 0 && job.weekly_minutes.is_none() => Some(Reason::EvidenceMissing),
        _ if u64::from(job.weekly_minutes.unwrap_or(0)) < wanted.weekly => Some(Reason::BelowMinimumSize),
        _ => None,
    }
}

/// The first day on which work that goes on from a day makes the months full.
fn enough_by(ranges: &[(NaiveDate, NaiveDate)], from: NaiveDate, wanted: u32, months: u32) -> NaiveDate {
    let (mut low, mut high) = (from, Length::Months(wanted.saturating_sub(months)).after(from));
    while low < high {
        let half = u64::try_from((high - low).num_days() / 2).unwrap_or(0);
        let middle = low.checked_add_days(Days::new(half)).unwrap_or(high);
        let with_more: Vec<_> = ranges.iter().copied().chain([(from, middle)]).collect();
        if months_in(&with_more) >= wanted {
            high = middle;
        } else {
            low = next_day(middle);
        }
    }
    high
}

/// Whole months in ranges that may overlap; left-over days of several jobs make a month when they are 31.
fn months_in(ranges: &[(NaiveDate, NaiveDate)]) -> u32 {
    let mut sorted = ranges.to_vec();
    sorted.sort_unstable();
    let mut joined: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for (from, through) in sorted {
        match joined.last_mut() {
            Some(last) if from <= next_day(last.1) => last.1 = last.1.max(through),
            _ => joined.push((from, through)),
        }
    }
    let several = joined.len() > 1;
    let (mut months, mut days) = (0, 0);
    for (from, through) in joined {
        let mut whole = 0;
        while whole < 1_200 && Length::Months(whole + 1).after(from) <= next_day(through) {
            whole += 1;
        }
        months += whole;
        days += (next_day(through) - Length::Months(whole).after(from)).num_days().max(0);
    }
    months + if several { u32::try_from(days / 31).unwrap_or(0) } else { 0 }
}

pub(super) fn credential(asked: &Asked<'_>, rule: &Rule, wanted: &Held) -> Node {
    let mut node = Node::of(rule, Status::NotMet, asked.as_of);
    let mut met = false;
    for held in asked.record.credentials.iter().filter(|held| wanted.credentials.contains(&held.credential)) {
        let staged = wanted.stage.is_none() || stage_on(held, asked.as_of) == wanted.stage.as_deref();
        let live =
            standing_on(held, asked.as_of).is_some_and(|standing| wanted.standing.iter().any(|word| word == standing));
        let refused = match (staged, live, met) {
            (true, true, false) => None,
            (true, true, true) => Some(Reason::Surplus),
            (false, _, _) => Some(Reason::WrongKind),
            (true, false, _) => Some(Reason::NotInStatus),
        };
        met |= refused.is_none();
        note(&mut node, rule, &held.id, refused);
    }
    node.amounts("count", 1, u64::from(met));
    node.requirement.status = if met { Status::Met } else { Status::NotMet };
    // Others grant it, on a day of theirs.
    node.earliest = None;
    node
}

pub(super) fn event(asked: &Asked<'_>, rule: &Rule, wanted: &Happened) -> Node {
    let mut node = Node::of(rule, Status::NotMet, asked.as_of);
    let spans = extended::spans(asked, &rule.id, &wanted.windows);
    let mut events: Vec<_> =
        asked.record.events.iter().filter(|event| wanted.kinds.iter().any(|kind| event.kind.is(kind))).collect();
    events.sort_by_key(|event| (event.on, event.id.as_str()));
    let mut counted = 0;
    for event in events {
        let late = if event.on > asked.as_of {
            Some(Reason::AfterAsOf)
        } else {
            spans.iter().find_map(|span| span.refuses(event.on, event.on))
        };
        counted += u32::from(late.is_none());
        note(&mut node, rule, &event.id, late);
    }
    node.amounts("count", u64::from(wanted.count), u64::from(counted.min(wanted.count)));
    node.requirement.status = if counted >= wanted.count { Status::Met } else { Status::NotMet };
    if node.status() == Status::NotMet {
        node.earliest = soonest::day(asked, &rule.id, &wanted.windows, asked.as_of);
    }
    node
}

/// What the board decided on a requirement last.
pub(super) fn decided<'a>(asked: &Asked<'a>, requirement: &str) -> Option<&'a Decision> {
    let stage = asked.version.stages.get(asked.stage).map(|stage| stage.id.as_str());
    let ours = asked.record.decisions.iter().filter(|decision| {
        decision.credential == asked.version.credential
            && decision.requirement.as_deref() == Some(requirement)
            && decision.stage.as_deref().is_none_or(|named| Some(named) == stage)
            && decision.on <= asked.as_of
            && decision.until.is_none_or(|until| asked.as_of <= until)
    });
    ours.max_by_key(|decision| (decision.on, decision.id.as_str()))
}

/// The decision by which the board has extended a deadline or a requirement, also once its day is past.
pub(super) fn extended<'a>(asked: &Asked<'a>, what: &str) -> Option<&'a Decision> {
    let stage = asked.version.stages.get(asked.stage).map(|stage| stage.id.as_str());
    let ours = asked.record.decisions.iter().filter(|decision| {
        decision.credential == asked.version.credential
            && decision.requirement.as_deref() == Some(what)
            && decision.outcome.is("extended")
            && decision.stage.as_deref().is_none_or(|named| Some(named) == stage)
            && decision.on <= asked.as_of
    });
    ours.max_by_key(|decision| (decision.on, decision.id.as_str()))
}

pub(super) fn decision(asked: &Asked<'_>, rule: &Rule) -> Node {
    let mut node = Node::of(rule, Status::Undecided, asked.as_of);
    if let Some(decision) = decided(asked, &rule.id) {
        let outcome = decision.outcome.as_str();
        node.requirement.status = match outcome {
            "approved" | "extended" => Status::Met,
            "waived" | "exempted" => Status::Waived,
            "refused" => Status::NotMet,
            _ => Status::Undecided,
        };
        if outcome == "refused" {
            let refused = Note { from: Some(decision.on), ..Note::of("refused") };
            node.requirement.notes.push(refused.said());
        }
        note(&mut node, rule, &decision.id, None);
    }
    node.amounts("count", 1, u64::from(matches!(node.status(), Status::Met | Status::Waived)));
    node.earliest = None;
    node
}
