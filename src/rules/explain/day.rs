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

/// A week, month or quarter by its name (`2025-05-05`, `2025-05`, `2025-Q2`) as people write it; any other name as it is.
pub(super) fn stretch(name: &str, lang: Lang) -> String {
    if let Ok(monday) = name.parse() {
        let monday = day(monday, lang);
        return match lang {
            Lang::En => format!("the week of {monday}"),
            Lang::Es => format!("la semana del {monday}"),
        };
    }
    let Some((year, part)) = name.split_once('-') else { return name.to_owned() };
    let quarter = QUARTERS.iter().find(|(known, ..)| *known == part);
    let month = part.parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    match (quarter, month, lang) {
        (Some((_, nth, _)), _, Lang::En) => format!("the {nth} quarter of {year}"),
        (Some((_, _, nth)), _, Lang::Es) => format!("el {nth} trimestre de {year}"),
        (None, Some((month, _)), Lang::En) => format!("{month} {year}"),
        (None, Some((_, month)), Lang::Es) => format!("{month} de {year}"),
        (None, None, _) => name.to_owned(),
    }
}

const QUARTERS: [(&str, &str, &str); 4] =
    [("Q1", "first", "primer"), ("Q2", "second", "segundo"), ("Q3", "third", "tercer"), ("Q4", "fourth", "cuarto")];

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_months_and_quarters_are_written_as_people_write_them() {
        let both = |name| (stretch(name, Lang::En), stretch(name, Lang::Es));
        let said = |en: &str, es: &str| (en.to_owned(), es.to_owned());
        assert_eq!(both("2025-05-05"), said("the week of May 5, 2025", "la semana del 5 de mayo de 2025"));
        assert_eq!(both("2025-04"), said("April 2025", "abril de 2025"));
        assert_eq!(both("2025-Q4"), said("the fourth quarter of 2025", "el cuarto trimestre de 2025"));
        assert_eq!(both("2025-13"), said("2025-13", "2025-13"));
    }
}
