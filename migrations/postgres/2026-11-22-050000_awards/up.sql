-- One person's credential: a chain of terms. Its identity never changes.
CREATE TABLE award (
    person_id BIGINT NOT NULL REFERENCES person,
    id BIGINT NOT NULL,
    credential_id BIGINT NOT NULL REFERENCES credential,
    path TEXT CHECK (length(path) <= 60),
    issued_day INTEGER NOT NULL,
    decision_id BIGINT,
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (person_id, id),
    UNIQUE (person_id, credential_id, issued_day)
);
CREATE INDEX award_by_credential_id_person_id ON award (credential_id, person_id);

-- A stretch of an award: renewal adds one, earlier ones stay.
CREATE TABLE award_term (
    person_id BIGINT NOT NULL,
    award_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    stage TEXT NOT NULL CHECK (length(stage) <= 60),
    kind TEXT NOT NULL CHECK (kind IN ('first', 'renewal', 'extension')),
    from_day INTEGER NOT NULL,
    through_day INTEGER, -- none: it does not end
    version TEXT NOT NULL CHECK (length(version) <= 40),
    computed TEXT NOT NULL CHECK (length(computed) <= 400), -- how the end was found
    opens_day INTEGER,
    due_day INTEGER,
    late_day INTEGER,
    grace_day INTEGER,
    decision_id BIGINT,
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (person_id, award_id, id),
    FOREIGN KEY (person_id, award_id) REFERENCES award (person_id, id),
    UNIQUE (person_id, award_id, from_day, stage)
);
CREATE INDEX award_term_by_through_day ON award_term (through_day);

-- What the status was from a day on: three independent things, with reason and authority.
CREATE TABLE status_event (
    person_id BIGINT NOT NULL,
    award_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('applicant', 'candidate', 'provisional', 'active', 'inactive', 'retired', 'expired', 'canceled', 'denied', 'withdrawn', 'deceased')),
    discipline TEXT NOT NULL CHECK (discipline IN ('none', 'probation', 'suspended', 'revoked', 'surrendered')),
    flags TEXT NOT NULL DEFAULT '', -- separated by spaces
    from_day INTEGER NOT NULL,
    through_day INTEGER,
    reason TEXT NOT NULL CHECK (length(reason) <= 500),
    authority TEXT CHECK (length(authority) <= 200),
    decision_id BIGINT,
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (person_id, award_id, id),
    FOREIGN KEY (person_id, award_id) REFERENCES award (person_id, id)
);

-- A certificate given out: frozen facts, exact bytes by hash.
CREATE TABLE certificate (
    person_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    award_id BIGINT NOT NULL,
    term_id BIGINT NOT NULL,
    number TEXT NOT NULL CHECK (length(number) <= 40),
    code TEXT NOT NULL CHECK (length(code) <= 40),
    state TEXT NOT NULL CHECK (state IN ('reserved', 'issued')),
    name TEXT NOT NULL CHECK (length(name) <= 300),
    facts TEXT NOT NULL, -- JSON, as printed
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    page_size TEXT NOT NULL CHECK (page_size IN ('letter', 'a4')),
    sha256 TEXT CHECK (length(sha256) <= 80),
    bytes INTEGER,
    reserved_at BIGINT NOT NULL,
    issued_at BIGINT,
    issued_by BIGINT NOT NULL,
    replaces BIGINT,
    PRIMARY KEY (person_id, id),
    FOREIGN KEY (person_id, award_id, term_id) REFERENCES award_term (person_id, award_id, id)
);
CREATE INDEX certificate_by_person_id_award_id_term_id ON certificate (person_id, award_id, term_id);
CREATE INDEX certificate_by_sha256 ON certificate (sha256);
-- Those that a crash interrupted; nearly always none.
CREATE INDEX certificate_by_reserved_at ON certificate (reserved_at, id) WHERE state = 'reserved';

-- The secret code of a certificate, unique over all.
CREATE TABLE certificate_code (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) <= 40),
    person_id BIGINT NOT NULL,
    certificate_id BIGINT NOT NULL,
    FOREIGN KEY (person_id, certificate_id) REFERENCES certificate (person_id, id)
);

-- The number printed on a certificate, unique over all.
CREATE TABLE certificate_number (
    number TEXT NOT NULL PRIMARY KEY CHECK (length(number) <= 40),
    person_id BIGINT NOT NULL,
    certificate_id BIGINT NOT NULL,
    FOREIGN KEY (person_id, certificate_id) REFERENCES certificate (person_id, id)
);

-- One certificate per term unless it is reissued: the lock that makes issuing happen once.
CREATE TABLE certificate_issue (
    person_id BIGINT NOT NULL,
    award_id BIGINT NOT NULL,
    term_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    certificate_id BIGINT NOT NULL,
    PRIMARY KEY (person_id, award_id, term_id, seq)
);

-- What a person lets the public see.
CREATE TABLE register_choice (
    person_id BIGINT NOT NULL REFERENCES person,
    revision INTEGER NOT NULL,
    shown BOOLEAN NOT NULL,
    safety BOOLEAN NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (person_id, revision)
);
