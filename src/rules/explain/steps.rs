//! What is left to do, in a few words.

use std::collections::BTreeMap;

use super::super::evaluation::{Note, Requirement};
use super::super::lang::Lang;
use super::super::pack::model::{Label, UnitName};

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
    let missing = requirement.missing.as_deref().unwrap_or("");
    let unit = requirement.unit.as_deref().unwrap_or("");
    let of_time = matches!(unit, "day" | "week" | "month" | "quarter") && requirement.id.contains('.');
    if of_time || requirement.taken.is_some() || missing.is_empty() || missing == "0" || unit == "year" {
        return match lang {
            Lang::En => format!("Still needed: {label}"),
            Lang::Es => format!("Aún falta: {label}"),
        };
    }
    if requirement.missing_minutes.is_none() && unit == "count" {
        return match (lang, missing) {
            (Lang::En, "1") => format!("Hand in or complete: {label}"),
            (Lang::Es, "1") => format!("Entregue o complete: {label}"),
            (Lang::En, n) => format!("{n} more: {label}"),
            (Lang::Es, n) => format!("{n} más: {label}"),
        };
    }
    let unit = unit_word(units, unit, missing == "1", lang);
    match lang {
        Lang::En => format!("{missing} more {unit} of {}", lower(label)),
        Lang::Es => format!("{missing} {unit} más de {}", lower(label)),
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

/// After a refusal: what it means and who can change it.
fn ask_again(refused: &Note, label: &str, lang: Lang) -> String {
    let day = refused.from.map(|day| super::day(day, lang)).unwrap_or_default();
    match lang {
        Lang::En => {
            format!("The answer of {day} was no: {label}. Ask those who decide for the reasons, and for a new decision")
        }
        Lang::Es => format!(
            "La respuesta del {day} fue no: {label}. Pregunte las razones a quienes deciden y pida una nueva decisión"
        ),
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
        Lang::En => format!("Bring back into force: {base}"),
        Lang::Es => format!("Haga que vuelva a estar vigente: {base}"),
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
