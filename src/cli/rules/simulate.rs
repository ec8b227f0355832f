//! `credtrail rules simulate`: a draft against the whole register.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use indicatif::ProgressBar;

use super::super::{Context, Failure, Format};
use super::words::newest;
use crate::cli::print::say;
use crate::packs;
use crate::repo;
use crate::services::progress;
use crate::services::simulate::{Affected, Counts, SimulationError, Wish, simulate, word};
use crate::storage::Conn;
use crate::web::app::App;

/// People shown as samples.
const SAMPLES: usize = 10;

/// What to simulate.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  credtrail rules simulate --draft draft/us-ne/cpss/2027-01-01.toml\n  \
    credtrail rules simulate --draft draft.toml --against 2021-09-01 --affected affected.csv")]
pub struct Args {
    /// The draft: a file, or a folder for its newest version
    #[arg(long, value_name = "PATH")]
    draft: PathBuf,
    /// The published version to compare with [default: the one that rules each person]
    #[arg(long, value_name = "VERSION")]
    against: Option<String>,
    /// The day asked about [default: today where the board is]
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// Write everyone who comes out otherwise to this file: CSV, or one JSON object a line if it ends in .jsonl
    #[arg(long, value_name = "FILE")]
    affected: Option<PathBuf>,
}

/// Runs the command; 1 when someone comes out otherwise.
pub fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let pack = packs::load(&args.draft)?;
    let draft = newest(&pack, &args.draft)?;
    let app = App::open(context.settings()?, context.clock.clone())?;
    let known = app.db.read(|conn: &mut Conn<'_>| repo!(conn, boards::credential_by_slug(&draft.credential)))?;
    let Some(credential) = known else {
        let found = format!("`{}` is no credential here", draft.credential);
        return Err(Failure::input(
            "unknown_credential",
            found,
            "publish its first version with `credtrail rules publish`",
        ));
    };
    let now = app.clock.now();
    let as_of = match args.as_of {
        Some(day) => day,
        None => app.db.read(|conn: &mut Conn<'_>| progress::today(conn, &credential, now)).map_err(Failure::fault)?,
    };
    let people = app.db.read(|conn: &mut Conn<'_>| repo!(conn, ranges::count_people()))?;
    let bar = if std::io::stderr().is_terminal() {
        ProgressBar::new(u64::try_from(people).unwrap_or(0))
    } else {
        ProgressBar::hidden()
    };
    let mut sheet = args.affected.as_ref().map(Sheet::open).transpose()?;
    let (mut samples, mut trouble) = (Vec::new(), None);
    let mut each = |affected: &Affected, _seen: u64| {
        if samples.len() < SAMPLES {
            samples.push(affected.clone());
        }
        if let Some(sheet) = &mut sheet
            && trouble.is_none()
        {
            trouble = sheet.add(affected).err();
        }
    };
    let wish = Wish { credential: &credential, draft, against: args.against.as_deref(), as_of };
    let counts =
        simulate(&app.db, &wish, &mut each, &|seen| bar.set_position(seen)).map_err(|error| refusal(&error))?;
    bar.finish_and_clear();
    if let Some(error) = trouble.or_else(|| sheet.and_then(|sheet| sheet.close().err())) {
        return Err(Failure::fault(error));
    }
    print(context, &wish, &counts, &samples);
    Ok(ExitCode::from(u8::from(counts.affected > 0)))
}

fn refusal(error: &SimulationError) -> Failure {
    let (code, hint) = match error {
        SimulationError::UnknownVersion(_) => ("unknown_version", "name a published version, or leave --against out"),
        SimulationError::OtherCredential { .. } => ("other_credential", "give a draft of this credential"),
        SimulationError::Evaluation(_) | SimulationError::Store(_) => return Failure::fault(error),
    };
    Failure::input(code, error.to_string(), hint)
}

fn print(context: &Context, wish: &Wish<'_>, counts: &Counts, samples: &[Affected]) {
    if context.format == Format::Json {
        let said = serde_json::json!({
            "credential": wish.credential.slug, "draft": wish.draft.id, "draft_hash": wish.draft.hash,
            "against": wish.against, "as_of": wish.as_of, "counts": counts, "samples": samples,
        });
        say!("{said}");
        return;
    }
    say!("{} {} on {}", wish.credential.slug, wish.draft.id, wish.as_of);
    say!("{} people looked at, {} concerned, {} affected", counts.people, counts.concerned, counts.affected);
    for (change, count) in &counts.changes {
        say!("{count:>10}  {change}");
    }
    for sample in samples {
        let left = if sample.left.is_empty() { String::new() } else { format!(": {}", sample.left.join("; ")) };
        say!("{} {} {} -> {}{left}", sample.person, sample.purpose.word(), word(sample.before), word(sample.after));
    }
}

/// The file of everyone affected, written as they come.
struct Sheet {
    to: BufWriter<File>,
    json: bool,
}

impl Sheet {
    fn open(path: &PathBuf) -> Result<Self, Failure> {
        let unwritable = |error: std::io::Error| {
            Failure::input("unwritable", format!("{}: {error}", path.display()), "give a file that can be written")
        };
        let json = path.extension().is_some_and(|ending| ending == "jsonl");
        let mut to = BufWriter::new(File::create(path).map_err(unwritable)?);
        if !json {
            writeln!(to, "person,purpose,version,before,after,left").map_err(unwritable)?;
        }
        Ok(Self { to, json })
    }

    fn add(&mut self, affected: &Affected) -> std::io::Result<()> {
        if self.json {
            return writeln!(self.to, "{}", serde_json::json!(affected));
        }
        let Affected { person, purpose, version, before, after, left } = affected;
        let left = left.join("; ").replace('"', "\"\"");
        // A leading sign would be a formula in a spreadsheet.
        let left = if left.starts_with(['=', '+', '-', '@']) { format!("'{left}") } else { left };
        writeln!(self.to, "{person},{},{version},{},{},\"{left}\"", purpose.word(), word(*before), word(*after))
    }

    fn close(mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}
