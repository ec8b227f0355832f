//! By which rules, for what and for which day an answer was worked out.

use chrono::NaiveDate;

use super::super::evaluation::Evaluation;
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::question::Purpose;

/// "Certified Peer Support Specialist (us-ne-cpss, rules of September 1, 2021), first certificate, as of November 22, 2026."
#[must_use]
pub fn basis(version: &Version, evaluation: &Evaluation, lang: Lang) -> String {
    let Evaluation { credential, purpose, stage, as_of, .. } = evaluation;
    let name = version.name.in_lang(lang);
    let from = version.id.parse::<NaiveDate>().map_or_else(|_| version.id.clone(), |day| super::day(day, lang));
    let stage = version.stages.iter().find(|known| known.id == *stage && version.stages.len() > 1);
    let stage = stage.map_or_else(String::new, |stage| format!(", {}", stage.label.in_lang(lang)));
    let (purpose, day) = (asked_for(*purpose, lang), super::day(*as_of, lang));
    match lang {
        Lang::En => format!("{name} ({credential}, rules of {from}), {purpose}{stage}, as of {day}."),
        Lang::Es => format!("{name} ({credential}, reglas del {from}), {purpose}{stage}, al {day}."),
    }
}

const fn asked_for(purpose: Purpose, lang: Lang) -> &'static str {
    match (purpose, lang) {
        (Purpose::Initial, Lang::En) => "first certificate",
        (Purpose::Initial, Lang::Es) => "primer certificado",
        (Purpose::Renewal, Lang::En) => "renewal",
        (Purpose::Renewal, Lang::Es) => "renovación",
        (Purpose::Reinstatement, Lang::En) => "getting the certificate back",
        (Purpose::Reinstatement, Lang::Es) => "recuperación del certificado",
        (Purpose::Reciprocity, Lang::En) => "coming from another region",
        (Purpose::Reciprocity, Lang::Es) => "transferencia desde otra región",
    }
}
