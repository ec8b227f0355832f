//! When a term starts and ends, and the days that hang on its end.

use chrono::{Datelike, NaiveDate};

use super::calendar::{Length, birthday, month_end, next_day, previous_day};
use super::evaluation::TermAnswer;
use super::pack::Version;
use super::pack::holidays::back_to_working_day;
use super::pack::model::{RenewalDays, Stage};
use super::pack::phrase::{BirthPoint, TermRule, Years};

/// What a term is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermRequest<'r> {
    /// The day of the decision: the term starts here unless it follows on.
    pub start: NaiveDate,
    /// The last day of the term before; none for a first term.
    pub previous_end: Option<NaiveDate>,
    /// The person's birth date, where the rule asks for it.
    pub birth: Option<NaiveDate>,
    /// The day on which that happened from which the rule counts its years, where it names something.
    pub happened: Option<NaiveDate>,
    /// Other credentials in force, with the last day of their terms.
    pub others: &'r [(&'r str, Option<NaiveDate>)],
}

impl Version {
    /// The term that a decision gives, with the days that hang on it; none for an unknown stage, or where the end hangs
    /// on a credential that is not in force, or on a day of birth or another day that is not known.
    #[must_use]
    pub fn term_from(&self, stage: &str, request: &TermRequest<'_>) -> Option<TermAnswer> {
        self.stages.iter().find(|found| found.id == stage).and_then(|stage| self.term(stage, request))
    }

    /// The days that hang on the end of a term that already runs.
    #[must_use]
    pub fn days_around(&self, stage: &str, from: NaiveDate, through: Option<NaiveDate>) -> Option<TermAnswer> {
        self.stages.iter().find(|found| found.id == stage).map(|stage| around(stage, from, through))
    }

    /// When to remind, in days before expiry and in grace.
    #[must_use]
    pub const fn reminders(&self) -> &super::pack::model::Reminders {
        &self.reminders
    }
}

impl Version {
    fn term(&self, stage: &Stage, request: &TermRequest<'_>) -> Option<TermAnswer> {
        let TermRequest { start, previous_end, .. } = *request;
        let from = match previous_end {
            Some(end) if stage.follows_on && start <= stage.renewal.grace.map_or(end, |grace| grace.after(end)) => {
                next_day(end)
            }
            Some(_) | None => start,
        };
        let (rule, text) = stage.term_after(previous_end);
        let through = self.end(rule, from, request)?;
        let said =
            if let TermRule::Months(months) = rule { format!("anniversary {months} months") } else { text.to_owned() };
        Some(TermAnswer { rule: said, ..around(stage, from, through) })
    }

    /// The last day of a term that starts on `from`: none where it does not end; nothing at all where the credential it
    /// hangs on is not in force, or the day of birth it hangs on is not known.
    fn end(&self, rule: &TermRule, from: NaiveDate, request: &TermRequest<'_>) -> Option<Option<NaiveDate>> {
        // Of several of one credential, the one that ends last.
        let other = |id: &str| {
            let of = request.others.iter().filter(|(known, _)| *known == id).map(|(_, through)| *through);
            of.max_by_key(|through| through.unwrap_or(NaiveDate::MAX))
        };
        Some(match rule {
            TermRule::BackToWorkingDay(inner) => {
                let back = |day| back_to_working_day(day, &self.holidays);
                match &**inner {
                    // One that would be over before it starts ends on the next fixed day.
                    TermRule::Fixed { month, day, years } => {
                        fixed_days(from, (*month, *day), *years).map(back).find(|day| *day > from)
                    }
                    TermRule::YearsAfter { month, day, years, .. } => {
                        let days = years_after(from, request.happened?, (*month, *day), *years);
                        days.map(back).find(|day| *day > from)
                    }
                    inner => self.end(inner, from, request)?.map(|day| back(day).max(from)),
                }
            }
            TermRule::With(credential) => other(credential)?,
            TermRule::NoLaterThan(inner, credential) => {
                let (own, limit) = (self.end(inner, from, request)?, other(credential)?);
                own.into_iter().chain(limit).min()
            }
            TermRule::WithWhereHeld(inner, credential) => match other(credential) {
                // One that ends no later than this one starts is due itself, or was renewed on the same day.
                Some(Some(day)) if day > from => Some(day),
                Some(_) | None => self.end(inner, from, request)?,
            },
            TermRule::YearsAfter { month, day, years, .. } => {
                years_after(from, request.happened?, (*month, *day), *years).find(|day| *day > from)
            }
            hangs if hangs.reads_birth() && request.birth.is_none() => return None,
            plain => end(plain, from, request.birth),
        })
    }
}

