//! The ways a message can leave. An enum, so that the worker is the same in production, in the demo and in tests.

use super::folder::Folder;
use super::memory::Memory;
use super::message::Outgoing;
use super::smtp::Smtp;

/// One way of sending.
#[derive(Debug)]
pub enum Transport {
    /// To a mail server.
    Smtp(Box<Smtp>),
    /// Into a folder, one file each: the default, and what the demo uses.
    Folder(Folder),
    /// Into memory, for tests.
    Memory(Memory),
}

/// What became of a message. Reasons name no address: servers like to repeat it, so their words are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The other side has taken it over.
    Sent,
    /// Not now; the same message may be handed over again. It may even have arrived: nobody can know after a cut.
    Retry {
        /// Why, for the operator.
        reason: String,
    },
    /// Never; trying again would not change it.
    Refused {
        /// Why, for the operator.
        reason: String,
        /// Whether the other side says there is nobody at this address; then another address may do.
        nobody_there: bool,
    },
}

impl Transport {
    /// Hands `message` over once.
    pub async fn send(&self, message: &Outgoing) -> Outcome {
        match self {
            Self::Smtp(smtp) => smtp.send(message).await,
            Self::Folder(folder) => folder.send(message).await,
            Self::Memory(memory) => memory.send(message),
        }
    }
}
