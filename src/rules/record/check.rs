//! Reading a record and checking what its types cannot say.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::amount::Decimal;
use super::super::calendar::parse_day;
use super::refusal::{RecordError, refused};
use super::{Amount, Attestation, ExamAttempt, FORMAT, Learning, Record, Service, Value};

/// Minutes of an entry are spread over its days, so an entry has an end.
const LONGEST_ENTRY_DAYS: i64 = 366;

/// Reads JSON and checks it.
pub(super) fn read(text: &str) -> Result<Record, RecordError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let record: Record = serde_path_to_error::deserialize(&mut reader).map_err(|error| refused(text, &error))?;
    reader.end().map_err(|error| {
        RecordError::new("bad_json", String::new(), error.to_string(), "one JSON object", "remove what follows it")
    })?;
    check(&record)?;
    Ok(record)
}

/// Checks a record that may not have come through [`read`].
pub(super) fn check(record: &Record) -> Result<(), RecordError> {
    if record.format != FORMAT {
        let found = format!("`{}`", record.format);
        return Err(RecordError::new(
            "unknown_format",
            "format".into(),
            found,
            format!("`{FORMAT}`"),
            "export the record again",
        ));
    }
    if record.person.id.is_empty() {
        let hint = "say whose record it is, in the words of whoever keeps it";
        return Err(RecordError::new("empty_id", "person.id".into(), "an empty id", "an id", hint));
    }
    unique_ids(record)?;
    for (i, entry) in record.learning.iter().enumerate() {
        learning(&format!("learning[{i}]"), entry)?;
    }
    for (i, entry) in record.service.iter().enumerate() {
        service(&format!("service[{i}]"), entry)?;
    }
    for (i, attempt) in record.exams.iter().enumerate() {
        exam(&format!("exams[{i}]"), attempt)?;
    }
    for (i, given) in record.attestations.iter().enumerate() {
        attestation(&format!("attestations[{i}].value"), given)?;
    }
    for (i, job) in record.employment.iter().enumerate() {
        range(&format!("employment[{i}].through"), job.from, job.through)?;
    }
    for (i, credential) in record.credentials.iter().enumerate() {
        for (j, term) in credential.terms.iter().enumerate() {
            range(&format!("credentials[{i}].terms[{j}].through"), term.from, term.through)?;
        }
    }
    for (i, hold) in record.holds.iter().enumerate() {
        range(&format!("holds[{i}].through"), hold.from, hold.through)?;
    }
    Ok(())
}

fn range(path: &str, from: NaiveDate, through: Option<NaiveDate>) -> Result<(), RecordError> {
    match through {
        Some(through) if through < from => Err(RecordError::new(
            "empty_range",
            path.to_owned(),
            format!("`{through}`, which is before `{from}`"),
            "a day on or after the first one",
            "ranges include both ends: a single day has the same day twice",
        )),
        _ => Ok(()),
    }
}

fn unique_ids(record: &Record) -> Result<(), RecordError> {
    let mut seen = BTreeSet::new();
    for (list, at, id) in record.ids() {
        if id.is_empty() {
            return Err(RecordError::new(
                "empty_id",
                format!("{list}[{at}].id"),
                "an empty id",
                "an id",
                "give every fact an id of its own",
            ));
        }
        if !seen.insert(id) {
            return Err(RecordError::new(
                "duplicate_id",
                format!("{list}[{at}].id"),
                format!("`{id}` a second time"),
                "ids that are unique across the record",
                "give every fact an id of its own",
            ));
        }
    }
    Ok(())
}

fn learning(path: &str, entry: &Learning) -> Result<(), RecordError> {
    const FORMS: &str = "one of `minutes`, `minutes_by_topic` (also both) or `amount`";
    let minutes = entry.minutes.is_some() || !entry.minutes_by_topic.is_empty();
    let found = match (minutes, &entry.amount) {
        (false, None) => Some("no amount of learning"),
        (true, Some(_)) => Some("minutes and an `amount`"),
        (true, None) | (false, Some(_)) => None,
    };
    if let Some(found) = found {
        return Err(RecordError::new("bad_amount", path.to_owned(), found, FORMS, "say how much it was, once"));
    }
    if entry.minutes.is_none() && entry.amount.is_none() && !entry.topics.is_empty() {
        return Err(RecordError::new(
            "bad_amount",
            format!("{path}.topics"),
            "topics without `minutes`",
            FORMS,
            "topics belong to `minutes`",
        ));
    }
    if let Some(amount) = &entry.amount {
        unit(&format!("{path}.amount"), amount)?;
    }
    if let Some(started) = entry.started_on {
        range(&format!("{path}.completed_on"), started, Some(entry.completed_on))?;
    }
    for (i, approval) in entry.approvals.iter().enumerate() {
        if let Some(from) = approval.from {
            range(&format!("{path}.approvals[{i}].through"), from, approval.through)?;
        }
    }
    Ok(())
}

