//! The bytes of certificates and documents, outside the database, under the name of their hash.
//!
//! A file is there wholly or not at all: written aside, synced, then renamed. The same bytes stored twice are one file.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::private_folder;

/// The folder that holds them.
#[derive(Debug, Clone)]
pub struct Files(PathBuf);

impl Files {
    /// Certificates as they were given out.
    #[must_use]
    pub fn of_certificates(data_dir: &Path) -> Self {
        Self(data_dir.join("certificates"))
    }

    /// Documents that people handed in.
    #[must_use]
    pub fn of_documents(data_dir: &Path) -> Self {
        Self(data_dir.join("documents"))
    }

    /// Stores `bytes` and answers their hash.
    ///
    /// # Errors
    /// When the disk does not take them; nothing is left under the final name then.
    pub fn store(&self, bytes: &[u8]) -> io::Result<String> {
        let hash = sha256(bytes);
        let place = self.place(&hash);
        if place.is_file() && sha256(&fs::read(&place)?) == hash {
            return Ok(hash);
        }
        let folder = place.parent().unwrap_or(&self.0);
        private_folder::make(folder)?;
        let aside = place.with_extension(format!("{:016x}.part", random()?));
        let mut file = fs::File::create_new(&aside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&aside, &place)?;
        fs::File::open(folder)?.sync_all()?;
        Ok(hash)
    }

    /// What is wrong with the bytes that should lie under this hash, in words; nothing if they are there and whole.
    #[must_use]
    pub fn trouble(&self, hash: &str) -> Option<String> {
        match self.load(hash) {
            Ok(Some(_)) => None,
            Ok(None) if self.place(hash).is_file() => Some("were changed".to_owned()),
            Ok(None) => Some("are gone".to_owned()),
            Err(error) => Some(format!("cannot be read: {error}")),
        }
    }

    /// The bytes with this hash; `None` if they are not there or are no longer what they were.
    ///
    /// # Errors
    /// When the disk cannot be read.
    pub fn load(&self, hash: &str) -> io::Result<Option<Vec<u8>>> {
        if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        match fs::read(self.place(hash)) {
            Ok(bytes) => Ok((sha256(&bytes) == hash).then_some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn place(&self, hash: &str) -> PathBuf {
        self.0.join(hash.get(..2).unwrap_or("00")).join(hash)
    }
}

/// So that two writers never share a name.
fn random() -> io::Result<u64> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(u64::from_be_bytes(bytes))
}

/// SHA-256 in hex.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_found_under_their_hash_and_only_while_they_are_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::of_certificates(folder.path());
        let hash = files.store(b"one").unwrap();
        assert_eq!(files.store(b"one").unwrap(), hash);
        assert_eq!(files.load(&hash).unwrap().as_deref(), Some(&b"one"[..]));
        assert_eq!(files.load(&sha256(b"two")).unwrap(), None);
        assert_eq!(files.load("../../etc/passwd").unwrap(), None);
        fs::write(files.place(&hash), b"changed").unwrap();
        assert_eq!(files.load(&hash).unwrap(), None, "changed bytes are not given out");
        files.store(b"one").unwrap();
        assert_eq!(files.load(&hash).unwrap().as_deref(), Some(&b"one"[..]), "and are mended");
    }
}
