//! `credtrail rules simulate`: a draft against the whole register.

mod bar;
mod sheet;
mod told;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;

use super::super::usage::parse_day;
use super::super::{Context, Failure, Printed, installation, printed};
use super::words::newest;
use crate::packs::{self, LoadError};
use crate::repo;
use crate::rules::canonical_json;
use crate::services::progress;
use crate::services::simulate::{Affected, Change, Draft, Next, SimulationError, ToGo, Wish, samples, simulate, word};
use crate::storage::rows::boards::CredentialRow;
use crate::storage::{Conn, Db};
use crate::web::app::App;
use sheet::Sheet;

/// People shown in what is printed.
const SHOWN: usize = 10;
/// Sample records for each change.
const SAMPLES: usize = 3;

/// What to simulate.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  credtrail rules simulate --draft draft/us-ne/cpss/2027-01-01.toml\n  \
    credtrail rules simulate --draft draft.toml --everyone --samples samples\n  \
    credtrail rules simulate --draft draft.toml --against 2021-09-01 --format csv > affected.csv\n\n\
    Exit code 0: nobody comes out otherwise or has further or less to go, 1: somebody does.")]
pub struct Args {
    /// The draft: a file, or a folder for its newest version
    #[arg(long, value_name = "PATH")]
    draft: PathBuf,
    /// The published version to compare with [default: the one that rules each person]
    #[arg(long, value_name = "VERSION")]
    against: Option<String>,
    /// The day asked about [default: today where the board is, or the draft's first day if that is later]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_of: Option<NaiveDate>,
    /// As if the draft ruled everyone, whatever its first day, `applies_by` and transitions say
    #[arg(long)]
    everyone: bool,
    /// Write everyone who comes out otherwise, or has further or less to go, to this file: CSV, or one JSON object a line if it ends in .jsonl
    #[arg(long, value_name = "FILE")]
    affected: Option<PathBuf>,
    /// Write a few of them, for each change, as portable records without names into this new or empty folder
    #[arg(long, value_name = "DIR")]
    samples: Option<PathBuf>,
    /// text is for people, json is stable, csv is everyone who comes out otherwise, or has further or less to go
    #[arg(id = "format", long, default_value = "text", value_parser = printed(&["text", "json", "csv"]))]
    printed: Printed,
}

/// Runs the command; 1 when the draft changes something for someone.
pub fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let pack = packs::load(&args.draft)?;
    let newest = newest(&pack, &args.draft)?;
    if let Some(folder) = &args.samples {
        check_folder(folder)?;
    }
    let app = App::open(installation::known(context)?, context.clock.clone())?;
    let known = app.db.read(|conn: &mut Conn<'_>| repo!(conn, boards::credential_by_slug(&newest.credential)))?;
    let Some(credential) = known else {
        let hint = "publish its first version with `credtrail rules publish`";
        return Err(super::unknown(&newest.credential, &args.draft, hint));
    };
    let texts = packs::self_contained(&args.draft, &pack)?;
    let Some((name, text)) = texts.iter().find(|(name, _)| *name == newest.file) else {
        return Err(Failure::input("no_version", format!("no text of `{}`", newest.file), "name a file"));
    };
    let draft = app.db.read(|conn: &mut Conn<'_>| Draft::read(conn, &credential, name, text)).map_err(refusal)?;
    let as_of = match args.as_of {
        Some(day) => day,
        None => draft.day(today(&app, &credential)?, args.everyone),
    };
    let against = args.against.as_deref();
    let wish =
        Wish { credential: &credential, draft: &draft, against, as_of, everyone: args.everyone, lang: context.lang };
    run_wish(args, &app.db, &wish)
}

fn today(app: &App, credential: &CredentialRow) -> Result<NaiveDate, Failure> {
    let now = app.clock.now();
    app.db.read(|conn: &mut Conn<'_>| progress::today(conn, credential, now)).map_err(Failure::fault)
}

fn run_wish(args: &Args, db: &Db, wish: &Wish<'_>) -> Result<ExitCode, Failure> {
    let people = db.read(|conn: &mut Conn<'_>| repo!(conn, ranges::count_people()))?;
    let bar = bar::on_terminal(people);
    let mut sheets = Vec::new();
    sheets.extend(args.affected.as_ref().map(|path| Sheet::file(path)).transpose()?);
    if args.printed == Printed::Csv {
        sheets.push(Sheet::out());
    }
    let (mut shown, mut chosen, mut trouble) = (Vec::new(), Chosen::default(), None);
    let mut each = |affected: &Affected| {
        if shown.len() < SHOWN {
            shown.push(affected.clone());
        }
        chosen.look(affected);
        trouble = sheets.iter_mut().find_map(|sheet| sheet.add(affected).err());
        if trouble.is_some() { Next::Stop } else { Next::GoOn }
    };
    let counts = simulate(db, wish, &mut each, &|seen| bar.set_position(seen)).map_err(refusal)?;
    bar.finish_and_clear();
    if let Some(error) = trouble.or_else(|| sheets.into_iter().find_map(|sheet| sheet.close().err())) {
        return Err(Failure::fault(error));
    }
    if let Some(folder) = &args.samples {
        write_samples(db, wish, folder, &chosen)?;
    }
    match args.printed {
        Printed::Json => told::json(wish, &counts, &shown),
        Printed::Text => told::text(wish, &counts, &shown),
        Printed::Csv => {}
    }
    Ok(ExitCode::from(u8::from(counts.named() > 0)))
}

/// The first few people of each change.
#[derive(Default)]
struct Chosen(BTreeMap<(Change, Option<ToGo>), Vec<Affected>>);

impl Chosen {
    fn look(&mut self, affected: &Affected) {
        let (before, after) = (word(affected.before), word(affected.after));
        let known = self.0.entry((Change { purpose: affected.purpose, before, after }, affected.to_go)).or_default();
        if known.len() < SAMPLES {
            known.push(affected.clone());
        }
    }
}

/// Refuses a folder that has files, before the work begins.
fn check_folder(folder: &Path) -> Result<(), Failure> {
    let unusable = |error: std::io::Error| {
        Failure::input("unwritable", format!("{}: {error}", folder.display()), "give a folder that can be written")
    };
    std::fs::create_dir_all(folder).map_err(unusable)?;
    if std::fs::read_dir(folder).map_err(unusable)?.next().is_some() {
        let found = format!("{} is not empty", folder.display());
        return Err(Failure::input("not_empty", found, "give a new folder, so that samples of two runs do not mix"));
    }
    Ok(())
}

fn write_samples(db: &Db, wish: &Wish<'_>, folder: &Path, chosen: &Chosen) -> Result<(), Failure> {
    let people: Vec<Affected> = chosen.0.values().flatten().cloned().collect();
    let samples = samples(db, wish, &people).map_err(refusal)?;
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text + "\n").map_err(Failure::fault);
    for sample in &samples {
        write(&sample.file, canonical_json(&sample.record))?;
    }
    write("index.json", canonical_json(&samples))
}

fn refusal(error: SimulationError) -> Failure {
    let (code, hint) = match error {
        SimulationError::UnknownVersion(_) => ("unknown_version", "name a published version, or leave --against out"),
        SimulationError::OtherCredential { .. } => ("other_credential", "give a draft of this credential"),
        SimulationError::Rules(problems) => return LoadError::Problems(problems).into(),
        SimulationError::Evaluation(_) | SimulationError::Store(_) => return Failure::fault(error),
    };
    Failure::input(code, error.to_string(), hint)
}