fn unit(path: &str, amount: &Amount) -> Result<(), RecordError> {
    if ["ceu", "ceus"].iter().any(|bare| amount.unit.eq_ignore_ascii_case(bare)) {
        return Err(RecordError::new(
            "ambiguous_unit",
            format!("{path}.unit"),
            format!("`{}`", amount.unit),
            "a unit that means one thing, such as `iacet_ceu` (10 hours)",
            "a bare CEU is 1 hour or 10 hours depending on who says it: ask the provider, then write `minutes` or `iacet_ceu`",
        ));
    }
    decimal(format!("{path}.value"), &amount.value)
}

fn exam(path: &str, attempt: &ExamAttempt) -> Result<(), RecordError> {
    let own = [("score", &attempt.score), ("pass_mark", &attempt.pass_mark)];
    let own = own.into_iter().filter_map(|(field, number)| Some((field.to_owned(), number.as_ref()?)));
    let parts = attempt.domains.iter().map(|(part, score)| (format!("domains.{part}"), score));
    own.chain(parts).try_for_each(|(field, number)| decimal(format!("{path}.{field}"), number))
}

/// A statement whose value is a day says one to the letter, or says none.
fn attestation(path: &str, given: &Attestation) -> Result<(), RecordError> {
    let found = match &given.value {
        Some(Value::Text(text)) if parse_day(text).is_none() => format!("`{text}`"),
        Some(Value::Number(number)) => format!("`{number}`"),
        Some(Value::Yes(yes)) => format!("`{yes}`"),
        Some(Value::Text(_)) | None => return Ok(()),
    };
    if !given.kind.is("recovery_since") {
        return Ok(());
    }
    let expected = "a day in quotes, such as `\"2024-03-01\"`";
    Err(RecordError::new("bad_value", path.to_owned(), found, expected, "write the first day of recovery"))
}

/// A number that rules can hold: what they could not, they would take for nothing said.
fn decimal(path: String, text: &str) -> Result<(), RecordError> {
    if Decimal::parse(text).is_some() {
        return Ok(());
    }
    Err(RecordError::new(
        "bad_value",
        path,
        format!("`{text}`"),
        "a decimal number in quotes, such as `\"1.5\"`, of at most nine digits, and six after the point",
        "write digits, with a point if needed",
    ))
}

