//! Why no day can be named: the rule, and who or what it depends on. Never a guess that somebody will say no.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::evaluate::moments::Moments;
use super::super::evaluation::{Evaluation, Note, Requirement, Status};
use super::super::explain::{self, day};
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::pack::model::{Asks, Cap, Label, Limit, Rule};
use super::super::pack::phrase::{Anchor, Window};
use super::super::reason::Reason;
use super::super::record::Record;
use super::super::render::{self, Speaker};
use super::reach::{Stopped, Why};
use super::{fill, words};

/// So many other certificates are named one by one.
const MOST_NAMES: usize = 4;

/// A requirement without which no day can be named, and what it depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wait {
    /// The requirement; empty: all of it.
    pub requirement: String,
    /// The sentence.
    #[serde(serialize_with = "words::label")]
    pub text: Label,
}

/// Whom a plan is for, and the day asked about: what is in the way may lie before or after it.
type Asked<'a> = (&'a Version, &'a Record, NaiveDate);

/// What is in the way, one sentence for each requirement.
pub(super) fn waits((version, record, asked_on): Asked<'_>, stopped: &Stopped) -> Vec<Wait> {
    let then = &stopped.then;
    let whole = |text| vec![Wait { requirement: String::new(), text }];
    if then.is_beyond_renewal() {
        return whole(beyond_renewal(then, asked_on));
    }
    if let Some(said) = no_way(version, then) {
        return whole(said);
    }
    if let Some(note) = then.not_away() {
        return whole(Label { en: explain::note(note, Lang::En), es: explain::note(note, Lang::Es) });
    }
    match stopped.why {
        Why::Looks(days) => return whole(tried(days)),
        Why::Far => return whole(far()),
        Why::Open => {}
    }
    let mut open: Vec<&Requirement> = Vec::new();
    then.requirements.iter().for_each(|found| leaves(found, &mut open));
    // What others decide, and what is closed, comes before what would only have to be done.
    let said = open.into_iter().filter_map(|found| {
        let text = sentence((version, record, asked_on), then, found)?;
        Some(Wait { requirement: found.id.clone(), text })
    });
    let said: Vec<Wait> = said.collect();
    if said.is_empty() { whole(nothing_known()) } else { said }
}

/// What is open, without what it is made of where that says no more.
fn leaves<'r>(found: &'r Requirement, open: &mut Vec<&'r Requirement>) {
    if !matches!(found.status, Status::NotMet | Status::Undecided) {
        return;
    }
    let is_group = found.unit.is_none() && !found.requirements.is_empty();
    if is_group {
        found.requirements.iter().for_each(|part| leaves(part, open));
    } else {
        open.push(found);
    }
}

fn sentence((version, record, asked_on): Asked<'_>, then: &Evaluation, found: &Requirement) -> Option<Label> {
    let taken = found.taken_ids().and_then(|mut ids| ids.next());
    let rule = fill::rule_of(version, then, taken.unwrap_or(&found.id))?;
    let both = |say: &dyn Fn(&Speaker<'_>, &str) -> String| {
        let one = |lang| {
            let speaker = Speaker { version, purpose: Some(then.purpose), lang };
            say(&speaker, &speaker.quoted(&words::named(version, then, found, lang)))
        };
        Label { en: one(Lang::En), es: one(Lang::Es) }
    };
    let moments = Moments::of(version, record, then.as_of, then.purpose, Some(&then.stage));
    if found.lacks_birth_date() {
        return Some(both(&|speaker, rule| {
            depends(speaker, rule, speaker.two("your birth date", "su fecha de nacimiento"))
        }));
    }
    if let Asks::Age(age) = &rule.asks {
        let past = age.at_most.is_some() && !fill::is_young(found, age);
        return past.then(|| both(&|speaker, rule| past_age(speaker, rule)));
    }
    let late = |reason| matches!(reason, Reason::OutsideWindow | Reason::AfterRequiredEvent | Reason::TooSoon);
    let applied = moments.application.and_then(|application| application.received_on);
    if let Some(on) = applied.filter(|_| hangs_on_application(rule) && found.status == Status::NotMet)
        && found.not_counted.iter().any(|lost| late(lost.reason))
    {
        let hours = matches!(rule.asks, Asks::Learning(_) | Asks::Service(_));
        return Some(both(&|speaker, rule| closed(speaker, rule, hours, (on, asked_on))));
    }
    if let Some(ended) = moments.term().and_then(|term| term.through).filter(|end| *end < then.as_of)
        && fill::windows_of(rule).contains(&Window::ThisTerm)
    {
        return Some(both(&|speaker, rule| over(speaker, rule, (ended, asked_on))));
    }
    if let Some(sort) = held_back(rule, found) {
        return Some(both(&|speaker, rule| waits_for_more(speaker, rule, &speaker.quoted(sort.in_lang(speaker.lang)))));
    }
    Some(both(&|speaker, rule_name| depends(speaker, rule_name, &on_what(speaker, &moments, rule, found))))
}

