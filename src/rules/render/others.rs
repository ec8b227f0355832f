//! Clauses about papers, age, jobs, certificates, events, decisions, choices, deadlines and the ladder back.

use serde_json::Value;

use super::super::lang::Lang;
use super::clause::Subject;
use super::phrases::{anchor_text, length_text, window_text};
use super::speaker::{Speaker, contracted};

/// A key of any of these.
#[must_use]
pub fn clause(about: &Subject<'_>, key: &str, value: &Value) -> Option<String> {
    match about.sort {
        "attestation" => paper(about, key, value),
        "age" => age(about, key, value),
        "deadline" => deadline(about, key, value),
        "rung" => rung(about, key, value),
        "any_of" | "all_of" => choice(about, key, value),
        "exam part" => super::exams::clause(about, key, value),
        _ => fact(about, key, value),
    }
}

/// What is asked for: one of it, several of it.
fn sort_of_paper(kind: &str) -> [&'static str; 4] {
    match kind {
        "reference" => ["a reference is needed", "references are needed", "se necesita una referencia", "referencias"],
        "lived_experience" | "recovery_since" => {
            ["the person states it", "statements are needed", "la persona lo declara", "declaraciones"]
        }
        "code_of_ethics" => ["it has to be signed", "signatures are needed", "tiene que estar firmado", "firmas"],
        "background_check" => {
            ["a check is needed", "checks are needed", "se necesita una verificación", "verificaciones"]
        }
        "education" | "residence_percent" | "literacy" | "identity" => [
            "a paper that shows it is needed",
            "papers are needed",
            "se necesita un documento que lo muestre",
            "documentos",
        ],
        _ => ["it has to be confirmed", "confirmations are needed", "tiene que estar confirmado", "confirmaciones"],
    }
}

fn paper(about: &Subject<'_>, key: &str, value: &Value) -> Option<String> {
    let speaker = &about.speaker;
    let kind = about.text("attestation").unwrap_or_default();
    let [one, many, uno, muchos] = sort_of_paper(kind);
    Some(match key {
        "attestation" => speaker.two(one, uno).to_owned(),
        "count" => match (value.as_u64(), speaker.lang) {
            (Some(1), _) => speaker.two(one, uno).to_owned(),
            (_, Lang::En) => format!("{value} {many}"),
            (_, Lang::Es) => format!("se necesitan {value} {muchos}"),
        },
        "values" => values(about, kind),
        "each_of" => format!("{}: {}", speaker.two("one of each", "una de cada"), speaker.all(&about.words(key, kind))),
        "different_people" => speaker.two("from different people", "de personas distintas").to_owned(),
        "by" => format!("{} {}", speaker.two("confirmed by", "lo confirma"), speaker.any(&about.words(key, "by"))),
        "moments" => format!(
            "{}: {}",
            speaker.two("once at each of these", "una vez en cada uno de estos momentos"),
            speaker.all(&about.words(key, "moment"))
        ),
        "at_least" => format!("{} {}", speaker.two("at least", "al menos"), number(about, kind, value)),
        "at_most" => format!("{} {}", speaker.two("at most", "como máximo"), number(about, kind, value)),
        "since_at_least" => since(about, value.as_str()?),
        "renewed_every" => format!(
            "{} {}",
            speaker.two("confirmed again at least every", "se confirma de nuevo al menos cada"),
            length_text(value.as_str()?, speaker)
        ),
        _ => return None,
    })
}

/// Which answers are taken; of a reference, from whom.
fn values(about: &Subject<'_>, kind: &str) -> String {
    let (speaker, values) = (&about.speaker, about.speaker.any(&about.words("values", kind)));
    let start = match kind {
        "reference" if about.stated.contains_key("count") => speaker.two("they come from", "las da"),
        "reference" => speaker.two("it comes from", "la da"),
        "education" => speaker
            .two("a paper that shows one of these is needed", "se necesita un documento que muestre uno de estos"),
        _ => speaker.two("this is accepted", "se acepta"),
    };
    format!("{start}: {values}")
}

/// "51 percent", "12 months of recovery in a row".
fn number(about: &Subject<'_>, kind: &str, value: &Value) -> String {
    let speaker = &about.speaker;
    match speaker.version.words.get(kind) {
        Some(label) => format!("{value} {}", label.in_lang(speaker.lang)),
        None if kind.ends_with("_percent") => format!("{value} {}", speaker.two("percent", "por ciento")),
        None => value.to_string(),
    }
}