impl Stage {
    /// How the term ends that comes after one that ended so, and the words for it; none: the first.
    pub(super) fn term_after(&self, previous_end: Option<NaiveDate>) -> (&TermRule, &str) {
        let first = self.first_term.as_ref().filter(|_| previous_end.is_none());
        first.map_or((&self.term, self.term_text.as_str()), |(rule, text)| (rule, text.as_str()))
    }
}

fn around(stage: &Stage, from: NaiveDate, through: Option<NaiveDate>) -> TermAnswer {
    let RenewalDays { opens, due, late_from, grace, grace_at_least: _, grace_earns_hours } = &stage.renewal;
    let before = |length: &Option<Length>| through.zip(*length).map(|(day, length)| length.before(day));
    TermAnswer {
        from,
        through,
        rule: stage.term_text.clone(),
        opens_on: before(opens),
        due_on: before(due),
        late_from: before(late_from),
        grace_through: through.zip(*grace).map(|(day, grace)| grace.after(day)),
        grace_earns: grace.map(|_| if *grace_earns_hours { "hours".to_owned() } else { "papers".to_owned() }),
    }
}

/// The last day of a term that starts on `from`, by the calendar alone.
fn end(rule: &TermRule, from: NaiveDate, birth: Option<NaiveDate>) -> Option<NaiveDate> {
    let anniversary = |months: u32| previous_day(Length::Months(months).after(from));
    Some(match rule {
        TermRule::NoEnd
        | TermRule::BackToWorkingDay(_)
        | TermRule::With(_)
        | TermRule::NoLaterThan(..)
        | TermRule::WithWhereHeld(..)
        | TermRule::YearsAfter { .. } => return None,
        TermRule::Months(months) => anniversary(*months),
        TermRule::MonthsToMonthEnd(months) => month_end(anniversary(*months)),
        TermRule::MonthsToMonthStart(months) => {
            let day = Length::Months(*months).after(from);
            day.with_day(1).unwrap_or(day)
        }
        TermRule::OnTo(months, point) => {
            let day = anniversary(*months);
            return birth_days(birth?, *point, day).into_iter().find(|end| *end >= day);
        }
        TermRule::BackTo(months, point) => {
            let day = anniversary(*months);
            let back = birth_days(birth?, *point, day).into_iter().rev().find(|end| *end <= day && *end > from);
            back.unwrap_or(day)
        }
        TermRule::Fixed { month, day, years } => {
            return fixed_days(from, (*month, *day), *years).find(|day| *day > from);
        }
    })
}

/// Such days of the years from that of `from` on.
fn fixed_days(from: NaiveDate, (month, day): (u32, u32), years: Years) -> impl Iterator<Item = NaiveDate> {
    let last = from.year().saturating_add(years.apart().saturating_mul(2));
    let own = (from.year()..=last).filter(move |year| years.has(*year, from.year()));
    own.filter_map(move |year| NaiveDate::from_ymd_opt(year, month, day))
}

/// Such days so many years after the year of `happened`, and every so many years from there on.
fn years_after(
    from: NaiveDate,
    happened: NaiveDate,
    (month, day): (u32, u32),
    years: u32,
) -> impl Iterator<Item = NaiveDate> {
    let apart = i32::try_from(years.max(1)).unwrap_or(i32::MAX);
    let last = from.max(happened).year().saturating_add(apart.saturating_mul(2));
    let own = (1..).map(move |times: i32| happened.year().saturating_add(apart.saturating_mul(times)));
    own.take_while(move |year| *year <= last).filter_map(move |year| NaiveDate::from_ymd_opt(year, month, day))
}

