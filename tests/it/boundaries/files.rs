//! What files are called, how long they are and what stands at their head.

use std::collections::BTreeSet;
use std::fs;

use super::source::{below_package, collect, files_under, package};

#[test]
fn no_source_file_is_longer_than_500_lines() {
    for folder in ["src", "tests", "benches"] {
        for file in files_under(folder, "rs") {
            let lines = file.text.lines().count();
            assert!(lines <= 500, "{} has {lines} lines: split it by what it holds", file.path);
        }
    }
}

#[test]
fn every_module_says_at_its_head_what_it_is_for() {
    for folder in ["src", "tests", "benches"] {
        for file in files_under(folder, "rs") {
            assert!(file.text.starts_with("//! "), "{} does not begin with `//! `", file.path);
        }
    }
}

#[test]
fn no_file_is_named_after_nothing() {
    for file in files_under("src", "rs") {
        let names: Vec<&str> = file.path.split(['/', '.']).collect();
        for empty in ["utils", "util", "common", "helpers", "helper", "misc"] {
            assert!(!names.contains(&empty), "{}: name it after what it holds", file.path);
        }
    }
}

#[test]
fn both_migration_trees_hold_the_same_folders() {
    let sqlite = migrations("sqlite");
    assert_eq!(sqlite, migrations("postgres"), "migrations/sqlite and migrations/postgres must match");
    assert_eq!(sqlite.is_empty(), !package().join("migrations").exists(), "a tree without migrations");
}

/// The folders of one tree; each holds an `up.sql` and a `down.sql`.
fn migrations(database: &str) -> BTreeSet<String> {
    let Ok(folders) = fs::read_dir(package().join("migrations").join(database)) else {
        return BTreeSet::new();
    };
    let mut names = BTreeSet::new();
    for folder in folders.map(|it| it.expect("a readable folder").path()) {
        for file in ["up.sql", "down.sql"] {
            assert!(folder.join(file).is_file(), "{} has no {file}", below_package(&folder));
        }
        names.insert(folder.file_name().expect("a name").to_string_lossy().into_owned());
    }
    names
}

#[test]
fn the_top_level_holds_what_it_should_and_nothing_else() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "migrations",
        "templates",
        "tests",
        "config",
        "README.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "CHANGELOG.md",
        "docs",
        "benches",
        "target",
        "data",
        "demo-data",
    ];
    for entry in fs::read_dir(package()).expect("the package's folder") {
        let name = entry.expect("a readable folder").file_name().to_string_lossy().into_owned();
        assert!(name.starts_with('.') || allowed.contains(&name.as_str()), "`{name}` has no place at the top level");
    }
}

#[test]
fn nothing_names_a_path_of_one_machine() {
    let machine_paths = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
    let mut paths = Vec::new();
    for folder in ["src", "tests", "benches", "migrations", "templates", "config", "docs", ".ci", ".cargo"] {
        collect(&package().join(folder), &mut paths);
    }
    paths.extend(["README.md", "CHANGELOG.md", "Cargo.toml"].map(|name| package().join(name)));
    for path in paths {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            let named = machine_paths.iter().any(|it| line.match_indices(it).any(|(at, _)| starts_a_path(line, at)));
            assert!(!named, "{}:{} names a path of one machine", below_package(&path), number + 1);
        }
    }
}

/// Whether a path begins at `at`, and not in the middle of a web address that has a folder of that name.
fn starts_a_path(line: &str, at: usize) -> bool {
    let before = line.get(..at).and_then(|it| it.chars().next_back());
    before.is_none_or(|c| !(c.is_alphanumeric() || "./_-~%}{$".contains(c)))
}

#[test]
fn every_day_that_callers_send_is_read_to_the_letter() {
    let mut kindly = Vec::new();
    let mut found = 0;
    for file in files_under("src/web", "rs") {
        let (mut is_read, mut before) = (false, String::new());
        for line in file.text.lines() {
            if line.trim_start().starts_with("#[derive(") {
                is_read = line.contains("Deserialize");
            }
            let is_field = line.ends_with("NaiveDate,") || line.ends_with("NaiveDate>,");
            if is_read && is_field && line.starts_with(' ') && line.contains(": ") {
                found += 1;
                if !before.contains("crate::web::day::") {
                    kindly.push(format!("{}: {}", file.path, line.trim()));
                }
            }
            if line.trim_start().starts_with("#[serde(") {
                before = line.to_owned();
            } else if is_field {
                before.clear();
            }
        }
    }
    assert!(kindly.is_empty(), "read them with `deserialize_with`, see src/web/day.rs:\n{}", kindly.join("\n"));
    assert!(found > 30, "{found}");
}
