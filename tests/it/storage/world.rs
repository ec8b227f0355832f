//! A small world with rows in every table and files outside the database. Most of it goes through services and the
//! API; tables that nothing writes yet get a row by SQL.

use credtrail::repo;
use credtrail::services::roles::KeyScope;
use credtrail::storage::{DatabaseUrl, Db};
use serde_json::json;
use tempfile::TempDir;

use super::tables::run;
use crate::awards::facts::{Facts, eligible_supervisor};
use crate::awards::world::{Board, Certified};
use crate::support::{Database, Someone, TestApp};

/// What later looks need.
pub struct World {
    /// Dana's certificate.
    pub held: Certified,
}

/// Rows for tables that no service writes yet, valid on both databases.
const BY_SQL: &[&str] = &[
    "INSERT INTO register_choice SELECT id, 1, yes, yes, 1, 1 FROM person, (SELECT 1 = 1 AS yes) one LIMIT 1",
    "INSERT INTO review_item SELECT person_id, id, 'training', 1, 'question', 'which one?', 1, 1 FROM application LIMIT 1",
    "INSERT INTO document SELECT id, 1, 'none', 'image/png', 1, 'other', 1, NULL, NULL, 1, 1, 1 FROM person LIMIT 1",
    "INSERT INTO evaluation_due SELECT id, 1 FROM person WHERE NOT EXISTS (SELECT 1 FROM evaluation_due) LIMIT 1",
    "INSERT INTO person_merge SELECT id, 1, id, 1, 1, 'a second account', NULL, NULL FROM person LIMIT 1",
    "INSERT INTO holiday SELECT id, 20000, 'Arbor Day' FROM organization LIMIT 1",
    "INSERT INTO attendance SELECT p.id, 1, 1, s.id, 60, 55, 0, 1, 1, NULL FROM person p, course_session s LIMIT 1",
    "INSERT INTO completion_extra SELECT person_id, id, revision, '{\"tags\":[\"ä\"]}' FROM completion LIMIT 1",
    "INSERT INTO employment SELECT p.id, 1, 1, w.id, w.id, 20000, NULL, 1200, 1, 1, NULL FROM person p, word w LIMIT 1",
    "INSERT INTO person_event SELECT p.id, 1, 1, w.id, 20000, NULL, NULL, w.id, 1, 1, 'x' FROM person p, word w LIMIT 1",
    "INSERT INTO hold SELECT p.id, 1, 1, NULL, NULL, w.id, 20000, NULL, w.id, 1, 1, NULL FROM person p, word w LIMIT 1",
    "INSERT INTO carry_over SELECT p.id, 1, 1, c.id, 20000, w.id, w.id, 60, 1, 1, 1 FROM person p, word w, credential c LIMIT 1",
    "INSERT INTO dispute SELECT id, 1, 1, 'completion', 1, 'open', 20000, 'that was two days', 1, 1 FROM person LIMIT 1",
    "INSERT INTO course_topic SELECT c.id, w.id, NULL FROM course c, word w LIMIT 1",
    "INSERT INTO delivery SELECT person_id, id, 1, 'sent', NULL, 1 FROM notice LIMIT 1",
    "INSERT INTO reminder SELECT t.person_id, t.id, 'renewal', 90, 20000, n.id, 1 FROM award_term t JOIN notice n ON n.person_id = t.person_id LIMIT 1",
    "INSERT INTO notice_preference SELECT id, 'reminder', wanted, 1 FROM person, (SELECT 1 = 1 AS wanted) one LIMIT 1",
    "INSERT INTO import_run SELECT 1, 'people', id, 'sha256:0', 2, 1, 1, 0, 1, 2, 1 FROM organization LIMIT 1",
    "INSERT INTO login SELECT id, '$argon2id$', 1, 0, NULL FROM person LIMIT 1",
    "INSERT INTO one_time_token SELECT token_hash, 'invite', person_id, 'x', 1, 2, NULL FROM session_token LIMIT 1",
    "INSERT INTO person_identifier SELECT o.id, 'A-1042', p.id, 1, 1 FROM organization o, person p LIMIT 1",
];

