//! Where a letter leads: every link of every notice begins at one of these places, so that a test can walk to
//! all of them.

/// A page of ours that a letter may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Confirms an address; with a token.
    VerifyEmail,
    /// Sets a password; with a token.
    ResetPassword,
    /// Accepts an invitation; with a token.
    Invitation,
    /// Stops reminders; with a token.
    Stop,
    /// An application; with its id.
    Application,
    /// What counts and what is left.
    Progress,
    /// A person's own hours.
    Hours,
    /// Hours that wait for a supervisor.
    HoursToSign,
    /// A person's certificates.
    Certificates,
    /// Where a person is signed in.
    Devices,
}

impl Place {
    /// Every place, for tests.
    pub const ALL: [Self; 10] = [
        Self::VerifyEmail,
        Self::ResetPassword,
        Self::Invitation,
        Self::Stop,
        Self::Application,
        Self::Progress,
        Self::Hours,
        Self::HoursToSign,
        Self::Certificates,
        Self::Devices,
    ];

    /// The path, without what may follow.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::VerifyEmail => "/verify-email",
            Self::ResetPassword => "/reset-password",
            Self::Invitation => "/invitation",
            Self::Stop => "/stop",
            Self::Application => "/applications",
            Self::Progress => "/progress",
            Self::Hours => "/hours",
            Self::HoursToSign => "/hours/to-sign",
            Self::Certificates => "/certificates",
            Self::Devices => "/devices",
        }
    }

    /// Whether a token or an id follows.
    #[must_use]
    pub const fn takes_key(self) -> bool {
        matches!(self, Self::VerifyEmail | Self::ResetPassword | Self::Invitation | Self::Stop | Self::Application)
    }

    /// A link to the page.
    #[must_use]
    pub fn link(self) -> String {
        self.path().to_owned()
    }

    /// A link to the page of a token or an id; `base` is the public address, or nothing.
    #[must_use]
    pub fn link_to(self, base: &str, key: &str) -> String {
        format!("{}{}/{key}", base.trim_end_matches('/'), self.path())
    }
}
