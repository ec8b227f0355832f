-- Learning that a person completed. Narrow and clustered by person: bulk evaluation reads it whole.
CREATE TABLE completion (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    completed_day INTEGER NOT NULL,
    started_day INTEGER,
    minutes INTEGER,
    kind INTEGER NOT NULL,
    delivery INTEGER,
    state INTEGER NOT NULL,
    course_id INTEGER,
    program_id INTEGER,
    session_id INTEGER,
    approved INTEGER CHECK (approved IN (0, 1)), -- stated by the board where no approval row says it
    source_key INTEGER, -- of the row it came from, so that a file can come twice
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    reason TEXT CHECK (length(reason) <= 500),
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;

-- The topics of a completion. Without minutes: a topic that may take what is not fixed.
CREATE TABLE completion_topic (
    person_id INTEGER NOT NULL,
    completion_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    topic INTEGER NOT NULL,
    minutes INTEGER,
    PRIMARY KEY (person_id, completion_id, revision, topic),
    FOREIGN KEY (person_id, completion_id, revision) REFERENCES completion (person_id, id, revision)
) STRICT, WITHOUT ROWID;

-- What few completions have: amounts in other units, attendance, tags, use for other credentials.
CREATE TABLE completion_extra (
    person_id INTEGER NOT NULL,
    completion_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    content TEXT NOT NULL, -- JSON in the words of the portable record
    PRIMARY KEY (person_id, completion_id, revision),
    FOREIGN KEY (person_id, completion_id, revision) REFERENCES completion (person_id, id, revision)
) STRICT, WITHOUT ROWID;

-- Who was there, and how long.
CREATE TABLE attendance (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    session_id INTEGER NOT NULL REFERENCES course_session,
    held_minutes INTEGER NOT NULL,
    attended_minutes INTEGER NOT NULL,
    excused_minutes INTEGER NOT NULL DEFAULT 0,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    reason TEXT CHECK (length(reason) <= 500),
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_by_session_id ON attendance (session_id);

-- Logged hours. Picked words only: nothing about the people served.
CREATE TABLE service_entry (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    start_minute INTEGER,
    end_minute INTEGER,
    minutes INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    state INTEGER NOT NULL,
    supervisor_id INTEGER,
    domain INTEGER,
    setting INTEGER,
    role INTEGER,
    site INTEGER,
    paid INTEGER CHECK (paid IN (0, 1)),
    observed INTEGER NOT NULL CHECK (observed IN (0, 1)),
    group_size INTEGER,
    source_key INTEGER,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    reason TEXT CHECK (length(reason) <= 500),
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;

-- What a supervisor said of one entry at one revision.
CREATE TABLE service_attestation (
    person_id INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    entry_revision INTEGER NOT NULL,
    supervisor_id INTEGER NOT NULL,
    outcome INTEGER NOT NULL, -- attested, sent_back, undone
    reason TEXT CHECK (length(reason) <= 500),
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (person_id, entry_id, id),
    FOREIGN KEY (person_id, entry_id, entry_revision) REFERENCES service_entry (person_id, id, revision)
) STRICT, WITHOUT ROWID;

-- A supervisor a person named, and whether they agreed. Delegates stand in for a time.
CREATE TABLE supervision (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    supervisor_id INTEGER NOT NULL,
    organization_id INTEGER REFERENCES organization,
    state TEXT NOT NULL CHECK (state IN ('asked', 'active', 'ended')),
    delegate_of INTEGER,
    from_day INTEGER NOT NULL,
    through_day INTEGER,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX supervision_by_supervisor_id ON supervision (supervisor_id);

-- When a board holds a person eligible to supervise. Keyed by the supervisor.
CREATE TABLE supervisor_eligibility (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    board_id INTEGER NOT NULL REFERENCES organization,
    credential_id INTEGER REFERENCES credential,
    from_day INTEGER NOT NULL,
    through_day INTEGER,
    withdrawn_on INTEGER,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    reason TEXT CHECK (length(reason) <= 500),
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX supervisor_eligibility_by_board_id ON supervisor_eligibility (board_id, id);

-- Sittings of an exam.
CREATE TABLE exam_attempt (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    exam INTEGER NOT NULL,
    on_day INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    official INTEGER NOT NULL CHECK (official IN (0, 1)),
    official_day INTEGER,
    form TEXT CHECK (length(form) <= 60),
    score TEXT CHECK (length(score) <= 30),
    scale TEXT CHECK (length(scale) <= 30),
    pass_mark TEXT CHECK (length(pass_mark) <= 30),
    domains TEXT,
    board_id INTEGER,
    source_key INTEGER,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    reason TEXT CHECK (length(reason) <= 500),
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;

-- Statements with a date and who made them. Of lived experience the kind and the day alone, never a story.
CREATE TABLE attestation (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    value TEXT CHECK (length(value) <= 200),
    subtype TEXT CHECK (length(subtype) <= 80),
    on_day INTEGER NOT NULL,
    from_day INTEGER,
    through_day INTEGER,
    moment TEXT CHECK (length(moment) <= 40),
    made_by TEXT NOT NULL CHECK (length(made_by) <= 40),
    made_by_id TEXT CHECK (length(made_by_id) <= 40),
    by_standing TEXT CHECK (length(by_standing) <= 80),
    about INTEGER,
    state INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    reason TEXT CHECK (length(reason) <= 500),
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;

-- Work that rules ask about.
CREATE TABLE employment (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    title INTEGER NOT NULL,
    employer INTEGER NOT NULL,
    from_day INTEGER NOT NULL,
    through_day INTEGER,
    weekly_minutes INTEGER,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    reason TEXT CHECK (length(reason) <= 500),
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;

-- Dated happenings that rules anchor on, such as being hired.
CREATE TABLE person_event (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    on_day INTEGER NOT NULL,
    credential_id INTEGER,
    stage TEXT CHECK (length(stage) <= 60),
    state INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    reason TEXT CHECK (length(reason) <= 500),
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;

-- Times in which clocks stand still or demands are waived.
CREATE TABLE hold (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    credential_id INTEGER,
    stage TEXT CHECK (length(stage) <= 60),
    kind INTEGER NOT NULL,
    from_day INTEGER NOT NULL,
    through_day INTEGER,
    state INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    reason TEXT CHECK (length(reason) <= 500),
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;

-- Minutes that move from one term to the next.
CREATE TABLE carry_over (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    credential_id INTEGER NOT NULL,
    from_term INTEGER NOT NULL,
    topic INTEGER NOT NULL,
    as_topic INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;

-- Evidence, kept outside the database under its hash.
CREATE TABLE document (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) <= 80),
    media_type TEXT NOT NULL CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg')),
    bytes INTEGER NOT NULL,
    about_kind TEXT NOT NULL CHECK (length(about_kind) <= 40),
    about_id INTEGER NOT NULL,
    requirement TEXT CHECK (length(requirement) <= 120),
    name TEXT CHECK (length(name) <= 120), -- as its sender calls it; never a path
    uploaded_at INTEGER NOT NULL,
    uploaded_by INTEGER NOT NULL,
    erased_at INTEGER,
    PRIMARY KEY (person_id, id)
) STRICT, WITHOUT ROWID;

-- Something a person says is wrong. Both sides see it; it has a clock and an outcome.
CREATE TABLE dispute (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    fact_kind TEXT NOT NULL CHECK (length(fact_kind) <= 40),
    fact_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'corrected', 'withdrawn')),
    due_day INTEGER NOT NULL,
    words TEXT NOT NULL CHECK (length(words) <= 1000),
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (person_id, id, revision)
) STRICT, WITHOUT ROWID;
