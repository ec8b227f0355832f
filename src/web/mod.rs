//! The web: the API under `/api/v1` and the pages. Handlers parse, name the right they need in their
//! signature, call one service and shape the answer.

pub mod app;
pub mod assets;
pub mod pages;
