//! A released pack file never changes. `tests/rules/released.txt` lists each with its SHA-256.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::source::package;

/// What is wrong with the files that `list` names, below `folder`; empty if all are as released.
fn changed_since_release(list: &str, folder: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    for line in list.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let Some((hash, path)) = line.split_once("  ") else {
            wrong.push(format!("`{line}` is not a hash, two spaces and a path"));
            continue;
        };
        match fs::read(folder.join(path)) {
            Ok(bytes) if hex::encode(Sha256::digest(&bytes)) == hash => {}
            Ok(_) => wrong.push(format!("{path} was released and has been changed: make a new version instead")),
            Err(_) => wrong.push(format!("{path} was released and is gone")),
        }
    }
    wrong
}

#[test]
fn no_released_pack_file_has_changed() {
    let list = fs::read_to_string(package().join("tests/rules/released.txt")).expect("the list of released files");
    let wrong = changed_since_release(&list, &package());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_changed_or_missing_pack_file_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("same.toml"), "a").expect("written");
    fs::write(folder.path().join("changed.toml"), "b").expect("written");
    let hash = hex::encode(Sha256::digest(b"a"));
    let list = format!("# a comment\n{hash}  same.toml\n{hash}  changed.toml\n{hash}  gone.toml\nnonsense\n");

    let wrong = changed_since_release(&list, folder.path());

    assert_eq!(
        wrong,
        [
            "changed.toml was released and has been changed: make a new version instead",
            "gone.toml was released and is gone",
            "`nonsense` is not a hash, two spaces and a path",
        ]
    );
}
