//! A board's file of the people it certified before: one row for each term, the status beside it.
//!
//! Nothing is decided here: terms and days stand as the file tells them, and say so. The rows of one
//! person, credential and day of issue make one award. People are brought in first, by `people.rs`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::fields::{Column, Fields};
use super::report::Problem;
use super::who::Who;
use super::{Import, Verdict};
use crate::repo;
use crate::rules::Pack;
use crate::services::acting::Acting;
use crate::services::credentials;
use crate::storage::rows::awards::{AwardRow, StatusEventRow, TermRow};
use crate::storage::{Conn, Day, Id, StoreError};

/// What `status` may say: standing and discipline.
const STATUSES: [(&str, &str, &str); 8] = [
    ("active", "active", "none"),
    ("inactive", "inactive", "none"),
    ("retired", "retired", "none"),
    ("expired", "expired", "none"),
    ("probation", "active", "probation"),
    ("suspended", "active", "suspended"),
    ("revoked", "active", "revoked"),
    ("surrendered", "active", "surrendered"),
];
/// What `kind` may say.
const KINDS: [&str; 3] = ["first", "renewal", "extension"];

/// Awards that one board brings in.
pub struct Awards {
    board: Id,
    packs: HashMap<String, Option<(Id, Arc<Pack>)>>,
}

impl Awards {
    /// For `board`.
    #[must_use]
    pub fn of(board: Id) -> Self {
        Self { board, packs: HashMap::new() }
    }

    /// A credential of this board with its published rules, by the id that packs use.
    fn credential(&mut self, conn: &mut Conn<'_>, slug: &str) -> Result<Option<(Id, Arc<Pack>)>, StoreError> {
        if let Some(known) = self.packs.get(slug) {
            return Ok(known.clone());
        }
        let row = repo!(conn, boards::credential_by_slug(slug))?.filter(|row| row.organization_id == self.board);
        let found = match row {
            None => None,
            Some(row) => match credentials::pack(conn, row.id) {
                Ok(pack) => Some((row.id, pack)),
                Err(credentials::CredentialError::Store(error)) => return Err(error),
                Err(other) => return Err(StoreError::Fault(other.to_string())),
            },
        };
        self.packs.insert(slug.to_owned(), found.clone());
        Ok(found)
    }
}

/// A term as the file tells it.
#[derive(Debug, Clone)]
pub struct AwardWish {
    who: Who,
    credential: String,
    issued_on: NaiveDate,
    from: NaiveDate,
    through: Option<NaiveDate>,
    kind: String,
    stage: Option<String>,
    path: Option<String>,
    standing: &'static str,
    discipline: &'static str,
    status_from: NaiveDate,
    reason: String,
    authority: Option<String>,
}

/// A term that can be stored.
#[derive(Debug, Clone)]
pub struct AwardToAdd {
    person: Id,
    credential: Id,
    stage: String,
    version: String,
    wish: AwardWish,
}

