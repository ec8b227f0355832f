//! Hours of the same time: an hour counts once, for whom it counts at all, and which one is chosen with the placing.

use credtrail::rules::evaluation::{Evaluation, Outcome, Requirement};
use credtrail::rules::{Reason, Status};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::small::{ask, found, part, rule, said};

/// Signed hours on 5 May, from one minute of the day through another.
fn hours(id: &str, kind: &str, (from, to): (u32, u32)) -> Value {
    let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    json!({ "id": id, "from": "2025-05-05", "to": "2025-05-05", "start": clock(from), "end": clock(to),
        "minutes": to - from, "kind": kind, "status": "attested" })
}

const NINE: u32 = 9 * 60;
const TEN: u32 = 10 * 60;
const ELEVEN: u32 = 11 * 60;
const NOON: u32 = 12 * 60;

fn of_kind(id: &str, hours: u32, kind: &str) -> String {
    rule("service", id, &format!("at_least = \"{hours} hours\"\nonly.kind = [\"{kind}\"]"))
}

fn with(rules: &str, service: &[Value]) -> Evaluation {
    ask(rules, &json!({ "service": service }))
}

#[test]
fn an_entry_that_counts_nowhere_takes_nothing_from_one_that_does() {
    let direct = hours("b", "direct", (TEN, NOON));
    let answer = with(&of_kind("w", 2, "direct"), &[hours("a", "study", (NINE, ELEVEN)), direct.clone()]);
    assert_eq!((answer.status, said(&answer, "b")), (Status::Met, (Some(120), vec![])));
    assert_eq!(said(&answer, "a").1, [(Some(120), Reason::WrongKind)]);
    let supervised =
        rule("service", "w", "at_least = \"2 hours\"\nonly.kind = [\"direct\"]\nsupervisor = \"eligible\"");
    let by = |mut hours: Value, eligible: bool| {
        (hours["supervisor"], hours["supervisor_eligible"]) = (json!("s"), json!(eligible));
        hours
    };
    let answer = with(&supervised, &[by(hours("a", "direct", (NINE, ELEVEN)), false), by(direct, true)]);
    assert_eq!(answer.status, Status::Met, "{answer:#?}");
}

#[test]
fn of_two_entries_of_one_time_the_one_that_is_needed_counts_whatever_they_are_called() {
    let observed = part("service.part", "p", "of.kind = [\"observed\"]\nat_least = \"2 hours\"");
    let rules = rule("service", "w", &format!("at_least = \"2 hours\"\n{observed}"));
    for (plain, needed) in [("a", "b"), ("b", "a")] {
        let both = [hours(plain, "direct", (NINE, ELEVEN)), hours(needed, "observed", (NINE, ELEVEN))];
        let answer = with(&rules, &both);
        assert_eq!((answer.status, said(&answer, needed).0), (Status::Met, Some(120)), "{plain} {needed}");
        assert_eq!(said(&answer, plain), (Some(0), vec![(Some(120), Reason::Overlapping)]));
    }
}

#[test]
fn two_rules_share_a_time_so_that_the_least_is_missing() {
    let rules = of_kind("w", 2, "direct") + &of_kind("v", 2, "observed");
    let early = hours("z", "direct", (60, 180));
    let both = [early, hours("a", "direct", (NINE, ELEVEN)), hours("b", "observed", (TEN, NOON))];
    let answer = with(&rules, &both);
    assert_eq!(answer.status, Status::Met, "{answer:#?}");
    assert_eq!(said(&answer, "a"), (Some(60), vec![(Some(60), Reason::Overlapping)]));
}

#[test]
fn where_it_makes_no_difference_the_one_that_began_first_counts_then_the_id_decides() {
    let rules = of_kind("w", 9, "direct");
    let answer = with(&rules, &[hours("a", "direct", (TEN, NOON)), hours("b", "direct", (NINE, ELEVEN))]);
    assert_eq!((said(&answer, "b").0, said(&answer, "a").0), (Some(120), Some(60)));
    let answer = with(&rules, &[hours("b", "direct", (NINE, ELEVEN)), hours("a", "direct", (NINE, ELEVEN))]);
    assert_eq!((said(&answer, "a").0, said(&answer, "b").0), (Some(120), Some(0)));
    // The same beside a limit, which has the search choose.
    let limited = rule(
        "service",
        "w",
        &format!(
            "at_least = \"9 hours\"\n{}",
            part("service.cap", "c", "of.kind = [\"direct\"]\nat_most = \"150 minutes\"")
        ),
    );
    let all = [("a", (TEN, NOON)), ("b", (NINE, ELEVEN)), ("c", (ELEVEN, NOON + 60))];
    let answer = with(&limited, &all.map(|(id, time)| hours(id, "direct", time)));
    assert_eq!(["b", "a", "c"].map(|id| said(&answer, id).0), [Some(120), Some(30), Some(0)], "{answer:#?}");
}

