//! The short sentences of packs, in the reader's language.

use super::super::calendar::Length;
use super::super::explain::unit_name;
use super::super::lang::Lang;
use super::super::pack::phrase::{self, Anchor, Window};

/// An amount, a length, a share, a window or a day as people say it; words that are none of these come back as they are.
#[must_use]
pub fn phrase(text: &str, lang: Lang) -> String {
    if let Ok(window) = phrase::window(text) {
        return self::window(&window, lang);
    }
    if let Ok(anchor) = phrase::anchor(text) {
        return self::anchor(&anchor, lang);
    }
    for (joint, es) in [(" before ", "antes de"), (" after ", "después de")] {
        if let Some((first, rest)) = text.split_once(joint)
            && let (Ok(first), Ok(rest)) = (phrase::length(first), phrase::anchor(rest))
        {
            let (first, rest) = (length(first, lang), self::anchor(&rest, lang));
            return match lang {
                Lang::En => format!("{first}{joint}{rest}"),
                Lang::Es => contracted(format!("{first} {es} {rest}")),
            };
        }
    }
    if let Ok(found) = phrase::length(text) {
        return length(found, lang);
    }
    amount(text, lang)
}

/// `46 hours`, `30 % of the need`, `500 on 200-800`.
fn amount(text: &str, lang: Lang) -> String {
    if lang == Lang::En {
        return text.to_owned();
    }
    if let Some(share) = text.strip_suffix(" of the need") {
        return format!("{share} de lo exigido");
    }
    if let Some((mark, scale)) = text.split_once(" on ") {
        return format!("{mark} en la escala {scale}");
    }
    match text.split_once(' ') {
        Some((number, unit)) if number.starts_with(|first: char| first.is_ascii_digit()) && unit != "%" => {
            let one = unit.strip_suffix('s').unwrap_or(unit);
            format!("{number} {}", unit_name(one, number == "1", lang))
        }
        _ => plain(text, lang),
    }
}

/// A length of time.
#[must_use]
pub fn length(length: Length, lang: Lang) -> String {
    let (number, en, es, many) = match length {
        Length::Days(n) if n > 0 && n.is_multiple_of(7) && n < 70 => (n / 7, "week", "semana", "semanas"),
        Length::Days(n) => (n, "day", "día", "días"),
        Length::Months(n) if n > 0 && n.is_multiple_of(12) && n > 24 => (n / 12, "year", "año", "años"),
        Length::Months(n) => (n, "month", "mes", "meses"),
    };
    match (lang, number) {
        (Lang::En, 1) => format!("1 {en}"),
        (Lang::En, n) => format!("{n} {en}s"),
        (Lang::Es, 1) => format!("1 {es}"),
        (Lang::Es, n) => format!("{n} {many}"),
    }
}

fn window(window: &Window, lang: Lang) -> String {
    let day = |anchor: &Anchor| anchor_of(anchor, lang);
    let text = match (lang, window) {
        (Lang::En, Window::Before(long, anchor)) => format!("in the {} before {}", length(*long, lang), day(anchor)),
        (Lang::En, Window::Within(long, anchor)) => format!("within {} after {}", length(*long, lang), day(anchor)),
        (Lang::En, Window::Since(anchor)) => format!("on or after {}", day(anchor)),
        (Lang::En, Window::After(anchor)) => format!("after {}", day(anchor)),
        (Lang::En, Window::Through(anchor)) => format!("no later than {}", day(anchor)),
        (Lang::En, Window::Earlier(anchor)) => format!("before {}", day(anchor)),
        (Lang::En, Window::ThisTerm) => "during the present term".to_owned(),
        (Lang::En, Window::WhileHolding(stage)) => format!("while holding the {} certificate", plain(stage, lang)),
        (Lang::En, Window::NoLimit) => "at any time".to_owned(),
        (Lang::Es, Window::Before(long, anchor)) => format!("en los {} antes de {}", length(*long, lang), day(anchor)),
        (Lang::Es, Window::Within(long, anchor)) => {
            format!("en los {} después de {}", length(*long, lang), day(anchor))
        }
        (Lang::Es, Window::Since(anchor)) => format!("a partir de {}", day(anchor)),
        (Lang::Es, Window::After(anchor)) => format!("después de {}", day(anchor)),
        (Lang::Es, Window::Through(anchor)) => format!("a más tardar en la fecha de {}", day(anchor)),
        (Lang::Es, Window::Earlier(anchor)) => format!("antes de {}", day(anchor)),
        (Lang::Es, Window::ThisTerm) => "durante el período actual".to_owned(),
        (Lang::Es, Window::WhileHolding(stage)) => format!("mientras tiene el certificado {}", plain(stage, lang)),
        (Lang::Es, Window::NoLimit) => "en cualquier momento".to_owned(),
    };
    contracted(text)
}

fn anchor(anchor: &Anchor, lang: Lang) -> String {
    anchor_of(anchor, lang)
}

