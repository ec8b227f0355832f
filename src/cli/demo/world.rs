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
use crate::services::programs::supervisors;
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
    /// The credential that people here work towards.
    pub credential: Id,
    /// The program that teaches.
    pub program: Id,
    /// Who signs hours.
    pub supervisor: Id,
    /// Their address and name.
    pub signs_as: (&'static str, &'static str),
}

/// Supervisors; one can sign in as the first.
const SUPERVISORS: [(&str, &str); 4] = [
    ("supervisor@example.test", "Sam Ortiz"),
    ("imani.cole@example.test", "Imani Cole"),
    ("pat.lindqvist@example.test", "Pat Lindqvist"),
    ("rafael.ito@example.test", "Rafael Ito"),
];

/// A board of the demo and the packs it certifies by; its people work towards the first.
struct BoardOfDemo {
    slug: &'static str,
    name: &'static str,
    region: &'static str,
    time_zone: &'static str,
    prefix: &'static str,
    packs: &'static [&'static str],
}

const BOARDS: [BoardOfDemo; 2] = [
    BoardOfDemo {
        slug: "harbor-board",
        name: "Harbor State Certification Board",
        region: "intl",
        time_zone: "America/New_York",
        prefix: "HB",
        packs: &["intl/icrc-pr", "us-nc/cpss", "us-ny/crpa", "us-oh/cprs"],
    },
    BoardOfDemo {
        slug: "prairie-board",
        name: "Prairie State Behavioral Health Board",
        region: "us-ne",
        time_zone: "America/Chicago",
        prefix: "PB",
        packs: &["us-ne/cpss", "us-tx/peer", "us-ca/mcpss"],
    },
];

/// Makes the world and answers whom one can sign in as.
///
/// # Errors
/// For faults only.
pub fn make(app: &App) -> Result<Vec<SignIn>, Failure> {
    let now = app.clock.now();
    let long_ago = Acting::system(now - TimeDelta::days(1_500));
    let mut sign_ins = Vec::new();
    let (places, programs, supervisors) =
        app.db.write(|conn: &mut Conn<'_>| organizations_of_all(conn, &long_ago, &mut sign_ins))?;
    for number in 0..PEOPLE {
        // Boards by turns, and everyone else in rounds of ten people a board.
        let turn = number / 20;
        let found =
            (places.get(number % 2), programs.get(number % 3), supervisors.get(turn % supervisors.len().max(1)));
        let (Some(place), Some(program), Some((supervisor, signs_as))) = found else {
            return Err(Failure::fault("no place to live"));
        };
        let place = Place { program: *program, supervisor: *supervisor, signs_as: *signs_as, ..*place };
        let shown = match number {
            6 => Some("trainee"),
            14 => Some("specialist"),
            _ => None,
        };
        let lang = if number % 5 == 2 { Lang::Es } else { Lang::En };
        let person = app.db.write(|conn: &mut Conn<'_>| {
            let (name, email) = (people::name(number), people::address(number));
            match shown {
                Some(role) => staff(conn, &long_ago, &name, &email, &mut sign_ins, role),
                None => known(conn, &long_ago, &name, &email, lang),
            }
        })?;
        lives::live(app, place, person, number)?;
    }
    Ok(sign_ins)
}

/// What a board's people share, the programs, and the supervisors with what they sign as.
type Organizations = (Vec<Place>, Vec<Id>, Vec<(Id, (&'static str, &'static str))>);

fn organizations_of_all(
    conn: &mut Conn<'_>,
    by: &Acting,
    sign_ins: &mut Vec<SignIn>,
) -> Result<Organizations, Failure> {
    let administrator = staff(conn, by, "Alex Morgan", "admin@example.test", sign_ins, "administrator")?;
    memberships::grant(conn, by, administrator, None, Role::Administrator).map_err(Failure::fault)?;
    let mut supervisors = Vec::new();
    for (number, signs_as) in SUPERVISORS.into_iter().enumerate() {
        let id = match number {
            0 => staff(conn, by, signs_as.1, signs_as.0, sign_ins, "supervisor")?,
            _ => known(conn, by, signs_as.1, signs_as.0, Lang::En)?,
        };
        supervisors.push((id, signs_as));
    }
    let mut places = Vec::new();
    for board in &BOARDS {
        places.push(open_board(conn, by, board, &supervisors, sign_ins)?);
    }
    let mut programs = Vec::new();
    for (slug, name) in
        [("north-academy", "North Academy"), ("open-door", "Open Door Training"), ("river-college", "River College")]
    {
        programs.push(program(conn, by, slug, name, &places, sign_ins)?);
    }
    Ok((places, programs, supervisors))
}

/// A board with its packs, its staff and the supervisors it approved.
fn open_board(
    conn: &mut Conn<'_>,
    by: &Acting,
    board: &BoardOfDemo,
    supervisors: &[(Id, (&'static str, &'static str))],
    sign_ins: &mut Vec<SignIn>,
) -> Result<Place, Failure> {
    let wish = NewOrganization {
        kind: OrganizationKind::Board,
        slug: board.slug.to_owned(),
        name: board.name.to_owned(),
        region: Some(board.region.to_owned()),
        board: Some(NewBoard {
            time_zone: board.time_zone.to_owned(),
            number_prefix: board.prefix.to_owned(),
            phone: Some("555-0100".to_owned()),
        }),
    };
    let id = organizations::add(conn, by, &wish).map_err(Failure::fault)?.id;
    let mut credential = None;
    for pack in board.packs {
        let made = credentials::create(conn, by, id, credentials::Brought::all(&packs::shipped(pack)))
            .map_err(Failure::fault)?;
        credential = credential.or(Some(made));
    }
    let mut registrar = Id::SYSTEM;
    for (role, word) in [(Role::Registrar, "registrar"), (Role::Reviewer, "reviewer"), (Role::Auditor, "auditor")] {
        let email = format!("{word}@{}.example.test", board.slug);
        let person = staff(conn, by, &format!("{word} of {}", board.name), &email, sign_ins, word)?;
        memberships::grant(conn, by, person, Some(id), role).map_err(Failure::fault)?;
        if role == Role::Registrar {
            registrar = person;
        }
    }
    for (supervisor, _) in supervisors {
        let from = by.at.date_naive();
        supervisors::approve(conn, by, id, *supervisor, None, (from, None)).map_err(Failure::fault)?;
    }
    let credential = credential.ok_or_else(|| Failure::fault("a board without a pack"))?;
    // Who teaches and who signs differs from person to person.
    Ok(Place { board: id, registrar, credential, program: Id::SYSTEM, supervisor: Id::SYSTEM, signs_as: ("", "") })
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
fn known(conn: &mut Conn<'_>, by: &Acting, name: &str, email: &str, lang: Lang) -> Result<Id, Failure> {
    let address = Address::from_str(email).map_err(Failure::fault)?;
    let new = NewPerson::new(address, name, lang).map_err(Failure::fault)?;
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
    let id = known(conn, by, name, email, Lang::En)?;
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
