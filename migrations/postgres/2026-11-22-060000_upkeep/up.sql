-- A message that is owed to a person.
CREATE TABLE notice (
    person_id BIGINT NOT NULL REFERENCES person,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (length(kind) <= 60),
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    content TEXT NOT NULL, -- JSON of the typed notice
    about TEXT CHECK (length(about) <= 200),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, id)
);

-- Work to do outside a transaction, written inside one.
CREATE TABLE outbox (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (length(kind) <= 40),
    person_id BIGINT,
    payload TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    locked_until BIGINT NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'parked')),
    last_problem TEXT CHECK (length(last_problem) <= 500),
    created_at BIGINT NOT NULL
);
CREATE INDEX outbox_by_state_run_at_id ON outbox (state, run_at, id);

-- What became of each message.
CREATE TABLE delivery (
    person_id BIGINT NOT NULL,
    notice_id BIGINT NOT NULL,
    attempt INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'retry', 'refused', 'parked', 'skipped')),
    detail TEXT CHECK (length(detail) <= 500),
    at BIGINT NOT NULL,
    PRIMARY KEY (person_id, notice_id, attempt)
);

-- Reminders that were planned, so that each goes out once per deadline.
CREATE TABLE reminder (
    person_id BIGINT NOT NULL,
    term_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (length(kind) <= 40),
    offset_days INTEGER NOT NULL,
    deadline INTEGER NOT NULL,
    notice_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, term_id, kind, offset_days, deadline)
);

-- What a person wants to be told about.
CREATE TABLE notice_preference (
    person_id BIGINT NOT NULL REFERENCES person,
    kind TEXT NOT NULL CHECK (length(kind) <= 60),
    wanted BOOLEAN NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, kind)
);

-- People whose facts changed since they were last evaluated.
CREATE TABLE evaluation_due (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person,
    since BIGINT NOT NULL
);

-- Who did what, when. Each row seals the one before it.
CREATE TABLE audit_log (
    seq BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor BIGINT NOT NULL,
    action TEXT NOT NULL CHECK (length(action) <= 80),
    subject TEXT NOT NULL CHECK (length(subject) <= 120),
    person_id BIGINT,
    detail TEXT NOT NULL,
    previous_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL
);
CREATE INDEX audit_log_by_person_id ON audit_log (person_id);

-- The last row of the audit log; writers take turns on it.
CREATE TABLE audit_head (
    id INTEGER NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL
);
