//! The ten conditions of the benches as one SQL statement on the service's own tables, for everyone at once; written in
//! two ways, of which each database may take the faster: sums of all people joined, or sums person by person. And in a
//! third that tells only whether anything is lacking, so that it adds up nothing of whoever has not passed the exam.
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

/// The statement in all its ways, in the words of one database; the last one's mask is 1 where anything is lacking.
pub fn texts(database: &Database, applicants: &Applicants) -> Outcome<[(&'static str, String); 3]> {
    let parts = Parts::of(database, applicants)?;
    let alone = parts.status_alone(database);
    Ok([("joined", parts.joined()), ("person by person", parts.person_by_person(database)), ("status alone", alone)])
}

/// What both ways are put together of.
struct Parts {
    /// Who applied, with the days that matter.
    applied: String,
    /// Names of sums, and the sums.
    sums: [(&'static str, String); 9],
    /// Whose completions count.
    confirmed: String,
    /// What a sitting has to be; of the exam, on the days that count, and the latest word of it.
    sitting: String,
    /// What a sitting is that was passed.
    passed: String,
}

/// What each bit asks for, in order.
const CONDITIONS: [&str; 10] = [
    "{training} >= 3600",
    "{ethics} >= 360",
    "{advocacy} >= 600",
    "{mentoring} >= 600",
    "{wellness} >= 600",
    "{work} >= 30000",
    "{supervision} >= 1500",
    "{passed}",
    "{continuing} >= 1200",
    "{continuing_ethics} >= 360",
];

const TOPICS: &str =
    "LEFT JOIN completion_topic t ON t.person_id = c.person_id AND t.completion_id = c.id AND t.revision = c.revision";

impl Parts {
    fn of(database: &Database, applicants: &Applicants) -> Outcome<Self> {
        let back = |months: u32| match database {
            Database::Sqlite => {
                format!("CAST(julianday(received_day * 86400, 'unixepoch', '-{months} months') - 2440587.5 AS INTEGER)")
            }
            Database::Postgres(_) => format!(
                "(CAST(DATE '1970-01-01' + received_day - INTERVAL '{months} months' AS DATE) - DATE '1970-01-01')"
            ),
        };
        let key = |word: &str| {
            applicants.words.key(word).map(|key| key.0).ok_or_else(|| format!("`{word}` is not among the words"))
        };
        let sum = |what: &str| format!("coalesce(sum(c.minutes) FILTER (WHERE {what}), 0)");
        let (basic, continuing) = (format!("c.kind = {}", key("basic")?), format!("c.kind = {}", key("continuing")?));
        let topic = |kind: &str, topic: &str| Ok::<_, String>(sum(&format!("{kind} AND t.topic = {}", key(topic)?)));
        let newest = |table: &str, alias: &str| {
            format!(
                "NOT EXISTS (SELECT 1 FROM {table} n WHERE n.person_id = {alias}.person_id AND n.id = {alias}.id
                              AND n.revision > {alias}.revision)"
            )
        };
        Ok(Self {
            applied: format!(
                "SELECT person_id, received_day AS day, {} AS two_years, {} AS one_year
                   FROM application WHERE credential_id = {} AND purpose = 'initial'",
                back(24),
                back(12),
                applicants.credential.id.0
            ),
            sums: [
                ("training", sum(&basic)),
                ("ethics", topic(&basic, "ethics")?),
                ("advocacy", topic(&basic, "advocacy")?),
                ("mentoring", topic(&basic, "mentoring")?),
                ("wellness", topic(&basic, "wellness")?),
                ("work", sum(&format!("c.kind = {} AND c.completed_day >= a.two_years", key("x-work")?))),
                ("supervision", sum(&format!("c.kind = {}", key("x-supervision")?))),
                ("continuing", sum(&continuing)),
                ("continuing_ethics", topic(&continuing, "ethics")?),
            ],
            confirmed: format!(
                "c.completed_day <= a.day AND c.state = {} AND {}",
                key("verified")?,
                newest("completion", "c")
            ),
            sitting: format!(
                "e.exam = {} AND e.on_day <= a.day AND e.on_day >= a.one_year
                   AND (e.official_day IS NULL OR e.official_day <= a.day) AND {}",
                key("bench-exam")?,
                newest("exam_attempt", "e")
            ),
            passed: format!("e.outcome = {} AND e.official", key("passed")?),
        })
    }

    /// The mask: a bit for each condition that is not met; `told` says what stands for a sum or for the exam.
    fn mask(told: impl Fn(&str) -> String) -> String {
        let bit = |(number, condition): (u32, &str)| {
            let (begin, rest) = condition.split_once('}').unwrap_or_default();
            let what = format!("{}{rest}", told(begin.trim_start_matches('{')));
            format!("(CASE WHEN {what} THEN 0 ELSE {} END)", 1 << number)
        };
        let bits: Vec<String> = (0..).zip(CONDITIONS).map(bit).collect();
        format!("CAST({} AS INTEGER)", bits.join(" + "))
    }

    fn joined(&self) -> String {
        let Self { applied, sums, confirmed, sitting, passed } = self;
        let mask = Self::mask(|name| if name == "passed" { "x.passed = 1".to_owned() } else { format!("l.{name}") });
        let sums: Vec<String> = sums.iter().map(|(name, sum)| format!("{sum} AS {name}")).collect();
        let sums = sums.join(", ");
        format!(
            "WITH applied AS ({applied}),
             learned AS (
               SELECT c.person_id, {sums}
                 FROM applied a JOIN completion c ON c.person_id = a.person_id {TOPICS}
                WHERE {confirmed}
                GROUP BY c.person_id),
             sat AS (
               SELECT e.person_id, max(CASE WHEN {passed} THEN 1 ELSE 0 END) AS passed
                 FROM applied a JOIN exam_attempt e ON e.person_id = a.person_id
                WHERE {sitting}
                GROUP BY e.person_id)
             SELECT a.person_id, {mask} AS mask
               FROM applied a
               LEFT JOIN learned l ON l.person_id = a.person_id
               LEFT JOIN sat x ON x.person_id = a.person_id"
        )
    }

    /// Whether a person passed the exam.
    fn exam(&self) -> String {
        let Self { sitting, passed, .. } = self;
        format!("EXISTS (SELECT 1 FROM exam_attempt e WHERE e.person_id = a.person_id AND {passed} AND {sitting})")
    }

    /// So that a person's days are worked out once, not for each of their records.
    const fn once(database: &Database) -> &'static str {
        match database {
            Database::Sqlite => "LIMIT -1",
            Database::Postgres(_) => "OFFSET 0",
        }
    }

    /// Whether anything is lacking: the exam is looked at first, and hours only of who passed it.
    fn status_alone(&self, database: &Database) -> String {
        let Self { applied, sums, confirmed, .. } = self;
        let (exam, once) = (self.exam(), Self::once(database));
        let enough = CONDITIONS.iter().filter_map(|condition| {
            let (name, rest) = condition.strip_prefix('{')?.split_once('}')?;
            sums.iter().find(|(known, _)| *known == name).map(|(_, sum)| format!("{sum}{rest}"))
        });
        let enough = enough.collect::<Vec<_>>().join(" AND ");
        format!(
            "SELECT a.person_id,
                    CASE WHEN {exam} THEN
                      (SELECT CASE WHEN {enough} THEN 0 ELSE 1 END FROM completion c {TOPICS}
                        WHERE c.person_id = a.person_id AND {confirmed})
                    ELSE 1 END AS mask
               FROM ({applied} {once}) a"
        )
    }

    fn person_by_person(&self, database: &Database) -> String {
        let Self { applied, sums, confirmed, .. } = self;
        let sum = |name: &str| sums.iter().find(|(known, _)| *known == name).map(|(_, sum)| sum.clone());
        let exam = self.exam();
        let mask = Self::mask(|name| sum(name).unwrap_or_else(|| exam.clone()));
        let once = Self::once(database);
        format!(
            "SELECT a.person_id,
                    (SELECT {mask} FROM completion c {TOPICS}
                      WHERE c.person_id = a.person_id AND {confirmed}) AS mask
               FROM ({applied} {once}) a"
        )
    }
}
