//! Made-up people with training, hours, exams and continuing education: the same for the same seed on any
//! machine, because every value is a hash of seed, stream and person.
//!
//! 55 % of people are nearly ready, 30 % part way, 15 % new. One work entry in ten lies outside two years,
//! and one or two records in a hundred lie after the day asked about.
#![expect(clippy::as_conversions, reason = "the recipe is in floating point, its results in whole days and minutes")]

/// What a record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Training in a topic, by its place in [`TOPICS`].
    Training(u8),
    /// Supervised work.
    Work,
    /// Supervision received.
    Supervision,
    /// An exam, passed or not.
    Exam { passed: bool },
    /// Continuing education, in ethics or in general.
    Continuing { ethics: bool },
}

/// The topics of training.
pub const TOPICS: [&str; 6] = ["ethics", "advocacy", "mentoring", "wellness", "recovery", "general"];

/// One record of a person.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// What it is about.
    pub kind: Kind,
    /// Days since 1970-01-01.
    pub day: i32,
    /// Its length; none for an exam.
    pub minutes: u32,
}

/// One person.
#[derive(Debug, Clone)]
pub struct Person {
    /// The day of the application: year, month, day (never above 28).
    pub applied_on: (i32, u32, u32),
    /// Everything recorded.
    pub entries: Vec<Entry>,
}

/// Kind and topic under which an entry stands.
pub fn kind_and_topic(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Training(topic) => ("basic", TOPICS.get(usize::from(topic)).copied().unwrap_or_default()),
        Kind::Work => ("x-work", "general"),
        Kind::Supervision => ("x-supervision", "general"),
        Kind::Continuing { ethics: true } => ("continuing", "ethics"),
        Kind::Continuing { ethics: false } => ("continuing", "general"),
        Kind::Exam { .. } => ("", ""),
    }
}

/// The seed that the known answers belong to.
pub const SEED: u64 = 7;

/// People 1 to `count`.
pub fn people(count: u64) -> Vec<Person> {
    (1..=count).map(person).collect()
}

/// Uniform numbers for one person, by the number of a stream.
struct Chance(u64);

fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

impl Chance {
    fn of(person: u64) -> Self {
        Self(mix(person.wrapping_add(SEED.wrapping_mul(0x9E37_79B9_7F4A_7C15))))
    }

