//! Judging by flat tables asks for no memory: not for a person, and not for any of their records.

use std::path::Path;

use credtrail::packs;
use credtrail::rules::bulk::{Attribute, Classes, Head, Judge, Program, Roll, Row, Shown, Sitting, Traits, number};
use credtrail::rules::{Purpose, Status, Version};

const KINDS: [&str; 4] = ["basic", "continuing", "x-work", "x-supervision"];
const TOPICS: [&str; 6] = ["ethics", "advocacy", "mentoring", "wellness", "recovery", "general"];
const PEOPLE: usize = 200;

/// The pack of ten conditions that the benches judge by.
fn version() -> Version {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/pack");
    packs::load(&folder).unwrap().versions.remove(0)
}

/// A class for each kind with each topic.
fn classes(program: &Program<'_>) -> (Classes, Vec<u16>) {
    let mut classes = Classes::default();
    let mut numbers = Vec::new();
    for kind in KINDS {
        for topic in TOPICS {
            let traits = Traits {
                service: false,
                piece: false,
                status: Some("verified"),
                topics: &[topic],
                values: &[(Attribute::Kind, kind)],
            };
            numbers.push(classes.of(program, &traits, program.answers(&Shown::default())));
        }
    }
    (classes, numbers)
}

/// Puts people with so many records each on a roll; every third one has not passed the exam.
fn fill(roll: &mut Roll, classes: &[u16], records: u32) {
    let as_of = number("2026-06-15".parse().unwrap());
    roll.clear();
    for person in 0..PEOPLE {
        roll.begin(Head { as_of, received: Some(as_of), ..Head::default() });
        if person % 3 != 0 {
            roll.sitting(Sitting { day: as_of - 30, known: i32::MIN, rule: 0, passed: true });
        }
    }
    for person in 0..PEOPLE {
        roll.resume(person);
        for (at, class) in (0..records).zip(classes.iter().cycle()) {
            let day = as_of - i32::try_from(at % 1_000).unwrap();
            roll.learning(Row { day, minutes: 15 * (1 + at % 40), class: *class });
        }
    }
}

/// Fills the roll and judges everybody, in memory that has been there before; the statuses go into `found`.
fn judge(
    judge: &mut Judge<'_, '_>,
    roll: &mut Roll,
    of: (&Classes, &[u16]),
    records: u32,
    found: &mut [Option<Status>],
) {
    fill(roll, of.1, records);
    for (at, found) in found.iter_mut().enumerate() {
        *found = judge.status(roll, at, of.0);
        assert_eq!(judge.lacking(roll, at, of.0) == Some(0), *found == Some(Status::Met));
        assert_eq!(judge.lacks_beside_hours(roll, at), at % 3 == 0, "who has not passed the exam");
    }
}

#[test]
fn no_memory_is_asked_for_by_person_or_by_record() {
    let version = version();
    let program = Program::of(&version, Purpose::Initial).unwrap();
    let (classes, numbers) = classes(&program);
    let (mut roll, mut one) = (Roll::default(), Judge::new(&program));
    let mut found = [None; PEOPLE];
    let mut asked = |records: u32| {
        // What is kept from one range of people to the next is asked for once.
        judge(&mut one, &mut roll, (&classes, &numbers), records, &mut found);
        let info = allocation_counter::measure(|| {
            judge(&mut one, &mut roll, (&classes, &numbers), records, &mut found);
        });
        println!(
            "{PEOPLE} people of {records} records each: {} allocations, {} bytes",
            info.count_total, info.bytes_total
        );
        let met = found.iter().filter(|status| **status == Some(Status::Met)).count();
        let not_met = found.iter().filter(|status| **status == Some(Status::NotMet)).count();
        assert_eq!(met + not_met, PEOPLE, "everybody is judged");
        // With few records nobody has enough; with thousands, who passed the exam.
        assert_eq!(met, if records < 1_000 { 0 } else { PEOPLE - PEOPLE.div_ceil(3) });
        info.count_total
    };
    for records in [0, 14, 140, 4_000] {
        assert_eq!(asked(records), 0, "with {records} records each");
    }
    // The counter counts.
    assert_eq!(allocation_counter::measure(|| drop(std::hint::black_box(Box::new(1_u64)))).count_total, 1);
}
