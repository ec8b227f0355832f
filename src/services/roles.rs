//! The kinds of organizations and the roles that people have in them.
//!
//! A supervisor is no role: supervision is a relation between two people, and eligibility a fact.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an organization is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationKind {
    /// Certifies.
    Board,
    /// Trains.
    Program,
    /// Employs.
    Employer,
}

impl OrganizationKind {
    /// The word that columns hold.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Program => "program",
            Self::Employer => "employer",
        }
    }

    /// Reads the word that columns hold.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Board, Self::Program, Self::Employer].into_iter().find(|kind| kind.word() == word)
    }

    /// Whether a role has a meaning in such an organization.
    #[must_use]
    pub const fn has(self, role: Role) -> bool {
        match role {
            Role::Administrator => true,
            Role::ProgramStaff => matches!(self, Self::Program | Self::Employer),
            Role::Reviewer | Role::Registrar | Role::Auditor => matches!(self, Self::Board),
        }
    }
}

/// What a person does in an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs courses and records completions.
    ProgramStaff,
    /// Looks at applications and recommends.
    Reviewer,
    /// Decides, approves, issues, keeps the register.
    Registrar,
    /// Reads everything of the board, changes only audit cases.
    Auditor,
    /// Looks after members, keys and settings; without organization, of the whole installation.
    Administrator,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] =
        [Self::ProgramStaff, Self::Reviewer, Self::Registrar, Self::Auditor, Self::Administrator];

    /// The word that columns hold.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::ProgramStaff => "program_staff",
            Self::Reviewer => "reviewer",
            Self::Registrar => "registrar",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// Reads the word that columns hold.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// What a key of another system may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyScope {
    /// Read and change the organization's courses and their sessions.
    Courses,
    /// Record completions.
    Completions,
    /// Record results of exams.
    Exams,
    /// Read what the organization may read.
    Read,
}

impl KeyScope {
    /// All scopes.
    pub const ALL: [Self; 4] = [Self::Courses, Self::Completions, Self::Exams, Self::Read];

    /// The word that columns hold.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Courses => "courses",
            Self::Completions => "completions",
            Self::Exams => "exams",
            Self::Read => "read",
        }
    }

    /// Reads the word that columns hold.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }
}
