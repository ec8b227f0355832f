//! `credtrail settings`.

use serde_json::{Value, json};

use super::run::credtrail;

#[test]
fn the_defaults_are_printed_as_a_file_and_as_json() {
    let file = credtrail(&["settings", "default"]);
    assert_eq!((file.code, file.said.contains("# Every setting")), (Some(0), true), "{}", file.said);
    let run = credtrail(&["--format", "json", "settings", "default"]);
    let json: Value = serde_json::from_str(&run.said).expect("one JSON document");
    assert_eq!((&json["data_dir"], &json["connections"]), (&json!("data"), &json!(8)));
    assert_eq!((&json["trusted_proxies"], &json["site"]["name"]), (&json!([]), &json!("Credtrail")));
}

#[test]
fn every_problem_with_the_settings_stands_by_itself_in_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("c.toml");
    std::fs::write(&file, "data_dir = 3\nlisten = \"here\"\n").expect("a file");
    let file = file.display().to_string();
    let run = credtrail(&["--config", &file, "--format", "json", "settings", "check"]);
    assert_eq!((run.code, run.said.as_str()), (Some(2), ""));
    let said: Value = serde_json::from_str(&run.problems).expect("one JSON document");
    assert_eq!(said["code"], "bad_settings");
    let problems = json!([
        "`data_dir` is `3`, expected text in quotes such as \"3\"",
        "`listen` is `here`, expected an address and port such as 127.0.0.1:8080"
    ]);
    assert_eq!(said["problems"], problems);
    let text = credtrail(&["--config", &file, "settings", "check"]);
    assert_eq!((text.code, text.problems.lines().filter(|line| line.starts_with('`')).count()), (Some(2), 2));
}
