//! What filing costs on the day of filing: the latest tier that had begun, with all tiers it comes on top of.

use chrono::NaiveDate;

use super::super::amount::Decimal;
use super::super::calendar::{Length, next_day};
use super::super::evaluation::{FeeAnswer, TermAnswer};
use super::super::pack::model::{Fee, FeeFrom};
use super::super::question::Purpose;
use super::asked::Asked;
use super::filing::{filed, last_term, stage};

pub(super) fn fee(asked: &Asked<'_>) -> Option<FeeAnswer> {
    let purpose = asked.question.purpose;
    let after_a_term = matches!(purpose, Purpose::Renewal | Purpose::Reinstatement);
    let days = if after_a_term { last_term(asked) } else { None };
    let filed = filed(asked);
    let mut begun: Vec<(NaiveDate, &Fee)> = stage(asked)?
        .fees
        .iter()
        .filter(|fee| fee.purpose == purpose)
        .filter_map(|fee| begins(fee.from, days.as_ref()).filter(|day| *day <= filed).map(|day| (day, fee)))
        .collect();
    // Of tiers that begin on one day, the pack's later one holds.
    begun.sort_by_key(|(day, _)| *day);
    let (_, last) = begun.last().copied()?;
    if asked.moments.clocks.waives_fees(filed) {
        let amount = Decimal::ZERO.to_string();
        return Some(FeeAnswer { id: last.id.clone(), amount, currency: last.currency.clone() });
    }
    // Each tier on top stands on the one before it; the first that takes the place of others ends the pile.
    let lowest = begun.iter().rposition(|(_, fee)| !fee.on_top).unwrap_or(0);
    let pile = begun.iter().skip(lowest);
    let amount = pile.fold(Decimal::ZERO, |sum, (since, fee)| sum.plus(owed(fee, *since, filed)));
    Some(FeeAnswer { id: last.id.clone(), amount: amount.to_string(), currency: last.currency.clone() })
}

/// The first day of a tier.
fn begins(from: FeeFrom, days: Option<&TermAnswer>) -> Option<NaiveDate> {
    let expiry = days.and_then(|days| days.through);
    match from {
        FeeFrom::Start => Some(NaiveDate::MIN),
        FeeFrom::Late => days.and_then(|days| days.late_from).or(expiry.map(next_day)),
        FeeFrom::Grace => expiry.map(next_day),
        FeeFrom::Before(length) => expiry.map(|day| length.before(day)),
        FeeFrom::MoreThanAfter(length) => expiry.map(|day| next_day(length.after(day))),
    }
}

/// What a tier asks for on its own: once, or for each month that has begun since.
fn owed(fee: &Fee, since: NaiveDate, filed: NaiveDate) -> Decimal {
    let Some(at_most) = fee.each_month else { return fee.amount };
    let months = (1..=1_200_u32).take_while(|month| Length::Months(month - 1).after(since) <= filed).count();
    let owed = fee.amount.many(u32::try_from(months).unwrap_or(u32::MAX));
    at_most.filter(|limit| owed.at_least(*limit)).unwrap_or(owed)
}
