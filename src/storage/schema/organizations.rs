//! The tables of `organizations`, as in the migration of that name.

diesel::table! {
    organization (id) {
        id -> BigInt,
        kind -> Text,
        slug -> Text,
        name -> Text,
        region -> Nullable<Text>,
        created_at -> BigInt,
        created_by -> BigInt,
    }
}

diesel::table! {
    board (organization_id) {
        organization_id -> BigInt,
        time_zone -> Text,
        number_prefix -> Text,
        phone -> Nullable<Text>,
        register_fields -> Text,
        certificate_style -> Text,
        updated_at -> BigInt,
    }
}

diesel::table! {
    holiday (organization_id, day) {
        organization_id -> BigInt,
        day -> Integer,
        name -> Text,
    }
}

diesel::table! {
    membership (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        organization_id -> Nullable<BigInt>,
        role -> Text,
        state -> Text,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    api_key (token_hash) {
        token_hash -> Binary,
        id -> BigInt,
        organization_id -> BigInt,
        label -> Text,
        scopes -> Text,
        created_at -> BigInt,
        created_by -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    person_identifier (organization_id, value) {
        organization_id -> BigInt,
        value -> Text,
        person_id -> BigInt,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    idempotency_key (scope, key) {
        scope -> Text,
        key -> Text,
        request_hash -> Binary,
        status -> Nullable<Integer>,
        response -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    organization,
    board,
    holiday,
    membership,
    api_key,
    person_identifier,
    idempotency_key
);