fn service(path: &str, entry: &Service) -> Result<(), RecordError> {
    range(&format!("{path}.to"), entry.from, Some(entry.to))?;
    if (entry.to - entry.from).num_days() > LONGEST_ENTRY_DAYS {
        return Err(RecordError::new(
            "bad_value",
            format!("{path}.to"),
            format!("`{}`, more than a year after `{}`", entry.to, entry.from),
            "an entry of at most a year",
            "split it into shorter ones",
        ));
    }
    if entry.minutes.is_some() == entry.count.is_some() {
        let found = if entry.minutes.is_some() { "`minutes` and `count`" } else { "neither `minutes` nor `count`" };
        return Err(RecordError::new(
            "bad_amount",
            path.to_owned(),
            found,
            "one of `minutes` and `count`",
            "say how much it was, once",
        ));
    }
    match (entry.start_minute(), entry.end_minute(), &entry.start, &entry.end) {
        (_, _, None, None) => Ok(()),
        (Some(start), Some(end), _, _) if start < end && entry.from == entry.to => Ok(()),
        _ => Err(RecordError::new(
            "bad_value",
            format!("{path}.start"),
            format!("`{}` to `{}`", entry.start.as_deref().unwrap_or(""), entry.end.as_deref().unwrap_or("")),
            "`start` before `end`, both as `HH:MM`, on one day",
            "leave both out, or split what crosses midnight into two entries",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(json: &str) -> RecordError {
        Record::from_json(json).unwrap_err()
    }

    #[test]
    fn an_unknown_field_is_refused_with_its_path() {
        let error = refusal(
            r#"{"format":"credtrail.record/1","person":{"id":"p"},"learning":[{"id":"l","completed_on":"2025-01-01","minutes":1,"hours":2}]}"#,
        );
        assert_eq!((error.code, error.path.as_str()), ("unknown_field", "learning[0].hours"));
    }

    #[test]
    fn an_unknown_word_is_refused_with_the_list() {
        let error = refusal(
            r#"{"format":"credtrail.record/1","person":{"id":"p"},"learning":[{"id":"l","completed_on":"2025-01-01","minutes":1,"kind":"basics"}]}"#,
        );
        assert_eq!((error.code, error.path.as_str()), ("unknown_word", "learning[0].kind"));
        assert!(error.expected.contains("basic, specialty"), "{}", error.expected);
    }

    #[test]
    fn a_word_of_ones_own_passes_with_its_prefix() {
        let json = r#"{"format":"credtrail.record/1","person":{"id":"p"},"events":[{"id":"e","kind":"x-party","on":"2025-01-01"},{"id":"f","kind":"application_reopened","on":"2025-01-01"}]}"#;
        assert_eq!(Record::from_json(json).unwrap().events.len(), 2);
    }

    #[test]
    fn a_bare_ceu_is_refused() {
        for unit in ["ceu", "CEU", "CEUs"] {
            let error = refusal(
                &r#"{"format":"credtrail.record/1","person":{"id":"p"},"learning":[{"id":"l","completed_on":"2025-01-01","amount":{"value":"1","unit":"UNIT"}}]}"#
                    .replace("UNIT", unit),
            );
            assert_eq!((error.code, error.path.as_str()), ("ambiguous_unit", "learning[0].amount.unit"), "{unit}");
        }
    }

    fn kept(facts: &str) -> Result<Record, RecordError> {
        Record::from_json(&format!(r#"{{"format":"credtrail.record/1","person":{{"id":"p"}},{facts}}}"#))
    }

    #[test]
    fn a_number_longer_than_rules_can_hold_is_refused_with_its_place() {
        let exam = |field: &str| format!(r#""exams":[{{"id":"e","exam":"x","on":"2025-01-01",{field}}}]"#);
        for (facts, path) in [
            (exam(r#""score":"499.0000001""#), "exams[0].score"),
            (exam(r#""pass_mark":"1000000000""#), "exams[0].pass_mark"),
            (exam(r#""domains":{"ethics":"59.9999999"}"#), "exams[0].domains.ethics"),
            (
                r#""learning":[{"id":"l","completed_on":"2025-01-01","amount":{"value":"10.0000001","unit":"u"}}]"#
                    .into(),
                "learning[0].amount.value",
            ),
        ] {
            let error = kept(&facts).unwrap_err();
            assert_eq!((error.code, error.path.as_str()), ("bad_value", path));
            assert!(error.expected.contains("nine digits, and six after the point"), "{}", error.expected);
        }
        assert!(kept(&exam(r#""score":"999999999.999999""#)).is_ok());
    }

    #[test]
    fn a_first_day_of_recovery_is_a_day_written_out() {
        let with = |value: &str| {
            kept(&format!(r#""attestations":[{{"id":"a","kind":"recovery_since","on":"2025-01-01","value":{value}}}]"#))
        };
        for value in [r#"" 2024- 3-1""#, r#""2024-3-1""#, r#""2024""#, "2024", "true"] {
            let error = with(value).unwrap_err();
            assert_eq!((error.code, error.path.as_str()), ("bad_value", "attestations[0].value"), "{value}");
        }
        assert!(with(r#""2024-03-01""#).is_ok());
    }

    #[test]
    fn an_id_may_stand_only_once_in_the_whole_record() {
        let error = refusal(
            r#"{"format":"credtrail.record/1","person":{"id":"p"},"events":[{"id":"e","kind":"hired","on":"2025-01-01"}],"holds":[{"id":"e","kind":"military","from":"2025-01-01"}]}"#,
        );
        assert_eq!((error.code, error.path.as_str()), ("duplicate_id", "holds[0].id"));
    }
}
