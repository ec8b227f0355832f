//! Reading settings from their four places.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;

use secrecy::SecretString;
use toml::{Table, Value};

use super::{LogSettings, MailSettings, MailTransport, Settings, SettingsError, SiteSettings, SmtpSettings, SmtpTls};
use crate::storage::DatabaseUrl;

/// The default settings file with its comments.
pub const DEFAULT_FILE: &str = include_str!("../../config/default.toml");

/// Settings given as flags, by key; and the settings file, if one is named.
#[derive(Debug, Default, Clone)]
pub struct Flags {
    /// The settings file.
    pub file: Option<PathBuf>,
    /// Values by key, such as `listen`.
    pub values: BTreeMap<&'static str, String>,
}

/// Reads all settings.
///
/// # Errors
/// All problems at once: unreadable file, unknown key, value of the wrong kind, values that do not fit together.
pub fn load(flags: &Flags, environment: impl Fn(&str) -> Option<String>) -> Result<Settings, SettingsError> {
    let mut problems = Vec::new();
    let default = defaults();
    let defaults = flatten(&default);
    let named = flags.file.clone().or_else(|| environment("CREDTRAIL_CONFIG").map(PathBuf::from));
    let file = match named {
        None => Table::new(),
        Some(path) => match std::fs::read_to_string(&path) {
            Err(error) => {
                problems.push(format!("{}: cannot be read: {error}", path.display()));
                Table::new()
            }
            Ok(text) => match text.parse::<Table>() {
                Ok(table) => table,
                Err(error) => {
                    // One problem is one line.
                    let before = error.span().map_or(0, |span| span.start);
                    let line = text.bytes().take(before).filter(|byte| *byte == b'\n').count() + 1;
                    problems.push(format!("{}:{line}: {}", path.display(), error.message().replace('\n', ", ")));
                    Table::new()
                }
            },
        },
    };
    let file = flatten(&file);
    for (key, value) in &file {
        match defaults.get(key) {
            None => problems.push(format!("`{key}` is no setting; `credtrail settings default` prints all of them")),
            // What is a number or a list is read from text too, as the environment gives it; what is text is nothing else.
            Some(Value::String(_)) if !value.is_str() => {
                problems.push(format!("`{key}` is `{value}`, expected text in quotes such as \"{}\"", text(value)));
            }
            Some(_) => {}
        }
    }
    let mut values: BTreeMap<String, String> = defaults.iter().map(|(key, value)| (key.clone(), text(value))).collect();
    for (key, value) in &mut values {
        let variable = format!("CREDTRAIL_{}", key.replace('.', "_").to_uppercase());
        let given = flags.values.get(key.as_str()).cloned().or_else(|| environment(&variable));
        if let Some(text) = given.or_else(|| file.get(key).map(|value| text(value))) {
            *value = text;
        }
    }
    let settings = Reader { values, problems: &mut problems }.settings();
    if problems.is_empty() { settings.ok_or_else(|| SettingsError(Vec::new())) } else { Err(SettingsError(problems)) }
}

/// Every setting with its default, as it stands in the default file.
#[must_use]
pub fn defaults() -> Table {
    DEFAULT_FILE.parse().unwrap_or_default()
}

/// [`load`] with the environment of this process.
///
/// # Errors
/// As [`load`].
pub fn load_here(flags: &Flags) -> Result<Settings, SettingsError> {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    load(flags, |name| std::env::var(name).ok())
}

/// A table as `a.b` keys and values.
fn flatten(table: &Table) -> BTreeMap<String, &Value> {
    let mut flat = BTreeMap::new();
    for (key, value) in table {
        match value {
            Value::Table(inner) => flat.extend(inner.iter().map(|(k, v)| (format!("{key}.{k}"), v))),
            other => drop(flat.insert(key.clone(), other)),
        }
    }
    flat
}

/// A value as text; a list becomes one with commas.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

struct Reader<'a> {
    values: BTreeMap<String, String>,
    problems: &'a mut Vec<String>,
}

