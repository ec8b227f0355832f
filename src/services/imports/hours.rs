//! A file of hours that a board has already confirmed, such as those of its old system.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::fields::{Column, Fields};
use super::report::Problem;
use super::who::{Who, row_key};
use super::{Import, Verdict, report_refusal};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::hours::{EntryError, HoursWish, Taken, row_beside};
use crate::storage::rows::service::{ServiceEntryRow, ServiceTimesRow};
use crate::storage::{Conn, Id, StoreError, Words};

/// People whose entries are held at once.
const PEOPLE: usize = 200;

/// Hours that one board brings in, as verified.
pub struct Hours {
    board: Id,
}

impl Hours {
    /// For `board`.
    #[must_use]
    pub const fn of(board: Id) -> Self {
        Self { board }
    }
}

impl Import for Hours {
    const COLUMNS: &'static [Column] = &[
        Column { name: "email", required: false, example: "dana@example.org", about: "the person's address" },
        Column { name: "number", required: false, example: "", about: "or the number you know the person by" },
        Column { name: "from", required: true, example: "2026-02-02", about: "the first day" },
        Column { name: "to", required: false, example: "2026-02-08", about: "the last day; empty for a single day" },
        Column { name: "start", required: false, example: "", about: "HH:MM, if the times are known" },
        Column { name: "end", required: false, example: "", about: "HH:MM" },
        Column { name: "minutes", required: true, example: "1440", about: "how long in all" },
        Column { name: "kind", required: true, example: "direct", about: "direct, supervision_individual and so on" },
        Column { name: "domain", required: false, example: "mentoring", about: "a picked word" },
        Column { name: "setting", required: false, example: "community", about: "a picked word" },
        Column { name: "role", required: false, example: "", about: "a picked word" },
        Column { name: "site", required: false, example: "", about: "a picked word" },
        Column { name: "paid", required: false, example: "yes", about: "yes, or no for a volunteer" },
        Column { name: "observed", required: false, example: "no", about: "whether the supervisor observed it" },
        Column { name: "group_size", required: false, example: "", about: "people in a group" },
    ];
    type Wish = (Who, HoursWish);
    type Row = ServiceEntryRow;

    fn parse(&self, fields: &Fields<'_>) -> Result<Self::Wish, Problem> {
        let from = fields.needed_date("from")?;
        let minutes = fields.number("minutes")?;
        let wish = HoursWish {
            from,
            to: fields.date("to")?.unwrap_or(from),
            start: fields.owned("start"),
            end: fields.owned("end"),
            minutes: minutes.ok_or_else(|| Problem::new("missing", "minutes", "", "a whole number", "fill it in"))?,
            kind: fields.needed("kind")?.to_owned(),
            domain: fields.owned("domain"),
            setting: fields.owned("setting"),
            role: fields.owned("role"),
            site: fields.owned("site"),
            paid: fields.yes("paid")?,
            observed: fields.yes("observed")?.unwrap_or(false),
            group_size: fields.number("group_size")?,
            supervisor: None,
        };
        Ok((Who::read(fields)?, wish))
    }

    fn judge(
        &mut self,
        conn: &mut Conn<'_>,
        by: &Acting,
        wishes: Vec<Self::Wish>,
    ) -> Result<Vec<Verdict<Self::Row>>, StoreError> {
        let people = Who::known_to_board(conn, self.board, wishes.iter().map(|(who, _)| who))?;
        let mut ids: Vec<Id> = people.values().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut known: HashSet<(Id, i64)> = repo!(conn, facts::known_services(&ids))?.into_iter().collect();
        let mut words = Words::load(conn)?;
        // What is not in words yet is interned on the way, and forgotten with the slice if it is not stored.
        let verified = words.intern(conn, "verified")?;
        let mut judged: Vec<Verdict<Self::Row>> = Vec::with_capacity(wishes.len());
        let mut of_people: BTreeMap<Id, Vec<(usize, HoursWish)>> = BTreeMap::new();
        for (place, (who, wish)) in wishes.into_iter().enumerate() {
            match people.get(&who) {
                Some(person) => {
                    of_people.entry(*person).or_default().push((place, wish));
                    judged.push(Verdict::Known);
                }
                None => judged.push(Verdict::Refused(who.nobody())),
            }
        }
        for some in ids.chunks(PEOPLE) {
            let mut taken = taken_by(conn, some, &words)?;
            for person in some {
                let others = taken.entry(*person).or_default();
                for (place, wish) in of_people.remove(person).unwrap_or_default() {
                    let key = key_of(&wish);
                    if known.insert((*person, key))
                        && let Some(verdict) = judged.get_mut(place)
                    {
                        *verdict = match row_beside(conn, by, (*person, &wish), &mut words, others) {
                            Ok(row) => {
                                others.push(Taken::by(row.id, &wish));
                                Verdict::Add(ServiceEntryRow { source_key: Some(key), state: verified, ..row })
                            }
                            Err(error) => Verdict::Refused(refusal(error)?),
                        };
                    }
                }
            }
        }
        Ok(judged)
    }

    fn store(&mut self, conn: &mut Conn<'_>, by: &Acting, rows: Vec<Self::Row>) -> Result<(), StoreError> {
        repo!(conn, facts::insert_service_entries(&rows))?;
        let mut people: Vec<Id> = rows.iter().map(|row| row.person_id).collect();
        people.sort_unstable();
        people.dedup();
        repo!(conn, people::mark_many_due(&people, by.moment()))?;
        let detail = serde_json::json!({ "rows": rows.len() });
        by.log(conn, "hours.import", format!("organization {}", self.board), None, detail)
    }
}

/// The same row gives the same key.
fn key_of(wish: &HoursWish) -> i64 {
    let (from, to, minutes) = (wish.from.to_string(), wish.to.to_string(), wish.minutes.to_string());
    row_key(&["hours", &from, &to, wish.start.as_deref().unwrap_or(""), &minutes, &wish.kind])
}

/// The time that these people's entries take.
fn taken_by(conn: &mut Conn<'_>, people: &[Id], words: &Words) -> Result<HashMap<Id, Vec<Taken>>, StoreError> {
    let rows = repo!(conn, facts::service_times(people))?;
    let of_one = rows.chunk_by(|one, other| one.person_id == other.person_id);
    let taken = |rows: &[ServiceTimesRow]| Some((rows.first()?.person_id, Taken::of(rows, words).collect()));
    Ok(of_one.filter_map(taken).collect())
}

/// Why a row has to change.
fn refusal(error: EntryError) -> Result<Problem, StoreError> {
    let column = match &error {
        EntryError::Refused(refusal) => {
            let name = refusal.pointer().trim_start_matches('/');
            Hours::COLUMNS.iter().map(|c| c.name).find(|c| *c == name).unwrap_or_default()
        }
        _ => "",
    };
    match error {
        EntryError::Store(error) => Err(error),
        other => Ok(report_refusal("refused", column, &other.to_string())),
    }
}
