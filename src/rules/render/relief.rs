//! Pauses, more time, and people between two versions, as sentences.

use super::super::lang::Lang;
use super::super::pack::model::{Clock, HoldRule, Order, Then, Transition};
use super::page::{Group, Item, Section, Sources};
use super::phrases::length;
use super::speaker::Speaker;
use super::terms;

/// Pauses and extra time.
pub(super) fn relief(speaker: &Speaker<'_>, sources: &mut Sources<'_>) -> Option<Section> {
    let mut items = Vec::new();
    for hold in &speaker.version.holds {
        let numbers = vec![sources.number(&hold.citation)];
        items.push(Item {
            label: hold.label.in_lang(speaker.lang).to_owned(),
            sentences: hold_says(speaker, hold),
            sources: numbers,
            ..Item::default()
        });
    }
    for order in &speaker.version.orders {
        let numbers = vec![sources.number(&order.citation)];
        items.push(Item {
            label: order.label.in_lang(speaker.lang).to_owned(),
            sentences: order_says(speaker, order),
            sources: numbers,
            ..Item::default()
        });
    }
    let title = speaker.two("Pauses and more time", "Pausas y más tiempo").to_owned();
    (!items.is_empty()).then(|| Section {
        id: "pauses",
        title,
        lead: Vec::new(),
        groups: vec![Group { title: None, items }],
    })
}

pub(super) fn hold_says(speaker: &Speaker<'_>, hold: &HoldRule) -> Vec<String> {
    let mut said = Vec::new();
    let kinds: Vec<String> = hold.kinds.iter().map(|kind| speaker.word("hold", kind)).collect();
    if !kinds.is_empty() {
        said.push(format!(
            "{}: {}.",
            speaker.two("For people on hold because of this", "Para personas en pausa por esto"),
            speaker.any(&kinds)
        ));
    }
    if let Some(days) = hold.everyone {
        said.push(format!("{}{}.", speaker.two("For everyone", "Para todas las personas"), terms::days(speaker, days)));
    }
    let clocks: Vec<String> = hold
        .stops
        .iter()
        .map(|clock| match clock {
            Clock::Windows => {
                speaker.two("the time in which hours count", "el tiempo en que cuentan las horas").to_owned()
            }
            Clock::Deadlines => speaker.two("the dates to keep", "los plazos").to_owned(),
            Clock::Term => speaker.two("the term of the certificate", "la vigencia del certificado").to_owned(),
        })
        .collect();
    if !clocks.is_empty() {
        said.push(format!(
            "{}: {}.",
            speaker.two("This stands still meanwhile", "Mientras tanto se detiene esto"),
            speaker.all(&clocks)
        ));
    }
    let waived: Vec<String> = hold.waives.iter().map(|id| speaker.rule(id)).collect();
    if !waived.is_empty() {
        said.push(format!(
            "{}: {}.",
            speaker.two("This is not asked meanwhile", "Mientras tanto no se pide esto"),
            speaker.all(&waived)
        ));
    }
    if hold.waives_fees {
        said.push(speaker.two("There are no fees meanwhile.", "Mientras tanto no hay tarifas.").to_owned());
    }
    if let Some(most) = hold.at_most {
        said.push(format!("{} {}.", speaker.two("For at most", "Por un máximo de"), length(most, speaker.lang)));
    }
    if let Some(after) = hold.and_after {
        said.push(match speaker.lang {
            Lang::En => format!("It goes on for {} after its end.", length(after, Lang::En)),
            Lang::Es => format!("Sigue durante {} después de su fin.", length(after, Lang::Es)),
        });
    }
    said
}