/// The sort of hours that a rule wants a share of, where hours of other sorts are held back until there are more of it.
fn held_back<'v>(rule: &'v Rule, found: &Requirement) -> Option<&'v Label> {
    let (Asks::Learning(hours) | Asks::Service(hours)) = &rule.asks else { return None };
    let share = |cap: &&Cap| cap.others && matches!(cap.limit, Limit::OfCounted(_));
    let is_held = found.not_counted.iter().any(|lost| lost.reason == Reason::CapReached);
    hours.caps.iter().find(share).filter(|_| is_held).map(|floor| &floor.label)
}

fn waits_for_more(speaker: &Speaker<'_>, rule: &str, sort: &str) -> String {
    match speaker.lang {
        Lang::En => format!("We cannot name a day yet: some of {rule} counts only with more hours of {sort}."),
        Lang::Es => {
            format!("Todavía no podemos indicar un día: una parte de {rule} cuenta solo con más horas de {sort}.")
        }
    }
}

/// Who or what a rule depends on.
fn on_what(speaker: &Speaker<'_>, moments: &Moments<'_>, rule: &Rule, found: &Requirement) -> String {
    let two = |en: &str, es: &str| speaker.two(en, es).to_owned();
    match &rule.asks {
        Asks::Credential(held) => {
            let names: Vec<&str> = held.credentials.iter().map(String::as_str).collect();
            // Nobody reads a list of fifty.
            if names.len() > MOST_NAMES {
                return two("another certificate in force", "otro certificado vigente");
            }
            let names = speaker.words("credential", &names).join(speaker.two(" or ", " u otro: "));
            return two(&format!("another certificate: {names}"), &format!("otro certificado: {names}"));
        }
        Asks::Decision => return two("a decision by the board", "una decisión de la junta"),
        _ if found.status == Status::Undecided => {
            return two("what others have to confirm", "lo que otras personas tienen que confirmar");
        }
        _ => {}
    }
    let lacking = fill::windows_of(rule).iter().find_map(|window| match window {
        Window::WhileHolding(stage) => Some(Anchor::Issue(Some(stage.clone()))),
        Window::ThisTerm if moments.term().is_none() => Some(Anchor::Issue(None)),
        Window::Before(_, anchor)
        | Window::Within(_, anchor)
        | Window::Since(anchor)
        | Window::After(anchor)
        | Window::AtLeastAfter(_, anchor) => {
            (moments.day(anchor).is_none() && !matches!(anchor, Anchor::Met(_))).then(|| anchor.clone())
        }
        _ => None,
    });
    match lacking {
        Some(Anchor::ApplicationApproved) => {
            two("the board's approval of your application", "la aprobación de su solicitud por la junta")
        }
        Some(anchor) => render::anchor(&anchor, speaker),
        None => two("the board", "la junta"),
    }
}

/// Whether what counts has to lie before an application.
fn hangs_on_application(rule: &Rule) -> bool {
    let since = match &rule.asks {
        Asks::Attestation(wanted) => wanted.since_at_least.as_ref().map(|(_, anchor)| anchor),
        _ => None,
    };
    let before = |window: &Window| match window {
        Window::Before(_, anchor) | Window::Earlier(anchor) | Window::Through(anchor) => *anchor == Anchor::Application,
        Window::AtLeastBefore(_, anchor) => *anchor == Anchor::Application,
        _ => false,
    };
    since == Some(&Anchor::Application) || fill::windows_of(rule).iter().any(before)
}

fn depends(speaker: &Speaker<'_>, rule: &str, what: &str) -> String {
    match speaker.lang {
        Lang::En => format!("We cannot name a day yet: {rule} depends on {what}."),
        Lang::Es => format!("Todavía no podemos indicar un día: {rule} depende de {what}.").replace(" de el ", " del "),
    }
}

fn closed(speaker: &Speaker<'_>, rule: &str, hours: bool, (on, asked_on): (NaiveDate, NaiveDate)) -> String {
    let (is_ahead, on) = (on > asked_on, day(on, speaker.lang));
    let had_to = match (speaker.lang, hours, is_ahead) {
        (Lang::En, true, false) => "These hours had to be done before you applied on",
        (Lang::En, true, true) => "These hours have to be done before you apply on",
        (Lang::En, false, false) => "This had to be there before you applied on",
        (Lang::En, false, true) => "This has to be there before you apply on",
        (Lang::Es, true, false) => "Estas horas tenían que hacerse antes de su solicitud del",
        (Lang::Es, true, true) => "Estas horas tienen que hacerse antes de su solicitud del",
        (Lang::Es, false, false) => "Esto tenía que estar antes de su solicitud del",
        (Lang::Es, false, true) => "Esto tiene que estar antes de su solicitud del",
    };
    format!("{rule}: {had_to} {on}. {}", ask_the_board(speaker, is_ahead))
}

