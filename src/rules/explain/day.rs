//! Days as people write them.

use chrono::{Datelike, NaiveDate};

use super::super::lang::Lang;

/// "January 31, 2026", "31 de enero de 2026".
#[must_use]
pub fn day(day: NaiveDate, lang: Lang) -> String {
    let said = day_of_year(day.month(), day.day(), lang);
    match lang {
        Lang::En => format!("{said}, {}", day.year()),
        Lang::Es => format!("{said} de {}", day.year()),
    }
}

/// A day of any year: "July 4", "4 de julio".
#[must_use]
pub fn day_of_year(month: u32, day: u32, lang: Lang) -> String {
    let at = usize::try_from(month.saturating_sub(1)).unwrap_or(usize::MAX);
    let (en, es) = MONTHS.get(at).copied().unwrap_or_default();
    match lang {
        Lang::En => format!("{en} {day}"),
        Lang::Es => format!("{day} de {es}"),
    }
}

const MONTHS: [(&str, &str); 12] = [
    ("January", "enero"),
    ("February", "febrero"),
    ("March", "marzo"),
    ("April", "abril"),
    ("May", "mayo"),
    ("June", "junio"),
    ("July", "julio"),
    ("August", "agosto"),
    ("September", "septiembre"),
    ("October", "octubre"),
    ("November", "noviembre"),
    ("December", "diciembre"),
];