impl Import for Awards {
    const COLUMNS: &'static [Column] = &[
        Column { name: "email", required: false, example: "dana@example.org", about: "the person's address" },
        Column { name: "number", required: false, example: "", about: "or the number you know the person by" },
        Column { name: "credential", required: true, example: "us-ne-cpss", about: "the credential's id" },
        Column { name: "issued_on", required: true, example: "2024-03-01", about: "the day it was first issued" },
        Column { name: "from", required: true, example: "2024-03-01", about: "first day of this term" },
        Column { name: "through", required: false, example: "2025-09-01", about: "last day; empty if it does not end" },
        Column { name: "kind", required: false, example: "first", about: "first, renewal or extension" },
        Column { name: "stage", required: false, example: "", about: "where the credential has several" },
        Column { name: "path", required: false, example: "", about: "the entry path, if rules ask for it" },
        Column {
            name: "status",
            required: false,
            example: "active",
            about: "active, inactive, suspended, revoked ...",
        },
        Column { name: "status_from", required: false, example: "", about: "first day of that status" },
        Column { name: "reason", required: false, example: "", about: "why, where the status is not active" },
        Column { name: "authority", required: false, example: "", about: "by what case or order" },
    ];
    type Wish = AwardWish;
    type Row = AwardToAdd;

    fn parse(&self, fields: &Fields<'_>) -> Result<Self::Wish, Problem> {
        let (issued_on, from) = (fields.needed_date("issued_on")?, fields.needed_date("from")?);
        let through = fields.date("through")?;
        if from < issued_on {
            let found = from.to_string();
            return Err(Problem::new("bad_days", "from", &found, format!("{issued_on} or later"), "check both days"));
        }
        if let Some(through) = through.filter(|through| *through < from) {
            let found = through.to_string();
            return Err(Problem::new("bad_days", "through", &found, format!("{from} or later"), "check both days"));
        }
        let kind = fields.text("kind").unwrap_or(if from == issued_on { "first" } else { "renewal" });
        if !KINDS.contains(&kind) {
            return Err(Problem::new("bad_kind", "kind", kind, KINDS.join(", "), "write one of them"));
        }
        let word = fields.text("status").unwrap_or("active");
        let Some((_, standing, discipline)) = STATUSES.iter().find(|(known, _, _)| *known == word) else {
            let known: Vec<&str> = STATUSES.iter().map(|(known, _, _)| *known).collect();
            return Err(Problem::new("bad_status", "status", word, known.join(", "), "write one of them"));
        };
        let status_from = fields.date("status_from")?;
        if word != "active" && (status_from.is_none() || fields.text("reason").is_none()) {
            let column = if status_from.is_none() { "status_from" } else { "reason" };
            return Err(Problem::new("missing", column, "", "a value where the status is not active", "fill it in"));
        }
        let status_from = status_from.unwrap_or(issued_on);
        if status_from < issued_on {
            let found = status_from.to_string();
            return Err(Problem::new("bad_days", "status_from", &found, format!("{issued_on} or later"), "check it"));
        }
        Ok(AwardWish {
            who: Who::read(fields)?,
            credential: fields.needed("credential")?.to_owned(),
            issued_on,
            from,
            through,
            kind: kind.to_owned(),
            stage: fields.owned("stage"),
            path: fields.owned("path"),
            standing,
            discipline,
            status_from,
            reason: fields.text("reason").unwrap_or("brought in").to_owned(),
            authority: fields.owned("authority"),
        })
    }

    fn judge(
        &mut self,
        conn: &mut Conn<'_>,
        _by: &Acting,
        wishes: Vec<Self::Wish>,
    ) -> Result<Vec<Verdict<Self::Row>>, StoreError> {
        let people = Who::find_all(conn, self.board, wishes.iter().map(|wish| &wish.who))?;
        let mut known: HashSet<(Id, Id, Day, String)> = HashSet::new();
        for person in people.values() {
            let awards = repo!(conn, awards::of_person(*person))?;
            let credentials: HashMap<Id, Id> = awards.iter().map(|row| (row.id, row.credential_id)).collect();
            for term in repo!(conn, awards::terms_of_person(*person))? {
                if let Some(credential) = credentials.get(&term.award_id) {
                    known.insert((*person, *credential, term.from_day, term.stage));
                }
            }
        }
        let mut judged = Vec::with_capacity(wishes.len());
        for wish in wishes {
            let verdict = match (people.get(&wish.who).copied(), self.credential(conn, &wish.credential)?) {
                (None, _) => Verdict::Refused(wish.who.nobody()),
                (_, None) => Verdict::Refused(Problem::new(
                    "no_such_credential",
                    "credential",
                    &wish.credential,
                    "a credential of this board",
                    "set the credential up first, or check its id",
                )),
                (Some(person), Some((credential, pack))) => match placed(&pack, &wish) {
                    Err(problem) => Verdict::Refused(problem),
                    Ok((stage, version)) => {
                        if known.insert((person, credential, Day::from(wish.from), stage.clone())) {
                            Verdict::Add(AwardToAdd { person, credential, stage, version, wish })
                        } else {
                            Verdict::Known
                        }
                    }
                },
            };
            judged.push(verdict);
        }
        Ok(judged)
    }

    fn store(&mut self, conn: &mut Conn<'_>, by: &Acting, rows: Vec<Self::Row>) -> Result<(), StoreError> {
        for row in &rows {
            add(conn, by, row)?;
        }
        let mut people: Vec<Id> = rows.iter().map(|row| row.person).collect();
        people.sort_unstable();
        people.dedup();
        repo!(conn, people::mark_many_due(&people, by.moment()))?;
        let detail = serde_json::json!({ "rows": rows.len(), "people": people.len() });
        by.log(conn, "award.import", format!("organization {}", self.board), None, detail)
    }
}

