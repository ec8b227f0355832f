//! Mail: the words in both languages, the shape of a message, and sending to a real mail server.

mod folder;
mod links;
mod message;
mod samples;
mod sending;
pub mod server;
mod words;
