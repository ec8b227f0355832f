//! A file of people that an organization already knows: name, address, number. They set a password later
//! by asking for a link.
//!
//! Whoever is here already keeps what they have. Of those whom the organization knows, an empty birth date is filled
//! in; another one than the known is refused by row. Of all others nothing is told and nothing is changed.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::fields::{Column, Fields};
use super::report::Problem;
use super::{Import, Verdict};
use crate::repo;
use crate::rules::Lang;
use crate::services::accounts::{Address, NewPerson, add_person};
use crate::services::acting::Acting;
use crate::services::{known, profile};
use crate::storage::{Conn, Day, Id, StoreError};

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

/// What a row adds.
#[derive(Debug)]
pub enum PersonRow {
    /// A person.
    New(PersonWish),
    /// The birth date of a person who is here.
    Born(Id, NaiveDate),
}

/// What is known of the people of a slice.
struct Here {
    /// By address.
    people: HashMap<String, Id>,
    /// Those whom the organization knows.
    known: HashSet<Id>,
    /// Birth dates.
    births: BTreeMap<Id, NaiveDate>,
    /// Birth dates that rows of this slice bring, by address.
    brought: HashMap<String, Option<NaiveDate>>,
}

impl Here {
    fn read(conn: &mut Conn<'_>, organization: Id, addresses: &[String]) -> Result<Self, StoreError> {
        let people: HashMap<String, Id> = repo!(conn, courses::people_by_email(addresses))?.into_iter().collect();
        let ids: Vec<Id> = people.values().copied().collect();
        let known = known::among(conn, organization, &ids)?;
        let mut births = BTreeMap::new();
        for row in repo!(conn, people::list_details(&ids))? {
            births.extend(row.birth_day.map(|day: Day| (row.person_id, day.date())));
        }
        Ok(Self { people, known, births, brought: HashMap::new() })
    }

    /// What becomes of a row about somebody who is here, or who stands in a row before; none: somebody new.
    fn met(&mut self, wish: &PersonWish) -> Option<Verdict<PersonRow>> {
        let address = wish.new.email.as_str();
        let person = self.people.get(address).copied();
        if person.is_some_and(|person| !self.known.contains(&person)) {
            return Some(Verdict::Known);
        }
        let before = match (self.brought.get(address), person) {
            (Some(brought), _) => *brought,
            (None, Some(person)) => self.births.get(&person).copied(),
            (None, None) => return None,
        };
        Some(match (before, wish.birth_date, person) {
            (Some(known), Some(told), _) if known != told => Verdict::Refused(differs(told)),
            (None, Some(told), Some(person)) => {
                self.brought.insert(address.to_owned(), Some(told));
                Verdict::Add(PersonRow::Born(person, told))
            }
            (None, Some(told), None) => Verdict::Refused(differs(told)),
            (_, _, _) => Verdict::Known,
        })
    }
}

fn differs(told: NaiveDate) -> Problem {
    Problem::new(
        "birth_date_differs",
        "birth_date",
        &told.to_string(),
        "the birth date that is known, or none",
        "ask the person; a registrar corrects it with a reason",
    )
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
    type Row = PersonRow;

    fn parse(&self, fields: &Fields<'_>) -> Result<Self::Wish, Problem> {
        let address = fields.needed("email")?;
        let address: Address = address.parse().map_err(|_not_an_address| {
            Problem::new("bad_email", "email", address, "a mail address", "write it like name@example.org")
        })?;
        let tag = fields.text("language").unwrap_or("en");
        let language = Lang::parse(tag)
            .ok_or_else(|| Problem::new("bad_language", "language", tag, "en or es", "write en or es"))?;
        let name = fields.needed("name")?;
        let new = NewPerson::new(address, name, language).map_err(|refusal| {
            Problem::new(refusal.code(), "name", name, "a name that can be printed", refusal.to_string())
        })?;
        Ok(PersonWish { new, number: fields.owned("number"), birth_date: fields.date("birth_date")? })
    }

    fn judge(
        &mut self,
        conn: &mut Conn<'_>,
        by: &Acting,
        wishes: Vec<Self::Wish>,
    ) -> Result<Vec<Verdict<Self::Row>>, StoreError> {
        let addresses: Vec<String> = wishes.iter().map(|wish| wish.new.email.as_str().to_owned()).collect();
        let numbers: Vec<String> = wishes.iter().filter_map(|wish| wish.number.clone()).collect();
        let mut here = Here::read(conn, self.organization, &addresses)?;
        let taken = repo!(conn, courses::people_by_number(self.organization, &numbers))?;
        let mut numbers: HashSet<String> = taken.into_iter().map(|(number, _)| number).collect();
        let today = by.latest_day();
        let mut judged = Vec::with_capacity(wishes.len());
        for wish in wishes {
            if let Some(day) = wish.birth_date.filter(|day| profile::bad_birth(*day, today).is_some()) {
                judged.push(Verdict::Refused(Problem::new(
                    "bad_birth_date",
                    "birth_date",
                    &day.to_string(),
                    "a day from 1900 through today",
                    "check the year",
                )));
                continue;
            }
            if let Some(verdict) = here.met(&wish) {
                judged.push(verdict);
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
                _ => {
                    here.brought.insert(wish.new.email.as_str().to_owned(), wish.birth_date);
                    judged.push(Verdict::Add(PersonRow::New(wish)));
                }
            }
        }
        Ok(judged)
    }

    fn store(&mut self, conn: &mut Conn<'_>, by: &Acting, rows: Vec<Self::Row>) -> Result<(), StoreError> {
        for row in &rows {
            match row {
                PersonRow::New(wish) => {
                    let id = add_person(conn, by, &wish.new)?;
                    if let Some(day) = wish.birth_date {
                        profile::record_birth(conn, by, id, day, None)?;
                    }
                    if let Some(number) = &wish.number {
                        repo!(conn, people::insert_identifier(self.organization, number, id, by.moment(), by.actor))?;
                    }
                }
                PersonRow::Born(person, day) => {
                    profile::record_birth(conn, by, *person, *day, None)?;
                    repo!(conn, people::mark_due(*person, by.moment()))?;
                    let detail = serde_json::json!({ "name": false, "birth_date": true });
                    by.log(conn, "person.change", format!("person {person}"), Some(*person), detail)?;
                }
            }
        }
        let detail = serde_json::json!({ "rows": rows.len() });
        by.log(conn, "person.import", format!("organization {}", self.organization), None, detail)
    }
}
