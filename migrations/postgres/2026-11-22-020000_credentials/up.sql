-- A kind of credential that a board gives, ruled by a pack.
CREATE TABLE credential (
    id BIGINT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL CHECK (length(slug) <= 60),
    region TEXT NOT NULL CHECK (length(region) <= 10),
    organization_id BIGINT NOT NULL REFERENCES organization,
    title TEXT NOT NULL CHECK (length(title) <= 200),
    created_at BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    UNIQUE (slug)
);

-- One dated version of a credential's rules. Immutable once published.
CREATE TABLE rule_version (
    credential_id BIGINT NOT NULL REFERENCES credential,
    version TEXT NOT NULL CHECK (length(version) <= 40),
    in_force_from INTEGER NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) <= 80),
    content TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    published_by BIGINT NOT NULL,
    PRIMARY KEY (credential_id, version)
);

-- A training program's course.
CREATE TABLE course (
    id BIGINT NOT NULL PRIMARY KEY,
    organization_id BIGINT NOT NULL REFERENCES organization,
    code TEXT NOT NULL CHECK (length(code) <= 80),
    title TEXT NOT NULL CHECK (length(title) <= 200),
    kind INTEGER NOT NULL REFERENCES word,
    delivery INTEGER NOT NULL REFERENCES word,
    minutes INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    retired_on INTEGER,
    UNIQUE (organization_id, code)
);

-- How a course's minutes divide over topics. Without minutes: the topic shares what is not fixed.
CREATE TABLE course_topic (
    course_id BIGINT NOT NULL REFERENCES course,
    topic INTEGER NOT NULL REFERENCES word,
    minutes INTEGER,
    PRIMARY KEY (course_id, topic)
);

-- A board's approval of a program or a course, with dates. Withdrawal is apart from expiry.
CREATE TABLE approval (
    board_id BIGINT NOT NULL REFERENCES organization,
    id BIGINT NOT NULL,
    revision INTEGER NOT NULL,
    credential_id BIGINT REFERENCES credential, -- none: every credential of the board
    program_id BIGINT REFERENCES organization,
    course_id BIGINT REFERENCES course,
    number TEXT CHECK (length(number) <= 60),
    lists TEXT NOT NULL DEFAULT '', -- names of the board's lists, separated by spaces
    from_day INTEGER NOT NULL,
    through_day INTEGER,
    withdrawn_on INTEGER,
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT NOT NULL,
    reason TEXT CHECK (length(reason) <= 500),
    PRIMARY KEY (board_id, id, revision),
    CHECK ((program_id IS NULL) <> (course_id IS NULL))
);
CREATE INDEX approval_by_program_id ON approval (program_id);
CREATE INDEX approval_by_course_id ON approval (course_id);

-- A dated run of a course.
CREATE TABLE course_session (
    id BIGINT NOT NULL PRIMARY KEY,
    course_id BIGINT NOT NULL REFERENCES course,
    from_day INTEGER NOT NULL,
    through_day INTEGER NOT NULL,
    place TEXT CHECK (length(place) <= 200),
    seats INTEGER,
    created_at BIGINT NOT NULL,
    created_by BIGINT NOT NULL
);
CREATE INDEX course_session_by_course_id_from_day ON course_session (course_id, from_day);

-- A file of rows brought in, so that the same file brings in nothing twice.
CREATE TABLE import_run (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('completions', 'hours', 'exams', 'people', 'awards')),
    organization_id BIGINT REFERENCES organization,
    file_hash TEXT NOT NULL CHECK (length(file_hash) <= 80),
    rows_read INTEGER NOT NULL,
    rows_added INTEGER NOT NULL,
    rows_known INTEGER NOT NULL,
    rows_refused INTEGER NOT NULL,
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    started_by BIGINT NOT NULL
);
