//! Who calls in the matrix.

use credtrail::services::roles::{KeyScope, OrganizationKind, Role};
use credtrail::storage::Id;

use super::At;
use crate::support::{Someone, TestApp};

/// A kind of caller. Roles are held at the organization that the path names, unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Nobody.
    Anonymous,
    /// A person with no role anywhere.
    Person,
    /// A person who supervises somebody, and has no role.
    Supervisor,
    /// Staff of the training program.
    ProgramStaff,
    /// A reviewer of the board.
    Reviewer,
    /// A registrar of the board.
    Registrar,
    /// An auditor of the board.
    Auditor,
    /// An administrator of the organization.
    Administrator,
    /// An administrator of the installation.
    Installation,
    /// A key of the organization with every scope.
    Key,
    /// A person with every role, in other organizations.
    OtherStaff,
    /// A key of another organization with every scope.
    OtherKey,
    /// A person invited to every role here who has accepted none.
    InvitedOnly,
    /// A person whose every role here has ended.
    Ended,
}

impl Actor {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Anonymous,
        Self::Person,
        Self::Supervisor,
        Self::ProgramStaff,
        Self::Reviewer,
        Self::Registrar,
        Self::Auditor,
        Self::Administrator,
        Self::Installation,
        Self::Key,
        Self::OtherStaff,
        Self::OtherKey,
        Self::InvitedOnly,
        Self::Ended,
    ];
}

/// All callers and their organizations.
pub struct Cast {
    board: Id,
    program: Id,
    people: Vec<(Actor, Someone)>,
    keys: Vec<(Actor, At, Someone)>,
}

const ROLES_AT_BOARDS: [Role; 4] = [Role::Reviewer, Role::Registrar, Role::Auditor, Role::Administrator];
const ROLES_AT_PROGRAMS: [Role; 2] = [Role::ProgramStaff, Role::Administrator];

impl Cast {
    /// Sets everybody up.
    pub fn new(app: &TestApp) -> Self {
        let board = app.organization(OrganizationKind::Board, "board");
        let program = app.organization(OrganizationKind::Program, "program");
        let other_board = app.organization(OrganizationKind::Board, "other-board");
        let other_program = app.organization(OrganizationKind::Program, "other-program");
        let with = |name: &str, board: Id, program: Id, state: &str| {
            let who = app.person(name);
            ROLES_AT_BOARDS.iter().for_each(|role| app.join(&who, *role, Some(board), state));
            ROLES_AT_PROGRAMS.iter().for_each(|role| app.join(&who, *role, Some(program), state));
            who
        };
        let administrator = app.member("Administrator", Role::Administrator, Some(board));
        app.join(&administrator, Role::Administrator, Some(program), "active");
        let people = vec![
            (Actor::Person, app.person("Person")),
            (Actor::Supervisor, app.supervisor("Supervisor")),
            (Actor::ProgramStaff, app.member("Staff", Role::ProgramStaff, Some(program))),
            (Actor::Reviewer, app.member("Reviewer", Role::Reviewer, Some(board))),
            (Actor::Registrar, app.member("Registrar", Role::Registrar, Some(board))),
            (Actor::Auditor, app.member("Auditor", Role::Auditor, Some(board))),
            (Actor::Administrator, administrator),
            (Actor::Installation, app.member("Installation", Role::Administrator, None)),
            (Actor::OtherStaff, with("Other", other_board, other_program, "active")),
            (Actor::InvitedOnly, with("Invited", board, program, "invited")),
            (Actor::Ended, with("Ended", board, program, "ended")),
        ];
        let keys = vec![
            (Actor::Key, At::Board, app.key_of(board, &KeyScope::ALL)),
            (Actor::Key, At::Program, app.key_of(program, &KeyScope::ALL)),
            (Actor::OtherKey, At::Board, app.key_of(other_board, &KeyScope::ALL)),
            (Actor::OtherKey, At::Program, app.key_of(other_program, &KeyScope::ALL)),
        ];
        Self { board, program, people, keys }
    }

    /// The organization of a path.
    pub fn organization(&self, at: At) -> Id {
        match at {
            At::Board => self.board,
            At::Program => self.program,
            At::Nowhere => Id::SYSTEM,
        }
    }

    /// A token of a caller that works now: people get a new session, since rows end sessions.
    pub fn token(&self, app: &TestApp, actor: Actor, at: At) -> Option<String> {
        if let Some((_, _, key)) = self
            .keys
            .iter()
            .find(|(who, place, _)| *who == actor && (*place == at || (at == At::Nowhere && *place == At::Program)))
        {
            return Some(key.token.clone());
        }
        let (_, person) = self.people.iter().find(|(who, _)| *who == actor)?;
        Some(app.access_token(person.id))
    }
}
