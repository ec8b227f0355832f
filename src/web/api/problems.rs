//! The problems that routes answer with, for the API's description: one type for routes that read, one for
//! routes that write, one for doors that strangers knock at, so that no handler lists them.

use utoipa::IntoResponses;

use crate::web::error::ProblemView;

/// What a route that reads refuses with.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "only described, never made")]
pub enum Reading {
    /// The query cannot be read.
    #[response(status = 400, content_type = "application/problem+json")]
    Bad(#[to_schema] ProblemView),
    /// Sign in first.
    #[response(status = 401, content_type = "application/problem+json")]
    SignIn(#[to_schema] ProblemView),
    /// A right is missing.
    #[response(status = 403, content_type = "application/problem+json")]
    NotAllowed(#[to_schema] ProblemView),
    /// Nothing here, or nothing of yours.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(#[to_schema] ProblemView),
}

/// What a route that writes refuses with.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "only described, never made")]
pub enum Writing {
    /// The body cannot be read.
    #[response(status = 400, content_type = "application/problem+json")]
    Bad(#[to_schema] ProblemView),
    /// Sign in first.
    #[response(status = 401, content_type = "application/problem+json")]
    SignIn(#[to_schema] ProblemView),
    /// A right is missing.
    #[response(status = 403, content_type = "application/problem+json")]
    NotAllowed(#[to_schema] ProblemView),
    /// Nothing here, or nothing of yours.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(#[to_schema] ProblemView),
    /// It is there already, or changed meanwhile.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(#[to_schema] ProblemView),
    /// The body is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(#[to_schema] ProblemView),
    /// The body is of another type.
    #[response(status = 415, content_type = "application/problem+json")]
    OtherType(#[to_schema] ProblemView),
    /// A field has to change: see `errors`.
    #[response(status = 422, content_type = "application/problem+json")]
    HasToChange(#[to_schema] ProblemView),
}

/// What a throttled door for strangers refuses with.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "only described, never made")]
pub enum AtTheDoor {
    /// The body cannot be read.
    #[response(status = 400, content_type = "application/problem+json")]
    Bad(#[to_schema] ProblemView),
    /// The body is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(#[to_schema] ProblemView),
    /// The body is of another type.
    #[response(status = 415, content_type = "application/problem+json")]
    OtherType(#[to_schema] ProblemView),
    /// A field has to change: see `errors`.
    #[response(status = 422, content_type = "application/problem+json")]
    HasToChange(#[to_schema] ProblemView),
    /// Too many at once: wait as long as `Retry-After` says.
    #[response(status = 429, content_type = "application/problem+json")]
    TooOften(#[to_schema] ProblemView),
}
