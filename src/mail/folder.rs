//! Writes messages as `.eml` files: what an installation without a mail server and the demo do.
//!
//! A file's name is its time and id and tells nothing. Only the service's own user can read it, since a letter
//! can hold a link that opens something.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::message::Outgoing;
use super::transport::Outcome;
use crate::private_folder;

/// A folder that takes messages.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder at `path`; it is made when the first message comes.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where the messages are.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) async fn send(&self, message: &Outgoing) -> Outcome {
        let folder = self.path.clone();
        let name = format!("{}-{}.eml", message.at.format("%Y%m%dT%H%M%SZ"), message.id);
        let bytes = message.bytes().to_vec();
        match tokio::task::spawn_blocking(move || write(&folder, &name, &bytes)).await {
            Ok(Ok(())) => Outcome::Sent,
            Ok(Err(error)) => {
                Outcome::Retry { reason: format!("the mail folder could not be written: {}", error.kind()) }
            }
            Err(_) => Outcome::Retry { reason: "the service stopped while a mail was written".to_owned() },
        }
    }
}

/// Writes beside the name and then renames, so that no reader ever sees half a message.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    private_folder::make(folder)?;
    let part = folder.join(format!(".{name}.part"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, folder.join(name))
}
