//! Sorts of hours that were met, by the numbers that tell them apart: found once, then only looked up.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Sorts and their classes.
#[derive(Default)]
pub(super) struct Sorts {
    known: HashMap<Box<[i32]>, u16, BuildHasherDefault<Mix>>,
    /// The sort that is being looked up.
    key: Vec<i32>,
}

impl Sorts {
    /// Begins to put together the sort that is looked up next.
    pub(super) fn begin(&mut self) -> &mut Vec<i32> {
        self.key.clear();
        &mut self.key
    }

    /// What it was put together of.
    pub(super) fn key(&self) -> &[i32] {
        &self.key
    }

    /// Its class, if it was met before.
    pub(super) fn known(&self) -> Option<u16> {
        self.known.get(self.key.as_slice()).copied()
    }

    /// Notes its class.
    pub(super) fn note(&mut self, class: u16) {
        self.known.insert(self.key.as_slice().into(), class);
    }
}

/// Mixes numbers fast. They are the keys of our own words, which nobody can choose so that many fall together.
#[derive(Default)]
struct Mix(u64);

impl Mix {
    const fn word(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(26) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.word(u64::from_le_bytes(*word)));
        rest.iter().for_each(|byte| self.word(u64::from(*byte)));
    }

    fn write_usize(&mut self, length: usize) {
        self.word(u64::try_from(length).unwrap_or(0));
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}
