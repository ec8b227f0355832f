//! What every chapter needs: the application, its mail, signing in, reading answers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use credtrail::jobs::{Tally, Way, Worker};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::mail::server::{Received, Server};
use crate::support::{Someone, TestApp};

/// What everybody here signs in with.
pub const PASSWORD: &str = "a quiet river in early June";

/// The application with its mail server and worker.
pub struct World<'a> {
    pub app: &'a TestApp,
    post: &'a mut Server,
    // Before the executor: its connections to the mail server end there.
    worker: Worker,
    executor: Runtime,
    begun: Instant,
    took: Vec<(&'static str, Duration)>,
}

impl<'a> World<'a> {
    pub fn new(app: &'a TestApp, post: &'a mut Server) -> Self {
        let way = Way::of(&app.app.settings).expect("a mail server that can be reached");
        let worker = Worker::new(app.app.db.clone(), app.app.clock.clone(), way, Arc::clone(&app.app.wake));
        let executor = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("an executor");
        Self { app, post, worker, executor, begun: Instant::now(), took: Vec::new() }
    }

    /// Sends what is owed and answers what arrived at the mail server, each link of which leads to a page. Letters about
    /// sign-ins and hours to check come on the side and are left out.
    pub fn deliver(&mut self) -> Vec<Received> {
        let tally = self.executor.block_on(self.worker.run_due()).expect("a database");
        assert_eq!(tally, Tally { sent: tally.sent, ..Tally::default() }, "all mail goes out");
        let mut arrived: Vec<Received> = (0..tally.sent).map(|_| self.post.received()).collect();
        for mail in &arrived {
            self.follow_links(&mail.parts[0].text);
        }
        let aside = ["A new sign-in to your account", "Hours to check"];
        let is_aside = |mail: &Received| {
            let mut subjects = mail.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("subject"));
            subjects.any(|(_, subject)| aside.contains(&subject.trim()))
        };
        arrived.retain(|mail| !is_aside(mail));
        arrived
    }

    /// Opens every link of a letter as a browser that nobody has signed in with.
    fn follow_links(&self, text: &str) {
        let links = text.split_whitespace().filter_map(|word| word.strip_prefix(self.app.url.as_str()));
        let mut followed = 0;
        for path in links {
            let status = self.app.call("GET", path).header("accept", "text/html").send().status;
            assert!(matches!(status, 200 | 303 | 410), "{path} answers {status}");
            followed += 1;
        }
        assert!(followed > 0, "a letter leads somewhere: {text}");
    }

    /// The token of the link to `page` in the one mail that came to `address` just now.
    pub fn token(&mut self, address: &str, page: &str) -> String {
        let text = self.letter(address);
        let begin = format!("{}/{page}/", self.app.url);
        let rest = text.split(&begin).nth(1).unwrap_or_else(|| panic!("a link to {page} in {text}"));
        rest.split_whitespace().next().expect("a token").to_owned()
    }

    /// The plain text of the one mail that came to `address` just now, in one line.
    pub fn letter(&mut self, address: &str) -> String {
        let mails = self.deliver();
        let mut here = mails.iter().filter(|mail| mail.recipients == [address]);
        let (Some(mail), None) = (here.next(), here.next()) else { panic!("one mail to {address} in {mails:?}") };
        mail.parts[0].text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Signs somebody in with the password that everybody has.
    pub fn sign_in(&self, email: &str) -> Someone {
        let body = json!({ "email": email, "password": PASSWORD });
        let answer = self.app.post("/api/v1/sign-in", &body).expect(200);
        let token = text(&answer["access_token"]).to_owned();
        let me = self.app.call("GET", "/api/v1/me").bearer(&token).send().expect(200);
        let id = |name: &str| text(&me[name]).parse().expect("an id");
        let (person, session) = (id("person"), id("session"));
        Someone { id: person, session, token, cookie: String::new(), email: email.to_owned() }
    }

    /// `GET` by somebody.
    pub fn get(&self, who: &Someone, path: &str) -> Value {
        self.app.get_as(who, path).expect(200)
    }

    /// `PUT` by somebody.
    pub fn put(&self, who: &Someone, path: &str, body: &Value) -> Value {
        self.app.call("PUT", path).by(who).json(body).send().expect(200)
    }

    /// Ends a chapter.
    pub fn chapter(&mut self, name: &'static str) {
        self.took.push((name, self.begun.elapsed()));
        self.begun = Instant::now();
    }

    /// Tells how long each chapter took.
    pub fn tell(&self) {
        for (name, took) in &self.took {
            println!("{:8} {:>7} ms  {name}", self.app.database(), took.as_millis());
        }
    }
}

/// A text in an answer.
#[track_caller]
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("a text, found {value}"))
}

/// The requirement with this id anywhere in an evaluation.
#[track_caller]
pub fn requirement<'v>(evaluation: &'v Value, id: &str) -> &'v Value {
    fn find<'v>(all: &'v Value, id: &str) -> Option<&'v Value> {
        let mut all = all["requirements"].as_array()?.iter();
        all.find_map(|one| if one["id"] == id { Some(one) } else { find(one, id) })
    }
    find(evaluation, id).unwrap_or_else(|| panic!("`{id}` in {evaluation}"))
}
