//! `credtrail rules publish`.

use std::path::{Path, PathBuf};

use credtrail::packs;
use credtrail::repo;
use credtrail::services::credentials;
use credtrail::services::roles::OrganizationKind;
use credtrail::storage::Conn;
use serde_json::{Value, json};

use super::run::{Run, on};
use crate::api::simulations::pack;
use crate::support::TestApp;

fn publish(app: &TestApp, path: &Path, more: &[&str]) -> Run {
    on(app, &[&["rules", "publish", &path.display().to_string()], more].concat())
}

/// A copy of a shipped pack in a folder where it may be changed.
fn copied(folder: &Path, pack: &str) -> PathBuf {
    let (from, to) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("config/rules").join(pack), folder.join(pack));
    std::fs::create_dir_all(&to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a pack") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
    }
    to
}

fn change(file: &Path, change: impl Fn(String) -> String) {
    let text = std::fs::read_to_string(file).expect("a file");
    let changed = change(text.clone());
    assert_ne!(text, changed, "nothing was changed");
    std::fs::write(file, changed).expect("written");
}

/// Versions and hashes as they are published.
fn published(app: &TestApp, slug: &str) -> Vec<(String, String)> {
    app.read(|conn: &mut Conn<'_>| {
        let row = repo!(conn, boards::credential_by_slug(slug))?;
        row.map_or(Ok(Vec::new()), |row| repo!(conn, boards::version_keys(row.id)))
    })
}

#[test]
fn a_version_once_published_stays_as_it_is() {
    for app in TestApp::on_each_database() {
        let board = app.organization(OrganizationKind::Board, "nebraska").to_string();
        let folder = tempfile::tempdir().expect("a folder");
        let pack = copied(folder.path(), "us-ne/cpss");
        let file = pack.join("2021-09-01.toml");
        let run = publish(&app, &pack, &[]);
        assert_eq!((run.code, run.said.as_str()), (Some(2), ""), "no board yet");
        assert!(run.problems.contains("give the board's organization with --board"), "{}", run.problems);
        let told: Value = serde_json::from_str(&publish(&app, &pack, &["--format", "json"]).problems).expect("JSON");
        let expected = "a pack of a credential that is here";
        assert_eq!(
            [&told["code"], &told["path"], &told["expected"]],
            [&json!("unknown_credential"), &json!(pack.display().to_string()), &json!(expected)]
        );
        let run = publish(&app, &pack, &["--board", &board]);
        assert_eq!((run.code, run.said.as_str()), (Some(0), "us-ne-cpss: published 2021-09-01\n"), "{}", run.problems);
        let first = published(&app, "us-ne-cpss");
        assert_eq!(first.len(), 1);

        change(&file, |text| format!("# said otherwise, meaning the same\n{text}"));
        let again = publish(&app, &pack, &["--format", "json"]);
        let said: Value = serde_json::from_str(&again.said).expect("JSON");
        assert_eq!((again.code, said), (Some(0), json!({ "credential": "us-ne-cpss", "published": [] })));

        change(&file, |text| text + "\n[topic.x-new]\nlabel = \"New\"\nlabel_es = \"Nuevo\"\n");
        let other = publish(&app, &pack, &[]);
        assert_eq!((other.code, other.said.as_str()), (Some(2), ""), "{}", other.problems);
        assert!(other.problems.contains("version `2021-09-01` is published and never changes"), "{}", other.problems);
        assert_eq!(published(&app, "us-ne-cpss"), first);
    }
}

#[test]
fn a_pack_that_stands_on_another_is_kept_written_out() {
    for app in TestApp::on_each_database() {
        let board = app.organization(OrganizationKind::Board, "board").to_string();
        for (path, slug) in [("us-ri/cprs", "us-ri-cprs"), ("us-md/cprs", "us-md-cprs")] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/rules").join(path);
            let loaded = packs::load(&folder).expect("a shipped pack");
            assert!(loaded.versions.iter().any(|version| version.stands_on_others()), "{path} stands on another");
            let run = publish(&app, &folder, &["--board", &board]);
            assert_eq!(run.code, Some(0), "{}", run.problems);
            let hashes: Vec<(String, String)> =
                loaded.versions.iter().map(|version| (version.id.clone(), version.hash.clone())).collect();
            assert_eq!(published(&app, slug), hashes);
            let (text, kept) = app
                .app
                .db
                .read(|conn: &mut Conn<'_>| {
                    let row = repo!(conn, boards::credential_by_slug(slug))?.expect("a credential");
                    let kept = credentials::pack(conn, row.id)?;
                    Ok::<_, credentials::CredentialError>((
                        credentials::versions(conn, row.id)?[0].content.clone(),
                        kept,
                    ))
                })
                .expect("a pack");
            assert!(!text.lines().any(|line| line.starts_with("base ")), "nothing is looked up any more");
            assert_eq!(kept.versions[0].purposes.keys().count(), loaded.versions[0].purposes.keys().count());
            assert!(!kept.versions[0].stands_on_others());
            assert_eq!(publish(&app, &folder, &[]).said, format!("{slug}: all versions are published already\n"));
        }
    }
}

