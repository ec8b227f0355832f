//! What is left to do, in a few words.

use std::collections::BTreeMap;

use super::super::evaluation::{Note, Requirement};
use super::super::lang::Lang;
use super::super::pack::model::{Label, UnitName};
use super::super::render::credential;
use super::amounts::left;
use super::stretches::lacking;

/// The names that a version gives to its own units.
pub type UnitNames = BTreeMap<String, UnitName>;

/// The next step for a requirement that is not met; `label` is its name in the language.
#[must_use]
pub fn step(requirement: &Requirement, label: &str, lang: Lang) -> String {
    step_with(&UnitNames::new(), requirement, label, lang)
}

/// [`step`], with the names of the version's own units.
#[must_use]
pub fn step_with(units: &UnitNames, requirement: &Requirement, label: &str, lang: Lang) -> String {
    if let Some(refused) = requirement.notes.iter().find(|note| note.code == "refused") {
        return ask_again(refused, label, lang);
    }
    if requirement.lacks_birth_date() {
        return match lang {
            Lang::En => "Tell us your birth date".to_owned(),
            Lang::Es => "Díganos su fecha de nacimiento".to_owned(),
        };
    }
    if let Some(day) = requirement.notes.iter().find(|note| note.code == Note::FULL_ON).and_then(|note| note.from) {
        return only_time(label, &super::day(day, lang), lang);
    }
    if requirement.is_past_its_age() {
        return match lang {
            Lang::En => format!("{label}: you are past this age. Ask the board about another way"),
            Lang::Es => format!("{label}: ya pasó esta edad. Pregunte a la junta por otra vía"),
        };
    }
    let unit = requirement.unit.as_deref().unwrap_or("");
    let of_time = matches!(unit, "day" | "week" | "month" | "quarter") && requirement.id.contains('.');
    let missing = left(units, requirement, true, lang).filter(|_| !of_time && requirement.taken.is_none());
    match (missing, lang) {
        (Some(missing), _) if unit == "count" && missing.is_one => match lang {
            Lang::En => format!("Hand in or complete: {label}"),
            Lang::Es => format!("Entregue o complete: {label}"),
        },
        (Some(missing), Lang::En) if unit == "count" => format!("{label}: {} more", missing.text),
        (Some(missing), Lang::Es) if unit == "count" => format!("{label}: {} más", missing.text),
        (Some(missing), Lang::En) if unit != "year" => format!("{label}: {} to go", missing.text),
        (Some(missing), Lang::Es) if unit != "year" && missing.is_one => format!("{label}: falta {}", missing.text),
        (Some(missing), Lang::Es) if unit != "year" => format!("{label}: faltan {}", missing.text),
        (_, Lang::En) => format!("Still needed: {label}{}", lacking(requirement, lang)),
        (_, Lang::Es) => format!("Aún falta: {label}{}", lacking(requirement, lang)),
    }
}

/// Nothing is to be done but to wait.
fn only_time(label: &str, day: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Only wait: “{label}” is full on {day}"),
        Lang::Es => format!("Solo espere: «{label}» se cumple el {day}"),
    }
}

/// A unit's name as a version calls it, in the singular or plural.
#[must_use]
pub fn unit_word(units: &UnitNames, unit: &str, one: bool, lang: Lang) -> String {
    match units.get(unit) {
        Some(name) => (if one { &name.one } else { &name.many }).in_lang(lang).to_owned(),
        None => unit_name(unit, one, lang),
    }
}

/// Whether a Spanish reader can be told a unit by the program's own words.
#[must_use]
pub fn is_known_unit(unit: &str) -> bool {
    unit_name(unit, true, Lang::Es) != unit.replace('_', " ")
}

/// After a refusal: what it means and who can change it.
fn ask_again(refused: &Note, label: &str, lang: Lang) -> String {
    let day = refused.from.map(|day| super::day(day, lang)).unwrap_or_default();
    match lang {
        Lang::En => {
            format!("On {day} the answer was no: {label}. You can ask why, and ask for a new decision")
        }
        Lang::Es => {
            format!("El {day} la respuesta fue no: {label}. Puede preguntar el motivo y pedir una nueva decisión")
        }
    }
}

/// What to do where a stage cannot be renewed again: go on to the next one, if there is one.
#[must_use]
pub fn onward(next: Option<&Label>, lang: Lang) -> String {
    match (next, lang) {
        (Some(next), Lang::En) => format!("It cannot be renewed again. Apply for the next stage: {}", next.en),
        (Some(next), Lang::Es) => format!("No se puede renovar otra vez. Solicite la etapa siguiente: {}", next.es),
        (None, Lang::En) => "It cannot be renewed again. Ask the board how to go on".to_owned(),
        (None, Lang::Es) => "No se puede renovar otra vez. Pregunte a la junta cómo seguir".to_owned(),
    }
}

/// What to do where another credential has to be in force first.
#[must_use]
pub fn bring_back(base: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Bring back into force: {}", credential(base, lang)),
        Lang::Es => format!("Haga que vuelva a estar vigente: {}", credential(base, lang)),
    }
}

/// A unit's name, in the singular or plural.
#[must_use]
pub fn unit_name(unit: &str, one: bool, lang: Lang) -> String {
    let name = match (lang, unit, one) {
        (Lang::En, _, true) => unit,
        (Lang::En, _, false) => return format!("{}s", unit.replace('_', " ")),
        (Lang::Es, "hour", true) => "hora",
        (Lang::Es, "hour", false) => "horas",
        (Lang::Es, "minute", true) => "minuto",
        (Lang::Es, "minute", false) => "minutos",
        (Lang::Es, "month", true) => "mes",
        (Lang::Es, "month", false) => "meses",
        (Lang::Es, "point", true) => "punto",
        (Lang::Es, "point", false) => "puntos",
        (Lang::Es, "credit", true) => "crédito",
        (Lang::Es, "credit", false) => "créditos",
        (Lang::Es, "semester_credit", true) => "crédito semestral",
        (Lang::Es, "semester_credit", false) => "créditos semestrales",
        (Lang::Es, "course", true) => "curso",
        (Lang::Es, "course", false) => "cursos",
        (Lang::Es, "day", true) => "día",
        (Lang::Es, "day", false) => "días",
        (Lang::Es, "week", true) => "semana",
        (Lang::Es, "week", false) => "semanas",
        (Lang::Es, "quarter", true) => "trimestre",
        (Lang::Es, "quarter", false) => "trimestres",
        (Lang::Es, "year", true) => "año",
        (Lang::Es, "year", false) => "años",
        (Lang::Es, _, _) => unit,
    };
    name.replace('_', " ")
}

/// The label inside a sentence: its first letter small, unless it starts with a word in capitals.
pub(super) fn lower(label: &str) -> String {
    let mut letters = label.chars();
    let (Some(first), second) = (letters.next(), letters.next()) else { return String::new() };
    if second.is_some_and(char::is_uppercase) {
        return label.to_owned();
    }
    first.to_lowercase().chain(label.chars().skip(1)).collect()
}
