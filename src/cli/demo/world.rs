//! Organizations, staff and courses of the demo, and its people one by one.

use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;

use super::{SignIn, lives, people};
use crate::cli::Failure;
use crate::packs;
use crate::repo;
use crate::rules::Lang;
use crate::services::accounts::{Address, NewPerson, add_person, set_password};
use crate::services::acting::Acting;
use crate::services::organizations::{self, NewBoard, NewOrganization};
use crate::services::passwords::Passwords;
use crate::services::programs::approvals::{self, ApprovalWish, Approved};
use crate::services::programs::courses::{self, CourseWish};
use crate::services::roles::{OrganizationKind, Role};
use crate::services::{credentials, memberships};
use crate::storage::{Conn, Id};
use crate::web::app::App;

/// How many people there are.
const PEOPLE: usize = 200;

/// Where a life plays: its board, its program, its supervisor.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The board that certifies.
    pub board: Id,
    /// Its registrar.
    pub registrar: Id,
    /// Its credential.
    pub credential: Id,
    /// The program that teaches.
    pub program: Id,
    /// Who signs hours.
    pub supervisor: Id,
}

/// Makes the world and answers whom one can sign in as.
///
/// # Errors
/// For faults only.
pub fn make(app: &App) -> Result<Vec<SignIn>, Failure> {
    let now = app.clock.now();
    let long_ago = Acting::system(now - TimeDelta::days(1_500));
    let mut sign_ins = Vec::new();
    let boards = [
        ("harbor-board", "Harbor State Certification Board", "intl", "America/New_York", "HB", "intl/icrc-pr"),
        ("prairie-board", "Prairie State Behavioral Health Board", "us-ne", "America/Chicago", "PB", "us-ne/cpss"),
    ];
    let mut places = Vec::new();
    app.db.write(|conn: &mut Conn<'_>| {
        let administrator =
            staff(conn, &long_ago, "Alex Morgan", "admin@example.test", &mut sign_ins, "administrator")?;
        memberships::grant(conn, &long_ago, administrator, None, Role::Administrator).map_err(Failure::fault)?;
        let supervisor = staff(conn, &long_ago, "Sam Ortiz", "supervisor@example.test", &mut sign_ins, "supervisor")?;
        for (slug, name, region, zone, prefix, pack) in boards {
            let wish = NewOrganization {
                kind: OrganizationKind::Board,
                slug: slug.to_owned(),
                name: name.to_owned(),
                region: Some(region.to_owned()),
                board: Some(NewBoard {
                    time_zone: zone.to_owned(),
                    number_prefix: prefix.to_owned(),
                    phone: Some("555-0100".to_owned()),
                }),
            };
            let board = organizations::add(conn, &long_ago, &wish).map_err(Failure::fault)?.id;
            let credential =
                credentials::create(conn, &long_ago, board, &packs::shipped(pack)).map_err(Failure::fault)?;
            let mut registrar = Id::SYSTEM;
            for (role, word) in
                [(Role::Registrar, "registrar"), (Role::Reviewer, "reviewer"), (Role::Auditor, "auditor")]
            {
                let email = format!("{word}@{slug}.example.test");
                let person = staff(conn, &long_ago, &format!("{word} of {name}"), &email, &mut sign_ins, word)?;
                memberships::grant(conn, &long_ago, person, Some(board), role).map_err(Failure::fault)?;
                if role == Role::Registrar {
                    registrar = person;
                }
            }
            let from = long_ago.at.date_naive();
            approvals::approve_supervisor(conn, &long_ago, board, supervisor, None, (from, None))
                .map_err(Failure::fault)?;
            places.push(Place { board, registrar, credential, program: Id::SYSTEM, supervisor });
        }
        let mut programs = Vec::new();
        for (slug, name) in [
            ("north-academy", "North Academy"),
            ("open-door", "Open Door Training"),
            ("river-college", "River College"),
        ] {
            programs.push(program(conn, &long_ago, slug, name, &places, &mut sign_ins)?);
        }
        for (place, program) in places.iter_mut().zip(&programs) {
            place.program = *program;
        }
        Ok::<_, Failure>(())
    })?;
    for number in 0..PEOPLE {
        let place = places.get(number % 2).copied().ok_or_else(|| Failure::fault("no place to live"))?;
        let shown = match number {
            6 => Some("trainee"),
            14 => Some("specialist"),
            _ => None,
        };
        let person = app.db.write(|conn: &mut Conn<'_>| {
            let name = people::name(number);
            match shown {
                Some(role) => staff(conn, &long_ago, &name, &people::address(number), &mut sign_ins, role),
                None => known(conn, &long_ago, &name, &people::address(number)),
            }
        })?;
        lives::live(app, place, person, number)?;
    }
    Ok(sign_ins)
}

