//! What the parts of a head are called in a comparison, in both languages.

use serde_json::{Map, Value};

use super::super::lang::Lang;
use super::super::pack::model::{Label, SourceNote};
use super::super::render;

fn two(en: impl Into<String>, es: impl Into<String>) -> Label {
    Label { en: en.into(), es: es.into() }
}

/// The label that a table states, or its id.
pub(super) fn name_of(stated: &Map<String, Value>) -> Label {
    let text = |key: &str| stated.get(key).and_then(Value::as_str);
    let en = text("label").or_else(|| text("id")).unwrap_or_default();
    two(en, text("label_es").unwrap_or(en))
}

/// A key of the head, for people.
pub(super) fn head(key: &str) -> Label {
    match key {
        "credential" => two("Id of the certificate", "Identificador del certificado"),
        "name" => two("Name of the certificate", "Nombre del certificado"),
        "abbreviation" => two("Letters of the certificate", "Siglas del certificado"),
        "board" => two("Board", "Junta"),
        "region" => two("Region", "Región"),
        "time_zone" => two("Time zone of the days", "Zona horaria de los días"),
        "verified" => two("Confirmed by the board", "Confirmado por la junta"),
        "hour" => two("Length of an hour", "Duración de una hora"),
        "applies_by" => two("What decides the version", "Lo que decide la versión"),
        "holidays" => two("Holidays", "Días festivos"),
        "reminders" => two("Reminders", "Recordatorios"),
        "note" => two("Notes about the sources", "Notas sobre las fuentes"),
        "stage order" => two("Order of the stages", "Orden de las etapas"),
        other => two(other, other),
    }
}

/// An entry of the head that has a name: "Topic “Ethics”".
pub(super) fn beside(key: &str, name: &Label) -> Label {
    let (en, es) = match key {
        "stage" => ("Stage", "Etapa"),
        "hold" => ("Pause", "Pausa"),
        "order" => ("More time for everyone", "Más tiempo para todos"),
        "transition" => ("People between the versions", "Personas entre las dos versiones"),
        "topic" => ("Topic", "Tema"),
        other => (other, other),
    };
    two(format!("{en} “{}”", name.en), format!("{es} «{}»", name.es))
}

/// A topic.
pub(super) fn topic(name: &Label) -> Label {
    beside("topic", name)
}

/// A unit, word or source by its name.
pub(super) fn entry(key: &str, name: &str) -> Label {
    let (en, es) = match key {
        "unit" => ("Unit", "Unidad"),
        "word" => ("Word", "Palabra"),
        "source" => ("Source", "Fuente"),
        other => (other, other),
    };
    two(format!("{en} “{name}”"), format!("{es} «{name}»"))
}

/// A field that has no sentence of its own.
pub(super) fn field(key: &str) -> Label {
    match key {
        "label" => two("called", "se llama"),
        "plural" => two("several are called", "varios se llaman"),
        "is" => two("worth", "vale"),
        "sizes" => two("worth by course", "valor según el curso"),
        "title" => two("title", "título"),
        "url" => two("address", "dirección"),
        "read_on" => two("read on", "leído el"),
        "dated" => two("dated", "con fecha"),
        "cite" => two("written in", "está escrito en"),
        "clause" => two("place in the source", "lugar en la fuente"),
        "before_expiry" => two("days before the end", "días antes del fin"),
        "in_grace" => two("days after the end", "días después del fin"),
        "amount" => two("amount", "monto"),
        "for" => two("what for", "para qué"),
        "from" => two("from", "desde"),
        "grace_earns" => two("after the end still counts", "después del fin todavía cuenta"),
        other => two(other.replace('_', " "), other.replace('_', " ")),
    }
}

/// "called “Training”".
pub(super) fn called(label: &Label) -> Option<Label> {
    Some(two(format!("called “{}”", label.en), format!("se llama «{}»", label.es)))
}

