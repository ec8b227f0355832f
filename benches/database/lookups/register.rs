//! A register full of certificates: the first made by the services, the others like it.

use chrono::{Days, NaiveDate};
use credtrail::repo;
use credtrail::services::certificates::{self, Office, number};
use credtrail::services::credentials::{self, Brought};
use credtrail::storage::rows::awards::{AwardRow, StatusEventRow, TermRow};
use credtrail::storage::rows::certificates::CertificateRow;
use credtrail::storage::rows::keys::{CertificateCodeRow, CertificateIssueRow, CertificateNumberRow};
use credtrail::storage::rows::people::{PersonNameRow, PersonRow};
use credtrail::storage::{Conn, Day, Id, StoreError};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};

use crate::Outcome;
use crate::fill::fill;
use crate::place::Place;

/// Certificates that go in together.
const SLICE: usize = 50_000;
const NAMES: [&str; 5] =
    ["Ana Maria Delgado", "James O\u{2019}Connor", "Latoya Washington-Reed", "Linh Nguyen", "Margaret Oyelaran"];

/// What has to be there before a certificate.
#[derive(Clone)]
struct Parts {
    person: PersonRow,
    name: PersonNameRow,
    award: AwardRow,
    term: TermRow,
    status: StatusEventRow,
}

/// A certificate and what belongs to it.
struct Whole {
    parts: Parts,
    certificate: CertificateRow,
}

/// Issues `count` certificates to as many people and answers their codes.
pub fn fill(place: &Place, count: u32) -> Outcome<Vec<String>> {
    let model = model(place)?;
    // In order, so that filling the indexes is quick; what is looked up later jumps about all the same.
    let mut codes = (1..count).map(|_| number::fresh_code()).collect::<Result<Vec<_>, _>>()?;
    let mut numbers = (1..count).map(|_| number::fresh_number("XX")).collect::<Result<Vec<_>, _>>()?;
    codes.sort_unstable();
    numbers.sort_unstable();
    let mut all = (1..count).zip(codes.iter().zip(&numbers)).peekable();
    while all.peek().is_some() {
        let some = all.by_ref().take(SLICE);
        let slice: Vec<Whole> = some.map(|(order, names)| like(&model, order, names)).collect::<Outcome<_>>()?;
        place.write(|conn| insert(conn, &slice))?;
    }
    codes.push(model.certificate.code);
    Ok(codes)
}

/// The key of one row, read by its code: the least a lookup could do.
pub fn key_of(conn: &mut Conn<'_>, code: &str) -> Result<Option<Id>, StoreError> {
    use credtrail::storage::schema::awards::certificate_code::dsl;
    let query = dsl::certificate_code.filter(dsl::code.eq(code)).select(dsl::certificate_id);
    let found = match conn {
        Conn::Sqlite(c) => query.first(*c).optional(),
        Conn::Postgres(c) => query.first(*c).optional(),
    };
    found.map_err(StoreError::from)
}

/// One certificate, made by the services.
fn model(place: &Place) -> Outcome<Whole> {
    let by = place.acting();
    let board = place.organization("board", "bench-board")?;
    let text = include_str!("../../pack/2020-01-01.toml");
    let files = [("2020-01-01.toml", text), ("examples.toml", include_str!("../../pack/examples.toml"))];
    let create = |conn: &mut Conn<'_>| credentials::create(conn, &by, board, Brought::all(&files));
    let credential = place.app.db.write(create)?;
    let from = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("a day that is none")?;
    let (person, award, term) = (by.fresh_id(), by.fresh_id(), by.fresh_id());
    let parts = Parts {
        person: PersonRow { id: person, language: "en".to_owned(), created_at: by.moment() },
        name: PersonNameRow {
            person_id: person,
            id: by.fresh_id(),
            revision: 1,
            kind: "legal".to_owned(),
            name: "Dana Rivera".to_owned(),
            from_day: None,
            through_day: None,
            recorded_at: by.moment(),
            recorded_by: Id::SYSTEM,
            reason: None,
        },
        award: AwardRow {
            person_id: person,
            id: award,
            credential_id: credential,
            path: None,
            issued_day: from.into(),
            decision_id: None,
            recorded_at: by.moment(),
            recorded_by: Id::SYSTEM,
        },
        term: TermRow {
            person_id: person,
            award_id: award,
            id: term,
            stage: "full".to_owned(),
            kind: "first".to_owned(),
            from_day: from.into(),
            through_day: Some(Day::from(from + Days::new(2_000))),
            version: "2020-01-01".to_owned(),
            computed: "{}".to_owned(),
            opens_day: None,
            due_day: None,
            late_day: None,
            grace_day: None,
            decision_id: None,
            recorded_at: by.moment(),
            recorded_by: Id::SYSTEM,
        },
        status: StatusEventRow {
            person_id: person,
            award_id: award,
            id: by.fresh_id(),
            standing: "active".to_owned(),
            discipline: "none".to_owned(),
            flags: String::new(),
            from_day: from.into(),
            through_day: None,
            reason: "issued".to_owned(),
            authority: None,
            decision_id: None,
            recorded_at: by.moment(),
            recorded_by: Id::SYSTEM,
        },
    };
    let office = Office::new(place.folder(), "https://register.example.org");
    let made = place.app.db.write(|conn: &mut Conn<'_>| -> Result<_, certificates::CertificateError> {
        repo!(conn, people::insert(&parts.person))?;
        repo!(conn, people::insert_name(&parts.name))?;
        repo!(conn, awards::insert(&parts.award))?;
        repo!(conn, awards::insert_term(&parts.term))?;
        repo!(conn, awards::insert_status(&parts.status))?;
        let row = certificates::reserve(conn, &by, &office, &parts.award, &parts.term, None)?;
        let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        repo!(conn, certificates::mark_issued(row.person_id, row.id, hash, 42_000, by.moment()))?;
        certificates::find(conn, row.person_id, row.id)
    })?;
    Ok(Whole { parts, certificate: made })
}

