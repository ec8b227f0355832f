//! `credtrail demo`: a small believable world on the embedded database, served on this machine.

mod deeds;
mod lives;
mod people;
mod world;

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::ExitCode;

use serde::{Deserialize, Serialize};

use super::{Context, Failure};
use crate::cli::print::say;
use crate::web::app::App;

/// How to show it.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  credtrail demo --fresh --listen 127.0.0.1:8080")]
pub struct Args {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Throw the demo's data away and begin anew
    #[arg(long)]
    fresh: bool,
}

/// Someone to sign in as.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// What they are.
    role: String,
    /// Their address.
    email: String,
    /// Their password, made up for this folder.
    password: String,
}

/// The file that says whom one can sign in as; while it is there, the world is.
const SIGN_INS: &str = "demo.json";

/// Runs `credtrail demo` until it is told to stop.
pub fn run(args: Args, context: &mut Context) -> Result<ExitCode, Failure> {
    if !context.flags.values.contains_key("data_dir") && context.flags.file.is_none() {
        context.flags.values.insert("data_dir", "demo-data".to_owned());
    }
    context.flags.values.extend(args.listen.map(|listen| ("listen", listen)));
    let mut settings = context.settings()?;
    settings.public_url = format!("http://{}", settings.listen);
    let folder = settings.data_dir.clone();
    let list = folder.join(SIGN_INS);
    if args.fresh {
        forget(&folder, &list)?;
    }
    let app = App::open(settings, context.clock.clone())?;
    let sign_ins = if list.is_file() {
        read(&list)?
    } else {
        eprintln!("making a small world: two boards, three programs, four supervisors and 200 people");
        let made = world::make(&app)?;
        write(&list, &made)?;
        made
    };
    say!("Credtrail runs at {}", app.settings.public_url);
    for one in &sign_ins {
        say!("  {:<20} {:<34} {}", one.role, one.email, one.password);
    }
    say!("Mail is in {}. Stop with Ctrl-C.", folder.join("mail").display());
    super::serve::serve(&app, true)
}

/// Removes what a demo made, and only where a demo made it.
fn forget(folder: &Path, list: &Path) -> Result<(), Failure> {
    if folder.exists() && !list.is_file() && std::fs::read_dir(folder).map_err(Failure::fault)?.next().is_some() {
        return Err(Failure::input(
            "not_a_demo",
            format!("`{}` was not made by a demo", folder.display()),
            "name another folder with --data-dir; nothing was removed",
        ));
    }
    if list.is_file() {
        std::fs::remove_dir_all(folder).map_err(Failure::fault)?;
    }
    Ok(())
}

fn read(list: &Path) -> Result<Vec<SignIn>, Failure> {
    let text = std::fs::read_to_string(list).map_err(Failure::fault)?;
    serde_json::from_str(&text).map_err(Failure::fault)
}

fn write(list: &Path, sign_ins: &[SignIn]) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(sign_ins).map_err(Failure::fault)?;
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(list).map_err(Failure::fault)?;
    file.write_all(text.as_bytes()).map_err(Failure::fault)
}
