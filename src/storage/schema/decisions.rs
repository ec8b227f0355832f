//! The tables of `decisions`, as in the migration of that name.

diesel::table! {
    application (person_id, id) {
        person_id -> BigInt,
        id -> BigInt,
        credential_id -> BigInt,
        purpose -> Text,
        stage -> Nullable<Text>,
        version -> Nullable<Text>,
        path -> Nullable<Text>,
        cohort -> Nullable<Text>,
        received_day -> Integer,
        created_at -> BigInt,
        created_by -> BigInt,
    }
}

diesel::table! {
    application_event (person_id, application_id, seq) {
        person_id -> BigInt,
        application_id -> BigInt,
        seq -> Integer,
        kind -> Text,
        on_day -> Integer,
        note -> Nullable<Text>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    board_queue (board_id, received_day, application_id) {
        board_id -> BigInt,
        received_day -> Integer,
        application_id -> BigInt,
        person_id -> BigInt,
        credential_id -> BigInt,
        state -> Text,
    }
}

diesel::table! {
    application_open (person_id, credential_id, purpose) {
        person_id -> BigInt,
        credential_id -> BigInt,
        purpose -> Text,
        application_id -> BigInt,
    }
}

diesel::table! {
    review_item (person_id, application_id, requirement, revision) {
        person_id -> BigInt,
        application_id -> BigInt,
        requirement -> Text,
        revision -> Integer,
        outcome -> Text,
        reason -> Nullable<Text>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    evaluation (person_id, id) {
        person_id -> BigInt,
        id -> BigInt,
        credential_id -> BigInt,
        version -> Text,
        version_hash -> Text,
        inputs_hash -> Text,
        question -> Text,
        record -> Text,
        answer -> Text,
        recorded_at -> BigInt,
    }
}

diesel::table! {
    decision (person_id, id) {
        person_id -> BigInt,
        id -> BigInt,
        credential_id -> BigInt,
        application_id -> Nullable<BigInt>,
        evaluation_id -> Nullable<BigInt>,
        requirement -> Nullable<Text>,
        outcome -> Text,
        on_day -> Integer,
        until_day -> Nullable<Integer>,
        minutes -> Nullable<Integer>,
        reason -> Text,
        next_step -> Nullable<Text>,
        appeal -> Nullable<Text>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    application,
    application_event,
    board_queue,
    application_open,
    review_item,
    evaluation,
    decision
);
