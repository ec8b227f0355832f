-- Words that packs, courses and records share (topics, kinds, places), stored once so that facts hold small integers.
CREATE TABLE word (
    id INTEGER NOT NULL PRIMARY KEY,
    text TEXT NOT NULL CHECK (length(text) <= 200),
    UNIQUE (text)
) STRICT;

-- One human. Facts that change about them are rows of their own.
CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY,
    language TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'es')),
    created_at INTEGER NOT NULL
) STRICT;

-- What a person is called, by kind and dates. Old names are never shown to others.
CREATE TABLE person_name (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('legal', 'used', 'previous')),
    name TEXT NOT NULL CHECK (length(name) <= 300),
    from_day INTEGER,
    through_day INTEGER,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    reason TEXT CHECK (length(reason) <= 500),
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;

-- Facts about a person that rules read and that can be corrected.
CREATE TABLE person_detail (
    person_id INTEGER NOT NULL REFERENCES person,
    revision INTEGER NOT NULL,
    birth_day INTEGER,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    reason TEXT CHECK (length(reason) <= 500),
    PRIMARY KEY (person_id, revision)
) STRICT, WITHOUT ROWID;

-- Two people found to be one. A merge is a decision and can be undone.
CREATE TABLE person_merge (
    person_id INTEGER NOT NULL REFERENCES person, -- the one who stays
    id INTEGER NOT NULL,
    absorbed_id INTEGER NOT NULL,
    merged_at INTEGER NOT NULL,
    merged_by INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) <= 500),
    undone_at INTEGER,
    undone_by INTEGER,
    PRIMARY KEY (person_id, id)
) STRICT, WITHOUT ROWID;

-- An address belongs to one person: unique over all, so keyed by itself.
CREATE TABLE email (
    address TEXT NOT NULL PRIMARY KEY CHECK (length(address) <= 320), -- lower case
    person_id INTEGER NOT NULL REFERENCES person,
    added_at INTEGER NOT NULL,
    verified_at INTEGER,
    bounced_at INTEGER,
    ended_at INTEGER
) STRICT;
CREATE INDEX email_by_person_id ON email (person_id);

-- How a person proves who they are.
CREATE TABLE login (
    person_id INTEGER NOT NULL PRIMARY KEY REFERENCES person,
    password_hash TEXT NOT NULL CHECK (length(password_hash) <= 300),
    changed_at INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER
) STRICT;

-- A signed-in device. Ending it refuses every token it issued at once.
CREATE TABLE session (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('web', 'api')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (person_id, id)
) STRICT, WITHOUT ROWID;

-- Refresh tokens and page cookies, as SHA-256. A used one that comes back ends its session.
CREATE TABLE session_token (
    token_hash BLOB NOT NULL PRIMARY KEY,
    person_id INTEGER NOT NULL,
    session_id INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    FOREIGN KEY (person_id, session_id) REFERENCES session (person_id, id)
) STRICT;
CREATE INDEX session_token_by_person_id_session_id ON session_token (person_id, session_id);

-- Links sent by mail: one purpose, one use, an end.
CREATE TABLE one_time_token (
    token_hash BLOB NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('verify_email', 'reset_password', 'invite', 'supervisor_link', 'unsubscribe', 'device')),
    person_id INTEGER REFERENCES person,
    about TEXT CHECK (length(about) <= 400),
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    used_at INTEGER
) STRICT;
