//! The rights, and who holds them. The one place where a role becomes a right.

use crate::services::roles::{KeyScope, Role};

/// A right that a handler can ask for.
pub trait Capability: 'static {
    /// Its name, as people are told it.
    const NAME: &'static str;
    /// Roles that hold it in the organization that the path names.
    const ROLES: &'static [Role];
    /// The scope with which a key of that organization holds it.
    const KEY: Option<KeyScope>;
    /// Whether an administrator of the installation holds it too.
    const INSTALLATION: bool;
    /// Whether the path names an organization; if not, only [`Self::INSTALLATION`] counts.
    const IN_ORGANIZATION: bool;
}

macro_rules! capabilities {
    ($($(#[$doc:meta])* $name:ident: roles $roles:expr, key $key:expr, installation $installation:literal,
        in_organization $inside:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Capability for $name {
            const NAME: &'static str = stringify!($name);
            const ROLES: &'static [Role] = &$roles;
            const KEY: Option<KeyScope> = $key;
            const INSTALLATION: bool = $installation;
            const IN_ORGANIZATION: bool = $inside;
        }
    )*};
}

use Role::{Administrator, Auditor, ProgramStaff, Registrar, Reviewer};

capabilities! {
    /// Adds organizations and looks after the installation.
    ManageInstallation: roles [], key None, installation true, in_organization false;
    /// Looks after an organization's members, keys and settings.
    ManageOrganization: roles [Administrator], key None, installation true, in_organization true;
    /// Keeps a program's courses and sessions.
    KeepCourses: roles [ProgramStaff], key Some(KeyScope::Courses), installation false, in_organization true;
    /// Records completions.
    RecordCompletions: roles [ProgramStaff], key Some(KeyScope::Completions), installation false, in_organization true;
    /// Reads a program's courses and completions.
    ReadProgram: roles [ProgramStaff], key Some(KeyScope::Read), installation false, in_organization true;
    /// Approves programs, courses and supervisors for a board.
    ApproveTraining: roles [Registrar], key None, installation false, in_organization true;
    /// Reads the files of a board's applicants and specialists.
    ReadFiles: roles [Reviewer, Registrar, Auditor], key None, installation false, in_organization true;
    /// Looks at applications and recommends.
    Review: roles [Reviewer, Registrar], key None, installation false, in_organization true;
    /// Decides applications; issues, renews, suspends, revokes, reinstates.
    Decide: roles [Registrar], key None, installation false, in_organization true;
    /// Records results of exams.
    RecordExams: roles [Registrar], key Some(KeyScope::Exams), installation false, in_organization true;
    /// Keeps a board's credentials, rules and what its register shows.
    KeepRules: roles [Registrar, Administrator], key None, installation true, in_organization true;
    /// Tries a draft of the rules on the board's people, and sees who comes out otherwise.
    TryRules: roles [Registrar], key None, installation false, in_organization true;
    /// Draws and works audit cases.
    Audit: roles [Auditor], key None, installation false, in_organization true;
}