/// A program with two courses, approved by every board, and its staff.
fn program(
    conn: &mut Conn<'_>,
    by: &Acting,
    slug: &str,
    name: &str,
    places: &[Place],
    sign_ins: &mut Vec<SignIn>,
) -> Result<Id, Failure> {
    let wish = NewOrganization {
        kind: OrganizationKind::Program,
        slug: slug.to_owned(),
        name: name.to_owned(),
        region: None,
        board: None,
    };
    let program = organizations::add(conn, by, &wish).map_err(Failure::fault)?.id;
    let email = format!("staff@{slug}.example.test");
    let staff = staff(conn, by, &format!("Staff of {name}"), &email, sign_ins, "program staff")?;
    memberships::grant(conn, by, staff, Some(program), Role::ProgramStaff).map_err(Failure::fault)?;
    let topics = |list: &[(&str, u32)]| list.iter().map(|(topic, minutes)| ((*topic).to_owned(), *minutes)).collect();
    let core = [("advocacy", 600), ("recovery_wellness_support", 600), ("ethical_responsibility", 960)];
    // What is left of its 46 hours is called one thing by the first board and another by the second.
    let either = ["mentoring_education", "personalized_support"].as_slice();
    let courses = [
        ("core-46", "Core training", "basic", "in_person", topics(&core), either, 2_760),
        ("core-14", "Core training, second part", "basic", "live_online", topics(&[]), &[], 840),
        ("ethics-6", "Ethics in practice", "continuing", "live_online", topics(&[("ethics", 360)]), &[], 360),
        ("skills-7", "Skills day", "continuing", "in_person", topics(&[]), &[], 420),
    ];
    for (code, title, kind, delivery, minutes_by_topic, either, minutes) in courses {
        let wish = CourseWish {
            code: code.to_owned(),
            title: title.to_owned(),
            kind: kind.to_owned(),
            delivery: delivery.to_owned(),
            minutes,
            minutes_by_topic,
            topics: either.iter().map(|topic| (*topic).to_owned()).collect(),
        };
        courses::create(conn, by, program, &wish).map_err(Failure::fault)?;
    }
    for place in places {
        let wish = ApprovalWish {
            what: Approved::Program(program),
            credential: None,
            number: None,
            lists: Vec::new(),
            from: by.at.date_naive(),
            through: None,
        };
        approvals::approve(conn, by, place.board, &wish).map_err(Failure::fault)?;
    }
    Ok(program)
}

/// A person with a verified address and no password.
fn known(conn: &mut Conn<'_>, by: &Acting, name: &str, email: &str) -> Result<Id, Failure> {
    let address = Address::from_str(email).map_err(Failure::fault)?;
    let new = NewPerson::new(address, name, Lang::En).map_err(Failure::fault)?;
    let id = add_person(conn, by, &new)?;
    repo!(conn, people::verify_email(new.email.as_str(), by.moment()))?;
    Ok(id)
}

/// A person one can sign in as.
fn staff(
    conn: &mut Conn<'_>,
    by: &Acting,
    name: &str,
    email: &str,
    sign_ins: &mut Vec<SignIn>,
    role: &str,
) -> Result<Id, Failure> {
    let id = known(conn, by, name, email)?;
    let password = password(by.at)?;
    let hash = Passwords::default().hash_here(&SecretString::from(password.clone()))?;
    set_password(conn, by, id, hash)?;
    sign_ins.push(SignIn { role: role.to_owned(), email: email.to_owned(), password });
    Ok(id)
}

/// A password of its own for each sign-in of each demo.
fn password(at: DateTime<Utc>) -> Result<String, Failure> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).map_err(Failure::fault)?;
    Ok(format!("demo-{}-{}", Id::fresh(at).to_string().chars().rev().take(4).collect::<String>(), hex::encode(bytes)))
}