impl Reader<'_> {
    fn text(&self, key: &str) -> String {
        self.values.get(key).map(|text| text.trim().to_owned()).unwrap_or_default()
    }

    fn parse<T: FromStr>(&mut self, key: &str, expected: &str) -> Option<T> {
        let text = self.text(key);
        let value = text.parse().ok();
        if value.is_none() {
            self.problems.push(format!("`{key}` is `{text}`, expected {expected}"));
        }
        value
    }

    fn optional<T: FromStr>(&mut self, key: &str, expected: &str) -> Option<Option<T>> {
        if self.text(key).is_empty() { Some(None) } else { self.parse(key, expected).map(Some) }
    }

    fn one_of<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key);
        let found = choices.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            self.problems.push(format!("`{key}` is `{text}`, expected one of {}", words.join(", ")));
        }
        found
    }

    /// Reads everything before giving up, so that every problem is met.
    fn settings(mut self) -> Option<Settings> {
        let data_dir = PathBuf::from(self.text("data_dir"));
        let url = self.text("database_url");
        let database_url = if url.is_empty() {
            Some(DatabaseUrl::Sqlite(data_dir.join("credtrail.sqlite3")))
        } else {
            // The value itself may hold a password: it is not repeated.
            DatabaseUrl::parse(&url).map_err(|error| self.problems.push(format!("`database_url`: {error}"))).ok()
        };
        let connections = self.parse("connections", "a number such as 8");
        let listen = self.parse("listen", "an address and port such as 127.0.0.1:8080");
        let metrics_listen = self.optional("metrics_listen", "an address and port, or nothing");
        let public_url = self.public_url();
        let trusted_proxies = self.proxies();
        let rules_dir = Some(self.text("rules_dir")).filter(|text| !text.is_empty()).map(PathBuf::from);
        let level = self.parse("log.level", "error, warn, info, debug or trace");
        let json = self.one_of("log.format", &[("text", false), ("json", true)]);
        let mail = self.mail(&data_dir);
        let site = self.site();
        let document_bytes = self.document_bytes();
        let worker_poll_seconds = self.parse("worker.poll_seconds", "a number of seconds such as 5");
        Some(Settings {
            data_dir,
            database_url: database_url?,
            connections: connections?,
            listen: listen?,
            metrics_listen: metrics_listen?,
            public_url: public_url?,
            trusted_proxies: trusted_proxies?,
            rules_dir,
            log: LogSettings { level: level?, json: json? },
            mail: mail?,
            site: site?,
            document_bytes: document_bytes?,
            worker_poll_seconds: worker_poll_seconds?,
        })
    }

    fn document_bytes(&mut self) -> Option<usize> {
        const EXPECTED: &str = "a number of megabytes from 1 to 100";
        let megabytes: usize = self.parse("documents.most_megabytes", EXPECTED)?;
        if !(1..=100).contains(&megabytes) {
            self.problems.push(format!("`documents.most_megabytes` is `{megabytes}`, expected {EXPECTED}"));
            return None;
        }
        Some(megabytes * 1024 * 1024)
    }

    fn public_url(&mut self) -> Option<String> {
        let text = self.text("public_url");
        let fits = text.starts_with("https://") || text.starts_with("http://");
        if !fits || text.ends_with('/') {
            self.problems.push(format!("`public_url` is `{text}`, expected https://<host> without a slash at the end"));
            return None;
        }
        Some(text)
    }

    fn proxies(&mut self) -> Option<Vec<IpAddr>> {
        let text = self.text("trusted_proxies");
        let mut proxies = Vec::new();
        for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            match item.parse() {
                Ok(address) => proxies.push(address),
                Err(_) => {
                    self.problems.push(format!("`trusted_proxies` holds `{item}`, expected IP addresses"));
                    return None;
                }
            }
        }
        Some(proxies)
    }

    fn mail(&mut self, data_dir: &std::path::Path) -> Option<MailSettings> {
        let way = self.one_of("mail.transport", &[("folder", 'f'), ("smtp", 's'), ("off", 'o')]);
        let from_address = self.text("mail.from_address");
        if !from_address.contains('@') {
            self.problems.push(format!("`mail.from_address` is `{from_address}`, expected an e-mail address"));
        }
        let transport = match way? {
            'f' => MailTransport::Folder(data_dir.join("mail")),
            's' => MailTransport::Smtp(self.smtp()?),
            _ => MailTransport::Off,
        };
        Some(MailSettings { transport, from_address, from_name: self.text("mail.from_name") })
    }

    fn site(&mut self) -> Option<SiteSettings> {
        let name = self.text("site.name");
        if name.is_empty() {
            self.problems.push("`site.name` is empty, expected the name that stands on every page".to_owned());
            return None;
        }
        let help_mail = self.filled("site.help_mail");
        if let Some(address) = help_mail.as_ref().filter(|address| !address.contains('@')) {
            self.problems.push(format!("`site.help_mail` is `{address}`, expected an e-mail address or nothing"));
            return None;
        }
        let (help_phone, crisis_line) = (self.filled("site.help_phone"), self.filled("site.crisis_line"));
        Some(SiteSettings { name, help_phone, help_mail, crisis_line })
    }

    /// A text, or none where it is empty.
    fn filled(&self, key: &str) -> Option<String> {
        Some(self.text(key)).filter(|text| !text.is_empty())
    }

    fn smtp(&mut self) -> Option<SmtpSettings> {
        let host = self.text("mail.smtp_host");
        if host.is_empty() {
            self.problems.push("`mail.smtp_host` is empty, expected the name of the mail server".to_owned());
        }
        let port = self.parse("mail.smtp_port", "a port such as 587");
        let tls = self.one_of(
            "mail.smtp_tls",
            &[("starttls", SmtpTls::StartTls), ("tls", SmtpTls::Tls), ("none", SmtpTls::None)],
        );
        let local = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        if tls == Some(SmtpTls::None) && !local {
            self.problems
                .push(format!("`mail.smtp_tls` is `none`, which only goes with this machine itself, not `{host}`"));
        }
        let username = self.text("mail.smtp_username");
        let password = SecretString::from(self.text("mail.smtp_password"));
        let connections = self.parse("mail.smtp_connections", "a number such as 4");
        let timeout_seconds = self.parse("mail.smtp_timeout_seconds", "a number of seconds such as 60");
        Some(SmtpSettings {
            host,
            port: port?,
            tls: tls?,
            credentials: (!username.is_empty()).then_some((username, password)),
            connections: connections?,
            timeout_seconds: timeout_seconds?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(values: &[(&'static str, &str)]) -> Flags {
        Flags { file: None, values: values.iter().map(|(k, v)| (*k, (*v).to_owned())).collect() }
    }

    #[test]
    fn the_defaults_are_settings() {
        let settings = load(&Flags::default(), |_| None).unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert!(matches!(settings.mail.transport, MailTransport::Folder(_)));
    }

    #[test]
    fn a_flag_wins_over_the_environment_and_that_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("c.toml");
        std::fs::write(&file, "listen = \"127.0.0.1:1\"\nconnections = 3\ndata_dir = \"file\"\n").unwrap();
        let flags = Flags { file: Some(file), ..with(&[("listen", "127.0.0.1:3")]) };
        let environment = |name: &str| match name {
            "CREDTRAIL_LISTEN" => Some("127.0.0.1:2".to_owned()),
            "CREDTRAIL_CONNECTIONS" => Some("5".to_owned()),
            _ => None,
        };
        let settings = load(&flags, environment).unwrap();
        assert_eq!((settings.listen.port(), settings.connections), (3, 5));
        assert_eq!(settings.data_dir, PathBuf::from("file"));
    }

    #[test]
    fn what_is_text_is_given_as_text_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("c.toml");
        std::fs::write(&file, "data_dir = 3\nconnections = \"5\"\n[site]\nname = true\nhelp_phone = [\"1\"]\n")
            .unwrap();
        let SettingsError(problems) = load(&Flags { file: Some(file), ..Flags::default() }, |_| None).unwrap_err();
        assert_eq!(
            problems,
            [
                "`data_dir` is `3`, expected text in quotes such as \"3\"",
                "`site.help_phone` is `[\"1\"]`, expected text in quotes such as \"1\"",
                "`site.name` is `true`, expected text in quotes such as \"true\"",
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_toml_is_one_problem_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("c.toml");
        std::fs::write(&file, "listen = \"127.0.0.1:1\"\nconnections = = 3\n").unwrap();
        let flags = Flags { file: Some(file.clone()), ..Flags::default() };
        let SettingsError(problems) = load(&flags, |_| None).unwrap_err();
        assert_eq!(problems.len(), 1, "{problems:?}");
        let place = format!("{}:2: ", file.display());
        assert!(problems[0].starts_with(&place) && problems[0].lines().count() == 1, "{problems:?}");
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let flags = with(&[("listen", "here"), ("database_url", "mysql://u:secret@h/d"), ("mail.transport", "pigeon")]);
        let SettingsError(problems) = load(&flags, |_| None).unwrap_err();
        assert_eq!(
            problems,
            [
                "`database_url`: expected sqlite://<path> or postgres://<host>/<database>",
                "`listen` is `here`, expected an address and port such as 127.0.0.1:8080",
                "`mail.transport` is `pigeon`, expected one of folder, smtp, off",
            ]
        );
    }

    #[test]
    fn an_empty_crisis_line_hides_it_and_a_help_address_must_be_one() {
        let site = load(&Flags::default(), |_| None).unwrap().site;
        assert_eq!((site.name.as_str(), site.crisis_line.as_deref()), ("Credtrail", Some("988")));
        assert_eq!((site.help_phone, site.help_mail), (None, None));
        let none = load(&with(&[("site.crisis_line", " ")]), |_| None).unwrap().site;
        assert_eq!(none.crisis_line, None);
        let SettingsError(problems) = load(&with(&[("site.help_mail", "nowhere")]), |_| None).unwrap_err();
        assert_eq!(problems, ["`site.help_mail` is `nowhere`, expected an e-mail address or nothing"]);
    }

    #[test]
    fn mail_in_plain_text_goes_nowhere_but_to_this_machine() {
        let far = with(&[("mail.transport", "smtp"), ("mail.smtp_host", "mx.example.org"), ("mail.smtp_tls", "none")]);
        assert!(load(&far, |_| None).is_err());
        let near = with(&[("mail.transport", "smtp"), ("mail.smtp_host", "127.0.0.1"), ("mail.smtp_tls", "none")]);
        assert!(load(&near, |_| None).is_ok());
    }
}
