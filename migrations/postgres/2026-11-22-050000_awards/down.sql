DROP TABLE register_choice;
DROP TABLE certificate_issue;
DROP TABLE certificate_number;
DROP TABLE certificate_code;
DROP TABLE certificate;
DROP TABLE status_event;
DROP TABLE award_term;
DROP TABLE award;
