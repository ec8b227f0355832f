//! Dates and lengths in words, in both languages.

use chrono::{Datelike, NaiveDate};

use crate::rules::Lang;

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// `date` written out: `June 30, 2027`, `30 de junio de 2027`.
pub(super) fn long_date(lang: Lang, date: NaiveDate) -> String {
    let months = match lang {
        Lang::En => MONTHS_EN,
        Lang::Es => MONTHS_ES,
    };
    let month = usize::try_from(date.month0()).ok().and_then(|at| months.get(at)).copied().unwrap_or_default();
    match lang {
        Lang::En => format!("{month} {}, {}", date.day(), date.year()),
        Lang::Es => format!("{} de {month} de {}", date.day(), date.year()),
    }
}

/// A length in the largest words that are exact: `1 hour`, `4.5 hours`, `20 minutes`, `1 hour 20 minutes`.
pub(super) fn length(lang: Lang, minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let (hour, hour_many, minute, minute_many) = match lang {
        Lang::En => ("hour", "hours", "minute", "minutes"),
        Lang::Es => ("hora", "horas", "minuto", "minutos"),
    };
    let spare = format!("{rest} {}", if rest == 1 { minute } else { minute_many });
    match (hours, rest) {
        (1, 0) => format!("1 {hour}"),
        (_, 0) if minutes > 0 => format!("{hours} {hour_many}"),
        (0, _) => spare,
        (_, 30) => format!("{hours}.5 {hour_many}"),
        (1, _) => format!("1 {hour} {spare}"),
        _ => format!("{hours} {hour_many} {spare}"),
    }
}

/// The bare number of hours, for "31 of 46 hours"; exact to the minute, as `31:20` where it is not a half.
pub(super) fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (whole, 0) => whole.to_string(),
        (whole, 30) => format!("{whole}.5"),
        (whole, rest) => format!("{whole}:{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_out_in_both_languages() {
        let day = NaiveDate::from_ymd_opt(2027, 6, 30).unwrap();
        assert_eq!(long_date(Lang::En, day), "June 30, 2027");
        assert_eq!(long_date(Lang::Es, day), "30 de junio de 2027");
    }

    #[test]
    fn lengths_are_exact() {
        let said: Vec<_> = [0, 1, 60, 80, 90, 120, 135].map(|m| length(Lang::En, m)).into();
        assert_eq!(
            said,
            ["0 minutes", "1 minute", "1 hour", "1 hour 20 minutes", "1.5 hours", "2 hours", "2 hours 15 minutes"]
        );
        assert_eq!(length(Lang::Es, 60), "1 hora");
        assert_eq!([hours(1860), hours(90), hours(100)], ["31", "1.5", "1:40"]);
    }
}
