//! Who calls and what they may do, as types in a handler's signature.
//!
//! Deny by default: a handler that names [`May<C>`](may::May) is reached only by callers who hold `C`; one
//! that names [`Person`] only by people who have signed in. Roles are read per request and
//! stand in no token. A token that is no good is 401, never an anonymous caller. [`capability`] lists the
//! rights; handlers without any of these types are public and stand on a written list in the tests.

pub mod address;
pub mod caller;
pub mod capability;
pub mod cookie;
pub mod door;
pub mod keys;
pub mod level;
pub mod may;
pub mod turn;

pub use caller::{Caller, Person};
pub use door::Door;
pub use keys::AccessKeys;
pub use may::May;
