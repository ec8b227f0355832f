//! How far a requirement is from being met, as a share of what it asks: what branches are compared by.

use super::super::evaluation::{Requirement, Status};

/// All of it is missing.
const WHOLE: u64 = 1_000_000;

/// The missing share, in millionths.
pub(super) fn share(found: &Requirement) -> u64 {
    if found.status != Status::NotMet {
        return 0;
    }
    let asked: Vec<&Requirement> = match &found.taken {
        Some(_) => found.counting().collect(),
        None => found.requirements.iter().filter(|part| part.status != Status::NotApplicable).collect(),
    };
    let own = of_amounts(found).filter(|_| found.taken.is_none());
    let below = || asked.iter().map(|part| share(part));
    let found = match own {
        // Its minutes are there, and something about them is not.
        Some(own) => below().fold(own, u64::max),
        None => {
            let parts = u64::try_from(asked.len()).unwrap_or(1).max(1);
            if asked.is_empty() { WHOLE } else { below().sum::<u64>().div_ceil(parts) }
        }
    };
    found.max(1)
}

/// The share by the amounts that the answer states.
fn of_amounts(found: &Requirement) -> Option<u64> {
    let minutes = found.missing_minutes.zip(found.needed_minutes);
    let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<u64>().ok());
    let (missing, needed) = minutes.or_else(|| number(&found.missing).zip(number(&found.needed)))?;
    Some(missing.saturating_mul(WHOLE).checked_div(needed).unwrap_or(WHOLE).min(WHOLE))
}