/// Such days of the years around `day`.
fn birth_days(birth: NaiveDate, point: BirthPoint, day: NaiveDate) -> Vec<NaiveDate> {
    let years = day.year().saturating_sub(1)..=day.year().saturating_add(1);
    let of_year = |year: i32| match point {
        BirthPoint::MonthEnd => NaiveDate::from_ymd_opt(year, birth.month(), 1).map(month_end),
        BirthPoint::Birthday => u32::try_from(year.saturating_sub(birth.year())).ok().map(|age| birthday(birth, age)),
    };
    years.filter_map(of_year).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn ends(rule: &TermRule, from: &str, birth: Option<&str>) -> String {
        end(rule, day(from), birth.map(day)).unwrap().to_string()
    }

    #[test]
    fn a_term_of_months_ends_the_day_before() {
        assert_eq!(ends(&TermRule::Months(24), "2026-01-15", None), "2028-01-14");
        assert_eq!(ends(&TermRule::Months(6), "2025-08-31", None), "2026-02-27");
    }

    #[test]
    fn everyone_expires_on_1_september_of_odd_years() {
        let rule = TermRule::Fixed { month: 9, day: 1, years: Years::Odd };
        assert_eq!(ends(&rule, "2025-08-31", None), "2025-09-01");
        assert_eq!(ends(&rule, "2025-09-01", None), "2027-09-01");
        assert_eq!(ends(&rule, "2025-09-02", None), "2027-09-01");
        assert_eq!(ends(&rule, "2026-12-31", None), "2027-09-01");
    }

    #[test]
    fn months_and_birth_months_end_where_they_say() {
        assert_eq!(ends(&TermRule::MonthsToMonthEnd(24), "2024-03-15", None), "2026-03-31");
        let (month_end, birth) = (BirthPoint::MonthEnd, Some("1990-05-20"));
        assert_eq!(ends(&TermRule::OnTo(24, month_end), "2024-03-15", birth), "2026-05-31");
        assert_eq!(ends(&TermRule::BackTo(24, month_end), "2024-03-15", birth), "2025-05-31");
    }

    #[test]
    fn a_term_may_go_back_to_the_first_of_its_last_month() {
        assert_eq!(ends(&TermRule::MonthsToMonthStart(24), "2023-11-14", None), "2025-11-01");
        assert_eq!(ends(&TermRule::MonthsToMonthStart(24), "2025-11-02", None), "2027-11-01");
    }

    #[test]
    fn a_fixed_day_may_count_its_years_from_the_start() {
        let rule = TermRule::Fixed { month: 10, day: 31, years: Years::After(2) };
        assert_eq!(ends(&rule, "2017-01-01", None), "2019-10-31");
        assert_eq!(ends(&rule, "2017-12-31", None), "2019-10-31");
        assert_eq!(ends(&rule, "2019-11-01", None), "2021-10-31");
    }

    #[test]
    fn a_fixed_day_may_count_its_years_from_what_happened_before_the_start() {
        let ends = |from: &str, happened: &str| {
            years_after(day(from), day(happened), (10, 31), 2).find(|end| *end > day(from)).unwrap().to_string()
        };
        assert_eq!(ends("2024-01-05", "2023-12-08"), "2025-10-31");
        assert_eq!(ends("2024-01-05", "2024-01-02"), "2026-10-31");
        // Over before the start: from there on every two years.
        assert_eq!(ends("2025-10-30", "2023-12-08"), "2025-10-31");
        assert_eq!(ends("2025-10-31", "2023-12-08"), "2027-10-31");
        assert_eq!(ends("2040-01-01", "2023-12-08"), "2041-10-31");
    }

    #[test]
    fn birthdays_are_the_last_day_themselves() {
        let (birthday, may) = (BirthPoint::Birthday, Some("1990-05-20"));
        assert_eq!(ends(&TermRule::OnTo(24, birthday), "2024-05-21", may), "2026-05-20");
        assert_eq!(ends(&TermRule::OnTo(24, birthday), "2024-05-22", may), "2027-05-20");
        assert_eq!(ends(&TermRule::BackTo(24, birthday), "2024-05-21", may), "2026-05-20");
        assert_eq!(ends(&TermRule::BackTo(24, birthday), "2024-05-20", may), "2025-05-20");
        assert_eq!(ends(&TermRule::BackTo(24, birthday), "2023-06-01", Some("1988-02-29")), "2025-03-01");
    }
}
