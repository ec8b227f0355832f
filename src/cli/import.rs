//! `credtrail import`: files of rows, looked at first and then stored, or only looked at.

use std::fs::File;
use std::io::{BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Context, Failure, Format, installation};
use crate::cli::print::{say, say_on};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::imports::awards::Awards;
use crate::services::imports::completions::Completions;
use crate::services::imports::exams::Exams;
use crate::services::imports::hours::Hours;
use crate::services::imports::people::People;
use crate::services::imports::{Import, ImportError, Mode, Outcome, Report, RowSeen, run as bring, template};
use crate::storage::{Conn, Id};
use crate::web::app::App;

/// What a file is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Completions of a program's courses
    Completions,
    /// Hours that a board has confirmed
    Hours,
    /// Results of exams
    Exams,
    /// People an organization knows
    People,
    /// Terms and status of the people a board certified before
    Awards,
}

/// How to bring a file in.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  credtrail import completions --template > class.csv\n  \
    credtrail import completions class.csv --organization north-academy --dry-run\n  \
    credtrail import completions class.csv --organization north-academy")]
pub struct Args {
    /// What the file is of
    kind: Kind,
    /// The CSV file, in UTF-8
    #[arg(required_unless_present = "template")]
    file: Option<PathBuf>,
    /// Print the header with one example row instead
    #[arg(long)]
    template: bool,
    /// The program or board the file belongs to, by its slug
    #[arg(long, value_name = "SLUG", required_unless_present = "template")]
    organization: Option<String>,
    /// Only look: nothing is stored
    #[arg(long)]
    dry_run: bool,
    /// Store the good rows although others have to change
    #[arg(long)]
    partial: bool,
    /// Do not write to people about each completion, for records of years ago
    #[arg(long)]
    quiet: bool,
    /// Write the file again with two more columns, what became of each row and why
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// Runs `credtrail import`.
pub fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    if args.template {
        say_on!(
            "{}",
            match args.kind {
                Kind::Completions => template::<Completions>(),
                Kind::Hours => template::<Hours>(),
                Kind::Exams => template::<Exams>(),
                Kind::People => template::<People>(),
                Kind::Awards => template::<Awards>(),
            }
        );
        return Ok(ExitCode::SUCCESS);
    }
    let app = App::open(installation::known(context)?, context.clock.clone())?;
    let organization = organization(&app, args.organization.as_deref().unwrap_or_default())?;
    match args.kind {
        Kind::Completions => both_ways(&app, args, context, || Completions::of(organization, !args.quiet)),
        Kind::Hours => both_ways(&app, args, context, || Hours::of(organization)),
        Kind::Exams => both_ways(&app, args, context, || Exams::of(organization)),
        Kind::People => both_ways(&app, args, context, || People::of(organization)),
        Kind::Awards => both_ways(&app, args, context, || Awards::of(organization)),
    }
}