impl World {
    /// Makes it.
    pub fn new(app: &TestApp) -> Self {
        let board = Board::nebraska(app);
        let dana = app.person("Dana Muñoz");
        let sid = eligible_supervisor(app, board.id);
        Facts { app, who: &dana }
            .born("1990-04-12")
            .states("education", "high_school", "2026-01-05", "")
            .learned("basic", "in_person", "2026-02-10", Some(600), &[("ethics", Some(60)), ("advocacy", None)])
            .served("direct", "2026-03-02", "2026-03-06", 2_400, Some(sid))
            .passed("icrc-pr", "2026-05-04");
        supervised_and_signed(app, &dana);
        taught(app);
        app.key_of(board.id, &[KeyScope::Exams]);
        let held = board.certify(app, &dana, "initial");
        board.application(app, &app.person("Sam Ortiz"), "initial");
        app.write(|conn| {
            BY_SQL.iter().for_each(|statement| run(conn, statement));
            Ok(())
        });
        Self { held }
    }
}

/// Hours whose supervisor has signed them.
fn supervised_and_signed(app: &TestApp, dana: &Someone) {
    app.supervisor("Lou Park");
    app.write(|conn| {
        let entry = repo!(conn, facts::list_service_entries(dana.id))?.remove(0);
        let row = credtrail::storage::rows::service::ServiceAttestationRow {
            person_id: dana.id,
            entry_id: entry.id,
            id: credtrail::storage::Id::fresh(app.now()),
            entry_revision: entry.revision,
            supervisor_id: entry.supervisor_id.expect("a supervisor"),
            outcome: entry.state,
            reason: None,
            recorded_at: app.now().into(),
            recorded_by: entry.recorded_by,
        };
        repo!(conn, facts::insert_service_attestations(&[row]))
    });
}

/// A program with a course, a session, an approval, and a request under a key.
fn taught(app: &TestApp) {
    use credtrail::services::roles::{OrganizationKind, Role};
    let program = app.organization(OrganizationKind::Program, "river-school");
    let staff = app.member("Robin Lee", Role::ProgramStaff, Some(program));
    let course = json!({"code": "core", "title": "Core", "kind": "basic", "delivery": "in_person", "minutes": 600});
    let path = format!("/api/v1/organizations/{program}/courses");
    let made = app.call("POST", &path).by(&staff).key("k1").json(&course).send().expect(201);
    let session = json!({"from": "2026-06-02", "through": "2026-06-04"});
    app.post_as(&staff, &format!("{path}/{}/sessions", made["id"].as_str().expect("an id")), &session).expect(201);
    app.write(|conn| {
        run(
            conn,
            "INSERT INTO approval SELECT o.id, 1, 1, NULL, p.id, NULL, 'P-7', '', 20000, NULL, NULL, 1, 1, NULL \
             FROM organization o, organization p WHERE o.kind = 'board' AND p.kind = 'program' LIMIT 1",
        );
        Ok(())
    });
}

/// Empty databases of each kind, each with a data folder beside it, in a folder of their own.
pub fn empty() -> (Vec<(Database, std::path::PathBuf)>, TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let each = Database::each(folder.path());
    let with_data = |database: Database| {
        let data = folder.path().join(database.name());
        (database, data)
    };
    (each.into_iter().map(with_data).collect(), folder)
}

/// Opens a database.
pub fn open(database: &Database) -> Db {
    Db::open(&DatabaseUrl::parse(&database.url()).expect("a URL"), 2).expect("a database")
}

/// Whether a database has no row of ours and no table or only empty ones.
pub fn is_empty(db: &Db) -> bool {
    let all = super::same::rows(db);
    all.values().all(Vec::is_empty)
}

#[test]
fn the_world_has_rows_in_every_table() {
    for app in TestApp::on_each_database() {
        World::new(&app);
        let counted = app.read(credtrail::storage::copy::count);
        let empty: Vec<&str> = counted.iter().filter(|table| table.rows == 0).map(|table| table.table).collect();
        assert!(empty.is_empty(), "no rows in {empty:?} on {}", app.database());
        let ours: Vec<&str> = counted.iter().map(|table| table.table).collect();
        let mut theirs: Vec<String> = super::same::rows(&app.app.db).into_keys().collect();
        theirs.retain(|name| !ours.contains(&name.as_str()));
        assert!(theirs.is_empty(), "the list of tables that are copied lacks {theirs:?}");
    }
}
