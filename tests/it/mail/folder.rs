//! Mail into a folder: what an installation without a mail server gets.

use std::fs;

use credtrail::mail::{Folder, Outcome, Transport, build};
use credtrail::rules::Lang;

use super::samples::{at, letter, reminder, sender};
use super::server::run;

#[test]
fn a_message_becomes_one_file_with_a_name_that_tells_nothing() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(place.path().join("mail"));
    let message =
        build(&letter("dana@person.example", Lang::En, reminder()), &sender(), "n-1", at()).expect("a message");
    let transport = Transport::Folder(folder.clone());
    assert_eq!(run(transport.send(&message)), Outcome::Sent);
    assert_eq!(run(transport.send(&message)), Outcome::Sent, "the same again replaces it");
    let files: Vec<_> = fs::read_dir(folder.path()).expect("the folder").map(|it| it.expect("a file")).collect();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].file_name(), "20270401T083000Z-n-1.eml");
    assert_eq!(fs::read(files[0].path()).expect("the file"), message.bytes());
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&files[0].metadata().expect("its facts").permissions());
        assert_eq!(mode & 0o777, 0o600, "it can hold a link that opens something");
    }
}

#[test]
fn a_folder_that_cannot_be_written_means_later() {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("in-the-way");
    fs::write(&file, "").expect("a file");
    let message =
        build(&letter("dana@person.example", Lang::En, reminder()), &sender(), "n-1", at()).expect("a message");
    let outcome = run(Transport::Folder(Folder::new(file)).send(&message));
    assert!(matches!(outcome, Outcome::Retry { .. }), "{outcome:?}");
}
