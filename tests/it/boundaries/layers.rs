//! Who may know whom.

use super::source::{SourceFile, any_names, files_under, named_paths};

/// Every name of `forbidden` that a file of `folder` uses, one line each.
fn uses(folder: &str, forbidden: &[&str], except: impl Fn(&SourceFile) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files_under(folder, "rs").iter().filter(|file| !except(file)) {
        let paths = named_paths(&file.code().replace("pub(crate)", "pub"));
        for name in forbidden.iter().filter(|name| any_names(&paths, name)) {
            found.push(format!("{} names `{name}`", file.path));
        }
    }
    found
}

fn none(_: &SourceFile) -> bool {
    false
}

fn below(folder: &'static str) -> impl Fn(&SourceFile) -> bool {
    move |file| file.path.starts_with(folder)
}

#[track_caller]
fn assert_none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}\n{}", found.join("\n"));
}

#[test]
fn the_rules_core_stays_pure() {
    let forbidden = [
        "crate",
        "diesel",
        "actix_web",
        "lettre",
        "tokio",
        "tracing",
        "getrandom",
        "minijinja",
        "askama",
        "std::fs",
        "std::env",
        "std::io",
        "std::net",
        "std::process",
        "std::thread",
        "std::time",
        "Utc::now",
        "Local::now",
        "SystemTime",
        "Instant",
        "async",
        "await",
        "unsafe",
        "f32",
        "f64",
        "println",
        "eprintln",
        "dbg",
    ];
    assert_none(&uses("src/rules", &forbidden, none), "the rules core takes data and returns data:");
}

#[test]
fn only_storage_knows_diesel() {
    let forbidden = ["diesel", "diesel_migrations", "libsqlite3_sys", "pq_sys"];
    assert_none(&uses("src", &forbidden, below("src/storage")), "only src/storage may know diesel:");
}

#[test]
fn only_the_clock_reads_the_time() {
    let forbidden = ["Utc::now", "Local::now", "SystemTime::now"];
    assert_none(&uses("src", &forbidden, below("src/clock.rs")), "only src/clock.rs may read the wall clock:");
}

#[test]
fn only_one_module_prints() {
    // `println!` ends the program when whoever reads has stopped reading.
    assert_none(&uses("src", &["println"], below("src/cli/print.rs")), "use `say!` of src/cli/print.rs:");
}

#[test]
fn only_settings_read_the_environment() {
    let forbidden = ["env::var", "env::vars", "env::var_os", "env::vars_os"];
    assert_none(&uses("src", &forbidden, below("src/settings")), "only src/settings may read the environment:");
}

#[test]
fn mail_and_pdf_are_built_from_models_alone() {
    let forbidden = ["crate::storage", "crate::services", "crate::web", "diesel"];
    for folder in ["src/mail", "src/pdf"] {
        assert_none(&uses(folder, &forbidden, none), "mail and pdf get a model and give a document:");
    }
}

#[test]
fn the_web_reaches_the_database_through_services_only() {
    let forbidden = ["storage::repo", "storage::schema", "diesel"];
    assert_none(&uses("src/web", &forbidden, none), "a handler calls one service, never the repository:");
}

#[test]
fn services_know_neither_http_nor_templates() {
    let forbidden = ["actix_web", "askama", "crate::web", "crate::cli", "lettre"];
    assert_none(&uses("src/services", &forbidden, none), "services decide; others speak HTTP and show pages:");
}

#[test]
fn storage_decides_nothing_and_knows_nobody_above_it() {
    let forbidden =
        ["crate::services", "crate::web", "crate::cli", "crate::jobs", "crate::mail", "crate::pdf", "actix_web"];
    assert_none(&uses("src/storage", &forbidden, none), "storage is the lowest layer:");
}
