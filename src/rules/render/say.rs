//! What one key of a rule means, as a clause: "at least 46 hours".

use serde_json::Value;

use super::super::lang::Lang;
use super::super::question::Purpose;
use super::phrases::{phrase, plain};

/// Keys whose clause is the value put into a frame: English, Spanish.
const FRAMES: [(&str, &str, &str); 42] = [
    ("at_least", "at least {}", "al menos {}"),
    ("at_most", "at most {}", "como máximo {}"),
    ("count", "how many: {}", "cuántos: {}"),
    ("window", "done {}", "hecho {}"),
    ("minimum_size", "a single entry counts from {}", "cada registro cuenta a partir de {}"),
    ("attendance", "at least {} attended", "asistencia de al menos {}"),
    ("per_week", "at most {} a week count", "cuentan como máximo {} por semana"),
    ("per_month", "at most {} a month count", "cuentan como máximo {} por mes"),
    ("exams", "exam: {}", "examen: {}"),
    ("pass", "passed from {}", "se aprueba desde {}"),
    ("wait", "{} between attempts", "{} entre intentos"),
    ("valid_for", "a pass is good for {}", "la aprobación vale por {}"),
    ("attestation", "confirmed: {}", "confirmado: {}"),
    ("values", "one of: {}", "uno de: {}"),
    ("each_of", "one of each: {}", "uno de cada: {}"),
    ("by", "by: {}", "por: {}"),
    ("moments", "at each of: {}", "en cada momento: {}"),
    ("since_at_least", "since at least {}", "desde al menos {}"),
    ("titles", "as: {}", "como: {}"),
    ("weekly_at_least", "at least {} a week", "al menos {} por semana"),
    ("credentials", "certificate: {}", "certificado: {}"),
    ("standing", "standing: {}", "situación: {}"),
    ("stage_held", "stage: {}", "etapa: {}"),
    ("events", "event: {}", "evento: {}"),
    ("evidence", "papers: {}", "documentos: {}"),
    ("within", "by {}", "a más tardar {}"),
    ("rule", "for: {}", "para: {}"),
    ("on", "on the day of {}", "en la fecha de {}"),
    ("lists", "on the list: {}", "en la lista: {}"),
    ("one_hour_per", "one hour for every {}", "una hora por cada {}"),
    ("never_below", "never below {}", "nunca menos de {}"),
    ("topic", "topic: {}", "tema: {}"),
    ("path", "entry path: {}", "vía de ingreso: {}"),
    ("path_not", "entry path is not: {}", "vía de ingreso distinta de: {}"),
    ("cohort", "group: {}", "grupo: {}"),
    ("holds", "holds: {}", "tiene: {}"),
    ("hold", "on hold for: {}", "en pausa por: {}"),
    ("employed_as", "employed as: {}", "empleado como: {}"),
    ("event", "this happened: {}", "ocurrió: {}"),
    ("issued", "issued {}", "emitido {}"),
    ("from", "from {}", "desde {}"),
    ("through", "through {}", "hasta {}"),
];

/// Keys with a word or a yes, and the clause it stands for; a value not listed here says nothing new.
const WORDS: [(&str, &str, &str, &str); 21] = [
    ("approved", "true", "approved by the board on that day", "aprobado por la junta ese día"),
    ("approved", "false", "no approval needed", "no necesita aprobación"),
    ("topics", "shared", "an hour counts for every topic it covers", "una hora cuenta para cada tema que abarca"),
    ("topics", "exclusive", "an hour counts for one topic", "una hora cuenta para un solo tema"),
    ("any_topic", "true", "other topics count toward the total", "otros temas cuentan para el total"),
    ("shared", "true", "these hours may count in other rules too", "estas horas también pueden contar en otras reglas"),
    ("repeats", "refused", "the same course counts once", "el mismo curso cuenta una vez"),
    ("repeats", "half", "a repeated course counts half", "un curso repetido cuenta la mitad"),
    ("repeats", "counted", "a repeated course counts again", "un curso repetido cuenta otra vez"),
    (
        "used_elsewhere",
        "refused",
        "hours used for another certificate do not count",
        "las horas usadas para otro certificado no cuentan",
    ),
    (
        "used_elsewhere",
        "counted",
        "hours used for another certificate count",
        "las horas usadas para otro certificado cuentan",
    ),
    ("supervisor", "eligible", "with a supervisor the board accepts", "con un supervisor que la junta acepta"),
    ("place", "inside", "inside the other hours", "dentro de las demás horas"),
    ("place", "beside", "beside the other hours", "aparte de las demás horas"),
    ("surplus", "refused", "more than this does not fill the total", "lo que sobra no cuenta para el total"),
    ("independent", "true", "beside the total", "aparte del total"),
    ("different_people", "true", "from different people", "de personas distintas"),
    ("first_term", "true", "the first term", "el primer período"),
    ("first_term", "false", "a later term", "un período posterior"),
    ("filed", "true", "the day of filing counts", "cuenta el día de la presentación"),
    ("whole", "true", "an entry is never split", "un registro no se divide"),
];

