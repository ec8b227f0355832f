//! The short sentences of packs, in the reader's language.

use super::super::calendar::Length;
use super::super::lang::Lang;
use super::super::pack::phrase::{self, Anchor, Window};
use super::speaker::{Speaker, contracted};

/// A length of time: "24 months".
#[must_use]
pub fn length(length: Length, lang: Lang) -> String {
    let (number, word) = named(length, lang);
    format!("{number} {word}")
}

/// "the 24 months", "el mes".
fn span(length: Length, speaker: &Speaker<'_>) -> String {
    let (number, word) = named(length, speaker.lang);
    match (speaker.lang, number) {
        (Lang::En, 1) => format!("the {word}"),
        (Lang::En, _) => format!("the {number} {word}"),
        (Lang::Es, 1) if word == "semana" => format!("la {word}"),
        (Lang::Es, 1) => format!("el {word}"),
        (Lang::Es, _) if word == "semanas" => format!("las {number} {word}"),
        (Lang::Es, _) => format!("los {number} {word}"),
    }
}

fn named(length: Length, lang: Lang) -> (u32, &'static str) {
    let (number, words) = match length {
        Length::Days(n) if n > 0 && n.is_multiple_of(7) && !n.is_multiple_of(30) => {
            (n / 7, ["week", "weeks", "semana", "semanas"])
        }
        Length::Days(n) => (n, ["day", "days", "día", "días"]),
        Length::Months(n) if n > 24 && n.is_multiple_of(12) => (n / 12, ["year", "years", "año", "años"]),
        Length::Months(n) => (n, ["month", "months", "mes", "meses"]),
    };
    let [one, many, uno, muchos] = words;
    let word = match (lang, number) {
        (Lang::En, 1) => one,
        (Lang::En, _) => many,
        (Lang::Es, 1) => uno,
        (Lang::Es, _) => muchos,
    };
    (number, word)
}

/// A length as a pack writes it.
#[must_use]
pub fn length_text(text: &str, speaker: &Speaker<'_>) -> String {
    phrase::length(text).map_or_else(|_| text.to_owned(), |found| length(found, speaker.lang))
}

/// A window as a pack writes it.
#[must_use]
pub fn window_text(text: &str, speaker: &Speaker<'_>) -> String {
    phrase::window(text).map_or_else(|_| text.to_owned(), |found| window(&found, speaker))
}

/// A day as a pack writes it.
#[must_use]
pub fn anchor_text(text: &str, speaker: &Speaker<'_>) -> String {
    phrase::anchor(text).map_or_else(|_| text.to_owned(), |found| anchor(&found, speaker))
}

