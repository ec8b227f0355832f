//! The rules of credentials as anybody may read them: what the boards of this service have published, and
//! the packs that ship with the program.
//!
//! Reads only, and nothing about people. Begin with [`all`] and [`find`].

use std::sync::{Arc, LazyLock};

use super::credentials::{self, CredentialError};
use crate::packs;
use crate::rules::Pack;
use crate::storage::Conn;

/// The rules of one credential.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The region, as in addresses: `us-ne`.
    pub region: String,
    /// The credential inside the region: `cpss`.
    pub credential: String,
    /// The rules, in all their versions.
    pub pack: Arc<Pack>,
    /// A board of this service gives it.
    pub is_here: bool,
}

impl Entry {
    fn new(pack: Arc<Pack>, is_here: bool) -> Option<Self> {
        let region = pack.versions.last()?.region.clone();
        let credential = inside(&region, &pack.id).to_owned();
        Some(Self { region, credential, pack, is_here })
    }
}

/// The address of a credential's rules.
#[must_use]
pub fn path(region: &str, credential: &str) -> String {
    format!("/rules/{region}/{}", inside(region, credential))
}

/// What is left of a credential's id behind its region.
fn inside<'c>(region: &str, credential: &'c str) -> &'c str {
    credential.strip_prefix(region).and_then(|rest| rest.strip_prefix('-')).unwrap_or(credential)
}

/// Every credential whose rules can be read, by region and id. What is published here goes before what ships.
///
/// # Errors
/// What the database met, or published rules that this program cannot read.
pub fn all(conn: &mut Conn<'_>) -> Result<Vec<Entry>, CredentialError> {
    let mut entries = Vec::new();
    for row in credentials::list(conn)? {
        entries.extend(Entry::new(credentials::pack(conn, row.id)?, true));
    }
    for shipped in SHIPPED.iter().filter_map(|pack| Entry::new(Arc::clone(pack), false)) {
        if !entries.iter().any(|entry| entry.pack.id == shipped.pack.id) {
            entries.push(shipped);
        }
    }
    entries.sort_by(|one, two| (&one.region, &one.credential).cmp(&(&two.region, &two.credential)));
    Ok(entries)
}

/// The rules of one credential.
///
/// # Errors
/// As [`all`].
pub fn find(conn: &mut Conn<'_>, region: &str, credential: &str) -> Result<Option<Entry>, CredentialError> {
    for row in credentials::list(conn)? {
        if row.region == region && inside(region, &row.slug) == credential {
            return Ok(Entry::new(credentials::pack(conn, row.id)?, true));
        }
    }
    let entry = |pack: &Arc<Pack>| Entry::new(Arc::clone(pack), false);
    let is_it = |entry: &Entry| entry.region == region && entry.credential == credential;
    Ok(SHIPPED.iter().filter_map(entry).find(is_it))
}

/// The packs that ship, read once, without their worked examples.
static SHIPPED: LazyLock<Vec<Arc<Pack>>> = LazyLock::new(|| {
    let read = |folder: &str| {
        let mut files = packs::shipped(folder);
        files.retain(|(name, _)| !name.starts_with("examples"));
        packs::parse(&files).ok().map(Arc::new)
    };
    packs::shipped_folders().into_iter().filter_map(read).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_that_ships_can_be_read_and_has_an_address_of_its_own() {
        let mut paths: Vec<String> = Vec::new();
        for pack in SHIPPED.iter() {
            let entry = Entry::new(Arc::clone(pack), false).expect("a version");
            let path = path(&entry.region, &entry.pack.id);
            assert!(!paths.contains(&path), "{path} stands for two");
            assert_eq!(path, format!("/rules/{}/{}", entry.region, entry.credential));
            paths.push(path);
        }
        assert_eq!(paths.len(), packs::shipped_folders().len());
        assert!(paths.contains(&"/rules/us-ne/cpss".to_owned()) && paths.contains(&"/rules/intl/icrc-pr".to_owned()));
    }
}
