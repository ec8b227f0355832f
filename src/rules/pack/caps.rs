//! Reading limits by attribute: `cap`, caps inside caps, and `floor`, which is a limit on everything it does not mean.

use super::context::{Context, days, id, label};
use super::guards::{self, Sort};
use super::hours::percent;
use super::model::{Cap, Filter, Limit};
use super::table::Table;

/// All caps and floors of a rule in the order of the file; a nested cap stands after the one it is in.
pub(super) fn caps(context: &Context, table: &Table<'_, '_>, sort: Sort, prefix: &str) -> Vec<Cap> {
    let mut all = Vec::new();
    for inner in table.tables("cap", &format!("[[{prefix}.cap]]")) {
        cap(context, inner, sort, (&format!("{prefix}.cap"), &Filter::default()), &mut all);
    }
    for inner in table.tables("floor", &format!("[[{prefix}.floor]]")) {
        all.extend(floor(context, inner, sort));
    }
    // All of what counts is no limit, whatever else is there.
    all.retain(|cap| cap.limit != Limit::OfCounted(100));
    all
}

fn cap(context: &Context, table: Table<'_, '_>, sort: Sort, (prefix, outer): (&str, &Filter), all: &mut Vec<Cap>) {
    let own = table.need_text("id", "the cap's id");
    let limit = limit(context, &table);
    let mut of = guards::of(context, &table, sort);
    of.only.extend(outer.only.iter().cloned());
    let cap = Cap {
        id: id(&table, own),
        label: label(&table),
        of: of.clone(),
        others: false,
        limit: limit.clone().unwrap_or(Limit::OfCounted(100)),
        in_force: days(&table, "in_force"),
    };
    table.texts("cite");
    table.texts("clause");
    if limit.is_some() {
        all.push(cap);
    }
    for inner in table.tables("cap", &format!("[[{prefix}.cap]]")) {
        self::cap(context, inner, sort, (&format!("{prefix}.cap"), &of), all);
    }
    table.finish();
}

fn limit(context: &Context, table: &Table<'_, '_>) -> Option<Limit> {
    let Some(text) = table.text("at_most") else {
        table.missing("at_most", "an amount such as `20 hours` or a share such as `30 %`");
        return None;
    };
    if let Some(share) = text.value.strip_suffix(" of the need").and_then(percent) {
        return Some(Limit::OfNeed(share));
    }
    match percent(text.value) {
        Some(share) => Some(Limit::OfCounted(share)),
        None => context.amount(table, "at_most").map(Limit::Minutes),
    }
}

/// "At least half live" is "at most half of anything else".
fn floor(context: &Context, table: Table<'_, '_>, sort: Sort) -> Option<Cap> {
    let own = table.need_text("id", "the floor's id");
    let limit = match table.text("at_least") {
        None => {
            table.missing("at_least", "an amount such as `20 hours` or a share such as `50 %`");
            None
        }
        Some(text) => match (text.value.strip_suffix(" of the need").and_then(percent), percent(text.value)) {
            (Some(share), _) => Some(Limit::OfNeed(100 - share)),
            (None, Some(share)) => Some(Limit::OfCounted(100 - share)),
            (None, None) => context.amount(&table, "at_least").map(Limit::NeedLess),
        },
    };
    let floor = Cap {
        id: id(&table, own),
        label: label(&table),
        of: guards::of(context, &table, sort),
        others: true,
        limit: limit.clone().unwrap_or(Limit::OfCounted(100)),
        in_force: days(&table, "in_force"),
    };
    table.texts("cite");
    table.texts("clause");
    table.finish();
    limit.map(|_| floor)
}
