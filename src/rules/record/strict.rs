//! Values read to the letter: days as `2026-01-31` and nothing near it, tables with each key once. A slip that is read
//! kindly here would be another day, or minutes that are gone, somewhere else.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::marker::PhantomData;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::super::calendar::parse_day;

/// What is said of a text that is not a day; refusals know it by this.
pub(super) const NOT_A_DAY: &str = "not a day of the calendar";

/// Reads a day.
pub(super) fn day<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    from.deserialize_str(DayVisitor)
}

/// Reads a day, or nothing.
pub(super) fn maybe_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    struct Day(NaiveDate);
    impl<'de> Deserialize<'de> for Day {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            day(from).map(Self)
        }
    }
    Ok(Option::<Day>::deserialize(from)?.map(|day| day.0))
}

struct DayVisitor;

impl Visitor<'_> for DayVisitor {
    type Value = NaiveDate;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day in quotes, such as `2026-01-31`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<NaiveDate, E> {
        parse_day(text).ok_or_else(|| E::custom(NOT_A_DAY))
    }
}

/// Reads a table in which no key stands twice.
pub(super) fn each_once<'de, D: Deserializer<'de>, V: Deserialize<'de>>(
    from: D,
) -> Result<BTreeMap<String, V>, D::Error> {
    struct Each<V>(PhantomData<V>);
    impl<'de, V: Deserialize<'de>> Visitor<'de> for Each<V> {
        type Value = BTreeMap<String, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Self::Value, A::Error> {
            let mut all = BTreeMap::new();
            while let Some((key, value)) = table.next_entry::<String, V>()? {
                match all.entry(key) {
                    Entry::Vacant(free) => {
                        free.insert(value);
                    }
                    Entry::Occupied(known) => {
                        return Err(A::Error::custom(format_args!("duplicate field `{}`", known.key())));
                    }
                }
            }
            Ok(all)
        }
    }
    from.deserialize_map(Each(PhantomData))
}

#[cfg(test)]
mod tests {
    use super::super::Record;

    fn refused(learning: &str) -> (&'static str, String) {
        let record = r#"{"format":"credtrail.record/1","person":{"id":"p"},"learning":[{"id":"l",LEARNING}]}"#;
        let error = Record::from_json(&record.replace("LEARNING", learning)).unwrap_err();
        (error.code, error.path)
    }

    #[test]
    fn only_a_day_written_out_is_a_day() {
        for text in ["2025-2-1", " 2025-02-01", "+2025-02-01", "-0001-02-01", "2025-02-01\\n", "20250201", "2025-02-29"]
        {
            let (code, path) = refused(&format!(r#""completed_on":"{text}","minutes":1"#));
            assert_eq!((code, path.as_str()), ("impossible_date", "learning[0].completed_on"), "{text}");
        }
    }

    #[test]
    fn a_topic_that_stands_twice_is_refused_and_none_of_its_minutes_are_lost() {
        let (code, path) =
            refused(r#""completed_on":"2025-02-01","minutes_by_topic":{"ethics":60,"wellness":5,"ethics":30}"#);
        assert_eq!((code, path.as_str()), ("duplicate_field", "learning[0].minutes_by_topic"));
    }

    #[test]
    fn a_field_that_stands_twice_is_refused() {
        let (code, path) = refused(r#""completed_on":"2025-02-01","minutes":1,"minutes":2"#);
        assert_eq!((code, path.as_str()), ("duplicate_field", "learning[0]"));
    }
}
