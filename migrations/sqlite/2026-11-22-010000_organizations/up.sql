-- Boards, training programs and employers.
CREATE TABLE organization (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('board', 'program', 'employer')),
    slug TEXT NOT NULL CHECK (length(slug) <= 80),
    name TEXT NOT NULL CHECK (length(name) <= 200),
    region TEXT CHECK (length(region) <= 10),
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    UNIQUE (slug)
) STRICT;

-- What a board decides about its own work: its time zone rules every day of its credentials.
CREATE TABLE board (
    organization_id INTEGER NOT NULL PRIMARY KEY REFERENCES organization,
    time_zone TEXT NOT NULL CHECK (length(time_zone) <= 60),
    number_prefix TEXT NOT NULL CHECK (length(number_prefix) <= 6),
    phone TEXT CHECK (length(phone) <= 60),
    register_fields TEXT NOT NULL, -- JSON list: what the public may see
    certificate_style TEXT NOT NULL, -- JSON: colours, seal, border, signatory
    updated_at INTEGER NOT NULL
) STRICT;

-- Days on which a board does not work, for deadlines that roll.
CREATE TABLE holiday (
    organization_id INTEGER NOT NULL REFERENCES organization,
    day INTEGER NOT NULL,
    name TEXT NOT NULL CHECK (length(name) <= 120),
    PRIMARY KEY (organization_id, day)
) STRICT, WITHOUT ROWID;

-- A person's role in an organization. Without organization: administrator of this installation.
CREATE TABLE membership (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    organization_id INTEGER REFERENCES organization,
    role TEXT NOT NULL CHECK (role IN ('program_staff', 'reviewer', 'registrar', 'auditor', 'administrator')),
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'ended')),
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    reason TEXT CHECK (length(reason) <= 500),
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_by_organization_id_role ON membership (organization_id, role);

-- Keys for other systems of an organization.
CREATE TABLE api_key (
    token_hash BLOB NOT NULL PRIMARY KEY,
    id INTEGER NOT NULL,
    organization_id INTEGER NOT NULL REFERENCES organization,
    label TEXT NOT NULL CHECK (length(label) <= 120),
    scopes TEXT NOT NULL CHECK (length(scopes) <= 400),
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    revoked_at INTEGER,
    UNIQUE (id)
) STRICT;

-- A number by which an organization knows a person, such as a licence or student number.
CREATE TABLE person_identifier (
    organization_id INTEGER NOT NULL REFERENCES organization,
    value TEXT NOT NULL CHECK (length(value) <= 80),
    person_id INTEGER NOT NULL REFERENCES person,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (organization_id, value)
) STRICT;
CREATE INDEX person_identifier_by_person_id ON person_identifier (person_id);

-- A key that makes a repeated request safe: same key and body, same answer.
CREATE TABLE idempotency_key (
    scope TEXT NOT NULL CHECK (length(scope) <= 120), -- who asked
    key TEXT NOT NULL CHECK (length(key) <= 200),
    request_hash BLOB NOT NULL,
    status INTEGER,
    response TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT;
