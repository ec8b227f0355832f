//! A rule's clauses as sentences: what is asked for and when in the first, the rest one by one.

use serde_json::json;

use super::clause::Subject;
use super::hours;
use super::others;
use super::speaker::sentence;

/// All sentences of a rule, part, deadline or rung.
#[must_use]
pub fn sentences(about: &Subject<'_>, is_clause: &dyn Fn(&str) -> bool) -> Vec<String> {
    let (lead, told) = lead(about);
    let mut keys: Vec<&str> =
        about.stated.keys().map(String::as_str).filter(|key| is_clause(key) && !told.contains(key)).collect();
    keys.sort_by_key(|key| (rank(key), *key));
    let rest = keys.into_iter().filter_map(|key| about.clause(key));
    let about_what = hours::sort(about).into_iter().chain(hours::topics(about));
    Some(lead)
        .filter(|lead| !lead.is_empty())
        .into_iter()
        .chain(about_what)
        .chain(rest)
        .map(|clause| sentence(&clause))
        .collect()
}

/// Amounts first, then what counts, then days and people, then what follows.
fn rank(key: &str) -> u8 {
    match key {
        "credentials" | "attestation" | "exams" | "events" | "titles" | "away" => 0,
        "at_least" | "count" | "at_most" | "pass" | "values" | "each_of" => 1,
        "only" | "never" | "of" | "standing" | "stage_held" | "from" => 2,
        "window" | "within" | "rules" => 3,
        "when" | "unless" | "waived_when" | "in_force" => 8,
        "consequence" => 9,
        _ => 5,
    }
}

/// The first sentence, and the keys it has told.
fn lead(about: &Subject<'_>) -> (String, Vec<&'static str>) {
    let speaker = &about.speaker;
    match about.sort {
        "learning" | "service" => {
            let what = ["at_least", "count", "ratio", "rhythm", "rate"]
                .into_iter()
                .find(|key| about.stated.contains_key(*key));
            with_window(about, what.into_iter().collect(), vec!["counted_in"])
        }
        "topic" | "part"
            if about.stated.get("at_least").is_some_and(|least| about.stated.get("at_most") == Some(least)) =>
        {
            let exactly =
                format!("{} {}", speaker.two("exactly", "exactamente"), about.amount("at_least").unwrap_or_default());
            (exactly, vec!["at_least", "at_most"])
        }
        "topic" | "part" => with_window(about, vec!["at_least"], Vec::new()),
        "exam" => exam(about),
        "attestation" => paper(about),
        "age" => {
            let both = [about.clause("at_least"), about.clause("at_most")];
            let both: Vec<String> = both.into_iter().flatten().collect();
            let day = others::on(&about.speaker, about.text("on").unwrap_or("application"));
            (format!("{} {day}", speaker.all(&both)), vec!["at_least", "at_most", "on"])
        }
        "employment" => {
            let both = [about.clause("at_least"), about.clause("on"), about.clause("titles")];
            let both: Vec<String> = both.into_iter().flatten().collect();
            let days = about.windows("window").map(|days| format!(", {days}")).unwrap_or_default();
            (both.join(" ") + &days, vec!["at_least", "on", "titles", "window"])
        }
        "credential" if !about.stated.contains_key("standing") => {
            let named = about.clause("credentials").unwrap_or_default();
            let in_force = speaker.two("It has to be in force", "Tiene que estar vigente");
            (format!("{}. {in_force}", named.trim_end_matches('.')), vec!["credentials"])
        }
        "event" => {
            let days = about.windows("window").map(|days| format!(", {days}")).unwrap_or_default();
            (about.clause("events").unwrap_or_default() + &days, vec!["events", "window"])
        }
        "deadline" => {
            let what = ["rule", "filed"].into_iter().find_map(|key| about.clause(key));
            let what = what.unwrap_or_else(|| others::all_of_it(about));
            (format!("{what} {}", about.clause("within").unwrap_or_default()), vec!["within", "rule", "filed"])
        }
        "any_of" | "all_of" => (String::new(), vec!["at_least"]),
        _ => (String::new(), Vec::new()),
    }
}

/// "at least 46 hours, in the 24 months before the application".
fn with_window(about: &Subject<'_>, what: Vec<&'static str>, also: Vec<&'static str>) -> (String, Vec<&'static str>) {
    let said: Vec<String> = what.iter().filter_map(|key| about.clause(key)).collect();
    let days = about.windows("window").filter(|_| !said.is_empty());
    let mut told = what;
    told.extend(also);
    if days.is_some() {
        told.push("window");
    }
    let all: Vec<String> = said.into_iter().chain(days).collect();
    (all.join(", "), told)
}

/// "it must be passed, after the day ... is complete".
fn exam(about: &Subject<'_>) -> (String, Vec<&'static str>) {
    let speaker = &about.speaker;
    let one = about.texts("exams").len() < 2;
    let first = if one {
        speaker.two("it has to be passed", "hay que aprobarlo").to_owned()
    } else {
        format!(
            "{}: {}",
            speaker.two("one of these has to be passed", "hay que aprobar uno de estos"),
            speaker.any(&about.words("exams", "exam"))
        )
    };
    let days = about.windows("window").map(|days| format!(", {days}")).unwrap_or_default();
    (first + &days, vec!["exams", "window"])
}

/// "2 references are needed, from different people, during the term".
fn paper(about: &Subject<'_>) -> (String, Vec<&'static str>) {
    let numbers = ["each_of", "at_least", "at_most", "since_at_least"];
    let counted = about.stated.get("count").is_some_and(|count| *count != json!(1));
    let shown = about.text("attestation") == Some("education") && about.stated.contains_key("values");
    let key = if counted {
        "count"
    } else if shown {
        "values"
    } else {
        "attestation"
    };
    let mut all: Vec<String> = about.clause(key).into_iter().collect();
    if about.stated.get("different_people") == Some(&json!(true)) {
        all.extend(about.clause("different_people"));
    }
    all.extend(about.windows("window"));
    let mut told = vec!["attestation", "count", "different_people", "window"];
    told.extend(shown.then_some("values"));
    if numbers.iter().any(|number| about.stated.contains_key(*number)) && !counted && all.len() == 1 {
        // "At least 51 percent" says more than "a paper is needed".
        let said: Vec<String> = numbers.iter().filter_map(|number| about.clause(number)).collect();
        told.extend(numbers);
        return (about.speaker.all(&said), told);
    }
    (all.join(", "), told)
}
