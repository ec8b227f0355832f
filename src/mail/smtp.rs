//! Sends to a mail server, with limits of our own around lettre's.
//!
//! lettre's pool does not limit how many connections are open, and its timeout covers only connecting. Worse, a
//! send given up half-way would put its connection back into the pool with an answer still to come, and the next
//! message would read that answer as its own: a refused mail would count as sent. So a permit is taken first, the
//! whole send has one time limit, and a connection pool that saw a send given up is not used again.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{AsyncSmtpTransport, AsyncSmtpTransportBuilder, Error, PoolConfig};
use lettre::{AsyncTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use super::message::Outgoing;
use super::transport::Outcome;

type Pool = AsyncSmtpTransport<Tokio1Executor>;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Not at all; only to a server on this machine.
    None,
    /// Begins in the open and must turn to TLS before anything is said.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// Where and how to send.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// The server's name, as its certificate has it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Name and password, where the server asks for them.
    pub sign_in: Option<(String, SecretString)>,
    /// A certificate (PEM) to trust beside the system's own.
    pub extra_root: Option<Vec<u8>>,
    /// How many messages may be on their way at once.
    pub connections: u16,
    /// How long one message may take from first to last byte.
    pub timeout: Duration,
}

/// Why settings make no way of sending.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// An open connection that would leave this machine.
    #[error(
        "mail to `{0}` would go over the network unprotected; expected `starttls` or `tls`, `none` is for a server on this machine"
    )]
    Unprotected(String),
    /// No message could ever be sent.
    #[error("the number of mail connections is 0; expected 1 or more")]
    NoConnections,
    /// TLS could not be prepared.
    #[error("the certificate given for the mail server cannot be read; expected PEM")]
    Tls(#[source] Error),
}

/// A mail server.
#[derive(Debug)]
pub struct Smtp {
    builder: AsyncSmtpTransportBuilder,
    pool: Mutex<Option<Pool>>,
    permits: Semaphore,
    timeout: Duration,
}

impl Smtp {
    /// Prepares sending; connects to nothing yet.
    ///
    /// # Errors
    ///
    /// If the settings would send unprotected over the network, never, or with a certificate that cannot be read.
    pub fn new(settings: &SmtpSettings) -> Result<Self, SmtpError> {
        if settings.connections == 0 {
            return Err(SmtpError::NoConnections);
        }
        let tls = match settings.security {
            Security::None if is_this_machine(&settings.host) => Tls::None,
            Security::None => return Err(SmtpError::Unprotected(settings.host.clone())),
            Security::StartTls => Tls::Required(parameters(settings)?),
            Security::Tls => Tls::Wrapper(parameters(settings)?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(tls)
            .timeout(Some(settings.timeout))
            .pool_config(PoolConfig::new().max_size(settings.connections.into()));
        if let Some((name, password)) = &settings.sign_in {
            builder = builder.credentials(Credentials::new(name.clone(), password.expose_secret().to_owned()));
        }
        let permits = Semaphore::new(settings.connections.into());
        Ok(Self { builder, pool: Mutex::new(None), permits, timeout: settings.timeout })
    }

    pub(super) async fn send(&self, message: &Outgoing) -> Outcome {
        let Ok(_permit) = self.permits.acquire().await else {
            return Outcome::Retry { reason: "the service is stopping".to_owned() };
        };
        let pool = self.pool();
        let mut sending = std::pin::pin!(pool.send_raw(&message.envelope, message.bytes()));
        match tokio::time::timeout(self.timeout, sending.as_mut()).await {
            Ok(Ok(_)) => Outcome::Sent,
            Ok(Err(error)) => judge(&error),
            Err(_) => {
                // Before `sending` is dropped and its connection goes back to the old pool, which by then takes none.
                self.leave(&pool).await;
                Outcome::Retry { reason: format!("the mail server did not answer within {:?}", self.timeout) }
            }
        }
    }

    /// The pool in use; made on first use, since making one needs a running executor.
    fn pool(&self) -> Pool {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        pool.get_or_insert_with(|| self.builder.clone().build()).clone()
    }

    async fn leave(&self, pool: &Pool) {
        drop(self.pool.lock().unwrap_or_else(PoisonError::into_inner).take());
        // Closing politely may hang on the same silent server; the pool is shut as soon as this is polled.
        if tokio::time::timeout(Duration::from_secs(1), pool.shutdown()).await.is_err() {
            tracing::debug!("connections to the mail server were left without a farewell");
        }
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        let pool = self.pool.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if tokio::runtime::Handle::try_current().is_err() {
            // lettre closes its connections from a task and panics where none can run, as after a stopped executor.
            std::mem::forget(pool);
        }
    }
}

fn parameters(settings: &SmtpSettings) -> Result<TlsParameters, SmtpError> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.extra_root {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(SmtpError::Tls)?);
    }
    builder.build().map_err(SmtpError::Tls)
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Sorts an error: only a refusal of this very message is final. A wrong password or a command the server does not
/// know is ours to repair, and the mail must still be there afterwards.
fn judge(error: &Error) -> Outcome {
    let Some(code) = error.status().map(u16::from) else {
        let what =
            if error.is_tls() { "could not agree on protection with us" } else { "could not be reached or broke off" };
        return Outcome::Retry { reason: format!("the mail server {what}") };
    };
    match code {
        500..=504 | 530 | 534 | 535 | 538 => {
            Outcome::Retry { reason: format!("the mail server did not accept our sign-in or commands ({code})") }
        }
        500..=599 => Outcome::Refused {
            reason: format!("the mail server does not take this mail ({code})"),
            nobody_there: matches!(code, 550 | 551 | 553),
        },
        _ => Outcome::Retry { reason: format!("the mail server asked us to come back later ({code})") },
    }
}
