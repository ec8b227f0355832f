//! The same ten conditions as a loop written by hand for exactly this rule set: the yardstick.

use super::people::{Entry, Kind, Person, days};

/// What one person still lacks: bit 0 training in all, 1 to 4 ethics, advocacy, mentoring and wellness, 5 work in
/// two years, 6 supervision, 7 an exam passed in one year, 8 continuing education, 9 of it in ethics.
pub type Lacks = u16;

/// A person's records as the loop wants them.
#[derive(Debug, Clone)]
pub struct Prepared {
    applied: i32,
    two_years_before: i32,
    one_year_before: i32,
    entries: Vec<Entry>,
}

/// Works out the days ahead, as any program would when it loads its data.
pub fn prepare(people: &[Person]) -> Vec<Prepared> {
    let prepared = |person: &Person| {
        let (year, month, day) = person.applied_on;
        Prepared {
            applied: days(year, month, day),
            two_years_before: days(year - 2, month, day),
            one_year_before: days(year - 1, month, day),
            entries: person.entries.clone(),
        }
    };
    people.iter().map(prepared).collect()
}

/// What one person lacks.
pub fn lacks(person: &Prepared) -> Lacks {
    let mut topics = [0_u32; 6];
    let (mut work, mut supervision, mut continuing, mut continuing_ethics, mut passed) = (0, 0, 0, 0, false);
    for entry in person.entries.iter().filter(|entry| entry.day <= person.applied) {
        match entry.kind {
            Kind::Training(topic) => {
                if let Some(sum) = topics.get_mut(usize::from(topic)) {
                    *sum += entry.minutes;
                }
            }
            Kind::Work if entry.day >= person.two_years_before => work += entry.minutes,
            Kind::Work => {}
            Kind::Supervision => supervision += entry.minutes,
            Kind::Exam { passed: pass } => passed |= pass && entry.day >= person.one_year_before,
            Kind::Continuing { ethics } => {
                continuing += entry.minutes;
                continuing_ethics += if ethics { entry.minutes } else { 0 };
            }
        }
    }
    let [ethics, advocacy, mentoring, wellness, ..] = topics;
    let conditions = [
        topics.iter().sum::<u32>() < 3_600,
        ethics < 360,
        advocacy < 600,
        mentoring < 600,
        wellness < 600,
        work < 30_000,
        supervision < 1_500,
        !passed,
        continuing < 1_200,
        continuing_ethics < 360,
    ];
    (0..).zip(conditions).fold(0, |mask, (bit, lacking)| mask | (Lacks::from(lacking) << bit))
}

/// CRC-32 of the answers as little-endian numbers, in order of person: one number to compare.
pub fn fingerprint(answers: &[Lacks]) -> u32 {
    let mut crc = u32::MAX;
    for byte in answers.iter().flat_map(|mask| mask.to_le_bytes()) {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
        }
    }
    !crc
}
