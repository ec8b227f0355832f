//! Folders that only the user who runs the service may look into: they hold keys, mail and people's documents.
//!
//! What exists keeps the rights its owner gave it.

use std::fs::DirBuilder;
use std::io;
use std::path::Path;

/// Makes `folder` and what is missing above it; whatever is new is closed to everybody else.
///
/// # Errors
/// When the disk does not take it.
pub fn make(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::make;

    #[test]
    fn a_new_folder_is_closed_to_others_and_an_old_one_stays_as_it_is() {
        let place = tempfile::tempdir().unwrap();
        let rights = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let old = place.path().join("old");
        fs::create_dir(&old).unwrap();
        fs::set_permissions(&old, fs::Permissions::from_mode(0o755)).unwrap();
        let new = old.join("a/b");
        make(&new).unwrap();
        make(&new).unwrap();
        assert_eq!([rights(&old), rights(&old.join("a")), rights(&new)], [0o755, 0o700, 0o700]);
    }
}
