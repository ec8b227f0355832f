//! Starts the mail server of `tests/smtp/server.py` and reads what it says it received.

use std::future::Future;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use credtrail::mail::{Security, Smtp, SmtpSettings, Transport};
use serde::Deserialize;

/// A mail server that ends with the test.
pub struct Server {
    child: Child,
    said: Receiver<String>,
    port: u16,
    root: Option<String>,
}

#[derive(Deserialize)]
struct Ready {
    port: u16,
    root: Option<String>,
}

/// A message as Python's parser read it.
#[derive(Debug, Deserialize)]
pub struct Received {
    pub sender: String,
    pub recipients: Vec<String>,
    pub headers: Vec<(String, String)>,
    pub to: Vec<(String, String)>,
    pub defects: Vec<String>,
    pub longest: usize,
    pub parts: Vec<Part>,
    pub tls: bool,
    pub signed_in: bool,
    pub most: u32,
}

#[derive(Debug, Deserialize)]
pub struct Part {
    pub r#type: String,
    pub text: String,
}

impl Received {
    /// All values of a header, in order.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str()).collect()
    }

    /// The only value of a header.
    pub fn one(&self, name: &str) -> &str {
        let all = self.all(name);
        assert_eq!(all.len(), 1, "`{name}` once in {:?}", self.headers);
        all[0]
    }
}

impl Server {
    /// Starts it with these options and waits until it listens.
    pub fn start(options: &[&str]) -> Self {
        let python = std::env::var_os("TEST_PYTHON").unwrap_or_else(|| "python3".into());
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp/server.py");
        let mut child = Command::new(python)
            .arg(script)
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts; run the tests with `bash .ci/test`, or name a Python in TEST_PYTHON");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let (tell, said) = channel();
        // Read at once whatever it says: a full pipe would keep it from answering.
        thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        let Ok(first) = said.recv() else {
            child.wait().expect("it has ended");
            panic!(
                "the mail server did not start; run the tests with `bash .ci/test`, or install .ci/python-test.txt for TEST_PYTHON"
            );
        };
        let ready: Ready = serde_json::from_str(&first).expect("a line saying where it listens");
        Self { child, said, port: ready.port, root: ready.root }
    }

    /// The next message it has read to the end.
    pub fn received(&mut self) -> Received {
        let line = self.said.recv().expect("the server runs");
        serde_json::from_str(&line).expect("a message")
    }

    /// Settings that reach it.
    pub fn settings(&self, security: Security) -> SmtpSettings {
        SmtpSettings {
            host: "localhost".into(),
            port: self.port,
            security,
            sign_in: None,
            extra_root: self.root.clone().map(String::into_bytes),
            connections: 2,
            timeout: Duration::from_secs(20),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended on its own; then there is nothing to stop.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Runs a future to its end on an executor of its own.
pub fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("an executor").block_on(future)
}

/// A way of sending with these settings.
pub fn smtp(settings: &SmtpSettings) -> Transport {
    Transport::Smtp(Box::new(Smtp::new(settings).expect("settings that work")))
}