fn organization(app: &App, slug: &str) -> Result<Id, Failure> {
    let found = app.db.read(|conn: &mut Conn<'_>| repo!(conn, organizations::find_by_slug(slug)))?;
    found.map(|row| row.id).ok_or_else(|| {
        Failure::input(
            "unknown_organization",
            format!("`{slug}` is no organization here"),
            "check the slug; add the organization first",
        )
    })
}

/// Looks at the whole file first; stores only if asked and, without `--partial`, only a file without a problem.
fn both_ways<I: Import>(
    app: &App,
    args: &Args,
    context: &Context,
    import: impl Fn() -> I,
) -> Result<ExitCode, Failure> {
    let path = args.file.as_deref().unwrap_or(Path::new(""));
    let trial = pass(app, args, (path, Mode::Trial), &mut import(), args.report.as_deref())?;
    let stored = !args.dry_run && (trial.refused == 0 || args.partial);
    let report = if stored { pass(app, args, (path, Mode::Store), &mut import(), None)? } else { trial };
    match context.format {
        Format::Json => say!("{}", serde_json::json!({ "stored": stored, "report": report })),
        Format::Text => tell(&report, stored),
    }
    Ok(if report.refused == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn pass<I: Import>(
    app: &App,
    args: &Args,
    (path, mode): (&Path, Mode),
    import: &mut I,
    report: Option<&Path>,
) -> Result<Report, Failure> {
    let cannot = |path: &Path, error: std::io::Error| Failure {
        path: path.display().to_string(),
        ..Failure::input("cannot_read", error.to_string(), "check the file's name and rights")
    };
    let file = File::open(path).map_err(|error| cannot(path, error))?;
    let bar = progress(file.metadata().map_or(0, |meta| meta.len()), mode);
    let mut writer = match report {
        Some(path) => Some(csv::Writer::from_writer(File::create(path).map_err(|error| cannot(path, error))?)),
        None => None,
    };
    let mut lost = None;
    if let Some(writer) = &mut writer {
        lost = copy_header(writer, args.file.as_deref().unwrap_or(path)).err();
    }
    let by = Acting::system(app.clock.now());
    let source = BufReader::new(bar.wrap_read(file));
    let result = bring(&app.db, &by, import, (mode, source), &mut |row| {
        if let Some(writer) = &mut writer
            && let Err(error) = write_row(writer, row)
        {
            lost = Some(error);
        }
    });
    bar.finish_and_clear();
    if let Some(error) = lost {
        return Err(Failure::fault(format!("the report could not be written: {error}")));
    }
    result.map_err(|error| match error {
        ImportError::File(file) => Failure {
            path: path.display().to_string(),
            ..Failure::input("bad_file", file.to_string(), "mend the file and run this again; nothing was stored")
        },
        ImportError::Store(store) => store.into(),
    })
}

fn progress(bytes: u64, mode: Mode) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(bytes);
    let style = ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes} {eta}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.with_message(if mode == Mode::Trial { "looking" } else { "storing" })
}

fn copy_header(writer: &mut csv::Writer<File>, path: &Path) -> Result<(), csv::Error> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path)?;
    let mut header = reader.byte_headers()?.clone();
    header.push_field(b"result");
    header.push_field(b"problem");
    writer.write_byte_record(&header)
}

/// The row as it stood, what became of it and why. What a spreadsheet would take for a formula is defused.
fn write_row(writer: &mut csv::Writer<File>, row: &RowSeen<'_>) -> Result<(), csv::Error> {
    let mut record = csv::ByteRecord::new();
    for field in row.record {
        match field.first() {
            Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') => record.push_field(&[b"'", field].concat()),
            _ => record.push_field(field),
        }
    }
    let (result, problem) = match row.outcome {
        Outcome::Added => ("added", String::new()),
        Outcome::Known => ("known", String::new()),
        Outcome::Refused(problem) => {
            let place = if problem.column.is_empty() { String::new() } else { format!("{}: ", problem.column) };
            ("to fix", format!("{place}found `{}`, expected {}; {}", problem.found, problem.expected, problem.hint))
        }
    };
    record.push_field(result.as_bytes());
    record.push_field(problem.as_bytes());
    writer.write_byte_record(&record)
}

fn tell(report: &Report, stored: bool) {
    for group in &report.problems {
        let place = if group.column.is_empty() { String::new() } else { format!(", column `{}`", group.column) };
        say!("{} row(s): {}{place}", group.rows, group.code);
        for example in &group.examples {
            say!("  line {}: found `{}`, expected {}; {}", example.line, example.found, example.expected, example.hint);
        }
    }
    let added = if stored { "added" } else { "could be added" };
    say!(
        "{} rows read: {} {added}, {} there already, {} to fix{}",
        report.rows,
        report.added,
        report.known,
        report.refused,
        if stored { "" } else { "; nothing was stored" }
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_a_spreadsheet_would_run_is_defused_in_the_report() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.csv");
        let mut writer = csv::Writer::from_path(&path).unwrap();
        let record = csv::ByteRecord::from(vec!["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "Dana, \"R\""]);
        write_row(&mut writer, &RowSeen { line: 2, record: &record, outcome: &Outcome::Added }).unwrap();
        drop(writer);
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(text, "'=cmd|' /C calc'!A0,'+1,'-1,'@SUM(1),\"Dana, \"\"R\"\"\",added,\n");
    }
}