/// What is asked for, as a sort of thing; of branches, how many.
pub(super) fn sort(sort: &str, needed: Option<usize>) -> Label {
    match (sort, needed) {
        ("all_of", _) => two("all of these are needed", "se necesitan todos estos"),
        ("any_of", Some(1)) => two("one of these is enough", "basta con uno de estos"),
        ("any_of", Some(many)) => two(format!("{many} of these are needed"), format!("se necesitan {many} de estos")),
        ("learning" | "service", _) => {
            let said = |lang| render::sort_said(sort, lang).unwrap_or_default();
            two(said(Lang::En), said(Lang::Es))
        }
        ("exam", _) => two("an exam has to be passed", "hay que aprobar un examen"),
        ("attestation", _) => two("something has to be confirmed", "algo tiene que estar confirmado"),
        ("age", _) => two("an age is asked for", "se pide una edad"),
        ("employment", _) => two("a job is asked for", "se pide un empleo"),
        ("credential", _) => two("a certificate is asked for", "se pide un certificado"),
        ("event", _) => two("something has to have happened", "algo tiene que haber ocurrido"),
        ("decision", _) => two("someone has to decide", "alguien tiene que decidir"),
        ("topic", _) => two("it is about a topic", "se refiere a un tema"),
        ("part", _) => two("it is about a part of the hours", "se refiere a una parte de las horas"),
        ("cap", _) => two("it limits what counts", "limita lo que cuenta"),
        ("floor", _) => two("it says what must be among them", "dice lo que debe haber entre ellas"),
        ("deadline", _) => two("it is a date to keep", "es un plazo"),
        ("rung", _) => two("it is one of the cases", "es uno de los casos"),
        (other, _) => two(other, other),
    }
}

/// "written in 206 NAC 7-002".
pub(super) fn written_in(title: &str) -> Label {
    two(format!("written in {title}"), format!("está escrito en {title}"))
}

/// Where several things are written, each by its title.
pub(super) fn written_for(titles: &[String]) -> Option<Label> {
    (!titles.is_empty()).then(|| written_in(&titles.join("; ")))
}

/// "asked for Full certificate"; none where a rule names no stage.
pub(super) fn stages(labels: &[Label]) -> Option<Label> {
    let join = |name: fn(&Label) -> &str| labels.iter().map(name).collect::<Vec<_>>().join(", ");
    let (en, es) = (join(|label| &label.en), join(|label| &label.es));
    (!labels.is_empty()).then(|| two(format!("asked for: {en}"), format!("se pide para: {es}")))
}

/// "on Ethics and Law".
pub(super) fn topics(names: &str, lang: super::Lang) -> String {
    match lang {
        super::Lang::En => format!("on {names}"),
        super::Lang::Es => format!("sobre {names}"),
    }
}

/// Whether courses on a topic count.
pub(super) fn counts(never: bool) -> Label {
    if never {
        two("courses on it never count", "los cursos sobre este tema nunca cuentan")
    } else {
        two("courses on it can count", "los cursos sobre este tema pueden contar")
    }
}

/// The other names of a topic, in any order.
pub(super) fn synonyms(names: &[String]) -> Option<Label> {
    let mut sorted = names.to_vec();
    sorted.sort_unstable();
    let all = sorted.join(", ");
    (!names.is_empty())
        .then(|| two(format!("records may also call it: {all}"), format!("otros nombres en los registros: {all}")))
}

/// The name of a topic in records.
pub(super) fn id(id: &str) -> Label {
    two(format!("its id is {id}"), format!("su identificador es {id}"))
}

/// What the board refuses, and where that is written.
pub(super) fn refused(cited: Option<&str>) -> Label {
    let place = cited.map_or_else(String::new, |title| format!(" ({title})"));
    two(format!("the board does not offer this{place}"), format!("la junta no lo ofrece{place}"))
}

/// A note about the sources.
pub(super) fn note(note: &SourceNote) -> Label {
    let place = note.citation.as_ref().map_or_else(String::new, |cited| format!(" ({})", cited.title));
    let with = |text: &str| format!("“{text}”{place}");
    two(with(&note.text.en), format!("«{}»{place}", note.text.es))
}

/// A sentence as a clause: its first letter small, no full stop at its end.
pub(super) fn as_clause(sentence: &str) -> String {
    let mut letters = sentence.trim_end_matches('.').chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}
