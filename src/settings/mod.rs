//! Settings: flag over environment over file over default, never the other way round.
//!
//! The only reader of the environment. Every problem is reported at once, so that an operator mends
//! the file in one go. The default file, comments and all, is `config/default.toml`.

mod read;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use secrecy::SecretString;

use crate::storage::DatabaseUrl;

pub use read::{DEFAULT_FILE, Flags, defaults, load, load_here};

/// All settings, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Keys, certificates, documents, mail folder.
    pub data_dir: PathBuf,
    /// Which database.
    pub database_url: DatabaseUrl,
    /// How many connections to it.
    pub connections: u32,
    /// Where the web server listens.
    pub listen: SocketAddr,
    /// Where `/metrics` listens, if anywhere.
    pub metrics_listen: Option<SocketAddr>,
    /// How people reach the service, without a slash at the end.
    pub public_url: String,
    /// Proxies whose word on the caller's address is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Rule packs other than those shipped.
    pub rules_dir: Option<PathBuf>,
    /// What is logged, and how.
    pub log: LogSettings,
    /// How mail leaves.
    pub mail: MailSettings,
    /// What the pages say of the site.
    pub site: SiteSettings,
    /// The most bytes of one document that people hand in.
    pub document_bytes: usize,
    /// Seconds between two looks for work that is due.
    pub worker_poll_seconds: u32,
}

/// What is logged, and how.
#[derive(Debug, Clone)]
pub struct LogSettings {
    /// The least severe level that is logged.
    pub level: tracing::Level,
    /// As JSON rather than text.
    pub json: bool,
}

/// What the pages say of the site: its name and how to reach a human.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteSettings {
    /// The name in the header and in titles.
    pub name: String,
    /// A phone number for help, with its hours.
    pub help_phone: Option<String>,
    /// An address for help.
    pub help_mail: Option<String>,
    /// The number to call in a crisis; none hides the line.
    pub crisis_line: Option<String>,
}

/// How mail leaves.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// The way out.
    pub transport: MailTransport,
    /// The address mails come from.
    pub from_address: String,
    /// The name mails come from.
    pub from_name: String,
}

/// The way mail leaves.
#[derive(Debug, Clone)]
pub enum MailTransport {
    /// Each mail is a file in this folder.
    Folder(PathBuf),
    /// An SMTP server.
    Smtp(SmtpSettings),
    /// Nothing is sent.
    Off,
}

/// An SMTP server and how to use it.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// Host name.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Encryption.
    pub tls: SmtpTls,
    /// User name and password, if it wants them.
    pub credentials: Option<(String, SecretString)>,
    /// Sends at once.
    pub connections: u32,
    /// Seconds after which a send is given up and tried again later.
    pub timeout_seconds: u32,
}

/// Encryption on the way to the SMTP server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    /// None; only to this machine itself.
    None,
    /// Begun in plain text, then required.
    StartTls,
    /// From the first byte.
    Tls,
}

/// Every problem with the settings.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} with the settings:\n{}", if .0.len() == 1 { "a problem" } else { "problems" }, .0.join("\n"))]
pub struct SettingsError(pub Vec<String>);