#[test]
fn what_must_not_be_published_is_not() {
    for app in TestApp::on_each_database() {
        let board = app.organization(OrganizationKind::Board, "nebraska").to_string();
        let folder = tempfile::tempdir().expect("a folder");
        let pack = copied(folder.path(), "us-ne/cpss");
        let refused = |more: &[&str], says: &str| {
            let run = publish(&app, &pack, more);
            assert_eq!((run.code, run.said.as_str()), (Some(2), ""), "{}", run.problems);
            assert!(run.problems.contains(says), "{}", run.problems);
            assert_eq!(published(&app, "us-ne-cpss"), []);
        };
        refused(&["--board", "nonsense"], "give the organization's id");
        let program = app.organization(OrganizationKind::Program, "program").to_string();
        refused(&["--board", &program], "give the id of an organization that is a board");
        // An example that does not hold.
        let examples = pack.join("examples.toml");
        let whole = std::fs::read_to_string(&examples).expect("examples");
        change(&examples, |text| text.replacen("status = \"met\"", "status = \"not_met\"", 1));
        refused(&["--board", &board], "examples.toml");
        std::fs::remove_file(&examples).expect("gone");
        refused(&["--board", &board], "has no worked example");
        std::fs::write(&examples, whole).expect("back");
        assert_eq!(publish(&app, &pack, &["--board", &board]).code, Some(0));
    }
}

/// A folder with one version of a small pack and an example of it.
fn small(folder: &Path, version: &str, through: &str) -> PathBuf {
    let own = folder.join(version);
    std::fs::create_dir_all(&own).expect("a folder");
    let (name, text) = pack("us-xx-ps", version, 2, "");
    let text = text.replace(&format!("{{ from = {version} }}"), &format!("{{ from = {version}{through} }}"));
    std::fs::write(own.join(name), text).expect("a version");
    let example = format!(
        "[[example]]\nname = \"nothing is there yet\"\nas_of = {version}\npurpose = \"initial\"\nexpect.status = \"not_met\"\n"
    );
    std::fs::write(own.join("examples.toml"), example).expect("an example");
    own
}

#[test]
fn a_file_alone_is_published_by_the_examples_of_its_folder_and_nothing_beside_it_is() {
    for app in TestApp::on_each_database() {
        let board = app.organization(OrganizationKind::Board, "board").to_string();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/untested");
        let run = publish(&app, &folder.join("2024-07-01.toml"), &["--board", &board]);
        assert_eq!((run.code, run.said.as_str()), (Some(0), "us-xx-ps: published 2024-07-01\n"), "{}", run.problems);
        let kept = published(&app, "us-xx-ps");
        assert_eq!(kept.len(), 1, "the later version stands in the same folder");
        let run = publish(&app, &folder.join("2025-07-01.toml"), &[]);
        assert_eq!((run.code, run.said.as_str()), (Some(2), ""), "{}", run.problems);
        assert!(run.problems.contains("version `2025-07-01` of us-xx-ps has no worked example"), "{}", run.problems);
        assert_eq!(published(&app, "us-xx-ps"), kept);
    }
}

#[test]
fn a_version_that_does_not_fit_those_published_is_refused_and_the_credential_goes_on() {
    for app in TestApp::on_each_database() {
        let board = app.organization(OrganizationKind::Board, "board").to_string();
        let folder = tempfile::tempdir().expect("a folder");
        let first = small(folder.path(), "2020-01-01", ", through = 2026-12-31");
        let run = publish(&app, &first, &["--board", &board]);
        assert_eq!(run.code, Some(0), "{}", run.problems);
        let kept = published(&app, "us-xx-ps");
        let later = |version: &str| publish(&app, &small(folder.path(), version, ""), &[]);
        let overlap = later("2026-07-01");
        assert_eq!((overlap.code, overlap.said.as_str()), (Some(2), ""), "{}", overlap.problems);
        let says = "in force from 2026-07-01, while `2020-01-01` holds through 2026-12-31";
        assert!(overlap.problems.contains(says), "{}", overlap.problems);
        let gap = later("2027-02-01");
        assert!(gap.code == Some(2) && gap.problems.contains("`2020-01-01` ended on 2026-12-31"), "{}", gap.problems);
        assert_eq!(published(&app, "us-xx-ps"), kept);
        let next = later("2027-01-01");
        assert_eq!((next.code, next.said.as_str()), (Some(0), "us-xx-ps: published 2027-01-01\n"), "{}", next.problems);
        assert_eq!(published(&app, "us-xx-ps").len(), 2);
    }
}
