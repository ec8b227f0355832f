//! A file of hours that a board has already confirmed, such as those of its old system.

use std::collections::HashSet;

use super::fields::{Column, Fields};
use super::report::Problem;
use super::who::{Who, row_key};
use super::{Import, Verdict, report_refusal};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::hours::{EntryError, HoursWish, row_of};
use crate::storage::rows::service::ServiceEntryRow;
use crate::storage::{Conn, Id, StoreError, Words};

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
        let mut known: HashSet<(Id, i64)> = HashSet::new();
        for person in people.values() {
            let entries = repo!(conn, facts::list_service_entries(*person))?;
            known.extend(entries.into_iter().filter_map(|row| Some((*person, row.source_key?))));
        }
        let verified = Words::load(conn)?.intern(conn, "verified")?;
        let mut judged = Vec::with_capacity(wishes.len());
        for (who, wish) in wishes {
            let Some(person) = people.get(&who).copied() else {
                judged.push(Verdict::Refused(who.nobody()));
                continue;
            };
            let (from, to, minutes) = (wish.from.to_string(), wish.to.to_string(), wish.minutes.to_string());
            let start = wish.start.as_deref().unwrap_or("");
            let key = row_key(&["hours", &from, &to, start, &minutes, &wish.kind]);
            if !known.insert((person, key)) {
                judged.push(Verdict::Known);
                continue;
            }
            judged.push(match row_of(conn, by, person, &wish) {
                Ok(row) => Verdict::Add(ServiceEntryRow { source_key: Some(key), state: verified, ..row }),
                Err(EntryError::Refused(refusal)) => {
                    let name = refusal.pointer().trim_start_matches('/');
                    let column = Self::COLUMNS.iter().map(|c| c.name).find(|c| *c == name).unwrap_or_default();
                    Verdict::Refused(report_refusal("refused", column, &refusal.to_string()))
                }
                Err(EntryError::Store(error)) => return Err(error),
                Err(other) => Verdict::Refused(report_refusal("refused", "", &other.to_string())),
            });
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
