-- A wish to be certified or renewed. Its state is that of its latest event.
CREATE TABLE application (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    credential_id INTEGER NOT NULL REFERENCES credential,
    purpose TEXT NOT NULL CHECK (purpose IN ('initial', 'renewal', 'reinstatement', 'reciprocity')),
    stage TEXT CHECK (length(stage) <= 60),
    version TEXT CHECK (length(version) <= 40),
    path TEXT CHECK (length(path) <= 60),
    cohort TEXT CHECK (length(cohort) <= 60),
    received_day INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    PRIMARY KEY (person_id, id)
) STRICT, WITHOUT ROWID;

-- What happened to an application.
CREATE TABLE application_event (
    person_id INTEGER NOT NULL,
    application_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('received', 'complete', 'more_needed', 'approved', 'refused', 'withdrawn')),
    on_day INTEGER NOT NULL,
    note TEXT CHECK (length(note) <= 1000),
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (person_id, application_id, seq),
    FOREIGN KEY (person_id, application_id) REFERENCES application (person_id, id)
) STRICT, WITHOUT ROWID;

-- Applications a board still has to decide: small, board by board, oldest first.
CREATE TABLE board_queue (
    board_id INTEGER NOT NULL REFERENCES organization,
    received_day INTEGER NOT NULL,
    application_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    credential_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'more_needed')),
    PRIMARY KEY (board_id, received_day, application_id)
) STRICT;

-- What a person has applied for and is not decided: the lock that lets one application be open for the same.
CREATE TABLE application_open (
    person_id INTEGER NOT NULL,
    credential_id INTEGER NOT NULL REFERENCES credential,
    purpose TEXT NOT NULL CHECK (length(purpose) <= 20),
    application_id INTEGER NOT NULL,
    PRIMARY KEY (person_id, credential_id, purpose),
    FOREIGN KEY (person_id, application_id) REFERENCES application (person_id, id)
) STRICT, WITHOUT ROWID;

-- A reviewer's word on one requirement of an application.
CREATE TABLE review_item (
    person_id INTEGER NOT NULL,
    application_id INTEGER NOT NULL,
    requirement TEXT NOT NULL CHECK (length(requirement) <= 120),
    revision INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'not_accepted', 'question')),
    reason TEXT CHECK (length(reason) <= 1000),
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (person_id, application_id, requirement, revision),
    FOREIGN KEY (person_id, application_id) REFERENCES application (person_id, id)
) STRICT, WITHOUT ROWID;

-- An evaluation that a decision rests on: enough to run it again to the same bytes.
CREATE TABLE evaluation (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    credential_id INTEGER NOT NULL,
    version TEXT NOT NULL CHECK (length(version) <= 40),
    version_hash TEXT NOT NULL CHECK (length(version_hash) <= 80),
    inputs_hash TEXT NOT NULL CHECK (length(inputs_hash) <= 80),
    question TEXT NOT NULL,
    record TEXT NOT NULL,
    answer TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, id)
) STRICT, WITHOUT ROWID;

-- What the board decided, by whom and why.
CREATE TABLE decision (
    person_id INTEGER NOT NULL REFERENCES person,
    id INTEGER NOT NULL,
    credential_id INTEGER NOT NULL,
    application_id INTEGER,
    evaluation_id INTEGER,
    requirement TEXT CHECK (length(requirement) <= 120),
    outcome TEXT NOT NULL CHECK (outcome IN ('approved', 'refused', 'waived', 'extended', 'exempted')),
    on_day INTEGER NOT NULL,
    until_day INTEGER,
    minutes INTEGER,
    reason TEXT NOT NULL CHECK (length(reason) <= 1000),
    next_step TEXT CHECK (length(next_step) <= 1000),
    appeal TEXT CHECK (length(appeal) <= 1000),
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (person_id, id)
) STRICT, WITHOUT ROWID;
