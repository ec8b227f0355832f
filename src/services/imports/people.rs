//! A file of people that an organization already knows: name, address, number. They set a password later
//! by asking for a link.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::fields::{Column, Fields};
use super::report::Problem;
use super::{Import, Verdict};
use crate::repo;
use crate::rules::Lang;
use crate::services::accounts::{Address, NewPerson, add_person};
use crate::services::acting::Acting;
use crate::storage::rows::people::PersonDetailRow;
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
    new: NewPerson,
    number: Option<String>,
    birth_date: Option<NaiveDate>,
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
        let address = fields.needed("email")?;
        let address: Address = address.parse().map_err(|_not_an_address| {
            Problem::new("bad_email", "email", address, "a mail address", "write it like name@example.org")
        })?;
        let tag = fields.text("language").unwrap_or("en");
        let language = Lang::parse(tag)
            .ok_or_else(|| Problem::new("bad_language", "language", tag, "en or es", "write en or es"))?;
        let name = fields.needed("name")?;
        let new = NewPerson::new(address, name, language)
            .map_err(|_not_a_name| Problem::new("too_long", "name", name, "1 to 200 letters", "shorten it"))?;
        Ok(PersonWish { new, number: fields.owned("number"), birth_date: fields.date("birth_date")? })
    }

    fn judge(
        &mut self,
        conn: &mut Conn<'_>,
        _by: &Acting,
        wishes: Vec<Self::Wish>,
    ) -> Result<Vec<Verdict<Self::Row>>, StoreError> {
        let addresses: Vec<String> = wishes.iter().map(|wish| wish.new.email.as_str().to_owned()).collect();
        let numbers: Vec<String> = wishes.iter().filter_map(|wish| wish.number.clone()).collect();
        let there = repo!(conn, courses::people_by_email(&addresses))?;
        let mut addresses: HashSet<String> = there.into_iter().map(|(address, _)| address).collect();
        let taken = repo!(conn, courses::people_by_number(self.organization, &numbers))?;
        let mut numbers: HashSet<String> = taken.into_iter().map(|(number, _)| number).collect();
        let mut judged = Vec::with_capacity(wishes.len());
        for wish in wishes {
            // Whoever is there already keeps what they have: a file changes nobody.
            if !addresses.insert(wish.new.email.as_str().to_owned()) {
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
    let id = add_person(conn, by, &wish.new)?;
    if let Some(birth) = wish.birth_date {
        let detail = PersonDetailRow {
            person_id: id,
            revision: 1,
            birth_day: Some(birth.into()),
            recorded_at: by.moment(),
            recorded_by: by.actor,
            reason: None,
        };
        repo!(conn, people::insert_detail(&detail))?;
    }
    Ok(id)
}
