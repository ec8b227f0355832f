//! What a wrong command line is told: clap's own words for people, one JSON object for programs.

use chrono::NaiveDate;
use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Failure, Format};
use crate::rules::calendar;

/// Whether the arguments ask for JSON. They could not be read as a whole, so they are looked through.
#[must_use]
pub fn format_asked(arguments: impl Iterator<Item = String>) -> Format {
    let mut before = String::new();
    for argument in arguments {
        if argument == "--format=json" || (before == "--format" && argument == "json") {
            return Format::Json;
        }
        before = argument;
    }
    Format::Text
}

/// A wrong command line as a failure with exit code 2.
#[must_use]
pub fn failure(error: &clap::Error) -> Failure {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let text = error.to_string();
    let told = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
    let path = context(ContextKind::InvalidArg);
    let mut expected = context(ContextKind::ValidValue);
    if expected.is_empty() {
        expected = context(ContextKind::ValidSubcommand);
    }
    let found = if error.kind() == ErrorKind::MissingRequiredArgument {
        expected.clone_from(&path);
        format!("nothing for {path}")
    } else if let Some((found, wanted)) = told.split_once(": expected ").filter(|_| expected.is_empty()) {
        // What one of our own readers of values says it takes.
        wanted.clone_into(&mut expected);
        found.to_owned()
    } else {
        told.to_owned()
    };
    Failure {
        code: "usage",
        path,
        found,
        expected,
        hint: "`--help` after the command shows what it takes".to_owned(),
        exit: 2,
    }
}

/// The same with the commands there are, where one is missing or not known: those below the last that was named.
#[must_use]
pub fn with_commands(
    failure: Failure,
    error: &clap::Error,
    whole: &Command,
    arguments: impl Iterator<Item = String>,
) -> Failure {
    let missing = match error.kind() {
        ErrorKind::InvalidSubcommand => false,
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => true,
        _ => return failure,
    };
    let (mut last, mut path) = (whole, whole.get_name().to_owned());
    for argument in arguments.skip(1) {
        if let Some(below) = last.find_subcommand(&argument) {
            (last, path) = (below, format!("{path} {}", below.get_name()));
        }
    }
    let known: Vec<&str> = last.get_subcommands().map(Command::get_name).collect();
    let found = if missing { format!("no command after `{path}`") } else { failure.found };
    Failure { found, path, expected: format!("one of {}", known.join(", ")), ..failure }
}

/// Reads a day of the command line, as strictly as records are read.
pub fn parse_day(text: &str) -> Result<NaiveDate, String> {
    calendar::parse_day(text).ok_or_else(|| "expected a day of the calendar, such as 2026-01-31".to_owned())
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Arg;

    use super::*;

    #[test]
    fn json_is_asked_for_in_either_spelling() {
        let of = |line: &str| format_asked(line.split(' ').map(str::to_owned));
        assert_eq!(of("credtrail --format json nothing"), Format::Json);
        assert_eq!(of("credtrail rules check --format=json"), Format::Json);
        assert_eq!(of("credtrail rules check json"), Format::Text);
    }

    #[test]
    fn the_argument_what_was_wrong_and_what_is_known_are_told_apart() {
        let command = Command::new("it").arg(Arg::new("purpose").long("purpose").value_parser(["initial", "renewal"]));
        let error = command.try_get_matches_from(["it", "--purpose", "later"]).unwrap_err();
        let told = failure(&error);
        assert_eq!((told.code, told.path.as_str(), told.exit), ("usage", "--purpose <purpose>", 2));
        assert_eq!(told.expected, "initial, renewal");
        assert!(told.found.contains("later"), "{}", told.found);
    }
    #[test]
    fn a_value_that_does_not_fit_tells_what_does() {
        let day = Arg::new("as-of").long("as-of").value_parser(parse_day);
        let command = Command::new("it").arg(day);
        for text in ["yesterday", "2026-02-30", "2026-2-3", "+2026-02-03"] {
            let error = command.clone().try_get_matches_from(["it", "--as-of", text]).unwrap_err();
            let told = failure(&error);
            assert_eq!(told.expected, "a day of the calendar, such as 2026-01-31");
            assert!(told.found.contains(text) && !told.found.contains("expected"), "{}", told.found);
        }
        command.try_get_matches_from(["it", "--as-of", "2026-02-03"]).unwrap();
    }

    #[test]
    fn a_command_that_is_not_known_is_told_with_its_place_and_those_there_are() {
        let rules = Command::new("rules").subcommand_required(true).subcommands(["check", "show"].map(Command::new));
        let whole = Command::new("it").subcommand(rules);
        let of = |line: &str| {
            let arguments = || line.split(' ').map(str::to_owned);
            let error = whole.clone().try_get_matches_from(arguments()).unwrap_err();
            with_commands(failure(&error), &error, &whole, arguments())
        };
        let told = of("it rules published");
        assert_eq!((told.path.as_str(), told.expected.as_str()), ("it rules", "one of check, show"));
        assert!(told.found.contains("published"), "{}", told.found);
        let told = of("it rules");
        assert_eq!((told.path.as_str(), told.expected.as_str()), ("it rules", "one of check, show"));
        assert_eq!(told.found, "no command after `it rules`");
    }

    #[test]
    fn what_is_missing_is_named() {
        let command = Command::new("it").arg(Arg::new("file").value_name("FILE").required(true));
        let told = failure(&command.try_get_matches_from(["it"]).unwrap_err());
        assert_eq!((told.path.as_str(), told.expected.as_str()), ("<FILE>", "<FILE>"));
        assert_eq!(told.found, "nothing for <FILE>");
    }
}
