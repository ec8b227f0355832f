//! What a wrong command line is told: clap's own words for people, one JSON object for programs.

use clap::error::{ContextKind, ContextValue};

use super::{Failure, Format};

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
    let told = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let mut expected = context(ContextKind::ValidValue);
    if expected.is_empty() {
        expected = context(ContextKind::ValidSubcommand);
    }
    Failure {
        code: "usage",
        path: context(ContextKind::InvalidArg),
        found: told,
        expected,
        hint: "`--help` after the command shows what it takes".to_owned(),
        exit: 2,
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use clap::{Arg, Command};

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
}
