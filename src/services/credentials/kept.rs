//! Packs that were read once and are kept, so that asking the rules again does not mean reading them again.
//!
//! Kept by what they were read from: a published version never changes, so nothing here grows old. How much is kept is
//! bounded by the length of the texts; what was not asked for the longest goes first.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use crate::rules::Pack;
use crate::storage::Id;

/// Bytes of rule texts whose packs are kept: six times all that is shipped. A pack takes a few times its text.
const MOST_BYTES: usize = 8 * 1024 * 1024;

static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(|| Mutex::new(Kept::new(MOST_BYTES)));

/// The packs that this process keeps.
pub(super) fn kept() -> MutexGuard<'static, Kept> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Names and hashes of the versions that a pack was read from.
pub(super) type Key = Vec<(String, String)>;

struct One {
    key: Key,
    pack: Arc<Pack>,
    bytes: usize,
    /// The turn at which it was last asked for.
    turn: u64,
}

/// Packs by credential, no more than so many bytes of text.
pub(super) struct Kept {
    most: usize,
    bytes: usize,
    turn: u64,
    packs: HashMap<Id, One>,
}

impl Kept {
    fn new(most: usize) -> Self {
        Self { most, bytes: 0, turn: 0, packs: HashMap::new() }
    }

    /// The pack that was read from exactly these versions.
    pub(super) fn exactly(&mut self, credential: Id, key: &Key) -> Option<Arc<Pack>> {
        self.asked(credential, |one| one.key == *key)
    }

    /// A pack that has this version; it may lack later ones.
    pub(super) fn with_version(&mut self, credential: Id, version: &str) -> Option<Arc<Pack>> {
        self.asked(credential, |one| one.pack.version(version).is_some())
    }

    fn asked(&mut self, credential: Id, fits: impl FnOnce(&One) -> bool) -> Option<Arc<Pack>> {
        self.turn += 1;
        let one = self.packs.get_mut(&credential).filter(|one| fits(one))?;
        one.turn = self.turn;
        Some(Arc::clone(&one.pack))
    }

    /// Keeps a pack whose texts are so long, in place of what was kept of the same credential.
    pub(super) fn keep(&mut self, credential: Id, key: Key, pack: &Arc<Pack>, bytes: usize) {
        self.turn += 1;
        let one = One { key, pack: Arc::clone(pack), bytes, turn: self.turn };
        self.bytes += bytes;
        if let Some(before) = self.packs.insert(credential, one) {
            self.bytes -= before.bytes;
        }
        while self.bytes > self.most {
            let Some(oldest) = self.packs.iter().min_by_key(|(_, one)| one.turn).map(|(id, _)| *id) else { return };
            self.bytes -= self.packs.remove(&oldest).map_or(0, |one| one.bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packs;

    fn key(hash: &str) -> Key {
        vec![("2020-01-01".to_owned(), hash.to_owned())]
    }

    fn pack() -> Arc<Pack> {
        let text = include_str!("../../../benches/pack/2020-01-01.toml");
        Arc::new(packs::parse(&[("2020-01-01.toml", text)]).unwrap())
    }

    #[test]
    fn all_shipped_packs_are_kept_at_once_with_room_for_as_many_again() {
        let bytes: usize = packs::SHIPPED.iter().map(|(_, text)| text.len()).sum();
        assert!(bytes * 2 < MOST_BYTES, "{bytes} bytes are shipped");
    }

    #[test]
    fn what_was_not_asked_for_the_longest_goes_first() {
        let (mut kept, pack) = (Kept::new(100), pack());
        for credential in 1..=3 {
            kept.keep(Id(credential), key("a"), &pack, 30);
        }
        assert!(kept.exactly(Id(1), &key("a")).is_some());
        kept.keep(Id(4), key("a"), &pack, 30);
        let there = [1, 2, 3, 4].map(|credential| kept.exactly(Id(credential), &key("a")).is_some());
        assert_eq!(there, [true, false, true, true]);
        assert_eq!(kept.bytes, 90);
        kept.keep(Id(5), key("a"), &pack, 101);
        assert_eq!((kept.packs.len(), kept.bytes), (0, 0), "longer than all there is room for");
    }

    #[test]
    fn a_pack_is_known_by_its_versions_and_replaced_when_one_is_added() {
        let (mut kept, pack) = (Kept::new(100), pack());
        kept.keep(Id(1), key("a"), &pack, 30);
        assert!(kept.exactly(Id(1), &key("b")).is_none());
        assert!(kept.exactly(Id(2), &key("a")).is_none());
        assert!(kept.with_version(Id(1), "2020-01-01").is_some());
        assert!(kept.with_version(Id(1), "2021-01-01").is_none());
        kept.keep(Id(1), key("b"), &pack, 40);
        assert!(kept.exactly(Id(1), &key("a")).is_none());
        assert_eq!(kept.bytes, 40);
    }
}
