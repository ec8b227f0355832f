//! The ten conditions of the benches as one SQL statement on the service's own tables, for everyone at once.
//!
//! Written for exactly these conditions and these records: each hour has one topic, so nothing has to be placed. The
//! latest revision of each fact counts, if it is confirmed, as for the service.

use credtrail::storage::{Conn, StoreError};
use diesel::RunQueryDsl;

use super::Outcome;
use super::applicants::Applicants;
use super::place::Database;

#[derive(diesel::QueryableByName)]
struct Answer {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    person_id: i64,
    #[diesel(sql_type = diesel::sql_types::Integer)]
    mask: i32,
}

/// Reads every person's mask: a bit for each condition that is not met.
pub fn run(conn: &mut Conn<'_>, statement: &str) -> Result<Vec<(i64, i32)>, StoreError> {
    let found = match conn {
        Conn::Sqlite(c) => diesel::sql_query(statement).load::<Answer>(*c),
        Conn::Postgres(c) => diesel::sql_query(statement).load::<Answer>(*c),
    };
    Ok(found?.into_iter().map(|answer| (answer.person_id, answer.mask)).collect())
}

/// The statement, in the words of one database.
pub fn text(database: &Database, applicants: &Applicants) -> Outcome<String> {
    let back = |months: u32| match database {
        Database::Sqlite => {
            format!("CAST(julianday(received_day * 86400, 'unixepoch', '-{months} months') - 2440587.5 AS INTEGER)")
        }
        Database::Postgres(_) => {
            format!("(CAST(DATE '1970-01-01' + received_day - INTERVAL '{months} months' AS DATE) - DATE '1970-01-01')")
        }
    };
    let key = |word: &str| {
        applicants.words.key(word).map(|key| key.0).ok_or_else(|| format!("`{word}` is not among the words"))
    };
    let sum = |what: &str| format!("sum(CASE WHEN {what} THEN c.minutes ELSE 0 END)");
    let (basic, continuing) = (format!("c.kind = {}", key("basic")?), format!("c.kind = {}", key("continuing")?));
    let topic = |kind: &str, topic: &str| Ok::<_, String>(sum(&format!("{kind} AND t.topic = {}", key(topic)?)));
    let bit = |condition: &str, bit: u32| format!("(CASE WHEN {condition} THEN 0 ELSE {} END)", 1 << bit);
    let bits = [
        ("l.training >= 3600", 0),
        ("l.ethics >= 360", 1),
        ("l.advocacy >= 600", 2),
        ("l.mentoring >= 600", 3),
        ("l.wellness >= 600", 4),
        ("l.work >= 30000", 5),
        ("l.supervision >= 1500", 6),
        ("x.passed = 1", 7),
        ("l.continuing >= 1200", 8),
        ("l.continuing_ethics >= 360", 9),
    ]
    .map(|(condition, number)| bit(condition, number))
    .join(" + ");
    Ok(format!(
        "WITH applied AS (
           SELECT person_id, received_day AS day, {two_years} AS two_years, {one_year} AS one_year
             FROM application WHERE credential_id = {credential} AND purpose = 'initial'),
         learned AS (
           SELECT c.person_id, {training} AS training, {ethics} AS ethics, {advocacy} AS advocacy,
                  {mentoring} AS mentoring, {wellness} AS wellness, {work} AS work, {supervision} AS supervision,
                  {all_continuing} AS continuing, {continuing_ethics} AS continuing_ethics
             FROM applied a
             JOIN completion c ON c.person_id = a.person_id
             LEFT JOIN completion_topic t
               ON t.person_id = c.person_id AND t.completion_id = c.id AND t.revision = c.revision
            WHERE c.completed_day <= a.day AND c.state = {verified}
              AND NOT EXISTS (SELECT 1 FROM completion n
                               WHERE n.person_id = c.person_id AND n.id = c.id AND n.revision > c.revision)
            GROUP BY c.person_id),
         sat AS (
           SELECT e.person_id, max(CASE WHEN e.outcome = {passed} AND e.official THEN 1 ELSE 0 END) AS passed
             FROM applied a
             JOIN exam_attempt e ON e.person_id = a.person_id
            WHERE e.exam = {exam} AND e.on_day <= a.day AND e.on_day >= a.one_year
              AND (e.official_day IS NULL OR e.official_day <= a.day)
              AND NOT EXISTS (SELECT 1 FROM exam_attempt n
                               WHERE n.person_id = e.person_id AND n.id = e.id AND n.revision > e.revision)
            GROUP BY e.person_id)
         SELECT a.person_id, CAST({bits} AS INTEGER) AS mask
           FROM applied a
           LEFT JOIN learned l ON l.person_id = a.person_id
           LEFT JOIN sat x ON x.person_id = a.person_id",
        two_years = back(24),
        one_year = back(12),
        credential = applicants.credential.id.0,
        training = sum(&basic),
        ethics = topic(&basic, "ethics")?,
        advocacy = topic(&basic, "advocacy")?,
        mentoring = topic(&basic, "mentoring")?,
        wellness = topic(&basic, "wellness")?,
        work = sum(&format!("c.kind = {} AND c.completed_day >= a.two_years", key("x-work")?)),
        supervision = sum(&format!("c.kind = {}", key("x-supervision")?)),
        all_continuing = sum(&continuing),
        continuing_ethics = topic(&continuing, "ethics")?,
        verified = key("verified")?,
        passed = key("passed")?,
        exam = key("bench-exam")?,
    ))
}
