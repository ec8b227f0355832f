//! Documents: what is taken, who sees it, and what a file's name can not do.

use credtrail::repo;
use credtrail::services::upkeep;
use credtrail::storage::Conn;
use serde_json::{Value, json};

use crate::awards::world::{Board, pack};
use crate::support::{Answer, Someone, TestApp};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF\n";
/// A picture of one point.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0,
    0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x64, 0x60, 0xf8, 0xff, 0x1f, 0, 3,
    5, 1, 2, 0xcf, 0xa4, 0x2c, 0x5e, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// Somebody with a statement of their own.
fn somebody(app: &TestApp, name: &str) -> (Someone, String) {
    let who = app.person(name);
    let body = json!({"kind": "education", "value": "high_school", "on": "2026-06-01"});
    let made = app.post_as(&who, "/api/v1/statements", &body).expect(201);
    (who, made["id"].as_str().expect("an id").to_owned())
}

fn send(app: &TestApp, who: &Someone, query: &str, media: &str, bytes: &[u8]) -> Answer {
    app.call("POST", &format!("/api/v1/documents?{query}")).by(who).body(media, bytes).send()
}

fn items(app: &TestApp, who: &Someone) -> Vec<Value> {
    app.get_as(who, "/api/v1/documents").expect(200)["items"].as_array().expect("a list").clone()
}

fn stored(app: &TestApp) -> Vec<String> {
    let all = crate::storage::same::files(&app.app.settings.data_dir);
    all.into_keys().filter(|name| name.starts_with("documents/")).collect()
}

#[test]
fn a_document_is_kept_under_its_hash_and_given_back_to_be_saved() {
    for app in TestApp::on_each_database() {
        let (dana, statement) = somebody(&app, "Dana Rivera");
        let about = format!("about=statement&id={statement}");
        let made = send(&app, &dana, &format!("{about}&name=Diploma%20%C3%B1"), "application/pdf", PDF).expect(201);
        assert_eq!((&made["media_type"], &made["name"]), (&json!("application/pdf"), &json!("Diploma ñ")));
        assert_eq!((&made["about"], &made["about_id"]), (&json!("statement"), &json!(statement)));
        let hash = made["sha256"].as_str().expect("a hash");
        let folder: String = hash.chars().take(2).collect();
        assert_eq!(stored(&app), [format!("documents/{folder}/{hash}")]);
        let id = made["id"].as_str().expect("an id");
        let back = app.get_as(&dana, &format!("/api/v1/documents/{id}"));
        assert_eq!((back.status, back.bytes.as_slice()), (200, PDF));
        assert_eq!(back.header("content-type"), "application/pdf");
        assert_eq!(back.header("content-disposition"), format!("attachment; filename=\"document-{id}.pdf\""));
        assert_eq!(back.header("x-content-type-options"), "nosniff");
        assert!(back.header("content-security-policy").contains("sandbox"));
        assert_eq!(items(&app, &dana), std::slice::from_ref(&made));
        let log = app.read(|conn| repo!(conn, audit::list_after(0, 1_000)));
        assert!(log.iter().any(|row| row.action == "document.add" && row.person_id == Some(dana.id)));
        assert!(log.iter().all(|row| !row.detail.contains("Diploma")), "names stay out of the log");
    }
}

#[test]
fn the_same_bytes_are_one_file_and_for_the_same_purpose_one_document() {
    for app in TestApp::on_each_database() {
        let (dana, hers) = somebody(&app, "Dana Rivera");
        let (sam, his) = somebody(&app, "Sam Ortiz");
        let first = send(&app, &dana, &format!("about=statement&id={hers}"), "image/png", PNG).expect(201);
        let again = send(&app, &dana, &format!("about=statement&id={hers}"), "", PNG).expect(201);
        assert_eq!(first["id"], again["id"]);
        let other = send(&app, &sam, &format!("about=statement&id={his}"), "application/octet-stream", PNG).expect(201);
        assert_ne!(first["id"], other["id"]);
        assert_eq!((items(&app, &dana).len(), items(&app, &sam).len(), stored(&app).len()), (1, 1, 1));
        let key = |bytes: &[u8]| {
            let path = format!("/api/v1/documents?about=statement&id={hers}");
            app.call("POST", &path).by(&dana).key("k1").body("application/pdf", bytes).send()
        };
        let made = key(PDF).expect(201);
        assert_eq!(key(PDF).expect(201), made);
        key(b"%PDF-1.4\n%%EOF").refuses(422, "key_reused");
    }
}

