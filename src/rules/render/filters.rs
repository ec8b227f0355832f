//! `only`, `never`, `of`: what counts, what does not, and what a limit is about.

use serde_json::Value;

use super::clause::texts;
use super::speaker::{Speaker, sentence};

/// One clause for all attributes of a filter.
#[must_use]
pub fn clause(speaker: &Speaker<'_>, key: &str, value: &Value) -> Option<String> {
    let each = value.as_object()?.iter().map(|(attribute, values)| one(speaker, key, attribute, &texts(values)));
    let mut all = each.collect::<Vec<_>>().into_iter();
    let first = all.next()?;
    Some(all.fold(first, |said, next| format!("{said}. {}", sentence(&next).trim_end_matches('.'))))
}

fn one(speaker: &Speaker<'_>, key: &str, attribute: &str, values: &[&str]) -> String {
    let words = speaker.words(attribute, values);
    let (listed, all) = (speaker.any(&words), speaker.all(&words));
    let several = words.len() > 1;
    match (key, attribute) {
        ("only", "topic") if several => {
            format!("{}: {all}", speaker.two("only these topics count", "solo cuentan estos temas"))
        }
        ("only", "topic") => format!("{}: {all}", speaker.two("only this topic counts", "solo cuenta este tema")),
        ("never", "topic") if several => {
            format!("{}: {all}", speaker.two("these topics do not count", "estos temas no cuentan"))
        }
        ("never", "topic") => format!("{}: {all}", speaker.two("this topic does not count", "este tema no cuenta")),
        ("only", "region") => format!(
            "{} {listed}",
            speaker.two("only work in this place counts:", "solo cuenta el trabajo en este lugar:")
        ),
        ("only", "evidence") => format!(
            "{}: {listed}",
            speaker.two("shown by one of these papers", "se comprueba con uno de estos documentos")
        ),
        ("only", "recognition") => {
            format!("{}: {listed}", speaker.two("only what was recognized counts", "solo cuenta lo que se reconoció"))
        }
        ("only", _) => format!("{}: {all}", speaker.two("only this counts", "solo cuenta esto")),
        ("never", _) => format!("{}: {all}", speaker.two("this does not count", "esto no cuenta")),
        (_, _) => format!("{}: {all}", speaker.two("this is about", "se refiere a")),
    }
}
