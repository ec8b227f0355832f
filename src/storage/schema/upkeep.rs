//! The tables of `upkeep`, as in the migration of that name.

diesel::table! {
    notice (person_id, id) {
        person_id -> BigInt,
        id -> BigInt,
        kind -> Text,
        language -> Text,
        content -> Text,
        about -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    outbox (id) {
        id -> BigInt,
        kind -> Text,
        person_id -> Nullable<BigInt>,
        payload -> Text,
        run_at -> BigInt,
        attempts -> Integer,
        locked_until -> BigInt,
        state -> Text,
        last_problem -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    delivery (person_id, notice_id, attempt) {
        person_id -> BigInt,
        notice_id -> BigInt,
        attempt -> Integer,
        outcome -> Text,
        detail -> Nullable<Text>,
        at -> BigInt,
    }
}

diesel::table! {
    reminder (person_id, term_id, kind, offset_days, deadline) {
        person_id -> BigInt,
        term_id -> BigInt,
        kind -> Text,
        offset_days -> Integer,
        deadline -> Integer,
        notice_id -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    notice_preference (person_id, kind) {
        person_id -> BigInt,
        kind -> Text,
        wanted -> Bool,
        changed_at -> BigInt,
    }
}

diesel::table! {
    evaluation_due (person_id) {
        person_id -> BigInt,
        since -> BigInt,
    }
}

diesel::table! {
    audit_log (seq) {
        seq -> BigInt,
        at -> BigInt,
        actor -> BigInt,
        action -> Text,
        subject -> Text,
        person_id -> Nullable<BigInt>,
        detail -> Text,
        previous_hash -> Binary,
        hash -> Binary,
    }
}

diesel::table! {
    audit_head (id) {
        id -> Integer,
        seq -> BigInt,
        hash -> Binary,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    notice,
    outbox,
    delivery,
    reminder,
    notice_preference,
    evaluation_due,
    audit_log,
    audit_head
);
