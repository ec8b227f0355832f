//! What of the missing hours has to be of a part: ", 4 of them ethics".

use super::super::amount::{Rounded, in_unit};
use super::super::evaluation::{Requirement, Status};
use super::super::lang::Lang;
use super::steps::{UnitNames, lower, step_with};

/// What is left of a requirement, with which of the missing hours have to be of a part; `name`: what it and a part are
/// called in the language. Plans, mails and pages say it by this; the answer's own next steps join the same two.
#[must_use]
pub fn whole_step(units: &UnitNames, found: &Requirement, name: &dyn Fn(&Requirement) -> String, lang: Lang) -> String {
    step_with(units, found, &name(found), lang) + &of_them(found, name, lang)
}

/// The parts of what is missing, behind the step that names the whole; `name`: what a part is called in the language.
#[must_use]
pub fn of_them(found: &Requirement, name: &dyn Fn(&Requirement) -> String, lang: Lang) -> String {
    let missing = |part: &Requirement| part.missing_minutes.filter(|minutes| *minutes > 0);
    let (Some(size), Some(_), None) = (found.unit_minutes, missing(found), &found.taken) else { return String::new() };
    let open = found.requirements.iter().filter(|part| part.status == Status::NotMet);
    let parts = open.filter_map(|part| {
        let amount = in_unit(missing(part)?, size, Rounded::Up);
        let inside = of_them(part, name, lang);
        let inside = inside.strip_prefix(", ").map_or_else(String::new, |inside| format!(" ({inside})"));
        Some((amount, lower(&name(part)) + &inside))
    });
    let said = parts.enumerate().map(|(at, (amount, name))| match (at, lang) {
        (0, Lang::En) => format!("{amount} of them {name}"),
        (0, Lang::Es) => format!("{amount} de ellas de {name}"),
        (_, Lang::En) => format!("{amount} {name}"),
        (_, Lang::Es) => format!("{amount} de {name}"),
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { String::new() } else { format!(", {}", said.join(", ")) }
}
