//! The rule that lets PostgreSQL be sharded by person without a redesign: a person's facts are keyed and clustered by
//! person, foreign keys among them too; what is unique over all people has a table of its own, keyed by that value.
//!
//! Every table stands in one of the lists here; the lists are the only place for exceptions.

use std::collections::BTreeSet;

use super::schema::each;
use super::tables::Table;

/// Unique over all people, keyed by that value, pointing at the person.
const BY_VALUE: &[&str] =
    &["email", "session_token", "one_time_token", "certificate_code", "certificate_number", "person_identifier"];

/// Small, or alike for everybody: every shard has it whole.
const SHARED: &[&str] = &[
    "word",
    "organization",
    "board",
    "holiday",
    "api_key",
    "idempotency_key",
    "credential",
    "rule_version",
    "course",
    "course_topic",
    "approval",
    "course_session",
    "import_run",
];

/// In the order of work or time and not of people: a board's queue, what waits to be done, the log.
const BY_WORK: &[&str] = &["board_queue", "outbox", "audit_log", "audit_head"];

/// People themselves: keyed by the person's own id.
const PEOPLE: &[&str] = &["person"];

/// The column that a table of a person's facts lies by.
fn person(name: &str) -> &'static str {
    if PEOPLE.contains(&name) { "id" } else { "person_id" }
}

fn facts(name: &str) -> bool {
    ![BY_VALUE, SHARED, BY_WORK].concat().contains(&name)
}

#[test]
fn every_table_that_is_no_exception_lies_by_person() {
    for (database, tables) in each() {
        for (name, table) in tables.iter().filter(|(name, _)| facts(name)) {
            let by = person(name);
            assert_eq!(table.key.first().map(String::as_str), Some(by), "key of `{name}` on {database}");
            let column = table.columns.iter().find(|column| column.name == by).expect("its person");
            assert!(!column.nullable && column.kind == "integer", "`{name}`.{by} on {database}");
            for unique in &table.unique {
                assert_eq!(unique.first().map(String::as_str), Some(by), "unique {unique:?} of `{name}` on {database}");
            }
            assert!(database != "sqlite" || table.clustered, "rows of `{name}` do not lie in the order of their key");
        }
    }
}

#[test]
fn facts_point_at_facts_of_the_same_person_or_at_what_every_shard_has() {
    for (database, tables) in each() {
        for (name, table) in tables.iter().filter(|(name, _)| facts(name)) {
            for (own, target, theirs) in &table.foreign {
                if SHARED.contains(&target.as_str()) {
                    continue;
                }
                assert!(facts(target), "`{name}` points at `{target}` on {database}");
                let first = (own.first().map(String::as_str), theirs.first().map(String::as_str));
                assert_eq!(first, (Some(person(name)), Some(person(target))), "`{name}` to `{target}` on {database}");
            }
        }
        for name in SHARED {
            for (_, target, _) in &tables[*name].foreign {
                assert!(SHARED.contains(&target.as_str()), "`{name}` points at `{target}` on {database}");
            }
        }
    }
}

#[test]
fn what_is_unique_over_all_people_is_the_key_of_its_own_table() {
    for (database, tables) in each() {
        for name in BY_VALUE {
            let table: &Table = &tables[*name];
            assert_ne!(table.key.first().map(String::as_str), Some("person_id"), "`{name}` on {database}");
            assert!(table.columns.iter().any(|column| column.name == "person_id"), "`{name}` points at nobody");
            assert!(table.unique.is_empty(), "`{name}` is unique by more than its key on {database}");
        }
    }
}

#[test]
fn every_exception_is_a_table_and_none_is_named_twice() {
    let all = [BY_VALUE, SHARED, BY_WORK, PEOPLE].concat();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    for (database, tables) in each() {
        assert!(all.iter().all(|name| tables.contains_key(*name)), "on {database}");
    }
}