/// "since at least 24 months before the application".
fn since(about: &Subject<'_>, text: &str) -> String {
    let speaker = &about.speaker;
    let said = match text.split_once(" before ") {
        Some((length, day)) => format!(
            "{} {} {} {}",
            speaker.two("it must have begun at least", "tiene que haber empezado al menos"),
            length_text(length, speaker),
            speaker.two("before", "antes de"),
            anchor_text(day, speaker)
        ),
        None => format!(
            "{} {}",
            speaker.two("it must have begun by", "tiene que haber empezado a más tardar en"),
            anchor_text(text, speaker)
        ),
    };
    contracted(&said).into_owned()
}

fn age(about: &Subject<'_>, key: &str, value: &Value) -> Option<String> {
    let speaker = &about.speaker;
    Some(match key {
        "at_least" => format!("{} {}", speaker.two("at least", "al menos"), years(about, value)),
        "at_most" => format!("{} {}", speaker.two("at most", "como máximo"), years(about, value)),
        "on" => on(speaker, value.as_str()?),
        _ => return None,
    })
}

/// "18 years old".
fn years(about: &Subject<'_>, value: &Value) -> String {
    let (en, es) = if value.as_u64() == Some(1) { ("year old", "año") } else { ("years old", "años") };
    format!("{value} {}", about.speaker.two(en, es))
}

/// "on the day of the application", "on the day of the decision", "on June 1, 2025".
pub(super) fn on(speaker: &Speaker<'_>, anchor: &str) -> String {
    let day = anchor_text(anchor, speaker);
    let is_day = ["the day ", "el día "].iter().any(|start| day.starts_with(start));
    match (is_day || anchor.starts_with(|first: char| first.is_ascii_digit()), speaker.lang) {
        (true, Lang::En) => format!("on {day}"),
        (true, Lang::Es) => day,
        (false, Lang::En) => format!("on the day of {day}"),
        (false, Lang::Es) => contracted(&format!("el día de {day}")).into_owned(),
    }
}

/// Jobs, certificates, events, decisions.
fn fact(about: &Subject<'_>, key: &str, value: &Value) -> Option<String> {
    let speaker = &about.speaker;
    let (two, any) = (
        |en: &'static str, es: &'static str| speaker.two(en, es),
        |attribute: &str| speaker.any(&about.words(key, attribute)),
    );
    Some(match key {
        "titles" => format!("{} {}", two("as", "como"), any("title")),
        "at_least" => format!("{} {}", two("at least", "al menos"), length_text(value.as_str()?, speaker)),
        "on" => at_work(about, value.as_str()?),
        "weekly_at_least" => {
            format!("{} {} {}", two("at least", "al menos"), about.measured(value), two("a week", "por semana"))
        }
        "credentials" if about.texts(key).len() > 1 => {
            format!("{}: {}", two("one of these certificates", "uno de estos certificados"), any("credential"))
        }
        "credentials" => format!("{}: {}", two("certificate", "certificado"), any("credential")),
        "standing" => format!("{}: {}", two("state of the certificate", "estado del certificado"), any("standing")),
        "stage_held" => {
            format!("{} {}", two("stage of the certificate:", "etapa del certificado:"), speaker.stage(value.as_str()?))
        }
        "events" => format!("{}: {}", two("this has happened", "ha ocurrido esto"), any("event")),
        "count" if value.as_u64() == Some(1) => two("once", "una vez").to_owned(),
        "count" => format!("{} {value} {}", two("at least", "al menos"), two("times", "veces")),
        "by" => format!("{} {}", any("by"), two("decides", "decide")),
        "evidence" => {
            format!("{}: {}", two("what is looked at", "se revisa"), speaker.all(&about.words(key, "evidence")))
        }
        _ => return None,
    })
}

/// "employed on the day of the application".
fn at_work(about: &Subject<'_>, anchor: &str) -> String {
    let speaker = &about.speaker;
    let day = anchor_text(anchor, speaker);
    let is_day = day.starts_with(speaker.two("the day ", "el día "));
    let said = match (is_day, speaker.lang) {
        (true, Lang::En) => format!("employed on {day}"),
        (true, Lang::Es) => format!("con empleo {day}"),
        (false, Lang::En) => format!("employed on the day of {day}"),
        (false, Lang::Es) => format!("con empleo el día de {day}"),
    };
    contracted(&said).into_owned()
}

/// How many of the branches.
fn choice(about: &Subject<'_>, key: &str, value: &Value) -> Option<String> {
    let speaker = &about.speaker;
    match (key, value.as_u64()) {
        ("at_least", Some(1)) => Some(speaker.two("one of these is enough", "basta con uno de estos").to_owned()),
        ("at_least", Some(n)) => Some(match speaker.lang {
            Lang::En => format!("{n} of these are needed"),
            Lang::Es => format!("se necesitan {n} de estos"),
        }),
        _ => None,
    }
}

