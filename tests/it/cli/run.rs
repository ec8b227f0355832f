//! Runs of the program, as tests look at them.

use std::process::Command;

use crate::support::TestApp;

/// What a run printed, what it complained about, how it ended.
pub struct Run {
    /// The exit code.
    pub code: Option<i32>,
    /// Standard output.
    pub said: String,
    /// Standard error.
    pub problems: String,
}

/// The program with these arguments, in the package's folder.
pub fn credtrail(arguments: &[&str]) -> Run {
    let run = Command::new(env!("CARGO_BIN_EXE_credtrail"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Run { code: run.status.code(), said: text(&run.stdout), problems: text(&run.stderr) }
}

/// The program on a test's database.
pub fn on(app: &TestApp, arguments: &[&str]) -> Run {
    let data = app.app.settings.data_dir.display().to_string();
    credtrail(&[&["--database-url", &app.url_of_database(), "--data-dir", &data], arguments].concat())
}
