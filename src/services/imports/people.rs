//! A file of people that an organization already knows: name, address, number. They set a password later
//! by asking for a link.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::fields::{Column, Fields};
use super::report::Problem;
use super::who::Who;
use super::{Import, Verdict};
use crate::repo;
use crate::rules::Lang;
use crate::services::acting::Acting;
use crate::storage::rows::people::{EmailRow, PersonDetailRow, PersonNameRow, PersonRow};
use crate::storage::{Conn, Id, StoreError};

/// People of one organization.
pub struct People {
    organization: Id,
}

impl People {
    /// For `organization`.
    #[must_use]
    pub const fn of(organization: Id) -> Self {
        Self { organization }
    }
}

/// A person as the file tells them.
#[derive(Debug, Clone)]
pub struct PersonWish {
    address: String,
    number: Option<String>,
    name: String,
    birth_date: Option<NaiveDate>,
    language: Lang,
}

impl Import for People {
    const COLUMNS: &'static [Column] = &[
        Column { name: "email", required: true, example: "dana@example.org", about: "the person's address" },
        Column { name: "name", required: true, example: "Dana Rivera", about: "the full name as it shall be printed" },
        Column { name: "number", required: false, example: "A-1042", about: "the number you know the person by" },
        Column { name: "birth_date", required: false, example: "1988-02-29", about: "where a rule asks for the age" },
        Column { name: "language", required: false, example: "en", about: "en or es" },
    ];
    type Wish = PersonWish;
    type Row = PersonWish;

    fn parse(&self, fields: &Fields<'_>) -> Result<Self::Wish, Problem> {
        let only_email = Fields { values: vec![("email", fields.needed("email")?)] };
        let Who::Email(address) = Who::read(&only_email)? else {
            return Err(Problem::new("missing", "email", "", "an address", "fill it in"));
        };
        let name = fields.needed("name")?.to_owned();
        if name.chars().count() > 200 {
            return Err(Problem::new("too_long", "name", &name, "at most 200 letters", "shorten it"));
        }
        let tag = fields.text("language").unwrap_or("en");
        let language = Lang::parse(tag);
        Ok(PersonWish {
            address,
            number: fields.owned("number"),
            name,
            birth_date: fields.date("birth_date")?,
            language: language
                .ok_or_else(|| Problem::new("bad_language", "language", tag, "en or es", "write en or es"))?,
        })
    }

    fn judge(
        &mut self,
        conn: &mut Conn<'_>,
        _by: &Acting,
        wishes: Vec<Self::Wish>,
    ) -> Result<Vec<Verdict<Self::Row>>, StoreError> {
        let addresses: Vec<String> = wishes.iter().map(|wish| wish.address.clone()).collect();
        let numbers: Vec<String> = wishes.iter().filter_map(|wish| wish.number.clone()).collect();
        let there = repo!(conn, courses::people_by_email(&addresses))?;
        let mut addresses: HashSet<String> = there.into_iter().map(|(address, _)| address).collect();
        let taken = repo!(conn, courses::people_by_number(self.organization, &numbers))?;
        let mut numbers: HashSet<String> = taken.into_iter().map(|(number, _)| number).collect();
        let mut judged = Vec::with_capacity(wishes.len());
        for wish in wishes {
            // Whoever is there already keeps what they have: a file changes nobody.
            if !addresses.insert(wish.address.clone()) {
                judged.push(Verdict::Known);
                continue;
            }
            match &wish.number {
                Some(number) if !numbers.insert(number.clone()) => judged.push(Verdict::Refused(Problem::new(
                    "number_taken",
                    "number",
                    number,
                    "a number of one person only",
                    "check the number; somebody else has it",
                ))),
                _ => judged.push(Verdict::Add(wish)),
            }
        }
        Ok(judged)
    }

    fn store(&mut self, conn: &mut Conn<'_>, by: &Acting, rows: Vec<Self::Row>) -> Result<(), StoreError> {
        for wish in &rows {
            let id = add(conn, by, wish)?;
            if let Some(number) = &wish.number {
                repo!(conn, people::insert_identifier(self.organization, number, id, by.moment(), by.actor))?;
            }
        }
        let detail = serde_json::json!({ "rows": rows.len() });
        by.log(conn, "person.import", format!("organization {}", self.organization), None, detail)
    }
}

fn add(conn: &mut Conn<'_>, by: &Acting, wish: &PersonWish) -> Result<Id, StoreError> {
    let id = by.fresh_id();
    let at = by.moment();
    repo!(conn, people::insert(&PersonRow { id, language: wish.language.tag().to_owned(), created_at: at }))?;
    let name = PersonNameRow {
        person_id: id,
        id: by.fresh_id(),
        revision: 1,
        kind: "legal".to_owned(),
        name: wish.name.clone(),
        from_day: None,
        through_day: None,
        recorded_at: at,
        recorded_by: by.actor,
        reason: None,
    };
    repo!(conn, people::insert_name(&name))?;
    if let Some(birth) = wish.birth_date {
        let detail = PersonDetailRow {
            person_id: id,
            revision: 1,
            birth_day: Some(birth.into()),
            recorded_at: at,
            recorded_by: by.actor,
            reason: None,
        };
        repo!(conn, people::insert_detail(&detail))?;
    }
    let email = EmailRow {
        address: wish.address.clone(),
        person_id: id,
        added_at: at,
        verified_at: None,
        bounced_at: None,
        ended_at: None,
    };
    repo!(conn, people::insert_email(&email))?;
    Ok(id)
}
