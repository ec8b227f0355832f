//! People, organizations and keys for tests. Everything here goes to the database, not through the API, so
//! that a test about something else does not wait for passwords.

use credtrail::repo;
use credtrail::services::roles::{KeyScope, OrganizationKind, Role};
use credtrail::services::secrets::{self, SecretKind};
use credtrail::services::sessions::{self, SessionKind};
use credtrail::storage::rows::access::ApiKeyRow;
use credtrail::storage::rows::organizations::{BoardRow, MembershipRow, OrganizationRow};
use credtrail::storage::rows::people::{EmailRow, PersonNameRow, PersonRow};
use credtrail::storage::rows::service::SupervisionRow;
use credtrail::storage::{Day, Id, Moment};
use secrecy::ExposeSecret;

use super::TestApp;

/// Someone who can send requests: a person with an access token, or a key of another system.
#[derive(Debug, Clone)]
pub struct Someone {
    /// The person, or the key.
    pub id: Id,
    /// The session, for people.
    pub session: Id,
    /// What to send as bearer token; good for 15 minutes of the test's clock.
    pub token: String,
    /// The page session's cookie value, for people.
    pub cookie: String,
    /// The mail address, for people.
    pub email: String,
}

impl TestApp {
    /// A person with a verified address, signed in. Goes to the database.
    pub fn person(&self, name: &str) -> Someone {
        let at = self.now();
        let id = Id::fresh(at);
        let email = format!("{}.{id}@example.org", name.to_lowercase().replace(' ', "."));
        let person = PersonRow { id, language: "en".to_owned(), created_at: at.into() };
        let named = PersonNameRow {
            person_id: id,
            id: Id::fresh(at),
            revision: 1,
            kind: "legal".to_owned(),
            name: name.to_owned(),
            from_day: None,
            through_day: None,
            recorded_at: at.into(),
            recorded_by: id,
            reason: None,
        };
        let address = EmailRow {
            address: email.clone(),
            person_id: id,
            added_at: at.into(),
            verified_at: Some(at.into()),
            bounced_at: None,
            ended_at: None,
        };
        self.write(|conn| {
            repo!(conn, people::insert(&person))?;
            repo!(conn, people::insert_name(&named))?;
            repo!(conn, people::insert_email(&address))
        });
        self.signed_in(id, &email)
    }

    /// A new session of a person. Goes to the database; use it too when the clock has run on.
    pub fn signed_in(&self, person: Id, email: &str) -> Someone {
        let at = self.now();
        let api = self.write(|conn| sessions::open(conn, at, person, SessionKind::Api));
        let web = self.write(|conn| sessions::open(conn, at, person, SessionKind::Web));
        let (token, _) = self.app.access.issue(person, api.session, at).expect("a token");
        Someone {
            id: person,
            session: api.session,
            token,
            cookie: web.secret.expose_secret().to_owned(),
            email: email.to_owned(),
        }
    }

    /// An access token of a new session of a person. Goes to the database.
    pub fn access_token(&self, person: Id) -> String {
        let at = self.now();
        let opened = self.write(|conn| sessions::open(conn, at, person, SessionKind::Api));
        self.app.access.issue(person, opened.session, at).expect("a token").0
    }

    /// A person who supervises somebody. Goes to the database.
    pub fn supervisor(&self, name: &str) -> Someone {
        let (supervisor, trainee) = (self.person(name), self.person("Trainee"));
        let row = SupervisionRow {
            person_id: trainee.id,
            id: Id::fresh(self.now()),
            revision: 1,
            supervisor_id: supervisor.id,
            organization_id: None,
            state: "active".to_owned(),
            delegate_of: None,
            from_day: Day::from(self.now().date_naive()),
            through_day: None,
            recorded_at: self.now().into(),
            recorded_by: supervisor.id,
        };
        self.write(|conn| repo!(conn, supervision::insert(&row)));
        supervisor
    }

    /// An organization; a board gets its settings too. Goes to the database.
    pub fn organization(&self, kind: OrganizationKind, slug: &str) -> Id {
        let at = Moment::from(self.now());
        let id = Id::fresh(self.now());
        let row = OrganizationRow {
            id,
            kind: kind.word().to_owned(),
            slug: slug.to_owned(),
            name: format!("The {slug}"),
            region: Some("us-ne".to_owned()),
            created_at: at,
            created_by: Id::SYSTEM,
        };
        let board = BoardRow {
            organization_id: id,
            time_zone: "America/Chicago".to_owned(),
            number_prefix: "NE".to_owned(),
            phone: None,
            register_fields: "[\"name\",\"credential\",\"number\",\"status\",\"from\",\"through\"]".to_owned(),
            certificate_style: "{}".to_owned(),
            updated_at: at,
        };
        self.write(|conn| {
            repo!(conn, organizations::insert(&row))?;
            if kind == OrganizationKind::Board {
                repo!(conn, organizations::insert_board(&board))?;
            }
            Ok(())
        });
        id
    }

    /// A person with a role in an organization (`None`: in the installation), signed in. Goes to the database.
    pub fn member(&self, name: &str, role: Role, organization: Option<Id>) -> Someone {
        let who = self.person(name);
        self.join(&who, role, organization, "active");
        who
    }

    /// Gives a person one more membership. Goes to the database.
    pub fn join(&self, who: &Someone, role: Role, organization: Option<Id>, state: &str) {
        let row = MembershipRow {
            person_id: who.id,
            id: Id::fresh(self.now()),
            revision: 1,
            organization_id: organization,
            role: role.word().to_owned(),
            state: state.to_owned(),
            recorded_at: self.now().into(),
            recorded_by: Id::SYSTEM,
            reason: None,
        };
        self.write(|conn| repo!(conn, organizations::insert_membership(&row)));
    }

    /// A key of an organization's other system. Goes to the database.
    pub fn key_of(&self, organization: Id, scopes: &[KeyScope]) -> Someone {
        let secret = secrets::fresh(SecretKind::ApiKey).expect("a secret");
        let words: Vec<&str> = scopes.iter().map(|scope| scope.word()).collect();
        let row = ApiKeyRow {
            token_hash: secrets::hash_of(&secret),
            id: Id::fresh(self.now()),
            organization_id: organization,
            label: "test".to_owned(),
            scopes: words.join(" "),
            created_at: self.now().into(),
            created_by: Id::SYSTEM,
            revoked_at: None,
        };
        self.write(|conn| repo!(conn, api_keys::insert(&row)));
        Someone {
            id: row.id,
            session: Id::SYSTEM,
            token: secret.expose_secret().to_owned(),
            cookie: String::new(),
            email: String::new(),
        }
    }
}
