//! The tables of `awards`, as in the migration of that name.

diesel::table! {
    award (person_id, id) {
        person_id -> BigInt,
        id -> BigInt,
        credential_id -> BigInt,
        path -> Nullable<Text>,
        issued_day -> Integer,
        decision_id -> Nullable<BigInt>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    award_term (person_id, award_id, id) {
        person_id -> BigInt,
        award_id -> BigInt,
        id -> BigInt,
        stage -> Text,
        kind -> Text,
        from_day -> Integer,
        through_day -> Nullable<Integer>,
        version -> Text,
        computed -> Text,
        opens_day -> Nullable<Integer>,
        due_day -> Nullable<Integer>,
        late_day -> Nullable<Integer>,
        grace_day -> Nullable<Integer>,
        decision_id -> Nullable<BigInt>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    status_event (person_id, award_id, id) {
        person_id -> BigInt,
        award_id -> BigInt,
        id -> BigInt,
        standing -> Text,
        discipline -> Text,
        flags -> Text,
        from_day -> Integer,
        through_day -> Nullable<Integer>,
        reason -> Text,
        authority -> Nullable<Text>,
        decision_id -> Nullable<BigInt>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    certificate (person_id, id) {
        person_id -> BigInt,
        id -> BigInt,
        award_id -> BigInt,
        term_id -> BigInt,
        number -> Text,
        code -> Text,
        state -> Text,
        name -> Text,
        facts -> Text,
        language -> Text,
        page_size -> Text,
        sha256 -> Nullable<Text>,
        bytes -> Nullable<Integer>,
        reserved_at -> BigInt,
        issued_at -> Nullable<BigInt>,
        issued_by -> BigInt,
        replaces -> Nullable<BigInt>,
    }
}

diesel::table! {
    certificate_code (code) {
        code -> Text,
        person_id -> BigInt,
        certificate_id -> BigInt,
    }
}

diesel::table! {
    certificate_number (number) {
        number -> Text,
        person_id -> BigInt,
        certificate_id -> BigInt,
    }
}

diesel::table! {
    certificate_issue (person_id, award_id, term_id, seq) {
        person_id -> BigInt,
        award_id -> BigInt,
        term_id -> BigInt,
        seq -> Integer,
        certificate_id -> BigInt,
    }
}

diesel::table! {
    register_choice (person_id, revision) {
        person_id -> BigInt,
        revision -> Integer,
        shown -> Bool,
        safety -> Bool,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    award,
    award_term,
    status_event,
    certificate,
    certificate_code,
    certificate_number,
    certificate_issue,
    register_choice
);