    /// From 0 up to, but not reaching, 1.
    fn part(&self, stream: u64) -> f64 {
        let hash = mix(self.0.wrapping_add(stream.wrapping_mul(0xD1B5_4A32_D192_ED03)));
        (hash >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A whole number from `low` through `high`.
    fn whole(&self, stream: u64, low: i32, high: i32) -> i32 {
        low + (self.part(stream) * f64::from(high - low + 1)) as i32
    }
}

/// Rounds to a quarter of an hour.
fn quarter(minutes: f64) -> u32 {
    ((minutes / 15.0).round_ties_even() * 15.0).max(0.0) as u32
}

/// Days from 1970-01-01 to a date.
pub fn days(year: i32, month: u32, day: u32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let month = month as i32;
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day as i32 - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// How far a person has come.
struct Progress {
    ready: bool,
    part_way: bool,
    level: f64,
}

fn person(number: u64) -> Person {
    let chance = Chance::of(number);
    let months = 2025 * 12 + chance.whole(2, 0, 21);
    let applied_on = (months / 12, (months % 12 + 1) as u32, chance.whole(3, 1, 28) as u32);
    let applied = days(applied_on.0, applied_on.1, applied_on.2);
    let stage = chance.part(4);
    let (ready, part_way) = (stage < 0.55, (0.55..0.85).contains(&stage));
    let level = match (ready, part_way) {
        (true, _) => 1.0,
        (_, true) => 0.35 + 0.6 * chance.part(5),
        _ => 0.05 + 0.25 * chance.part(5),
    };
    let progress = Progress { ready, part_way, level };
    let mut entries = Vec::with_capacity(20);
    training(&chance, applied, &progress, &mut entries);
    hours(&chance, applied, level, &mut entries);
    exams(&chance, applied, &progress, &mut entries);
    continuing(&chance, applied, level, &mut entries);
    Person { applied_on, entries }
}

fn training(chance: &Chance, applied: i32, progress: &Progress, into: &mut Vec<Entry>) {
    let wanted_hours = [6.0, 10.0, 10.0, 10.0, 14.0, 14.0];
    let mut stream = 100;
    for (topic, hours) in (0_u8..).zip(wanted_hours) {
        let slip = if chance.part(stream) < 0.03 { 0.7 } else { 1.0 };
        let amount = hours * 60.0 * progress.level * (1.0 + 0.35 * chance.part(stream + 1)) * slip;
        let two = chance.part(stream + 2) < 0.33;
        let first = if two { amount * 0.65 } else { amount };
        for (k, length, there) in [(0, quarter(first + 7.0), true), (1, quarter(amount - first + 8.0), two)] {
            let late = if chance.part(stream + 5 + k) < 0.02 { 1000 } else { 0 };
            let day = applied - chance.whole(stream + 3 + k, 20, 900) + late;
            let kept = chance.part(stream + 7 + k) < if progress.ready { 0.995 } else { 0.85 };
            if there && length > 0 && kept {
                into.push(Entry { kind: Kind::Training(topic), day, minutes: length });
            }
        }
        stream += 20;
    }
}

fn hours(chance: &Chance, applied: i32, level: f64, into: &mut Vec<Entry>) {
    let target = 30_000.0 * level * (1.02 + 0.5 * chance.part(300));
    let parts = chance.whole(301, 1, 3);
    for k in (0_u64..3).take_while(|k| *k < parts as u64) {
        let minutes = quarter(target / f64::from(parts) + 8.0);
        let old = chance.part(310 + k) < 0.10;
        let before = if old { chance.whole(313 + k, 735, 1400) } else { chance.whole(316 + k, 5, 725) };
        if minutes > 0 {
            into.push(Entry { kind: Kind::Work, day: applied - before, minutes });
        }
    }
    let target = 1_500.0 * level * (1.02 + 0.6 * chance.part(330));
    let parts = chance.whole(331, 1, 2);
    for k in (0_u64..2).take_while(|k| *k < parts as u64) {
        let minutes = quarter(target / f64::from(parts) + 8.0);
        into.push(Entry { kind: Kind::Supervision, day: applied - chance.whole(332 + k, 5, 800), minutes });
    }
}

fn exams(chance: &Chance, applied: i32, progress: &Progress, into: &mut Vec<Entry>) {
    let likely = match progress {
        Progress { ready: true, .. } => 0.98,
        Progress { part_way: true, .. } => 0.5,
        _ => 0.05,
    };
    if chance.part(400) >= likely {
        return;
    }
    let score = (52.0 + 50.0 * chance.part(401)) as u32;
    let before = if chance.part(402) < 0.08 { chance.whole(403, 370, 900) } else { chance.whole(404, 1, 360) };
    into.push(Entry { kind: Kind::Exam { passed: score >= 70 }, day: applied - before, minutes: 0 });
    if score < 70 && chance.part(405) < 0.85 {
        let score = (60.0 + 42.0 * chance.part(406)) as u32;
        let day = applied - before + chance.whole(407, 14, 90);
        into.push(Entry { kind: Kind::Exam { passed: score >= 70 }, day, minutes: 0 });
    }
}

fn continuing(chance: &Chance, applied: i32, level: f64, into: &mut Vec<Entry>) {
    let total = 1_200.0 * level * (1.0 + 0.4 * chance.part(500));
    let ethics = 360.0 * level * (0.98 + 0.5 * chance.part(501));
    let parts = chance.whole(502, 1, 2);
    for k in (0_u64..2).take_while(|k| *k < parts as u64 && total > ethics) {
        let minutes = quarter((total - ethics) / f64::from(parts) + 8.0);
        let late = if chance.part(505 + k) < 0.01 { 800 } else { 0 };
        let day = applied - chance.whole(503 + k, 3, 720) + late;
        into.push(Entry { kind: Kind::Continuing { ethics: false }, day, minutes });
    }
    if ethics > 20.0 {
        let day = applied - chance.whole(510, 3, 720);
        into.push(Entry { kind: Kind::Continuing { ethics: true }, day, minutes: quarter(ethics + 4.0) });
    }
}
