//! What is missing in any case, where the search for the best placing had to stop before it knew.
//!
//! A placing that keeps every limit says how much is missing at most. What is missing at least comes from asking for less: each
//! rule alone, without caps, records split as they like. Between the two nobody is told that hours are missing.

use super::allocate::{Candidate, Filled, simply};
use super::entry::Entry;
use super::exact::rounds_topics;

/// Says of fillings that may not be the best how much is missing whatever is done.
pub(super) fn note(entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>], filled: &mut [Filled]) {
    for (candidate, filled) in candidates.iter().zip(filled) {
        if !filled.is_open() {
            continue;
        }
        if candidate.offers.iter().all(|offer| offer.minutes() == 0) {
            filled.least = filled.total_missing();
        } else if !rounds_topics(candidate.plan) {
            // Sums that are rounded up by topic may ask for less than the flow knows.
            let alone = Candidate { plan: candidate.plan, offers: candidate.offers.clone() };
            let relaxed = simply(entries, &[alone], &[]);
            filled.least = relaxed.iter().map(Filled::total_missing).sum();
        }
    }
}
