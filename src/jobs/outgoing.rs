//! The way mail leaves, as the settings name it.

use std::time::Duration;

use crate::mail::{Folder, Security, Sender, Smtp, SmtpError, SmtpSettings, Transport};
use crate::settings::{MailTransport, Settings, SmtpTls};

/// How mail leaves, from whom, and how much at once.
#[derive(Debug)]
pub struct Way {
    /// The way; none: no mail leaves this installation.
    pub transport: Option<Transport>,
    /// From whom.
    pub sender: Sender,
    /// How many pieces of work are claimed at once.
    pub batch: i64,
    /// How long a claim holds: longer than the whole batch can take.
    pub lease: Duration,
}

/// Why the settings name no way that works.
#[derive(Debug, thiserror::Error)]
#[error("mail cannot leave as the settings say: {0}")]
pub struct WayError(#[from] SmtpError);

/// How many messages each connection gets from one claim.
const ROUNDS: u32 = 5;

impl Way {
    /// The way that the settings name.
    ///
    /// # Errors
    /// When mail would go over the network unprotected or could never be sent.
    pub fn of(settings: &Settings) -> Result<Self, WayError> {
        let (transport, connections, timeout) = match &settings.mail.transport {
            MailTransport::Off => (None, 4, 10),
            MailTransport::Folder(path) => (Some(Transport::Folder(Folder::new(path))), 4, 10),
            MailTransport::Smtp(smtp) => {
                let way = Smtp::new(&SmtpSettings {
                    host: smtp.host.clone(),
                    port: smtp.port,
                    security: match smtp.tls {
                        SmtpTls::None => Security::None,
                        SmtpTls::StartTls => Security::StartTls,
                        SmtpTls::Tls => Security::Tls,
                    },
                    sign_in: smtp.credentials.clone(),
                    extra_root: None,
                    connections: u16::try_from(smtp.connections).unwrap_or(u16::MAX),
                    timeout: Duration::from_secs(smtp.timeout_seconds.into()),
                })?;
                (Some(Transport::Smtp(Box::new(way))), smtp.connections, smtp.timeout_seconds)
            }
        };
        let timeout = Duration::from_secs(timeout.into());
        Ok(Self {
            transport,
            sender: sender(settings),
            batch: i64::from(connections.saturating_mul(ROUNDS)),
            lease: timeout.saturating_mul(ROUNDS + 1) + Duration::from_secs(60),
        })
    }
}

fn sender(settings: &Settings) -> Sender {
    let address = settings.mail.from_address.clone();
    let domain = address.rsplit_once('@').map_or("localhost", |(_, domain)| domain).to_owned();
    Sender {
        address,
        name: settings.mail.from_name.clone(),
        reply_to: None,
        domain,
        public_url: settings.public_url.clone(),
    }
}