pub(super) fn order_says(speaker: &Speaker<'_>, order: &Order) -> Vec<String> {
    let what: Vec<String> = order
        .extends
        .iter()
        .map(|id| match id.as_str() {
            "term" => speaker.two("certificates", "certificados").to_owned(),
            "deadlines" => speaker.two("dates to keep", "plazos").to_owned(),
            other => speaker.rule(other),
        })
        .collect();
    let mut said = Vec::new();
    if !what.is_empty() {
        said.push(format!(
            "{}: {}{}.",
            speaker.two("What would end", "Lo que terminaría"),
            speaker.all(&what),
            terms::days(speaker, order.ending)
        ));
    }
    if let Some(until) = order.until {
        said.push(format!(
            "{} {}.",
            speaker.two("It ends on this day instead:", "Termina en cambio el"),
            speaker.day(until)
        ));
    }
    if let Some(by) = order.by {
        said.push(match speaker.lang {
            Lang::En => format!("It ends {} later.", length(by, Lang::En)),
            Lang::Es => format!("Termina {} más tarde.", length(by, Lang::Es)),
        });
    }
    let spared: Vec<String> = order.waives.iter().map(|id| speaker.rule(id)).collect();
    if !spared.is_empty() {
        said.push(format!(
            "{}{}: {}.",
            speaker.two(
                "This is not asked of people whose certificate ends in this time",
                "Esto no se pide a personas cuyo certificado termina en este tiempo"
            ),
            terms::days(speaker, order.ending),
            speaker.all(&spared)
        ));
    }
    said
}

/// People between this version and an older one.
pub(super) fn between(speaker: &Speaker<'_>, sources: &mut Sources<'_>) -> Option<Section> {
    let mut items = Vec::new();
    for found in &speaker.version.transitions {
        let numbers = vec![sources.number(&found.citation)];
        items.push(Item {
            label: found.label.in_lang(speaker.lang).to_owned(),
            sentences: transition_says(speaker, found),
            sources: numbers,
            ..Item::default()
        });
    }
    let title = speaker
        .two("People between the older rules and these", "Personas entre las reglas anteriores y estas")
        .to_owned();
    (!items.is_empty()).then(|| Section {
        id: "between",
        title,
        lead: Vec::new(),
        groups: vec![Group { title: None, items }],
    })
}

pub(super) fn transition_says(speaker: &Speaker<'_>, found: &Transition) -> Vec<String> {
    let who: Vec<String> = found.who.iter().map(|who| terms::who(speaker, who)).collect();
    let mut said = vec![format!(
        "{} {}.",
        speaker.two("This is about people", "Se trata de personas"),
        who.join(speaker.two(", or ", ", o "))
    )];
    said.push(match found.then {
        Then::Old => {
            speaker.two("The older rules go on for them.", "Para ellas siguen las reglas anteriores.").to_owned()
        }
        Then::New => {
            speaker.two("These rules hold for them at once.", "Para ellas valen estas reglas de inmediato.").to_owned()
        }
        Then::Choose { old_unless_chosen: true } => speaker
            .two(
                "They may choose. Who does not choose stays with the older rules.",
                "Pueden elegir. Quien no elige sigue con las reglas anteriores.",
            )
            .to_owned(),
        Then::Choose { old_unless_chosen: false } => speaker
            .two(
                "They may choose. Who does not choose goes by these rules.",
                "Pueden elegir. Quien no elige sigue estas reglas.",
            )
            .to_owned(),
    });
    if let Some(from) = found.days.from {
        said.push(format!("{} {}.", speaker.two("This begins on", "Esto empieza el"), speaker.day(from)));
    }
    if let Some(through) = found.days.through {
        said.push(format!("{} {}.", speaker.two("This ends on", "Esto termina el"), speaker.day(through)));
    }
    let purposes: Vec<String> =
        found.purposes.iter().map(|purpose| speaker.quoted(super::page::title(*purpose, speaker.lang))).collect();
    if !purposes.is_empty() {
        said.push(format!(
            "{}: {}.",
            speaker.two("It holds for this part", "Vale para esta parte"),
            speaker.all(&purposes)
        ));
    }
    if let Some(older) = found.older.as_deref().and_then(|older| older.parse().ok()) {
        said.push(format!(
            "{} {}.",
            speaker.two("The older rules are those of", "Las reglas anteriores son las del"),
            speaker.day(older)
        ));
    }
    if let Some(path) = &found.path {
        said.push(format!(
            "{}: {}.",
            speaker.two("They enter by this path", "Ingresan por esta vía"),
            speaker.word("path", path)
        ));
    }
    if found.ends_pins {
        said.push(
            speaker
                .two(
                    "It also moves people who had chosen a version before.",
                    "También cambia a personas que habían elegido una versión antes.",
                )
                .to_owned(),
        );
    }
    said
}