#[test]
fn what_is_no_pdf_jpeg_or_png_is_refused_whatever_it_is_called() {
    for app in TestApp::on_each_database() {
        let (dana, statement) = somebody(&app, "Dana Rivera");
        let about = format!("about=statement&id={statement}&name=diploma.pdf");
        let archive = [PNG, b"PK\x03\x04hidden"].concat();
        let page = [b"%PDF-1.4\n%%EOF\n".as_slice(), b"<script>alert(1)</script>"].concat();
        let behind = [b"<html>".as_slice(), PDF].concat();
        let cut = &PNG[..PNG.len() - 4];
        for bytes in
            [&b"MZ\x90\0program"[..], b"<svg onload=alert(1)/>", b"GIF89a", b"x", &archive, &page, &behind, cut]
        {
            let answer = send(&app, &dana, &about, "application/pdf", bytes);
            answer.refuses(415, "bad_document");
            assert!(answer.text().contains("not a whole PDF, JPEG or PNG file"), "{}", answer.text());
        }
        send(&app, &dana, &about, "application/pdf", PNG).refuses(415, "other_type");
        send(&app, &dana, &about, "text/html", PDF).refuses(415, "other_type");
        assert!(items(&app, &dana).is_empty() && stored(&app).is_empty(), "nothing is kept");
    }
}

#[test]
fn a_document_larger_than_the_settings_allow_is_refused_at_the_byte() {
    for app in TestApp::on_each_database_with(&[("documents.most_megabytes", "1")]) {
        let (dana, statement) = somebody(&app, "Dana Rivera");
        let of = |length: usize| {
            let mut bytes = b"%PDF-1.7\n".to_vec();
            bytes.resize(length - 5, b' ');
            bytes.extend(b"%%EOF");
            send(&app, &dana, &format!("about=statement&id={statement}"), "application/pdf", &bytes)
        };
        of(1_048_577).refuses(413, "too_large");
        assert!(stored(&app).is_empty());
        of(1_048_576).expect(201);
    }
}

#[test]
fn a_name_is_told_back_and_never_a_path() {
    for app in TestApp::on_each_database() {
        let (dana, statement) = somebody(&app, "Dana Rivera");
        let about = format!("about=statement&id={statement}");
        let name = "..%2F..%2F..%2Fetc%2Fpasswd";
        let made = send(&app, &dana, &format!("{about}&name={name}"), "", PDF).expect(201);
        assert_eq!(made["name"], "../../../etc/passwd");
        let all = stored(&app);
        assert!(all.len() == 1 && !all[0].contains("passwd"), "{all:?}");
        let id = made["id"].as_str().expect("an id");
        let back = app.get_as(&dana, &format!("/api/v1/documents/{id}"));
        assert!(!back.header("content-disposition").contains("passwd"));
        for bad in ["%0D%0ASet-Cookie:%20x", "a%00b", "", &"x".repeat(121)] {
            let answer = send(&app, &dana, &format!("{about}&name={bad}"), "", PNG);
            assert!([400, 422].contains(&answer.status), "{bad}: {}", answer.text());
        }
        for path in ["..%2F..%2Fkeys%2Faccess.key", "%2e%2e", "0000000000001"] {
            let answer = app.get_as(&dana, &format!("/api/v1/documents/{path}"));
            assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        }
    }
}