/// Which days count.
#[must_use]
pub fn window(window: &Window, speaker: &Speaker<'_>) -> String {
    let day = |anchor: &Anchor| self::anchor(anchor, speaker);
    let text = match (speaker.lang, window) {
        (Lang::En, Window::Before(long, anchor)) => format!("in {} before {}", span(*long, speaker), day(anchor)),
        (Lang::En, Window::Within(long, anchor)) => format!("in {} after {}", span(*long, speaker), day(anchor)),
        (Lang::En, Window::Since(anchor)) => format!("on or after {}", day(anchor)),
        (Lang::En, Window::After(anchor)) => format!("after {}", day(anchor)),
        (Lang::En, Window::Through(anchor)) => format!("no later than {}", day(anchor)),
        (Lang::En, Window::Earlier(anchor)) => format!("before {}", day(anchor)),
        (Lang::En, Window::AtLeastBefore(long, anchor)) => {
            format!("at least {} before {}", length(*long, speaker.lang), day(anchor))
        }
        (Lang::En, Window::AtLeastAfter(long, anchor)) => {
            format!("at least {} after {}", length(*long, speaker.lang), day(anchor))
        }
        (Lang::En, Window::ThisTerm) => "during the term".to_owned(),
        (Lang::En, Window::WhileHolding(stage)) => format!("during the stage {}", speaker.stage(stage)),
        (Lang::En, Window::NoLimit) => "at any time".to_owned(),
        (Lang::Es, Window::Before(long, anchor)) => format!("en {} antes de {}", span(*long, speaker), day(anchor)),
        (Lang::Es, Window::Within(long, anchor)) => format!("en {} después de {}", span(*long, speaker), day(anchor)),
        (Lang::Es, Window::Since(anchor)) => format!("a partir de {}", day(anchor)),
        (Lang::Es, Window::After(anchor)) => format!("después de {}", day(anchor)),
        (Lang::Es, Window::Through(anchor)) => format!("a más tardar en {}", day(anchor)),
        (Lang::Es, Window::Earlier(anchor)) => format!("antes de {}", day(anchor)),
        (Lang::Es, Window::AtLeastBefore(long, anchor)) => {
            format!("al menos {} antes de {}", length(*long, speaker.lang), day(anchor))
        }
        (Lang::Es, Window::AtLeastAfter(long, anchor)) => {
            format!("al menos {} después de {}", length(*long, speaker.lang), day(anchor))
        }
        (Lang::Es, Window::ThisTerm) => "durante el período".to_owned(),
        (Lang::Es, Window::WhileHolding(stage)) => format!("durante la etapa {}", speaker.stage(stage)),
        (Lang::Es, Window::NoLimit) => "en cualquier momento".to_owned(),
    };
    contracted(&text).replace("tardar en el ", "tardar el ")
}

/// A day that a rule points to, with its article.
#[must_use]
pub fn anchor(anchor: &Anchor, speaker: &Speaker<'_>) -> String {
    let two = |en: &str, es: &str| speaker.two(en, es).to_owned();
    match anchor {
        Anchor::Application => two("the application", "la solicitud"),
        Anchor::ApplicationComplete => {
            two("the day the application is complete", "el día en que la solicitud está completa")
        }
        Anchor::ApplicationApproved => {
            two("the day the application is approved", "el día en que se aprueba la solicitud")
        }
        Anchor::Issue(None) => {
            two("the day the certificate is first given", "el día en que se otorga por primera vez el certificado")
        }
        Anchor::Issue(Some(stage)) => {
            let stage = speaker.stage(stage);
            two(
                &format!("the day the stage {stage} is first given"),
                &format!("el día en que se otorga por primera vez la etapa {stage}"),
            )
        }
        Anchor::TermStart => two("the start of the term", "el inicio del período"),
        Anchor::TermEnd => two("the end of the term", "el fin del período"),
        Anchor::PreviousTermStart => two("the start of the term before", "el inicio del período anterior"),
        Anchor::PreviousTermEnd => two("the end of the term before", "el fin del período anterior"),
        Anchor::ExamPassed => two("the day the exam is passed", "el día en que se aprueba el examen"),
        Anchor::Event { kind, first } => event(&speaker.word("event", kind), *first),
        Anchor::Met(rule) => {
            let rule = speaker.rule(rule);
            two(&format!("the day {rule} is complete"), &format!("el día en que se completa {rule}"))
        }
        Anchor::Birth => two("birth", "el nacimiento"),
        Anchor::Today => two("the day of the decision", "el día de la decisión"),
        Anchor::Date(day) => match speaker.lang {
            Lang::En => speaker.day(*day),
            Lang::Es => format!("el {}", speaker.day(*day)),
        },
    }
}

/// "the hiring"; "the first hiring".
fn event(name: &str, first: bool) -> String {
    const FIRST: [(&str, &str); 3] = [("the ", "the first "), ("la ", "la primera "), ("el ", "el primer ")];
    let put = |(article, ordinal): (&str, &str)| Some(format!("{ordinal}{}", name.strip_prefix(article)?));
    let ordered = if first { FIRST.into_iter().find_map(put) } else { None };
    ordered.unwrap_or_else(|| name.to_owned())
}