fn over(speaker: &Speaker<'_>, rule: &str, (on, asked_on): (NaiveDate, NaiveDate)) -> String {
    let (is_ahead, on) = (on >= asked_on, day(on, speaker.lang));
    let said = match (speaker.lang, is_ahead) {
        (Lang::En, false) => format!("The days that count ended on {on}."),
        (Lang::En, true) => format!("The days that count end on {on}. It cannot all be done by then."),
        (Lang::Es, false) => format!("Los días que cuentan terminaron el {on}."),
        (Lang::Es, true) => format!("Los días que cuentan terminan el {on}. Para entonces no se puede hacer todo."),
    };
    format!("{rule}: {said} {}", ask_the_board(speaker, is_ahead))
}

fn ask_the_board(speaker: &Speaker<'_>, is_ahead: bool) -> &'static str {
    match (speaker.lang, is_ahead) {
        (Lang::En, true) => "Ask the board what you can do.",
        (Lang::En, false) => "Ask the board what you can do now.",
        (Lang::Es, _) => "Pregunte a la junta qué puede hacer.",
    }
}

fn past_age(speaker: &Speaker<'_>, rule: &str) -> String {
    match speaker.lang {
        Lang::En => {
            format!("We cannot name a day: {rule} is for an age that is past. Ask the board about another way.")
        }
        Lang::Es => {
            format!("No podemos indicar un día: {rule} es para una edad que ya pasó. Pregunte a la junta por otra vía.")
        }
    }
}

fn tried(days: usize) -> Label {
    Label {
        en: format!("We cannot name a day yet: your record is long, and we looked at {days} days only."),
        es: format!("Todavía no podemos indicar un día: su registro es largo y solo miramos {days} días."),
    }
}

fn far() -> Label {
    Label {
        en: "We cannot name a day yet: it takes more than five years, and we look no further ahead.".to_owned(),
        es: "Todavía no podemos indicar un día: hacen falta más de cinco años y no miramos más lejos.".to_owned(),
    }
}

/// What to say first where the status alone says too little: that there is no way back, or that all hangs on the birth date.
pub(super) fn said_first(version: &Version, found: &Evaluation) -> Option<Label> {
    let birth = || {
        let said = |lang| explain::birth_wanted(lang).to_owned();
        explain::lacks_birth_date(found).then(|| Label { en: said(Lang::En), es: said(Lang::Es) })
    };
    no_way(version, found).or_else(birth)
}

/// That a way back is asked for where there is none, or none is needed.
pub(super) fn no_way(version: &Version, found: &Evaluation) -> Option<Label> {
    let said = |lang| explain::no_way(version, found, lang);
    Some(Label { en: said(Lang::En)?, es: said(Lang::Es)? })
}

/// Why the certificate is not renewed, and that there is nothing to send.
fn beyond_renewal(then: &Evaluation, asked_on: NaiveDate) -> Label {
    let why = then.notes.iter().find(|note| Note::BEYOND_RENEWAL.contains(&note.code.as_str()));
    let told = |note: &Note, lang| match note.from.filter(|from| *from > asked_on) {
        Some(from) => will_end(&note.code, &day(from, lang), lang),
        None => explain::note(note, lang),
    };
    let said = |lang| {
        let why = why.map_or_else(String::new, |note| told(note, lang) + " ");
        why + explain::beyond_renewal(lang)
    };
    Label { en: said(Lang::En), es: said(Lang::Es) }
}

/// That the certificate ends on a day that is still ahead, and how.
fn will_end(code: &str, on: &str, lang: Lang) -> String {
    let (en, es) = match code {
        "away_revoked" => ("The board will take your certificate back on", "La junta retirará su certificado el"),
        "away_surrendered" => ("You will give your certificate up on", "Usted entregará su certificado el"),
        _ => ("Your certificate will be closed on", "Su certificado se cerrará el"),
    };
    match lang {
        Lang::En => format!("{en} {on}."),
        Lang::Es => format!("{es} {on}."),
    }
}

fn nothing_known() -> Label {
    Label {
        en: "We cannot name a day yet. Ask the board what you can do now.".to_owned(),
        es: "Todavía no podemos indicar un día. Pregunte a la junta qué puede hacer.".to_owned(),
    }
}