/// Another certificate like the model, of another person, under another name, number and code.
fn like(model: &Whole, order: u32, (code, number): (&String, &String)) -> Outcome<Whole> {
    // Keys grow with time: one person every millisecond after the first.
    let shifted = |id: Id| Id(id.0 + (i64::from(order) << 22));
    let names = usize::try_from(order)? % NAMES.len();
    let name = format!("{} {order}", NAMES.get(names).copied().unwrap_or_default());
    let (mut parts, mut certificate) = (model.parts.clone(), model.certificate.clone());
    let person = shifted(parts.person.id);
    certificate.facts = certificate
        .facts
        .replace(&certificate.code, code)
        .replace(&certificate.number, number)
        .replace(&certificate.name, &name);
    (certificate.code, certificate.number, certificate.name) = (code.clone(), number.clone(), name.clone());
    let (award, term) = (shifted(parts.award.id), shifted(parts.term.id));
    (certificate.id, certificate.person_id) = (shifted(certificate.id), person);
    (certificate.award_id, certificate.term_id) = (award, term);
    parts.person.id = person;
    (parts.name.person_id, parts.name.id, parts.name.name) = (person, shifted(parts.name.id), name);
    (parts.award.person_id, parts.award.id) = (person, award);
    (parts.term.person_id, parts.term.award_id, parts.term.id) = (person, award, term);
    (parts.status.person_id, parts.status.award_id, parts.status.id) = (person, award, shifted(parts.status.id));
    Ok(Whole { parts, certificate })
}

fn insert(conn: &mut Conn<'_>, slice: &[Whole]) -> Result<(), StoreError> {
    let of = |whole: &Whole| (whole.certificate.person_id, whole.certificate.id);
    let codes: Vec<CertificateCodeRow> = slice
        .iter()
        .map(|whole| {
            let (person_id, certificate_id) = of(whole);
            CertificateCodeRow { code: whole.certificate.code.clone(), person_id, certificate_id }
        })
        .collect();
    let numbers: Vec<CertificateNumberRow> = slice
        .iter()
        .map(|whole| {
            let (person_id, certificate_id) = of(whole);
            CertificateNumberRow { number: whole.certificate.number.clone(), person_id, certificate_id }
        })
        .collect();
    let issues: Vec<CertificateIssueRow> = slice
        .iter()
        .map(|whole| {
            let (person_id, certificate_id) = of(whole);
            let (award_id, term_id) = (whole.certificate.award_id, whole.certificate.term_id);
            CertificateIssueRow { person_id, award_id, term_id, seq: 1, certificate_id }
        })
        .collect();
    let parts = || slice.iter().map(|whole| &whole.parts);
    fill!(conn, people::person, &parts().map(|it| it.person.clone()).collect::<Vec<_>>())?;
    fill!(conn, people::person_name, &parts().map(|it| it.name.clone()).collect::<Vec<_>>())?;
    fill!(conn, awards::award, &parts().map(|it| it.award.clone()).collect::<Vec<_>>())?;
    fill!(conn, awards::award_term, &parts().map(|it| it.term.clone()).collect::<Vec<_>>())?;
    fill!(conn, awards::status_event, &parts().map(|it| it.status.clone()).collect::<Vec<_>>())?;
    fill!(conn, awards::certificate, &slice.iter().map(|it| it.certificate.clone()).collect::<Vec<_>>())?;
    fill!(conn, awards::certificate_code, &codes)?;
    fill!(conn, awards::certificate_number, &numbers)?;
    fill!(conn, awards::certificate_issue, &issues)
}
