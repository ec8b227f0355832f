//! A board with a credential, its people, and an applicant. Organizations and people go to the database;
//! credentials, applications and decisions go through the API.

use credtrail::services::roles::{OrganizationKind, Role};
use credtrail::storage::Id;
use serde_json::{Value, json};

use crate::support::{Someone, TestApp, with_example};

/// A board and who works there.
pub struct Board {
    /// The board.
    pub id: Id,
    /// Decides.
    pub registrar: Someone,
    /// Reviews.
    pub reviewer: Someone,
    /// Its credential.
    pub credential: String,
}

/// What a decision brought about.
pub struct Certified {
    /// The award's id.
    pub award: String,
    /// The term's id.
    pub term: String,
    /// The certificate's id.
    pub certificate: String,
    /// Its code.
    pub code: String,
    /// Its number.
    pub number: String,
}

/// The text of a shipped pack's version.
pub fn pack(region: &str, credential: &str, version: &str) -> (String, String) {
    let path = format!("{}/config/rules/{region}/{credential}/{version}.toml", env!("CARGO_MANIFEST_DIR"));
    (format!("{version}.toml"), std::fs::read_to_string(path).expect("a shipped pack"))
}

impl Board {
    /// A board named `slug` that gives the credential of a shipped pack.
    pub fn new(app: &TestApp, slug: &str, (name, text): (String, String)) -> Self {
        let id = app.organization(OrganizationKind::Board, slug);
        let registrar = app.member("Rosa Registrar", Role::Registrar, Some(id));
        let reviewer = app.member("Vera Reviewer", Role::Reviewer, Some(id));
        let made = app
            .post_as(&registrar, &format!("/api/v1/organizations/{id}/credentials"), &with_example(&name, &text))
            .expect(201);
        Self { id, registrar, reviewer, credential: made["id"].as_str().unwrap().to_owned() }
    }

    /// Nebraska's board.
    pub fn nebraska(app: &TestApp) -> Self {
        Self::new(app, "nebraska", pack("us-ne", "cpss", "2021-09-01"))
    }

    /// A path of this board about a person.
    pub fn path(&self, who: &Someone, rest: &str) -> String {
        format!("/api/v1/organizations/{}/people/{}/{rest}", self.id, who.id)
    }

    /// `who` applies.
    pub fn application(&self, app: &TestApp, who: &Someone, purpose: &str) -> Value {
        app.post_as(who, "/api/v1/applications", &json!({"credential": self.credential, "purpose": purpose}))
            .expect(201)
    }

    /// The registrar approves, whatever the rules say.
    pub fn approve(&self, app: &TestApp, who: &Someone, application: &Value) -> Value {
        let registrar = app.signed_in(self.registrar.id, &self.registrar.email);
        let path = self.path(who, &format!("applications/{}/decision", application["id"].as_str().unwrap()));
        let body = json!({"outcome": "approved", "despite_rules": true, "reason": "the file is complete on paper"});
        app.post_as(&registrar, &path, &body).expect(201)
    }

    /// `who` applies, the registrar approves, the certificate is there.
    pub fn certify(&self, app: &TestApp, who: &Someone, purpose: &str) -> Certified {
        let who = &app.signed_in(who.id, &who.email);
        let decided = self.approve(app, who, &self.application(app, who, purpose));
        let text = |key: &str| decided[key].as_str().unwrap_or_else(|| panic!("{key} in {decided}")).to_owned();
        let certificate = text("certificate");
        let mine = app.get_as(who, "/api/v1/certificates").expect(200);
        let row = mine["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["id"] == *certificate)
            .expect("an issued certificate");
        let code = row["verify_url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let number = row["number"].as_str().unwrap().to_owned();
        Certified { award: text("award"), term: text("term"), certificate, code, number }
    }

    /// The registrar changes a status.
    pub fn set_status(&self, app: &TestApp, who: &Someone, award: &str, body: &Value) -> crate::support::Answer {
        let registrar = app.signed_in(self.registrar.id, &self.registrar.email);
        app.post_as(&registrar, &self.path(who, &format!("awards/{award}/status")), body)
    }
}

/// What verification says about a code on a day (`""`: today).
pub fn verify(app: &TestApp, code: &str, on: &str) -> Value {
    let query = if on.is_empty() { String::new() } else { format!("?on={on}") };
    app.get(&format!("/api/v1/verify/{code}{query}")).expect(200)
}
