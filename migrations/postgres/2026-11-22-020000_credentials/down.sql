DROP TABLE import_run;
DROP TABLE course_session;
DROP TABLE approval;
DROP TABLE course_topic;
DROP TABLE course;
DROP TABLE rule_version;
DROP TABLE credential;
