DROP TABLE decision;
DROP TABLE evaluation;
DROP TABLE review_item;
DROP TABLE application_open;
DROP TABLE board_queue;
DROP TABLE application_event;
DROP TABLE application;