/// Keys that are not clauses of their own: names, citations, headings.
pub(super) const SILENT: [&str; 12] = [
    "id",
    "label",
    "label_es",
    "cite",
    "clause",
    "stage",
    "consequence",
    "consequence_es",
    "loosens",
    "tightens",
    "note",
    "note_es",
];

/// One key of a rule as a clause.
#[must_use]
pub fn said(key: &str, value: &Value, lang: Lang) -> String {
    let word = match value {
        Value::Bool(yes) => yes.to_string(),
        Value::String(text) => text.clone(),
        _ => String::new(),
    };
    if let Some((_, _, en, es)) = WORDS.iter().find(|(known, held, _, _)| *known == key && *held == word) {
        return (if lang == Lang::En { *en } else { *es }).to_owned();
    }
    match (key, value) {
        ("only" | "never" | "of", Value::Object(attributes)) => filter(key, attributes, lang),
        ("when" | "unless" | "waived_when", conditions) => {
            let frame = match (key, lang) {
                ("when", Lang::En) => "only where {}",
                ("when", Lang::Es) => "solo si {}",
                ("unless", Lang::En) => "not where {}",
                ("unless", Lang::Es) => "salvo si {}",
                (_, Lang::En) => "waived where {}",
                (_, Lang::Es) => "no se exige si {}",
            };
            frame.replace("{}", &inner(conditions, lang))
        }
        ("in_force", days) => {
            let frame = if lang == Lang::En {
                "for people whose deciding day lies {}"
            } else {
                "para quienes el día que decide cae {}"
            };
            frame.replace("{}", &inner(days, lang))
        }
        (_, value) => {
            let frame = FRAMES.iter().find(|(known, _, _)| *known == key);
            let said = inner(value, lang);
            match (frame, lang) {
                (Some((_, en, _)), Lang::En) => en.replace("{}", &said),
                (Some((_, _, es)), Lang::Es) => es.replace("{}", &said),
                (None, _) => format!("{}: {said}", self::key(key, lang)),
            }
        }
    }
}

/// A value inside a clause: texts as people say them, lists with commas, tables as their own clauses.
fn inner(value: &Value, lang: Lang) -> String {
    match value {
        Value::String(text) => phrase(text, lang),
        Value::Array(items) if items.iter().any(Value::is_object) => {
            let joint = if lang == Lang::En { ", or " } else { ", o " };
            items.iter().map(|item| inner(item, lang)).collect::<Vec<_>>().join(joint)
        }
        Value::Array(items) => items.iter().map(|item| inner(item, lang)).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| !SILENT.contains(&key.as_str()))
            .map(|(key, value)| said(key, value, lang))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Bool(yes) => match (yes, lang) {
            (true, Lang::En) => "yes".to_owned(),
            (true, Lang::Es) => "sí".to_owned(),
            (false, _) => "no".to_owned(),
        },
        other => other.to_string(),
    }
}

fn filter(key: &str, attributes: &serde_json::Map<String, Value>, lang: Lang) -> String {
    let each = attributes.iter().map(|(attribute, values)| {
        let (values, attribute) = (inner(values, lang), self::key(attribute, lang));
        match (key, lang) {
            ("never", Lang::En) => format!("never {attribute}: {values}"),
            ("never", Lang::Es) => format!("nunca {attribute}: {values}"),
            ("of", _) => format!("{attribute}: {values}"),
            (_, Lang::En) => format!("only {attribute}: {values}"),
            (_, Lang::Es) => format!("solo {attribute}: {values}"),
        }
    });
    each.collect::<Vec<_>>().join("; ")
}

/// A key's own name for people.
fn key(key: &str, lang: Lang) -> String {
    let es = match key {
        "kind" => "tipo",
        "delivery" => "modalidad",
        "source" => "fuente",
        "provider" => "proveedor",
        "course" => "curso",
        "tag" => "etiqueta",
        "topic" => "tema",
        "setting" => "lugar",
        "domain" => "área",
        "role" => "función",
        "region" => "región",
        "paid" => "pagado o voluntario",
        "attempts" => "intentos",
        "rounding" => "redondeo",
        "ratio" => "proporción",
        "rhythm" => "ritmo",
        "spread" => "duración",
        "rate" => "cantidad por tiempo",
        "period" => "período propio",
        "pro_rata" => "en proporción al período",
        "carry_over" => "traslado de horas",
        "instead" => "en su lugar",
        other => return plain(other, lang),
    };
    if lang == Lang::Es { es.to_owned() } else { plain(key, lang) }
}

/// What a purpose is, for people.
#[must_use]
pub const fn purpose(purpose: Purpose, lang: Lang) -> &'static str {
    match (purpose, lang) {
        (Purpose::Initial, Lang::En) => "To become certified",
        (Purpose::Initial, Lang::Es) => "Para obtener el certificado",
        (Purpose::Renewal, Lang::En) => "To stay certified",
        (Purpose::Renewal, Lang::Es) => "Para renovar el certificado",
        (Purpose::Reinstatement, Lang::En) => "To come back after a lapse",
        (Purpose::Reinstatement, Lang::Es) => "Para volver después de una interrupción",
        (Purpose::Reciprocity, Lang::En) => "To come from another region",
        (Purpose::Reciprocity, Lang::Es) => "Para venir de otra región",
    }
}
