//! Migrations and shipped packs are compiled into the program: build again when one of them changes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=config/rules");
    let root = folder("CARGO_MANIFEST_DIR")?;
    let mut files = Vec::new();
    toml_files(&root.join("config/rules"), &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(root.join("config/rules")).unwrap_or(&file).display().to_string();
        // Writing to a String cannot fail.
        let _ = writeln!(list, "    ({name:?}, include_str!({:?})),", file.display().to_string());
    }
    list.push_str("]\n");
    fs::write(folder("OUT_DIR")?.join("shipped_packs.rs"), list)
}

/// A folder that cargo names.
fn folder(variable: &str) -> io::Result<PathBuf> {
    let value = env::var_os(variable);
    value.map(PathBuf::from).ok_or_else(|| io::Error::other(format!("cargo sets `{variable}`, but it is missing")))
}

fn toml_files(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            toml_files(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
    Ok(())
}
