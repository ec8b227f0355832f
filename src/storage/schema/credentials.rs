//! The tables of `credentials`, as in the migration of that name.

diesel::table! {
    credential (id) {
        id -> BigInt,
        slug -> Text,
        region -> Text,
        organization_id -> BigInt,
        title -> Text,
        created_at -> BigInt,
        created_by -> BigInt,
    }
}

diesel::table! {
    rule_version (credential_id, version) {
        credential_id -> BigInt,
        version -> Text,
        in_force_from -> Integer,
        hash -> Text,
        content -> Text,
        published_at -> BigInt,
        published_by -> BigInt,
    }
}

diesel::table! {
    course (id) {
        id -> BigInt,
        organization_id -> BigInt,
        code -> Text,
        title -> Text,
        kind -> Integer,
        delivery -> Integer,
        minutes -> Integer,
        created_at -> BigInt,
        created_by -> BigInt,
        retired_on -> Nullable<Integer>,
    }
}

diesel::table! {
    course_topic (course_id, topic) {
        course_id -> BigInt,
        topic -> Integer,
        minutes -> Nullable<Integer>,
    }
}

diesel::table! {
    approval (board_id, id, revision) {
        board_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        credential_id -> Nullable<BigInt>,
        program_id -> Nullable<BigInt>,
        course_id -> Nullable<BigInt>,
        number -> Nullable<Text>,
        lists -> Text,
        from_day -> Integer,
        through_day -> Nullable<Integer>,
        withdrawn_on -> Nullable<Integer>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    course_session (id) {
        id -> BigInt,
        course_id -> BigInt,
        from_day -> Integer,
        through_day -> Integer,
        place -> Nullable<Text>,
        seats -> Nullable<Integer>,
        created_at -> BigInt,
        created_by -> BigInt,
    }
}

diesel::table! {
    import_run (id) {
        id -> BigInt,
        kind -> Text,
        organization_id -> Nullable<BigInt>,
        file_hash -> Text,
        rows_read -> Integer,
        rows_added -> Integer,
        rows_known -> Integer,
        rows_refused -> Integer,
        started_at -> BigInt,
        finished_at -> Nullable<BigInt>,
        started_by -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    credential,
    rule_version,
    course,
    course_topic,
    approval,
    course_session,
    import_run
);
