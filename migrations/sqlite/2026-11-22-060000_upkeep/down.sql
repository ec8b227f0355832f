DROP TABLE audit_head;
DROP TABLE audit_log;
DROP TABLE evaluation_due;
DROP TABLE notice_preference;
DROP TABLE reminder;
DROP TABLE delivery;
DROP TABLE outbox;
DROP TABLE notice;
