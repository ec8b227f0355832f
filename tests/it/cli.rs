//! The program as the shell sees it: what it prints and how it ends.

use std::io::pipe;
use std::process::{Command, Stdio};

#[test]
fn a_reader_who_stops_reading_changes_neither_the_work_nor_how_it_ends() {
    let (reader, writer) = pipe().unwrap();
    drop(reader);
    let run = Command::new(env!("CARGO_BIN_EXE_credtrail"))
        .args(["rules", "check", "config/rules/us-ne"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(writer)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!((run.status.code(), String::from_utf8_lossy(&run.stderr).as_ref()), (Some(0), ""));
}
