-- A wish to be certified or renewed. Its state is that of its latest event.
CREATE TABLE application (
    person_id BIGINT NOT NULL REFERENCES person,
    id BIGINT NOT NULL,
    credential_id BIGINT NOT NULL REFERENCES credential,
    purpose TEXT NOT NULL CHECK (purpose IN ('initial', 'renewal', 'reinstatement', 'reciprocity')),
    stage TEXT CHECK (length(stage) <= 60),
    version TEXT CHECK (length(version) <= 40),
    path TEXT CHECK (length(path) <= 60),
    cohort TEXT CHECK (length(cohort) <= 60),
    received_day INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    PRIMARY KEY (person_id, id)
);

-- What happened to an application.
CREATE TABLE application_event (
    person_id BIGINT NOT NULL,
    application_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('received', 'complete', 'more_needed', 'approved', 'refused', 'withdrawn')),
    on_day INTEGER NOT NULL,
    note TEXT CHECK (length(note) <= 1000),
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (person_id, application_id, seq),
    FOREIGN KEY (person_id, application_id) REFERENCES application (person_id, id)
);

-- Applications a board still has to decide: small, board by board, oldest first.
CREATE TABLE board_queue (
    board_id BIGINT NOT NULL REFERENCES organization,
    received_day INTEGER NOT NULL,
    application_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    credential_id BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'more_needed')),
    PRIMARY KEY (board_id, received_day, application_id)
);

-- What a person has applied for and is not decided: the lock that lets one application be open for the same.
CREATE TABLE application_open (
    person_id BIGINT NOT NULL,
    credential_id BIGINT NOT NULL REFERENCES credential,
    purpose TEXT NOT NULL CHECK (length(purpose) <= 20),
    application_id BIGINT NOT NULL,
    PRIMARY KEY (person_id, credential_id, purpose),
    FOREIGN KEY (person_id, application_id) REFERENCES application (person_id, id)
);

-- A reviewer's word on one requirement of an application.
CREATE TABLE review_item (
    person_id BIGINT NOT NULL,
    application_id BIGINT NOT NULL,
    requirement TEXT NOT NULL CHECK (length(requirement) <= 120),
    revision INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'not_accepted', 'question')),
    reason TEXT CHECK (length(reason) <= 1000),
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (person_id, application_id, requirement, revision),
    FOREIGN KEY (person_id, application_id) REFERENCES application (person_id, id)
);

-- An evaluation that a decision rests on: enough to run it again to the same bytes.
CREATE TABLE evaluation (
    person_id BIGINT NOT NULL REFERENCES person,
    id BIGINT NOT NULL,
    credential_id BIGINT NOT NULL,
    version TEXT NOT NULL CHECK (length(version) <= 40),
    version_hash TEXT NOT NULL CHECK (length(version_hash) <= 80),
    inputs_hash TEXT NOT NULL CHECK (length(inputs_hash) <= 80),
    question TEXT NOT NULL,
    record TEXT NOT NULL,
    answer TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, id)
);

-- What the board decided, by whom and why.
CREATE TABLE decision (
    person_id BIGINT NOT NULL REFERENCES person,
    id BIGINT NOT NULL,
    credential_id BIGINT NOT NULL,
    application_id BIGINT,
    evaluation_id BIGINT,
    requirement TEXT CHECK (length(requirement) <= 120),
    outcome TEXT NOT NULL CHECK (outcome IN ('approved', 'refused', 'waived', 'extended', 'exempted')),
    on_day INTEGER NOT NULL,
    until_day INTEGER,
    minutes INTEGER,
    reason TEXT NOT NULL CHECK (length(reason) <= 1000),
    next_step TEXT CHECK (length(next_step) <= 1000),
    appeal TEXT CHECK (length(appeal) <= 1000),
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (person_id, id)
);
