//! The tables as diesel sees them, one file per migration. One text serves both databases:
//! `migrations/sqlite` and `migrations/postgres` make the same tables, which a test compares.
//!
//! Three kinds of tables, so that PostgreSQL can later be sharded by person without a redesign:
//! a person's facts have keys that begin with `person_id`, in foreign keys among them too; small
//! tables that all shards need (organizations, credentials, courses); and what must be unique over all
//! people, in tables of their own keyed by that value.

pub mod awards;
pub mod credentials;
pub mod decisions;
pub mod facts;
pub mod organizations;
pub mod people;
pub mod upkeep;

/// Tables of different families that one query reads: the narrow path of verification.
mod together {
    use super::awards::{award, certificate, certificate_code, register_choice};
    use super::credentials::credential;
    use super::organizations::board;

    diesel::allow_tables_to_appear_in_same_query!(credential, board);
    diesel::allow_tables_to_appear_in_same_query!(credential, award);
    diesel::allow_tables_to_appear_in_same_query!(credential, certificate);
    diesel::allow_tables_to_appear_in_same_query!(credential, certificate_code);
    diesel::allow_tables_to_appear_in_same_query!(credential, register_choice);
    diesel::allow_tables_to_appear_in_same_query!(board, award);
    diesel::allow_tables_to_appear_in_same_query!(board, certificate);
    diesel::allow_tables_to_appear_in_same_query!(board, certificate_code);
    diesel::allow_tables_to_appear_in_same_query!(board, register_choice);
}
