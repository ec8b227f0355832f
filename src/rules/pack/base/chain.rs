//! Finds the texts a version stands on, lowest first, and refuses chains that miss a link or never end.

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

use super::super::super::problem::{Problem, Problems, nearest};
use super::super::{phrase, stem};
use super::Base;

/// One text of the chain.
pub(in super::super) struct Layer<'t> {
    pub(in super::super) file: &'t str,
    pub(in super::super) text: &'t str,
    pub(in super::super) root: DeTable<'t>,
}

/// What `base` of a version names: the folder, perhaps a version in it, and where it is said.
pub(in super::super) struct Named<'r> {
    pub(in super::super) folder: &'r str,
    version: Option<&'r str>,
    start: usize,
}

/// Reads `base`: a folder, a folder and a version, or a table with `pack`, `version` and `stage`.
pub(in super::super) fn base_of<'r>(root: &'r DeTable<'_>) -> Option<Named<'r>> {
    let value = root.get("base")?;
    let start = value.span().start;
    match value.get_ref() {
        DeValue::String(text) => Some(match text.rsplit_once('/') {
            Some((folder, last)) if phrase::date(last).is_some() => Named { folder, version: Some(last), start },
            _ => Named { folder: text, version: None, start },
        }),
        DeValue::Table(table) => {
            let text = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str());
            Some(Named { folder: text("pack").unwrap_or_default(), version: text("version"), start })
        }
        _ => Some(Named { folder: "", version: None, start }),
    }
}

/// All layers of a version, the lowest base first.
pub(super) fn layers<'t>(
    file: &'t str,
    text: &'t str,
    root: DeTable<'t>,
    bases: &[Base<'t>],
) -> Result<Vec<Layer<'t>>, Vec<Problem>> {
    let from = first_day(file, &root);
    let mut layers = vec![Layer { file, text, root }];
    loop {
        let Some(top) = layers.last() else { return Ok(layers) };
        let sink = Problems::of(top.file, top.text);
        let Some(named) = base_of(&top.root) else { break };
        let found = find(&sink, &named, from, bases);
        let Some((below, below_text)) = found else { return Err(sink.into_vec()) };
        if layers.iter().any(|layer| layer.file == below) {
            sink.add(
                "base_cycle",
                sink.line_of(named.start),
                format!("base `{}` leads back to itself", named.folder),
                "a chain of bases that ends",
                "take `base` out of one of the packs",
            );
            return Err(sink.into_vec());
        }
        match DeTable::parse(below_text) {
            Ok(root) => layers.push(Layer { file: below, text: below_text, root: root.into_inner() }),
            Err(error) => {
                let sink = Problems::of(below, below_text);
                let line = sink.line_of(error.span().map_or(0, |span| span.start));
                sink.add("bad_toml", line, error.message().replace('\n', ", "), "TOML", "mend this line of the base");
                return Err(sink.into_vec());
            }
        }
    }
    layers.reverse();
    Ok(layers)
}

/// The day a version comes into force: its base is the one in force then.
fn first_day(file: &str, root: &DeTable<'_>) -> Option<NaiveDate> {
    let table = root.get("in_force").and_then(|value| value.get_ref().as_table());
    let from = table.and_then(|table| table.get("from")).map(|value| value.get_ref());
    let stated = from.and_then(|value| phrase::date(&value.as_datetime()?.to_string()));
    stated.or_else(|| phrase::date(stem(file)))
}

/// The file of the base that is named, or that is in force on the day.
fn find<'t>(
    sink: &Problems<'_>,
    named: &Named<'_>,
    from: Option<NaiveDate>,
    bases: &[Base<'t>],
) -> Option<(&'t str, &'t str)> {
    let line = sink.line_of(named.start);
    let Some(base) = bases.iter().find(|base| base.folder == named.folder) else {
        let known = bases.iter().map(|base| base.folder);
        let hint = nearest(named.folder, known).map_or_else(
            || "name the folder below config/rules, and see that it is there".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        sink.add(
            "unknown_base",
            line,
            format!("base `{}`", named.folder),
            "the folder of a pack, such as `intl/icrc-pr`",
            hint,
        );
        return None;
    };
    let mut dated: Vec<(NaiveDate, &(&str, &str))> =
        base.files.iter().filter_map(|entry| phrase::date(stem(entry.0)).map(|day| (day, entry))).collect();
    dated.sort_unstable();
    let hit = match named.version {
        Some(version) => dated.iter().find(|(day, _)| day.to_string() == version),
        None => dated.iter().rev().find(|(day, _)| from.is_none_or(|from| *day <= from)),
    };
    if hit.is_none() {
        let days: Vec<String> = dated.iter().map(|(day, _)| day.to_string()).collect();
        let wanted = named.version.map_or_else(
            || from.map_or_else(String::new, |from| format!(" in force on {from}")),
            |version| format!(" named {version}"),
        );
        sink.add(
            "unknown_base_version",
            line,
            format!("base `{}` has no version{wanted}", named.folder),
            format!("one of {}", days.join(", ")),
            format!(
                "name one of them, such as `base = \"{}/{}\"`",
                named.folder,
                days.first().map_or("", String::as_str)
            ),
        );
    }
    hit.map(|(_, entry)| **entry)
}