/// The stage and the version of the rules that a term belongs to: the one in force on its first day, or
/// the first one there is for terms from before.
fn placed(pack: &Pack, wish: &AwardWish) -> Result<(String, String), Problem> {
    let version = pack.in_force_on(wish.from).or_else(|| pack.versions.first());
    let version = version.ok_or_else(|| {
        Problem::new("no_version", "credential", &wish.credential, "published rules", "publish the rules first")
    })?;
    let stages: Vec<&str> = version.stages.iter().map(|stage| stage.id.as_str()).collect();
    let stage = wish.stage.as_deref().or_else(|| stages.first().copied()).unwrap_or_default();
    if stages.contains(&stage) {
        Ok((stage.to_owned(), version.id.clone()))
    } else {
        Err(Problem::new("no_such_stage", "stage", stage, stages.join(", "), "write one of them"))
    }
}

fn add(conn: &mut Conn<'_>, by: &Acting, row: &AwardToAdd) -> Result<(), StoreError> {
    let (wish, issued) = (&row.wish, Day::from(row.wish.issued_on));
    let held = repo!(conn, awards::of_person(row.person))?;
    let award = match held.into_iter().find(|a| a.credential_id == row.credential && a.issued_day == issued) {
        Some(award) => award,
        None => open(conn, by, row, issued)?,
    };
    let term = TermRow {
        person_id: row.person,
        award_id: award.id,
        id: by.fresh_id(),
        stage: row.stage.clone(),
        kind: wish.kind.clone(),
        from_day: Day::from(wish.from),
        through_day: wish.through.map(Day::from),
        version: row.version.clone(),
        computed: "as the board brought it in".to_owned(),
        opens_day: None,
        due_day: None,
        late_day: None,
        grace_day: None,
        decision_id: None,
        recorded_at: by.moment(),
        recorded_by: by.actor,
    };
    repo!(conn, awards::insert_term(&term))?;
    if (wish.standing, wish.discipline) != ("active", "none") {
        let from = Day::from(wish.status_from);
        let known = repo!(conn, awards::statuses(row.person, award.id))?;
        let same = |event: &StatusEventRow| {
            event.from_day == from && event.standing == wish.standing && event.discipline == wish.discipline
        };
        if !known.iter().any(same) {
            let event = status(by, row, award.id, (wish.standing, wish.discipline), from);
            repo!(conn, awards::insert_status(&event))?;
        }
    }
    Ok(())
}

fn open(conn: &mut Conn<'_>, by: &Acting, row: &AwardToAdd, issued: Day) -> Result<AwardRow, StoreError> {
    let award = AwardRow {
        person_id: row.person,
        id: by.fresh_id(),
        credential_id: row.credential,
        path: row.wish.path.clone(),
        issued_day: issued,
        decision_id: None,
        recorded_at: by.moment(),
        recorded_by: by.actor,
    };
    repo!(conn, awards::insert(&award))?;
    let event = status(by, row, award.id, ("active", "none"), issued);
    repo!(conn, awards::insert_status(&StatusEventRow { reason: "issued".to_owned(), ..event }))?;
    Ok(award)
}

fn status(by: &Acting, row: &AwardToAdd, award: Id, (standing, discipline): (&str, &str), from: Day) -> StatusEventRow {
    StatusEventRow {
        person_id: row.person,
        award_id: award,
        id: by.fresh_id(),
        standing: standing.to_owned(),
        discipline: discipline.to_owned(),
        flags: String::new(),
        from_day: from,
        through_day: None,
        reason: row.wish.reason.clone(),
        authority: row.wish.authority.clone(),
        decision_id: None,
        recorded_at: by.moment(),
        recorded_by: by.actor,
    }
}
