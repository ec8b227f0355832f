//! Whom a row is about: by mail address, or by the number an organization knows the person by.

use std::collections::HashMap;

use super::fields::Fields;
use super::report::Problem;
use crate::repo;
use crate::services::known;
use crate::storage::{Conn, Id, StoreError};

/// Whom a row is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Who {
    /// An address, in small letters.
    Email(String),
    /// A number at the organization that brings the file.
    Number(String),
}

impl Who {
    /// Reads the columns `email` and `number`; the number wins where both are filled.
    ///
    /// # Errors
    /// When both are empty, or the address is none.
    pub fn read(fields: &Fields<'_>) -> Result<Self, Problem> {
        match (fields.text("number"), fields.text("email")) {
            (Some(number), _) if number.len() <= 80 => Ok(Self::Number(number.to_owned())),
            (Some(number), _) => {
                Err(Problem::new("too_long", "number", number, "at most 80 letters", "check the number"))
            }
            (None, Some(email)) => match email.split_once('@') {
                Some((name, host))
                    if !name.is_empty() && host.contains('.') && !email.contains(char::is_whitespace) =>
                {
                    Ok(Self::Email(email.to_lowercase()))
                }
                _ => Err(Problem::new("bad_email", "email", email, "a mail address", "write it like name@example.org")),
            },
            (None, None) => {
                Err(Problem::new("missing", "email", "", "an address or a number", "fill in `email` or `number`"))
            }
        }
    }

    /// Finds the people of many rows with two queries.
    ///
    /// # Errors
    /// What the database met.
    pub fn find_all<'a>(
        conn: &mut Conn<'_>,
        organization: Id,
        all: impl Iterator<Item = &'a Self>,
    ) -> Result<HashMap<Self, Id>, StoreError> {
        let (mut addresses, mut numbers) = (Vec::new(), Vec::new());
        for who in all {
            match who {
                Self::Email(address) => addresses.push(address.clone()),
                Self::Number(number) => numbers.push(number.clone()),
            }
        }
        for list in [&mut addresses, &mut numbers] {
            list.sort_unstable();
            list.dedup();
        }
        let by_email = repo!(conn, courses::people_by_email(&addresses))?;
        let by_number = repo!(conn, courses::people_by_number(organization, &numbers))?;
        let mut found = HashMap::with_capacity(by_email.len() + by_number.len());
        found.extend(by_email.into_iter().map(|(address, id)| (Self::Email(address), id)));
        found.extend(by_number.into_iter().map(|(number, id)| (Self::Number(number), id)));
        Ok(found)
    }

    /// [`Self::find_all`] of those whom a board knows: others are as if they were not here.
    ///
    /// # Errors
    /// What the database met.
    pub fn known_to_board<'a>(
        conn: &mut Conn<'_>,
        board: Id,
        all: impl Iterator<Item = &'a Self>,
    ) -> Result<HashMap<Self, Id>, StoreError> {
        let mut found = Self::find_all(conn, board, all)?;
        let people: Vec<Id> = found.values().copied().collect();
        let known = known::among(conn, board, &people)?;
        found.retain(|_, person| known.contains(person));
        Ok(found)
    }

    /// Nobody was found.
    #[must_use]
    pub fn nobody(&self) -> Problem {
        let (column, found) = match self {
            Self::Email(address) => ("email", address),
            Self::Number(number) => ("number", number),
        };
        Problem::new(
            "person_not_found",
            column,
            found,
            "somebody who is known here",
            "check it; a board knows a person who has applied to it, and people can be brought in by file",
        )
    }
}

/// The key of a record by what makes it one: whichever way the same comes in, it gets the same key.
pub(in crate::services) fn row_key(parts: &[&str]) -> i64 {
    use sha2::{Digest, Sha256};
    let mut sha = Sha256::new();
    for part in parts {
        sha.update(part.as_bytes());
        sha.update([0]);
    }
    let digest = sha.finalize();
    let mut first = [0_u8; 8];
    first.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
    i64::from_be_bytes(first)
}
