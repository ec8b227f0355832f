//! Lists, a page at a time: what is asked of one, what it answers, and the cursor that leads on.
//!
//! A cursor is the place of an item in the order of its list, written down. The next page begins behind that place, not after
//! a number of items, so that nothing is told twice or left out when something is added between two pages. Every list
//! of the API comes this way; begin with [`Wanted::page`].

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::storage::{Day, Id};

/// How many items a page has unless it is said.
pub const USUAL: usize = 50;
/// The most items of a page.
pub const MOST: usize = 100;
/// The longest piece of what was sent that is repeated.
const LETTERS: usize = 80;

/// A place in the order of a list.
pub trait Cursor: Clone + Sized {
    /// As it is written down, in letters that stand in an address as they are.
    fn write(&self) -> String;

    /// As it was written down; none: it was not.
    fn read(text: &str) -> Option<Self>;
}

impl Cursor for Id {
    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Cursor for Day {
    fn write(&self) -> String {
        self.date().to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse::<NaiveDate>().ok().map(Self::from)
    }
}

impl Cursor for String {
    fn write(&self) -> String {
        self.clone()
    }

    fn read(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        ((1..=LETTERS).contains(&text.len()) && plain).then(|| text.to_owned())
    }
}

impl<A: Cursor, B: Cursor> Cursor for (A, B) {
    fn write(&self) -> String {
        format!("{}.{}", self.0.write(), self.1.write())
    }

    fn read(text: &str) -> Option<Self> {
        let (first, second) = text.split_once('.')?;
        Some((A::read(first)?, B::read(second)?))
    }
}

/// Why no page can be told from what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// The cursor is none of this list's.
    #[error(
        "`{0}` is no place in this list, expected `next` of a page of it; send that as it is, or leave `after` out to begin anew"
    )]
    After(String),
    /// The length is no number, or out of range.
    #[error("`{0}` does not fit, expected a whole number from 1 to {MOST}; write it like `{USUAL}`")]
    Limit(String),
}

/// Which page of a list is wanted: behind which place, and how many items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted<K> {
    after: Option<K>,
    limit: usize,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Page<T> {
    /// What is there, in the order of the list.
    pub items: Vec<T>,
    /// Send it as `after` for the next page; null: this is the last one.
    #[schema(required = true)]
    pub next: Option<String>,
}

impl<K: Cursor> Wanted<K> {
    /// Reads what was asked for; without words the first page, as long as usual.
    ///
    /// # Errors
    /// [`PageError`].
    pub fn read(after: Option<&str>, limit: Option<&str>) -> Result<Self, PageError> {
        let fits = |text: &str| text.parse().ok().filter(|limit| (1..=MOST).contains(limit));
        let after = after.map(|text| K::read(text).ok_or_else(|| PageError::After(cut(text)))).transpose()?;
        let limit = limit.map(|text| fits(text).ok_or_else(|| PageError::Limit(cut(text)))).transpose()?;
        Ok(Self { after, limit: limit.unwrap_or(USUAL) })
    }

    /// The place behind which the page begins.
    #[must_use]
    pub fn after(&self) -> Option<K> {
        self.after.clone()
    }

    /// How many rows to look for: one more than the page has, which tells whether another follows.
    #[must_use]
    pub fn rows(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(i64::MAX).saturating_add(1)
    }

    /// The page, of up to [`rows`](Self::rows) rows behind [`after`](Self::after); `place` tells where a row stands.
    pub fn page<T>(&self, mut rows: Vec<T>, place: impl Fn(&T) -> K) -> Page<T> {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = rows.last().filter(|_| more).map(|last| place(last).write());
        Page { items: rows, next }
    }

    /// The page of a list that is at hand whole, its places ascending.
    pub fn page_of<T>(&self, all: impl IntoIterator<Item = T>, place: impl Fn(&T) -> K) -> Page<T>
    where
        K: PartialOrd,
    {
        let behind = |item: &T| self.after.as_ref().is_none_or(|after| place(item) > *after);
        let rows = all.into_iter().filter(behind).take(self.limit.saturating_add(1)).collect();
        self.page(rows, place)
    }
}

impl<T> Page<T> {
    /// The same page of other items.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }

    /// The same page of other items, unless one of them cannot be made.
    ///
    /// # Errors
    /// Of the first that cannot be made.
    pub fn try_map<U, E>(self, change: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        Ok(Page { items: self.items.into_iter().map(change).collect::<Result<_, E>>()?, next: self.next })
    }
}

fn cut(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(LETTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Place = (Day, (Id, String));

    #[test]
    fn a_place_survives_being_written_and_read() {
        let place: Place = (Day(-3), (Id(7), "2026-07-01.a".to_owned()));
        assert_eq!(Place::read(&place.write()), Some(place));
        for odd in ["", "2026-02-30.0000000000007.x", "2026-02-01.0000000000007.", "2026-02-01", "!"] {
            assert_eq!(Place::read(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_wish_that_fits_is_read_and_another_says_what_was_found_and_expected() {
        let read = |after, limit| Wanted::<Id>::read(after, limit);
        assert_eq!(read(None, None), Ok(Wanted { after: None, limit: USUAL }));
        assert_eq!(read(Some("0000000000007"), Some("100")), Ok(Wanted { after: Some(Id(7)), limit: 100 }));
        for odd in ["0", "101", "-1", "ten", ""] {
            assert_eq!(read(None, Some(odd)), Err(PageError::Limit(odd.to_owned())));
        }
        let told = read(Some("a\nb"), None).unwrap_err().to_string();
        assert!(told.starts_with("`a b` is no place in this list, expected `next`"), "{told}");
    }

    #[test]
    fn pages_of_a_list_tell_each_item_once_and_the_last_leads_nowhere() {
        for (limit, pages) in [(1, 5), (2, 3), (4, 2), (5, 1), (6, 1)] {
            let (mut after, mut told, mut count) = (None, Vec::new(), 0);
            loop {
                let wanted = Wanted { after: after.and_then(|text: String| Id::read(&text)), limit };
                let page = wanted.page_of((1..=5).map(Id), |id| *id);
                told.extend(page.items);
                count += 1;
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!((told, count), ((1..=5).map(Id).collect(), pages));
        }
    }
}