fn deadline(about: &Subject<'_>, key: &str, value: &Value) -> Option<String> {
    let speaker = &about.speaker;
    Some(match key {
        "within" => window_text(value.as_str()?, speaker),
        "rule" => format!(
            "{} {}",
            speaker.rule(value.as_str()?),
            speaker.two("has to be complete", "tiene que estar completo")
        ),
        "filed" if value.as_bool() == Some(true) => {
            speaker.two("the application has to come in", "la solicitud tiene que llegar").to_owned()
        }
        "filed" => all_of_it(about),
        "consequence" => format!("{}: {}", speaker.two("if not", "si no"), small(&consequence(about))),
        _ => return None,
    })
}

/// A deadline that names nothing speaks of everything.
pub(super) fn all_of_it(about: &Subject<'_>) -> String {
    about.speaker.two("all that is asked has to be there", "todo lo que se pide tiene que estar").to_owned()
}

/// A sentence of a pack inside another: its first letter small.
fn small(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

fn rung(about: &Subject<'_>, key: &str, value: &Value) -> Option<String> {
    let speaker = &about.speaker;
    Some(match key {
        "away" => away(about, value.as_str()?),
        "from" => format!(
            "{}: {}",
            speaker.two("for a certificate that is", "para un certificado"),
            speaker.any(&about.words(key, "from"))
        ),
        "rules" => {
            let rules: Vec<String> = about.texts(key).into_iter().map(|id| speaker.rule(id)).collect();
            format!("{}: {}", speaker.two("what is asked", "se pide"), speaker.all(&rules))
        }
        "refused" if value.as_bool() == Some(true) => speaker
            .two("this certificate cannot be brought back", "este certificado ya no se puede recuperar")
            .to_owned(),
        "refused" => {
            speaker.two("this certificate can be brought back", "este certificado se puede recuperar").to_owned()
        }
        "fee" => format!("{}: {}", speaker.two("fee", "tarifa"), value.as_str()?),
        "consequence" => consequence(about),
        _ => return None,
    })
}

/// How long one was away: "away for more than 12 months and at most 5 years".
fn away(about: &Subject<'_>, text: &str) -> String {
    let speaker = &about.speaker;
    if text == "any time" {
        return speaker.two("however long one was away", "sin importar cuánto tiempo haya pasado").to_owned();
    }
    let parts: Vec<String> = text
        .split(", ")
        .map(|part| {
            let more = part.strip_prefix("more than ").map(|rest| (speaker.two("more than", "más de"), rest));
            let (start, rest) = more
                .or_else(|| part.strip_prefix("at most ").map(|rest| (speaker.two("at most", "hasta"), rest)))
                .unwrap_or(("", part));
            format!("{start} {}", length_text(rest, speaker))
        })
        .collect();
    match speaker.lang {
        Lang::En => format!("away for {}", speaker.all(&parts)),
        Lang::Es => format!("{} de ausencia", speaker.all(&parts)),
    }
}

/// What follows, in the reader's language.
fn consequence(about: &Subject<'_>) -> String {
    let key = if about.speaker.lang == Lang::En { "consequence" } else { "consequence_es" };
    about.text(key).unwrap_or_default().to_owned()
}

/// For people whose deciding day lies in these days.
pub(super) fn in_force(about: &Subject<'_>, value: &Value) -> Option<String> {
    let speaker = &about.speaker;
    let day = |key: &str| value.get(key).and_then(Value::as_str)?.parse().ok().map(|day| speaker.day(day));
    let by_application = speaker.version.stated.get("applies_by") == Some(&serde_json::json!(["application"]));
    let whom = if by_application {
        speaker.two("for applications", "para solicitudes")
    } else {
        speaker.two("for people whose deciding day lies", "para personas cuyo día que decide cae")
    };
    Some(match (day("from"), day("through"), speaker.lang) {
        (Some(from), None, Lang::En) => format!("{whom} from {from} on"),
        (Some(from), None, Lang::Es) => format!("{whom} desde el {from}"),
        (None, Some(through), Lang::En) => format!("{whom} through {through}"),
        (None, Some(through), Lang::Es) => format!("{whom} hasta el {through}"),
        (Some(from), Some(through), Lang::En) => format!("{whom} from {from} through {through}"),
        (Some(from), Some(through), Lang::Es) => format!("{whom} del {from} al {through}"),
        (None, None, _) => return None,
    })
}
