//! Dates and amounts as people read them, in each language. Integers in, words out.

use chrono::{DateTime, Datelike, NaiveDate, Timelike};
use chrono_tz::Tz;

use super::{Value, Words};

impl Words {
    /// `June 30, 2027`, `30 de junio de 2027`.
    #[must_use]
    pub fn date(&self, day: NaiveDate) -> String {
        self.with(
            "date",
            &[
                ("month", Value::from(day.month())),
                ("day", Value::from(day.day().to_string())),
                ("year", Value::from(day.year().to_string())),
            ],
        )
    }

    /// The day and time in the board's zone, with the zone's name: `November 21, 2026, 4:05 pm CST`.
    #[must_use]
    pub fn moment(&self, at: &DateTime<Tz>) -> String {
        let (is_afternoon, hour) = at.hour12();
        let time = format!("{hour}:{:02}", at.minute());
        let half = self.get(if is_afternoon { "time-pm" } else { "time-am" });
        self.with(
            "moment",
            &[
                ("date", Value::from(self.date(at.date_naive()))),
                ("time", Value::from(time)),
                ("half", Value::from(half)),
                ("zone", Value::from(at.format("%Z").to_string())),
            ],
        )
    }

    /// A length of time: `45 minutes`, `1 hour`, `1 hour 30 minutes`.
    #[must_use]
    pub fn minutes(&self, minutes: i64) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60);
        let hours_text = self.with("length-hours", &[("n", Value::from(hours))]);
        let rest_text = self.with("length-minutes", &[("n", Value::from(rest))]);
        match (hours, rest) {
            (0, _) => rest_text,
            (_, 0) => hours_text,
            _ => format!("{hours_text} {rest_text}"),
        }
    }

    /// A decimal amount of the pack's `unit`: `15.5 hours`, `1 course`. A unit without words of its own is
    /// shown as the number alone.
    #[must_use]
    pub fn amount(&self, decimal: &str, unit: &str) -> String {
        let key = match unit {
            "hour" => "amount-hours",
            "minute" => "amount-minutes",
            "day" => "amount-days",
            "month" => "amount-months",
            "year" => "amount-years",
            "course" => "amount-courses",
            "point" => "amount-points",
            "iacet_ceu" => "amount-ceu",
            "semester_credit" | "quarter_credit" => "amount-credits",
            _ => return decimal.to_owned(),
        };
        self.with(key, &[("n", plural_number(decimal)), ("text", Value::from(decimal))])
    }
}

/// The number that picks the plural form: only an exact one is singular; a fraction reads as many.
fn plural_number(decimal: &str) -> Value<'static> {
    Value::from(decimal.parse::<i64>().unwrap_or(2))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;
    use crate::rules::Lang;

    fn both(say: impl Fn(&Words) -> String) -> [String; 2] {
        Lang::ALL.map(|lang| say(Words::of(lang)))
    }

    #[test]
    fn a_date_is_in_the_order_of_the_reader() {
        let day = NaiveDate::from_ymd_opt(2027, 6, 30).unwrap();
        assert_eq!(both(|w| w.date(day)), ["June 30, 2027", "30 de junio de 2027"]);
        let first = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        assert_eq!(both(|w| w.date(first)), ["December 1, 2026", "1 de diciembre de 2026"]);
    }

    #[test]
    fn a_moment_names_the_zone_it_is_in() {
        let at = chrono_tz::America::Chicago.with_ymd_and_hms(2026, 11, 21, 16, 5, 0).unwrap();
        assert_eq!(
            both(|w| w.moment(&at)),
            ["November 21, 2026, 4:05 p.m. CST", "21 de noviembre de 2026, 4:05 p. m. CST"]
        );
    }

    #[test]
    fn lengths_are_hours_and_minutes_with_the_right_plural() {
        assert_eq!(both(|w| w.minutes(90)), ["1 hour 30 minutes", "1 hora 30 minutos"]);
        assert_eq!(both(|w| w.minutes(1)), ["1 minute", "1 minuto"]);
        assert_eq!(both(|w| w.minutes(120)), ["2 hours", "2 horas"]);
        assert_eq!(both(|w| w.minutes(0)), ["0 minutes", "0 minutos"]);
    }

    #[test]
    fn amounts_keep_the_decimals_of_the_pack() {
        assert_eq!(both(|w| w.amount("15.5", "hour")), ["15.5 hours", "15.5 horas"]);
        assert_eq!(both(|w| w.amount("1", "course")), ["1 course", "1 curso"]);
        assert_eq!(both(|w| w.amount("3", "x-widget")), ["3", "3"]);
    }
}
