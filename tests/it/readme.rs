//! What the documentation shows must be so: commands and API calls of the README exist, its example says what it
//! shows, and the tests that `docs/bad-input.md` names are there.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use super::boundaries::source::{files_under, package};
use super::support::TestApp;

fn readme() -> String {
    std::fs::read_to_string(package().join("README.md")).expect("a README")
}

/// The program with these arguments: whether it said yes, and what it printed.
fn credtrail(arguments: &[&str]) -> (Option<i32>, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_credtrail")).args(arguments).current_dir(package()).output();
    let run = run.expect("the program runs");
    (run.status.code(), String::from_utf8_lossy(&run.stdout).into_owned())
}

#[test]
fn every_command_in_the_readme_exists_with_its_options() {
    let readme = readme();
    let commands: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("    credtrail ")).collect();
    assert!(commands.len() >= 5, "{commands:?}");
    for command in commands {
        let command = command.split(['#', '>']).next().expect("a first part");
        let mut words = command.split_whitespace().peekable();
        let mut nouns = Vec::new();
        while let Some(word) = words.peek() {
            if *word == "--config" {
                words.nth(1);
            } else if word.starts_with("--") {
                break;
            } else {
                nouns.push(words.next().expect("peeked"));
            }
        }
        // What looks like a path or an argument is not a noun.
        nouns.retain(|noun| noun.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
        let (code, help) = credtrail(&[&nouns[..], &["--help"]].concat());
        assert_eq!(code, Some(0), "`credtrail {command}`");
        for option in words.filter(|word| word.starts_with("--")) {
            assert!(help.contains(option), "`credtrail {command}`: no `{option}` in\n{help}");
        }
    }
}

#[test]
fn the_example_in_the_readme_says_what_it_shows() {
    let readme = readme();
    let shown = readme.split("```text\n").nth(1).and_then(|it| it.split("```").next()).expect("an example");
    let command =
        readme.lines().find_map(|line| line.strip_prefix("    credtrail rules explain ")).expect("its command");
    let arguments: Vec<&str> = ["rules", "explain"].into_iter().chain(command.split_whitespace()).collect();
    let (code, said) = credtrail(&arguments);
    assert_eq!(code, Some(1), "not yet");
    let mut said = said.lines();
    for line in shown.lines().filter(|line| line.trim() != "...") {
        assert!(said.any(|it| it == line), "`{line}` is not said, or not in this order");
    }
}

#[test]
fn every_api_call_in_the_readme_is_described() {
    let app = TestApp::on_each_database().next().expect("SQLite");
    let api = app.get("/api/openapi.json").expect(200);
    let readme = readme();
    let mut calls = 0;
    for quoted in readme.split('`').skip(1).step_by(2) {
        let Some((method, path)) = quoted.split_once(' ').filter(|(_, path)| path.starts_with("/api/v1/")) else {
            continue;
        };
        let path = path.split('?').next().expect("a path");
        let described = &api["paths"][path][method.to_ascii_lowercase()];
        assert!(described.is_object(), "`{method} {path}` is not described");
        calls += 1;
    }
    assert!(calls >= 4, "{calls} calls found");
}

#[test]
fn every_test_that_the_page_about_bad_input_names_is_there() {
    let page = std::fs::read_to_string(package().join("docs/bad-input.md")).expect("the page");
    let sources: String =
        ["src", "tests"].iter().flat_map(|folder| files_under(folder, "rs")).map(|file| file.text).collect();
    let mut named = 0;
    for name in page.split('`').skip(1).step_by(2).filter(|name| name.matches('_').count() >= 3) {
        assert!(sources.contains(&format!("fn {name}(")), "there is no test `{name}`");
        named += 1;
    }
    assert!(named >= 10, "{named} tests named");
}

#[test]
fn the_story_told_with_curl_ends_in_a_certificate_that_verifies() {
    let page = std::fs::read_to_string(package().join("docs/story.md")).expect("the page");
    // The port is free again as soon as it is known.
    let port = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a free port").port();
    let here = format!("127.0.0.1:{port}");
    let program = Path::new(env!("CARGO_BIN_EXE_credtrail")).parent().expect("a folder").display();
    let told: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    let script = format!(
        "set -euo pipefail; PATH={program}:$PATH; source={}; trap 'kill $(jobs -p); wait' EXIT\n{}",
        package().display(),
        told.join("\n").replace("127.0.0.1:8080", &here)
    );
    let folder = tempfile::tempdir().expect("a folder");
    let run = Command::new("timeout")
        .args(["120", "bash", "-c", &script])
        .current_dir(&folder)
        .env("CREDTRAIL_LISTEN", &here)
        .env("CREDTRAIL_PUBLIC_URL", format!("http://{here}"))
        .output()
        .expect("bash");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}\n{}", String::from_utf8_lossy(&run.stderr));
    assert!(!said.contains(r#""code":""#), "a call was refused:\n{said}");
    let last =
        "{\"status\":\"active\",\"name\":\"Dana Rivera\"}\n{\"status\":\"not_active\",\"name\":\"Dana Rivera\"}\n";
    assert!(said.ends_with(last), "{said}");
    let certificate = std::fs::read(folder.path().join("certificate.pdf")).expect("the certificate");
    assert!(certificate.starts_with(b"%PDF-"));
}
