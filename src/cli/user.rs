//! `credtrail user`: the first administrator, the way back in, roles.

use std::io::Read;
use std::process::ExitCode;

use clap::Subcommand;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{Context, Failure, Format};
use crate::cli::print::say;
use crate::services::accounts::{self, Address, NewPerson};
use crate::services::acting::Acting;
use crate::services::memberships::{self, MembershipError};
use crate::services::organizations;
use crate::services::password_rules;
use crate::services::passwords::Passwords;
use crate::services::roles::Role;
use crate::settings::Settings;
use crate::storage::{Conn, Db, Id, StoreError};

/// What can be done for people who use the service.
#[derive(Subcommand)]
pub enum UserCommand {
    /// Add a person and print the link with which they set their password
    #[command(
        after_help = "Example:\n  credtrail user create --email you@example.org --name \"Your Name\" --administrator"
    )]
    Create {
        /// Where mail reaches them
        #[arg(long)]
        email: String,
        /// Their legal name
        #[arg(long)]
        name: String,
        /// Make them administrator of this installation
        #[arg(long)]
        administrator: bool,
        /// Read the password from standard input instead; the address counts as proved
        #[arg(long)]
        password_stdin: bool,
    },
    /// Print a link with which a person sets a new password
    #[command(after_help = "Example:\n  credtrail user reset-password --email you@example.org")]
    ResetPassword {
        /// Their address
        #[arg(long)]
        email: String,
    },
    /// Give a person a role at once
    #[command(
        after_help = "Example:\n  credtrail user grant --email you@example.org --role registrar --organization north-board"
    )]
    Grant {
        /// Their address
        #[arg(long)]
        email: String,
        /// program_staff, reviewer, registrar, auditor or administrator
        #[arg(long, value_parser = parse_role)]
        role: Role,
        /// The organization's slug; none for the whole installation
        #[arg(long)]
        organization: Option<String>,
    },
}

fn parse_role(word: &str) -> Result<Role, String> {
    Role::parse(word).ok_or_else(|| {
        let words: Vec<&str> = Role::ALL.into_iter().map(Role::word).collect();
        format!("expected one of {}", words.join(", "))
    })
}

fn refuse(code: &'static str, error: impl std::fmt::Display) -> Failure {
    Failure::input(code, error.to_string(), "see `credtrail user --help`")
}

/// Runs `credtrail user`.
pub fn run(command: UserCommand, context: &Context) -> Result<ExitCode, Failure> {
    let settings = context.settings()?;
    let db = Db::open(&settings.database_url, 1)?;
    db.maintain(|conn: &mut Conn<'_>| crate::storage::migrate::run(conn))?;
    let by = Acting::system(context.clock.now());
    match command {
        UserCommand::Create { email, name, administrator, password_stdin } => {
            let address: Address = email.parse().map_err(|error| refuse("bad_address", error))?;
            let new = NewPerson::new(address, &name, context.lang).map_err(|error| refuse("bad_name", error))?;
            let password = if password_stdin { Some(read_password(&new)?) } else { None };
            create(&db, &by, &settings, &new, administrator, password, context.format)
        }
        UserCommand::ResetPassword { email } => {
            let person = known(&db, &email)?;
            let link = db.write(|conn: &mut Conn<'_>| {
                accounts::reset_link(conn, &by, person, Some(email.to_lowercase()), &settings.public_url)
            })?;
            tell_link(&link, context.format)
        }
        UserCommand::Grant { email, role, organization } => {
            grant(&db, &by, &email, role, organization.as_deref())?;
            tell("granted", context.format)
        }
    }
}

fn read_password(new: &NewPerson) -> Result<SecretString, Failure> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(Failure::fault)?;
    let password = SecretString::from(text.trim_end_matches(['\r', '\n']).to_owned());
    password_rules::check(password.expose_secret(), &[&new.name, new.email.as_str()])
        .map_err(|error| refuse("weak_password", error))?;
    Ok(password)
}

fn create(
    db: &Db,
    by: &Acting,
    settings: &Settings,
    new: &NewPerson,
    administrator: bool,
    password: Option<SecretString>,
    format: Format,
) -> Result<ExitCode, Failure> {
    let hash = password.map(|password| Passwords::new(1, 0).hash_here(&password)).transpose()?;
    let made = db.write(|conn: &mut Conn<'_>| {
        let person = accounts::add_person(conn, by, new)?;
        if administrator {
            memberships::grant(conn, by, person, None, Role::Administrator).map_err(|error| match error {
                MembershipError::Store(store) => store,
                other => StoreError::Fault(other.to_string()),
            })?;
        }
        match hash {
            Some(hash) => {
                accounts::take_as_proved(conn, by, person, &new.email)?;
                accounts::set_password(conn, by, person, hash).map(|()| None)
            }
            None => {
                let address = Some(new.email.as_str().to_owned());
                accounts::reset_link(conn, by, person, address, &settings.public_url).map(Some)
            }
        }
    });
    match made {
        Ok(Some(link)) => tell_link(&link, format),
        Ok(None) => tell("added", format),
        Err(StoreError::Taken) => Err(Failure::input(
            "address_taken",
            "this address is somebody's already",
            "grant that person a role with `credtrail user grant`",
        )),
        Err(error) => Err(error.into()),
    }
}

fn tell(done: &str, format: Format) -> Result<ExitCode, Failure> {
    match format {
        Format::Json => say!("{}", json!({ "status": done })),
        Format::Text => say!("{done}"),
    }
    Ok(ExitCode::SUCCESS)
}

fn tell_link(link: &str, format: Format) -> Result<ExitCode, Failure> {
    let minutes = accounts::RESET_MINUTES;
    match format {
        Format::Json => say!("{}", json!({ "link": link, "minutes": minutes })),
        Format::Text => {
            say!("set a password within {minutes} minutes at");
            say!("{link}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn known(db: &Db, email: &str) -> Result<Id, Failure> {
    let address: Address = email.parse().map_err(|error| refuse("bad_address", error))?;
    db.read(|conn: &mut Conn<'_>| accounts::person_with(conn, &address))?
        .ok_or_else(|| Failure::input("nobody", "nobody has this address", "add them with `credtrail user create`"))
}

fn grant(db: &Db, by: &Acting, email: &str, role: Role, slug: Option<&str>) -> Result<(), Failure> {
    let person = known(db, email)?;
    let organization = match slug {
        None => None,
        Some(slug) => {
            let row = db.read(|conn: &mut Conn<'_>| organizations::find_by_slug(conn, slug))?;
            let row = row.ok_or_else(|| {
                Failure::input("no_organization", format!("`{slug}` is no organization"), "check the slug")
            })?;
            Some(row.id)
        }
    };
    db.write(|conn: &mut Conn<'_>| memberships::grant(conn, by, person, organization, role).map(drop))
        .map_err(|error| refuse("not_granted", error))
}
