//! The tables of `people`, as in the migration of that name.

diesel::table! {
    word (id) {
        id -> Integer,
        text -> Text,
    }
}

diesel::table! {
    person (id) {
        id -> BigInt,
        language -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    person_name (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        kind -> Text,
        name -> Text,
        from_day -> Nullable<Integer>,
        through_day -> Nullable<Integer>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    person_detail (person_id, revision) {
        person_id -> BigInt,
        revision -> Integer,
        birth_day -> Nullable<Integer>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    person_merge (person_id, id) {
        person_id -> BigInt,
        id -> BigInt,
        absorbed_id -> BigInt,
        merged_at -> BigInt,
        merged_by -> BigInt,
        reason -> Text,
        undone_at -> Nullable<BigInt>,
        undone_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    email (address) {
        address -> Text,
        person_id -> BigInt,
        added_at -> BigInt,
        verified_at -> Nullable<BigInt>,
        bounced_at -> Nullable<BigInt>,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    login (person_id) {
        person_id -> BigInt,
        password_hash -> Text,
        changed_at -> BigInt,
        failures -> Integer,
        locked_until -> Nullable<BigInt>,
    }
}

diesel::table! {
    session (person_id, id) {
        person_id -> BigInt,
        id -> BigInt,
        kind -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    session_token (token_hash) {
        token_hash -> Binary,
        person_id -> BigInt,
        session_id -> BigInt,
        issued_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    one_time_token (token_hash) {
        token_hash -> Binary,
        purpose -> Text,
        person_id -> Nullable<BigInt>,
        about -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        used_at -> Nullable<BigInt>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    word,
    person,
    person_name,
    person_detail,
    person_merge,
    email,
    login,
    session,
    session_token,
    one_time_token
);