fn anchor_of(anchor: &Anchor, lang: Lang) -> String {
    let two = |en: &str, es: &str| if lang == Lang::En { en.to_owned() } else { es.to_owned() };
    match anchor {
        Anchor::Application => two("the application", "la solicitud"),
        Anchor::ApplicationComplete => two("the application was complete", "la solicitud completa"),
        Anchor::ApplicationApproved => two("the application was approved", "la aprobación de la solicitud"),
        Anchor::Issue(None) => two("the certificate was issued", "la emisión del certificado"),
        Anchor::Issue(Some(stage)) => {
            let stage = plain(stage, lang);
            two(&format!("the {stage} certificate was issued"), &format!("la emisión del certificado {stage}"))
        }
        Anchor::TermStart => two("the start of the term", "el inicio del período"),
        Anchor::TermEnd => two("the end of the term", "el fin del período"),
        Anchor::PreviousTermStart => two("the start of the term before", "el inicio del período anterior"),
        Anchor::PreviousTermEnd => two("the end of the term before", "el fin del período anterior"),
        Anchor::ExamPassed => two("the exam was passed", "la aprobación del examen"),
        Anchor::Event { kind, first } => {
            let kind = plain(kind, lang);
            let which = if *first { two("the first event", "el primer evento") } else { two("the event", "el evento") };
            format!("{which} \"{kind}\"")
        }
        Anchor::Met(rule) => two(&format!("\"{rule}\" was met"), &format!("el cumplimiento de \"{rule}\"")),
        Anchor::Birth => two("birth", "el nacimiento"),
        Anchor::Today => two("the day asked about", "el día consultado"),
        Anchor::Date(day) => day.to_string(),
    }
}

/// "de el" is "del".
fn contracted(text: String) -> String {
    text.replace(" de el ", " del ").replace(" a el ", " al ")
}

/// A word of the language without its underscores; the closed words in Spanish too.
#[must_use]
pub fn plain(word: &str, lang: Lang) -> String {
    let word = word.strip_prefix("x-").unwrap_or(word);
    if lang == Lang::Es
        && let Some((_, es)) = SPANISH.iter().find(|(en, _)| *en == word)
    {
        return (*es).to_owned();
    }
    word.replace(['_', '-'], " ")
}

/// The closed words of the portable record, in Spanish.
const SPANISH: [(&str, &str); 66] = [
    ("basic", "básica"),
    ("specialty", "especializada"),
    ("continuing", "continua"),
    ("academic", "académica"),
    ("teaching", "docencia"),
    ("in_service", "en el trabajo"),
    ("conference", "conferencia"),
    ("orientation", "orientación"),
    ("in_person", "presencial"),
    ("live_online", "en línea y en vivo"),
    ("self_paced", "a su propio ritmo"),
    ("hybrid", "mixta"),
    ("reading", "lectura"),
    ("direct", "directo"),
    ("indirect", "indirecto"),
    ("supervision_individual", "supervisión individual"),
    ("supervision_group", "supervisión en grupo"),
    ("co_reflection", "correflexión"),
    ("placement", "práctica"),
    ("observed", "observado"),
    ("study", "estudio"),
    ("administrative", "administrativo"),
    ("training_received", "capacitación recibida"),
    ("lived_experience", "experiencia vivida"),
    ("recovery_since", "en recuperación desde"),
    ("education", "educación"),
    ("residence_percent", "porcentaje de residencia"),
    ("reference", "referencia"),
    ("code_of_ethics", "código de ética"),
    ("background_check", "verificación de antecedentes"),
    ("employment_promise", "promesa de empleo"),
    ("literacy", "lectura y escritura"),
    ("self_assessment", "autoevaluación"),
    ("identity", "identidad"),
    ("good_standing", "buena situación"),
    ("application", "solicitud"),
    ("testing", "examen"),
    ("self", "propia"),
    ("family", "familia"),
    ("board", "junta"),
    ("employer", "empleador"),
    ("supervisor", "supervisor"),
    ("paid", "pagado"),
    ("volunteer", "voluntario"),
    ("military", "servicio militar"),
    ("hardship", "dificultad grave"),
    ("medical", "motivo médico"),
    ("emergency", "emergencia"),
    ("appeal", "apelación"),
    ("inactive", "inactivo"),
    ("active", "activo"),
    ("expired", "vencido"),
    ("high_school", "escuela secundaria"),
    ("high_school_diploma", "diploma de escuela secundaria"),
    ("ged", "GED"),
    ("equivalent", "equivalente"),
    ("bachelor", "licenciatura"),
    ("master", "maestría"),
    ("doctorate", "doctorado"),
    ("associate", "título asociado"),
    ("certificate", "certificado"),
    ("transcript", "expediente académico"),
    ("syllabus", "programa del curso"),
    ("prior_learning", "aprendizaje previo"),
    ("transfer", "traslado"),
    ("hired", "contratación"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_said_in_both_languages() {
        for (text, en, es) in [
            (
                "24 months before application",
                "in the 24 months before the application",
                "en los 24 meses antes de la solicitud",
            ),
            ("no limit", "at any time", "en cualquier momento"),
            (
                "90 days after term end",
                "within 90 days after the end of the term",
                "en los 90 días después del fin del período",
            ),
            ("46 hours", "46 hours", "46 horas"),
            ("1 hour", "1 hour", "1 hora"),
            ("3 years", "3 years", "3 años"),
            ("30 %", "30 %", "30 %"),
            ("500 on 200-800", "500 on 200-800", "500 en la escala 200-800"),
        ] {
            assert_eq!(phrase(text, Lang::En), en);
            assert_eq!(phrase(text, Lang::Es), es);
        }
    }
}
