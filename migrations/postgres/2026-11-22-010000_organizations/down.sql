DROP TABLE idempotency_key;
DROP TABLE person_identifier;
DROP TABLE api_key;
DROP TABLE membership;
DROP TABLE holiday;
DROP TABLE board;
DROP TABLE organization;
