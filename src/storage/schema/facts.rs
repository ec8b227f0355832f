//! The tables of `facts`, as in the migration of that name.

diesel::table! {
    completion (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        completed_day -> Integer,
        started_day -> Nullable<Integer>,
        minutes -> Nullable<Integer>,
        kind -> Integer,
        delivery -> Nullable<Integer>,
        state -> Integer,
        course_id -> Nullable<BigInt>,
        program_id -> Nullable<BigInt>,
        session_id -> Nullable<BigInt>,
        approved -> Nullable<Bool>,
        source_key -> Nullable<BigInt>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    completion_topic (person_id, completion_id, revision, topic) {
        person_id -> BigInt,
        completion_id -> BigInt,
        revision -> Integer,
        topic -> Integer,
        minutes -> Nullable<Integer>,
    }
}

diesel::table! {
    completion_extra (person_id, completion_id, revision) {
        person_id -> BigInt,
        completion_id -> BigInt,
        revision -> Integer,
        content -> Text,
    }
}

diesel::table! {
    attendance (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        session_id -> BigInt,
        held_minutes -> Integer,
        attended_minutes -> Integer,
        excused_minutes -> Integer,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    service_entry (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        from_day -> Integer,
        to_day -> Integer,
        start_minute -> Nullable<Integer>,
        end_minute -> Nullable<Integer>,
        minutes -> Integer,
        kind -> Integer,
        state -> Integer,
        supervisor_id -> Nullable<BigInt>,
        domain -> Nullable<Integer>,
        setting -> Nullable<Integer>,
        role -> Nullable<Integer>,
        site -> Nullable<Integer>,
        paid -> Nullable<Bool>,
        observed -> Bool,
        group_size -> Nullable<Integer>,
        source_key -> Nullable<BigInt>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    service_attestation (person_id, entry_id, id) {
        person_id -> BigInt,
        entry_id -> BigInt,
        id -> BigInt,
        entry_revision -> Integer,
        supervisor_id -> BigInt,
        outcome -> Integer,
        reason -> Nullable<Text>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    supervision (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        supervisor_id -> BigInt,
        organization_id -> Nullable<BigInt>,
        state -> Text,
        delegate_of -> Nullable<BigInt>,
        from_day -> Integer,
        through_day -> Nullable<Integer>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    supervisor_eligibility (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        board_id -> BigInt,
        credential_id -> Nullable<BigInt>,
        from_day -> Integer,
        through_day -> Nullable<Integer>,
        withdrawn_on -> Nullable<Integer>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    exam_attempt (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        exam -> Integer,
        on_day -> Integer,
        outcome -> Integer,
        official -> Bool,
        official_day -> Nullable<Integer>,
        form -> Nullable<Text>,
        score -> Nullable<Text>,
        scale -> Nullable<Text>,
        pass_mark -> Nullable<Text>,
        domains -> Nullable<Text>,
        board_id -> Nullable<BigInt>,
        source_key -> Nullable<BigInt>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    attestation (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        kind -> Integer,
        value -> Nullable<Text>,
        subtype -> Nullable<Text>,
        on_day -> Integer,
        from_day -> Nullable<Integer>,
        through_day -> Nullable<Integer>,
        moment -> Nullable<Text>,
        made_by -> Text,
        made_by_id -> Nullable<Text>,
        by_standing -> Nullable<Text>,
        about -> Nullable<BigInt>,
        state -> Integer,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    employment (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        title -> Integer,
        employer -> Integer,
        from_day -> Integer,
        through_day -> Nullable<Integer>,
        weekly_minutes -> Nullable<Integer>,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    person_event (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        kind -> Integer,
        on_day -> Integer,
        credential_id -> Nullable<BigInt>,
        stage -> Nullable<Text>,
        state -> Integer,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    hold (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        credential_id -> Nullable<BigInt>,
        stage -> Nullable<Text>,
        kind -> Integer,
        from_day -> Integer,
        through_day -> Nullable<Integer>,
        state -> Integer,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    carry_over (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        credential_id -> BigInt,
        from_term -> Integer,
        topic -> Integer,
        as_topic -> Integer,
        minutes -> Integer,
        generation -> Integer,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    document (person_id, id) {
        person_id -> BigInt,
        id -> BigInt,
        sha256 -> Text,
        media_type -> Text,
        bytes -> Integer,
        about_kind -> Text,
        about_id -> BigInt,
        requirement -> Nullable<Text>,
        name -> Nullable<Text>,
        uploaded_at -> BigInt,
        uploaded_by -> BigInt,
        erased_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    dispute (person_id, id, revision) {
        person_id -> BigInt,
        id -> BigInt,
        revision -> Integer,
        fact_kind -> Text,
        fact_id -> BigInt,
        state -> Text,
        due_day -> Integer,
        words -> Text,
        recorded_at -> BigInt,
        recorded_by -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    completion,
    completion_topic,
    completion_extra,
    attendance,
    service_entry,
    service_attestation,
    supervision,
    supervisor_eligibility,
    exam_attempt,
    attestation,
    employment,
    person_event,
    hold,
    carry_over,
    document,
    dispute
);
