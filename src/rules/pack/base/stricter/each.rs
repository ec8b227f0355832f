//! Which way a change of `for_each` goes: the more often the amount is asked for, the harder.

use serde_json::Value;

use super::super::super::super::calendar::Length;
use super::super::super::phrase;
use super::{Way, lengths};

/// Once for each so long away. Where nothing is said the amount is asked for once, and so it is at least for a stretch that
/// has begun; whole ones may be none at all.
pub(super) fn way(old: Option<&Value>, new: Option<&Value>) -> Way {
    let read = |value: Option<&Value>| value.and_then(Value::as_str).map(read);
    match (read(old), read(new)) {
        (None, None) => Way::Same,
        (None, Some(Some((true, _)))) => Way::Harder,
        (Some(Some((true, _))), None) => Way::Easier,
        (Some(Some((was, long))), Some(Some((is, short)))) => {
            let begun = match (was, is) {
                (false, true) => Way::Harder,
                (true, false) => Way::Easier,
                (true, true) | (false, false) => Way::Same,
            };
            lengths(long, short).turned().with(begun)
        }
        (_, _) => Way::Unclear,
    }
}

/// Whether a stretch that has begun counts, and how long one is.
fn read(text: &str) -> Option<(bool, Length)> {
    let (begun, rest) = text.strip_prefix("started ").map_or((false, text), |rest| (true, rest));
    let length = match rest.strip_suffix(" away")? {
        "year" => Length::Months(12),
        "month" => Length::Months(1),
        other => phrase::length(other).ok()?,
    };
    Some((begun, length))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ways(old: &str, new: &str) -> (Way, Way) {
        (way(Some(&json!(old)), Some(&json!(new))), way(Some(&json!(new)), Some(&json!(old))))
    }

    #[test]
    fn an_amount_asked_for_more_often_is_harder() {
        assert_eq!(ways("started year away", "started 6 months away"), (Way::Harder, Way::Easier));
        assert_eq!(ways("year away", "started year away"), (Way::Harder, Way::Easier));
        assert_eq!(ways("year away", "started 6 months away"), (Way::Harder, Way::Easier));
        assert_eq!(ways("started year away", "6 months away").0, Way::Unclear);
        assert_eq!(ways("year away", "12 months away").0, Way::Same);
        assert_eq!(way(None, Some(&json!("started year away"))), Way::Harder);
        assert_eq!(way(Some(&json!("started year away")), None), Way::Easier);
        assert_eq!(way(None, Some(&json!("year away"))), Way::Unclear);
    }
}