#[test]
fn an_hour_in_dispute_adds_nothing_to_the_same_hour_that_counts() {
    let disputed = |time| {
        let mut hours = hours("d", "direct", time);
        hours["status"] = json!("disputed");
        hours
    };
    let counts = hours("a", "direct", (NINE, ELEVEN));
    let answer = |time| with(&of_kind("w", 3, "direct"), &[counts.clone(), disputed(time)]).status;
    assert_eq!((answer((NINE, ELEVEN)), answer((TEN, NOON))), (Status::NotMet, Status::Undecided));
}

#[test]
fn hours_that_are_rounded_one_by_one_are_rounded_once_the_same_time_is_taken_off() {
    let rules = rule(
        "service",
        "w",
        "at_least = \"9 hours\"\nrounding = { step = \"1 hour\", mode = \"floor\", scope = \"per activity\" }",
    );
    let both = [hours("a", "direct", (NINE, ELEVEN)), hours("b", "direct", (TEN + 30, NOON))];
    let answer = with(&rules, &both);
    assert_eq!((said(&answer, "a").0, said(&answer, "b").0), (Some(120), Some(60)));
}

#[test]
fn work_of_several_days_and_a_long_day_in_them_count_as_far_as_there_is_time() {
    let rules = rule("service", "w", "at_least = \"200 hours\"");
    let days = |id: &str, to: &str, minutes: u32| json!({ "id": id, "from": "2025-05-05", "to": to, "minutes": minutes, "kind": "direct", "status": "attested" });
    // Two days have 2,880 minutes: what fills one of them leaves the other.
    let answer = with(&rules, &[days("a", "2025-05-05", 1_440), days("b", "2025-05-06", 1_440)]);
    assert_eq!((said(&answer, "a").0, said(&answer, "b").0), (Some(1_440), Some(1_440)));
    let answer = with(&rules, &[days("a", "2025-05-05", 1_440), days("b", "2025-05-06", 1_500)]);
    assert_eq!(said(&answer, "b"), (Some(1_440), vec![(Some(60), Reason::Overlapping)]));
}

const KINDS: [&str; 3] = ["direct", "observed", "study"];

/// Entries as kind and time, in minutes after nine; what two rules take and need; a limit on one kind in the first.
#[derive(Debug, Clone)]
struct Case {
    entries: Vec<(usize, u32, u32)>,
    takes: [[bool; 3]; 2],
    needs: [u64; 2],
    /// What the first rule needs of `observed`.
    part: Option<u64>,
    cap: Option<u64>,
}

fn cases() -> impl Strategy<Value = Case> {
    let entry = (0..3_usize, 0..6_u32, 1..5_u32).prop_map(|(kind, from, long)| (kind, from, (from + long).min(7)));
    (
        prop::collection::vec(entry, 1..6),
        prop::array::uniform2(prop::array::uniform3(prop::bool::weighted(0.6))),
        prop::array::uniform2(0..8_u64),
        prop::option::of(0..4_u64),
        prop::option::weighted(0.3, 0..4_u64),
    )
        .prop_map(|(entries, takes, needs, part, cap)| {
            let part = part.filter(|part| takes[0][1] && *part <= needs[0]);
            Case { entries, takes, needs, part, cap }
        })
}

impl Case {
    fn rules(&self) -> String {
        let one = |at: usize, more: &str| {
            let kinds: Vec<&str> = (0..3).filter(|kind| self.takes[at][*kind]).map(|kind| KINDS[kind]).collect();
            let kinds = if kinds.is_empty() { vec!["indirect"] } else { kinds };
            let keys = format!("at_least = \"{} minutes\"\nonly.kind = {kinds:?}\n{more}", self.needs[at]);
            rule("service", ["r0", "r1"][at], &keys)
        };
        let mut more = String::new();
        if let Some(need) = self.part {
            let keys = format!("of.kind = [\"observed\"]\nat_least = \"{need} minutes\"");
            more += &part("service.part", "p", &keys);
        }
        if let Some(most) = self.cap {
            more += &part("service.cap", "c", &format!("of.kind = [\"direct\"]\nat_most = \"{most} minutes\""));
        }
        one(0, &more) + &one(1, "")
    }

