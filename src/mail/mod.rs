//! Mail: typed notices become words, words become one message, a message goes out by one way of sending.
//!
//! [`Notice`] says what is to be told; a [`Letter`] adds for whom and in which language and is what waits in the
//! database; [`build`] makes the [`Outgoing`] message of it when it is sent; [`Transport`] hands that over.
//! Building is pure: same letter, same time, same bytes. Nothing here reads the database or the clock, decides
//! who is to be written to, or logs an address. Words live in `templates/mail/<notice>/<language>.txt`, one text
//! from which both the plain and the HTML part are made. Begin with `notice.rs`.

mod blocks;
mod clean;
mod folder;
mod headers;
mod kind;
mod letter;
mod memory;
mod message;
mod notice;
mod place;
mod render;
mod smtp;
mod transport;

pub use clean::{Plain, clean};
pub use folder::Folder;
pub use kind::Kind;
pub use letter::{Board, Letter, Recipient};
pub use memory::Memory;
pub use message::{BuildError, Outgoing, Sender, build};
pub use notice::{
    Appeal, ApplicationReceived, CompletionRecorded, DisputeAnswered, DisputeOpened, EntrySentBack, Grace, HoursToSign,
    Invitation, Issued, MoreNeeded, NotApproved, Notice, PasswordReset, Purpose, Reminder, Renewed, SignedIn, Standing,
    StatusChanged, Tally, VerifyAddress,
};
pub use place::Place;
pub use render::{RenderError, Rendered, render};
pub use smtp::{Security, Smtp, SmtpError, SmtpSettings};
pub use transport::{Outcome, Transport};
