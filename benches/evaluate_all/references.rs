//! The same rules by other means, in the same run: numpy, and one SQL statement on DuckDB, SQLite and PostgreSQL.
//!
//! The scripts are not part of this package. A folder of them is named on the command line; each prints one line of
//! JSON with its times and the fingerprint of its answers, which must be ours.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use super::timing::{Loop, report};

/// Where the scripts are, and what runs them.
pub struct References {
    /// The folder of the scripts.
    pub folder: PathBuf,
    /// The Python that has what they need.
    pub python: String,
    /// A PostgreSQL server, if it is to take part.
    pub postgres: Option<String>,
}

/// What a script prints.
#[derive(Deserialize)]
struct Line {
    engine: String,
    median_s: f64,
    cpu_s: Option<f64>,
    answer: Answer,
}

#[derive(Deserialize)]
struct Answer {
    crc32: String,
    people: usize,
}

impl References {
    /// Makes the people once more as files, lets each script answer for them, and compares.
    pub fn run(&self, count: u64, fingerprint: u32, yardstick: Loop) -> Result<(), String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let data = folder.path();
        let count = count.to_string();
        let seed = super::people::SEED.to_string();
        let out = data.display().to_string();
        self.python("gen_people.py", &["--people", &count, "--seed", &seed, "--out", &out])?;
        let mut scripts = vec![
            ("w4_numpy.py", vec![out.as_str(), "5"]),
            ("w4_sql.py", vec!["duckdb", &out, "5", "--threads", "1"]),
            ("w4_sql.py", vec!["sqlite", &out, "5"]),
        ];
        if let Some(url) = &self.postgres {
            scripts.push(("w4_sql.py", vec!["postgres", &out, "5", "--db", url]));
        }
        for (script, arguments) in scripts {
            let printed = self.python(script, &arguments)?;
            let line = printed.lines().last().unwrap_or_default();
            let line: Line = serde_json::from_str(line).map_err(|error| format!("{script} said `{line}`: {error}"))?;
            if line.answer.crc32 != format!("{fingerprint:08x}") {
                return Err(format!("{} answers {}, expected {fingerprint:08x}", line.engine, line.answer.crc32));
            }
            // The processor time of a server is not told; then the time that went by has to do.
            let (took, how) = line.cpu_s.map_or((line.median_s, "time that went by"), |cpu| (cpu, "processor time"));
            let what = format!("{} ({how}, {:.4} s in all)", line.engine, line.median_s);
            report(&what, line.answer.people, Duration::from_secs_f64(took), yardstick);
        }
        Ok(())
    }

    fn python(&self, script: &str, arguments: &[&str]) -> Result<String, String> {
        let path: &Path = &self.folder.join(script);
        let done = Command::new(&self.python).arg(path).args(arguments).output();
        let done = done.map_err(|error| format!("`{}` does not start: {error}", self.python))?;
        if done.status.success() {
            return String::from_utf8(done.stdout).map_err(|error| error.to_string());
        }
        Err(format!("{} ended with {}: {}", path.display(), done.status, String::from_utf8_lossy(&done.stderr)))
    }
}
