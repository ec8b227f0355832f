//! Reading `[[stage.fee]]`: amounts, what they are for, and the tiers of late fees.

use super::super::amount::Decimal;
use super::super::question::Purpose;
use super::context::{Context, id, phrase_of};
use super::model::{Fee, FeeFrom};
use super::phrase;
use super::table::{At, Table};

/// From when a tier is due, in words.
const FROM: &str = "`late`, `grace`, `60 days before expiry` or `more than 30 days after expiry`";

/// The fees of a stage. Those that pile up are added, so they are in one currency.
pub(super) fn fees(context: &Context, stage: &Table<'_, '_>) -> Vec<Fee> {
    let tiers = stage.tables("fee", "[[stage.fee]]").into_iter();
    let read: Vec<(usize, Fee)> =
        tiers.filter_map(|tier| Some((tier.line_of("amount"), fee(context, tier)?))).collect();
    for purpose in Purpose::ALL {
        let own = || read.iter().filter(|(_, fee)| fee.purpose == purpose);
        let Some((_, first)) = own().next().filter(|_| own().any(|(_, fee)| fee.on_top)) else { continue };
        for (line, fee) in own().filter(|(_, fee)| fee.currency != first.currency) {
            stage.problem(
                "contradiction",
                *line,
                format!(
                    "fee `{}` in {} and fee `{}` in {}, which pile up",
                    first.id, first.currency, fee.id, fee.currency
                ),
                "one currency, for they are added",
                "state them in one currency, or leave `on_top` out",
            );
        }
    }
    read.into_iter().map(|(_, fee)| fee).collect()
}

/// One fee or tier of a fee.
fn fee(context: &Context, table: Table<'_, '_>) -> Option<Fee> {
    let text = table.need_text("id", "the fee's id");
    let fee_id = id(&table, text);
    let amount = table.need_text("amount", "an amount such as `20 USD`");
    let read = money(&table, "amount", amount);
    let fee = read.map(|(amount, currency)| Fee {
        id: fee_id,
        each_month: each_month(&table, &currency),
        amount,
        currency,
        purpose: purpose(&table),
        from: table.text("from").map_or(FeeFrom::Start, |text| from(&table, text)),
        on_top: table.yes("on_top").unwrap_or(false),
    });
    // What a broken amount left unread is no unknown key.
    for key in ["for", "from", "on_top", "each", "at_most"] {
        table.has(key);
    }
    context.may_cite(&table);
    table.finish();
    fee
}

/// A number and the three letters of a currency.
pub(super) fn money(table: &Table<'_, '_>, key: &'static str, text: At<&str>) -> Option<(Decimal, String)> {
    let read = text.value.split_once(' ').and_then(|(number, currency)| {
        let coins = number.split_once('.').is_none_or(|(_, part)| part.len() <= 2);
        let good = coins && currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        Decimal::parse(number).filter(|_| good).map(|number| (number, currency.to_owned()))
    });
    if read.is_none() && !text.value.is_empty() {
        table.problem(
            "bad_amount",
            text.line,
            format!("`{key} = \"{}\"`", text.value),
            "a number and a currency such as `20 USD` or `7.50 USD`",
            "use the three letters of the currency, and at most two places after the point",
        );
    }
    read
}

fn purpose(table: &Table<'_, '_>) -> Purpose {
    let Some(text) = table.text("for") else { return Purpose::Renewal };
    Purpose::parse(text.value).unwrap_or_else(|| {
        table.problem(
            "unknown_word",
            text.line,
            format!("`for = \"{}\"`", text.value),
            "initial, renewal, reinstatement or reciprocity",
            "use one of these words",
        );
        Purpose::Renewal
    })
}

fn from(table: &Table<'_, '_>, text: At<&str>) -> FeeFrom {
    let read = match text.value {
        "late" => return FeeFrom::Late,
        "grace" => return FeeFrom::Grace,
        other => match (other.strip_suffix(" before expiry"), other.strip_prefix("more than ")) {
            (Some(length), None) => phrase::length(length).map(FeeFrom::Before),
            (None, Some(rest)) => {
                rest.strip_suffix(" after expiry").map_or(Err(FROM), phrase::length).map(FeeFrom::MoreThanAfter)
            }
            (_, _) => Err(FROM),
        },
    };
    phrase_of(table, "from", text, read.map_err(|_error| FROM), "a day from which a fee is due")
        .unwrap_or(FeeFrom::Start)
}

/// `each = "started month"`, with an `at_most` in the fee's currency if there is one.
fn each_month(table: &Table<'_, '_>, currency: &str) -> Option<Option<Decimal>> {
    let at_most = table.text("at_most").and_then(|text| Some((text.line, money(table, "at_most", text)?)));
    if let Some((line, (_, other))) = at_most.as_ref().filter(|(_, (_, other))| other != currency) {
        table.problem(
            "contradiction",
            *line,
            format!("an amount in {currency} and `at_most` in {other}"),
            "one currency",
            "state the limit in the currency of the amount",
        );
    }
    let at_most = at_most.map(|(_, (amount, _))| amount);
    let each = table.text("each")?;
    if each.value == "started month" {
        return Some(at_most);
    }
    table.problem(
        "bad_phrase",
        each.line,
        format!("`each = \"{}\"`", each.value),
        "`started month`",
        "leave it out for a fee that is asked once",
    );
    None
}