#[test]
fn a_document_is_for_something_of_ones_own() {
    for app in TestApp::on_each_database() {
        let (dana, _) = somebody(&app, "Dana Rivera");
        let (_, his) = somebody(&app, "Sam Ortiz");
        for (query, field) in [
            (format!("about=statement&id={his}"), "/id"),
            ("about=completion&id=0000000000001".to_owned(), "/id"),
            (format!("about=diary&id={his}"), "/about"),
            (format!("about=statement&id={his}&requirement=training"), "/requirement"),
        ] {
            let answer = send(&app, &dana, &query, "", PDF);
            answer.refuses(422, "bad_parameter");
            assert_eq!(answer.json()["errors"][0]["pointer"], field, "{query}");
        }
        assert!(stored(&app).is_empty(), "refused before a byte is kept");
    }
}

#[test]
fn others_do_not_see_it_but_the_board_with_a_case_does() {
    for app in TestApp::on_each_database() {
        let (here, there) =
            (Board::nebraska(&app), Board::new(&app, "international", pack("intl", "icrc-pr", "2017-08-01")));
        let (dana, statement) = somebody(&app, "Dana Rivera");
        let (sam, _) = somebody(&app, "Sam Ortiz");
        let about = format!("about=statement&id={statement}");
        let paper = send(&app, &dana, &about, "", PDF).expect(201)["id"].as_str().expect("an id").to_owned();
        app.get_as(&sam, &format!("/api/v1/documents/{paper}")).refuses(404, "not_found");
        assert!(items(&app, &sam).is_empty());
        let list = |board: &Board, by: &Someone| app.get_as(by, &board.path(&dana, "documents"));
        let one = |board: &Board, id: &str| app.get_as(&board.reviewer, &board.path(&dana, &format!("documents/{id}")));
        list(&here, &here.reviewer).refuses(404, "not_found");
        one(&here, &paper).refuses(404, "not_found");
        app.get_as(&sam, &here.path(&dana, "documents")).refuses(403, "not_allowed");

        let application = here.application(&app, &dana, "initial")["id"].as_str().expect("an id").to_owned();
        there.application(&app, &dana, "initial");
        let query = format!("about=application&id={application}&requirement=training&name=list");
        let shown = send(&app, &dana, &query, "image/png", PNG).expect(201);
        assert_eq!(shown["requirement"], "training");
        let picture = shown["id"].as_str().expect("an id");
        let count = |answer: Answer| answer.expect(200)["items"].as_array().map(Vec::len);
        assert_eq!((count(list(&here, &here.reviewer)), count(list(&there, &there.reviewer))), (Some(2), Some(1)));
        assert_eq!(one(&here, &paper).bytes, PDF);
        assert_eq!(one(&here, picture).bytes, PNG);
        assert_eq!(one(&there, &paper).bytes, PDF);
        one(&there, picture).refuses(404, "not_found");
        app.get_as(&here.reviewer, &here.path(&sam, &format!("documents/{paper}"))).refuses(404, "not_found");
        let log = app.read(|conn| repo!(conn, audit::list_after(0, 1_000)));
        let read: Vec<_> = log.iter().filter(|row| row.action == "document.read").map(|row| row.actor).collect();
        assert_eq!(read, [here.reviewer.id, here.reviewer.id, there.reviewer.id]);
    }
}

#[test]
fn a_document_that_is_gone_or_changed_is_found_and_not_given_out() {
    for app in TestApp::on_each_database() {
        let (dana, statement) = somebody(&app, "Dana Rivera");
        let made = send(&app, &dana, &format!("about=statement&id={statement}"), "", PDF).expect(201);
        let id = made["id"].as_str().expect("an id");
        let data = &app.app.settings.data_dir;
        let check = || app.app.db.read(|conn: &mut Conn<'_>| upkeep::check(conn, data)).expect("a check");
        assert_eq!(check(), Vec::<String>::new());
        let path = data.join(&stored(&app)[0]);
        std::fs::write(&path, b"%PDF-1.7 another %%EOF").expect("a file");
        assert_eq!(check(), [format!("document {id}: its bytes were changed")]);
        assert_eq!(app.get_as(&dana, &format!("/api/v1/documents/{id}")).status, 500);
        std::fs::remove_file(&path).expect("a file");
        assert_eq!(check(), [format!("document {id}: its bytes are gone")]);
    }
}
