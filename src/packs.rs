//! Packs on disk: finds their folders, reads their files and hands the texts to [`crate::rules::Pack::parse_on`],
//! with those of the packs it stands on: from the same root, else from the packs that ship.
//!
//! The rules core opens no file; this module does, and knows nothing about rules.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use crate::rules::pack::Base;
use crate::rules::{Pack, Problem};

/// Why a pack was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder or file could not be read.
    #[error("`{}` cannot be read: {source}", path.display())]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no pack there.
    #[error("`{}` holds no pack: expected files such as `2024-07-01.toml`", .0.display())]
    Empty(PathBuf),
    /// The pack has problems.
    #[error("{} problems, the first: {}", .0.len(), .0.first().map_or_else(String::new, ToString::to_string))]
    Problems(Vec<Problem>),
}

/// Loads a pack from its folder, or one version from its file.
pub fn load(path: &Path) -> Result<Pack, LoadError> {
    let texts = texts_of(path)?;
    if texts.is_empty() {
        return Err(LoadError::Empty(path.to_owned()));
    }
    let folder = if path.is_file() { path.parent().unwrap_or(path) } else { path };
    let root = folder.parent().and_then(Path::parent);
    parse_with(&borrowed(&texts), |base| root.and_then(|root| texts_of(&root.join(base)).ok()).unwrap_or_default())
        .map_err(LoadError::Problems)
}

/// Reads a pack from texts; what it stands on is looked up among the packs that ship.
///
/// # Errors
/// All problems of the pack.
pub fn parse(files: &[(&str, &str)]) -> Result<Pack, Vec<Problem>> {
    parse_with(files, |_| Vec::new())
}

/// The files of a pack as they may be kept: a version that stands on others is written out in full.
///
/// # Errors
/// When a file cannot be read.
pub fn self_contained(path: &Path, pack: &Pack) -> Result<Vec<(String, String)>, LoadError> {
    let mut texts = texts_of(path)?;
    for (file, text) in &mut texts {
        let version = pack.versions.iter().find(|version| version.file == *file && version.stands_on_others());
        if let Some(version) = version {
            *text = version.written_out();
        }
    }
    Ok(texts)
}

/// Name and text.
type Text = (String, String);

/// Reads a pack; `beside` has the texts of a folder beside it, else the packs that ship are asked.
fn parse_with(files: &[(&str, &str)], beside: impl Fn(&str) -> Vec<Text>) -> Result<Pack, Vec<Problem>> {
    let mut found: Vec<(String, Vec<Text>)> = Vec::new();
    let mut wanted = Pack::bases_of(files);
    while let Some(folder) = wanted.pop() {
        if found.iter().any(|(known, _)| *known == folder) {
            continue;
        }
        let mut texts = beside(&folder);
        if texts.is_empty() {
            let named = |(name, text): (&str, &str)| (format!("{folder}/{name}"), text.to_owned());
            texts = shipped(&folder).into_iter().map(named).collect();
        }
        wanted.extend(Pack::bases_of(&borrowed(&texts)));
        if !texts.is_empty() {
            found.push((folder, texts));
        }
    }
    let bases: Vec<Base<'_>> = found.iter().map(|(folder, texts)| Base { folder, files: borrowed(texts) }).collect();
    Pack::parse_on(files, &bases)
}

fn borrowed(texts: &[Text]) -> Vec<(&str, &str)> {
    texts.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect()
}

/// The texts of a folder's files.
fn texts_of(folder: &Path) -> Result<Vec<Text>, LoadError> {
    let mut texts = Vec::new();
    for file in files_of(folder)? {
        let text = fs::read_to_string(&file).map_err(|source| LoadError::Unreadable { path: file.clone(), source })?;
        texts.push((file.display().to_string(), text));
    }
    Ok(texts)
}

/// The packs at or below a path, in the order of their names.
pub fn find(path: &Path) -> Result<Vec<PathBuf>, LoadError> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let entries = entries(path)?;
    if entries.iter().any(|entry| is_toml(entry)) {
        found.push(path.to_owned());
    }
    for folder in entries.iter().filter(|entry| entry.is_dir()) {
        found.extend(find(folder)?);
    }
    Ok(found)
}

fn files_of(path: &Path) -> Result<Vec<PathBuf>, LoadError> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    Ok(entries(path)?.into_iter().filter(|entry| is_toml(entry)).collect())
}

fn is_toml(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|ending| ending == "toml")
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let unreadable = |source| LoadError::Unreadable { path: folder.to_owned(), source };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        found.push(entry.map_err(unreadable)?.path());
    }
    found.sort();
    Ok(found)
}

/// Every file of the packs that are shipped: its path below `config/rules`, and its text.
pub(crate) const SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shipped_packs.rs"));

/// The files of a shipped pack, such as `us-ne/cpss`; none if there is no such pack.
#[must_use]
pub fn shipped(folder: &str) -> Vec<(&'static str, &'static str)> {
    let inside = |(path, text): &(&'static str, &'static str)| {
        let name = path.strip_prefix(folder)?.strip_prefix('/')?;
        Some((name, *text))
    };
    SHIPPED.iter().filter_map(inside).collect()
}

/// The folders of the packs that ship, such as `us-ne/cpss`, in the order of their names.
#[must_use]
pub fn shipped_folders() -> Vec<&'static str> {
    let mut folders: Vec<&str> = SHIPPED.iter().filter_map(|(path, _)| Some(path.rsplit_once('/')?.0)).collect();
    folders.sort_unstable();
    folders.dedup();
    folders
}

/// The pack that ships for a credential, by the credential's id; read once.
#[must_use]
pub fn shipped_pack(id: &str) -> Option<Arc<Pack>> {
    static READ: LazyLock<Mutex<BTreeMap<String, Arc<Pack>>>> = LazyLock::new(Mutex::default);
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pack) = read.get(id) {
        return Some(Arc::clone(pack));
    }
    let line = format!("credential = \"{id}\"");
    let is_of = |text: &str| text.lines().any(|found| found.split_whitespace().eq(line.split_whitespace()));
    let (path, _) = SHIPPED.iter().find(|(_, text)| is_of(text))?;
    let (folder, _) = path.rsplit_once('/')?;
    // Every pack that ships is read by a test.
    let pack = Arc::new(parse(&shipped(folder)).ok()?);
    read.insert(id.to_owned(), Arc::clone(&pack));
    Some(pack)
}

#[cfg(test)]
mod shipped_tests {
    use super::{shipped, shipped_folders, shipped_pack};

    #[test]
    fn every_pack_that_ships_is_found_by_the_id_of_its_credential() {
        let folders = shipped_folders();
        assert!(folders.len() > 60);
        for folder in folders {
            let pack = super::parse(&shipped(folder)).unwrap();
            assert_eq!(shipped_pack(&pack.id).as_deref(), Some(&pack), "{folder}");
        }
        assert_eq!(shipped_pack("us-zz-none"), None);
    }

    #[test]
    fn shipped_packs_are_in_the_program() {
        assert!(shipped("us-ne/cpss").iter().any(|(name, _)| name.ends_with("examples.toml")));
        assert!(shipped("us-ne").iter().all(|(name, _)| name.contains('/')), "a region is no pack");
        assert!(shipped("nowhere/none").is_empty());
    }
}