    fn service(&self, name: impl Fn(usize) -> String) -> Vec<Value> {
        let entries = self.entries.iter().enumerate();
        entries.map(|(at, (kind, from, to))| hours(&name(at), KINDS[*kind], (NINE + from, NINE + to))).collect()
    }

    /// The fewest further minutes that would do, by giving each minute to each rule and kind that could have it.
    fn missing(&self) -> u64 {
        let mut reached = vec![[0_u64; 4]];
        for minute in 0..7 {
            let there =
                |kind: usize| self.entries.iter().any(|(own, from, to)| *own == kind && (*from..*to).contains(&minute));
            let mut next = reached.clone();
            for sums in &reached {
                for kind in (0..3).filter(|kind| there(*kind)) {
                    if self.takes[0][kind] {
                        let mut sums = *sums;
                        sums[kind] += 1;
                        next.push(sums);
                    }
                    if self.takes[1][kind] {
                        let mut sums = *sums;
                        sums[3] += 1;
                        next.push(sums);
                    }
                }
            }
            next.sort_unstable();
            next.dedup();
            reached = next;
        }
        let lacks = |[direct, observed, study, second]: [u64; 4]| {
            let direct = self.cap.map_or(direct, |most| direct.min(most));
            let part = self.part.unwrap_or(0).saturating_sub(observed);
            part.max(self.needs[0].saturating_sub(direct + observed + study)) + self.needs[1].saturating_sub(second)
        };
        reached.into_iter().map(lacks).min().unwrap()
    }
}

fn lacking(answer: &Evaluation) -> u64 {
    ["r0", "r1"].iter().filter_map(|id| found(answer, id).missing_minutes).sum()
}

fn placed(found: &Requirement, all: &mut Vec<(String, u64)>) {
    all.extend(found.placed.iter().map(|one| (one.record.clone(), one.minutes.unwrap())));
    found.requirements.iter().for_each(|part| placed(part, all));
}

proptest! {
    #[test]
    fn a_judge_who_gives_out_every_minute_finds_the_same_missing(case in cases()) {
        let answer = with(&case.rules(), &case.service(|at| format!("e{at}")));
        prop_assert_eq!(lacking(&answer), case.missing(), "{:#?}", answer);
        // Nothing counts twice: in no stretch of time counts more than it has.
        let mut all = Vec::new();
        answer.requirements.iter().for_each(|found| placed(found, &mut all));
        for from in 0..7 {
            for to in from + 1..=7 {
                let inside = case.entries.iter().enumerate().filter(|(_, entry)| from <= entry.1 && entry.2 <= to);
                let names: Vec<String> = inside.map(|(at, _)| format!("e{at}")).collect();
                let sum: u64 = all.iter().filter(|(id, _)| names.contains(id)).map(|(_, minutes)| minutes).sum();
                prop_assert!(sum <= u64::from(to - from), "{from}..{to}: {sum}");
            }
        }
        // What does not count for another of the same time is told as such, minute by minute.
        for record in &answer.records {
            let lost: u64 = record.not_counted.iter().filter_map(|lost| lost.minutes).sum();
            if record.outcome != Outcome::NotRead {
                let at: usize = record.record.trim_start_matches('e').parse().unwrap();
                let (_, from, to) = case.entries[at];
                prop_assert_eq!(record.minutes.unwrap() + lost, u64::from(to - from), "{:#?}", record);
            }
        }
    }

    #[test]
    fn one_more_entry_of_the_same_time_never_leaves_more_to_do(case in cases()) {
        let all = case.service(|at| format!("e{at}"));
        let (more, less) = (with(&case.rules(), &all), with(&case.rules(), &all[1..]));
        prop_assert!(lacking(&more) <= lacking(&less), "{more:#?}");
    }

    #[test]
    fn what_entries_are_called_changes_nothing_that_is_missing(case in cases()) {
        let many = case.entries.len();
        let one = with(&case.rules(), &case.service(|at| format!("e{at}")));
        let other = with(&case.rules(), &case.service(|at| format!("e{}", many - at)));
        prop_assert_eq!((one.status, lacking(&one)), (other.status, lacking(&other)));
    }
}
