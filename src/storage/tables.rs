//! Every table with its row, parents before children: the one list that copying, backing up and counting use.

/// Hands the list of tables to a macro.
macro_rules! with_every_table {
    ($go:ident) => {
        $go! {
            word, people, $crate::storage::rows::keys::WordRow;
            person, people, $crate::storage::rows::people::PersonRow;
            person_name, people, $crate::storage::rows::people::PersonNameRow;
            person_detail, people, $crate::storage::rows::people::PersonDetailRow;
            person_merge, people, $crate::storage::rows::keys::PersonMergeRow;
            email, people, $crate::storage::rows::people::EmailRow;
            login, people, $crate::storage::rows::access::LoginRow;
            session, people, $crate::storage::rows::access::SessionRow;
            session_token, people, $crate::storage::rows::access::SessionTokenRow;
            one_time_token, people, $crate::storage::rows::access::OneTimeTokenRow;
            organization, organizations, $crate::storage::rows::organizations::OrganizationRow;
            board, organizations, $crate::storage::rows::organizations::BoardRow;
            holiday, organizations, $crate::storage::rows::boards::HolidayRow;
            membership, organizations, $crate::storage::rows::organizations::MembershipRow;
            api_key, organizations, $crate::storage::rows::access::ApiKeyRow;
            person_identifier, organizations, $crate::storage::rows::keys::PersonIdentifierRow;
            idempotency_key, organizations, $crate::storage::rows::access::IdempotencyRow;
            credential, credentials, $crate::storage::rows::boards::CredentialRow;
            rule_version, credentials, $crate::storage::rows::boards::RuleVersionRow;
            course, credentials, $crate::storage::rows::course::CourseRow;
            course_topic, credentials, $crate::storage::rows::course::CourseTopicRow;
            approval, credentials, $crate::storage::rows::approval::ApprovalRow;
            course_session, credentials, $crate::storage::rows::course::CourseSessionRow;
            import_run, credentials, $crate::storage::rows::course::ImportRunRow;
            completion, facts, $crate::storage::rows::learning::CompletionRow;
            completion_topic, facts, $crate::storage::rows::learning::CompletionTopicRow;
            completion_extra, facts, $crate::storage::rows::learning::CompletionExtraRow;
            attendance, facts, $crate::storage::rows::learning::AttendanceRow;
            service_entry, facts, $crate::storage::rows::service::ServiceEntryRow;
            service_attestation, facts, $crate::storage::rows::service::ServiceAttestationRow;
            supervision, facts, $crate::storage::rows::service::SupervisionRow;
            supervisor_eligibility, facts, $crate::storage::rows::service::SupervisorEligibilityRow;
            exam_attempt, facts, $crate::storage::rows::life::ExamAttemptRow;
            attestation, facts, $crate::storage::rows::life::AttestationRow;
            employment, facts, $crate::storage::rows::life::EmploymentRow;
            person_event, facts, $crate::storage::rows::life::PersonEventRow;
            hold, facts, $crate::storage::rows::life::HoldRow;
            carry_over, facts, $crate::storage::rows::life::CarryOverRow;
            document, facts, $crate::storage::rows::life::DocumentRow;
            dispute, facts, $crate::storage::rows::life::DisputeRow;
            application, decisions, $crate::storage::rows::applications::ApplicationRow;
            application_event, decisions, $crate::storage::rows::applications::ApplicationEventRow;
            board_queue, decisions, $crate::storage::rows::applications::QueueRow;
            application_open, decisions, $crate::storage::rows::applications::OpenRow;
            review_item, decisions, $crate::storage::rows::applications::ReviewItemRow;
            evaluation, decisions, $crate::storage::rows::decisions::EvaluationRow;
            decision, decisions, $crate::storage::rows::decisions::DecisionRow;
            award, awards, $crate::storage::rows::awards::AwardRow;
            award_term, awards, $crate::storage::rows::awards::TermRow;
            status_event, awards, $crate::storage::rows::awards::StatusEventRow;
            certificate, awards, $crate::storage::rows::certificates::CertificateRow;
            certificate_code, awards, $crate::storage::rows::keys::CertificateCodeRow;
            certificate_number, awards, $crate::storage::rows::keys::CertificateNumberRow;
            certificate_issue, awards, $crate::storage::rows::keys::CertificateIssueRow;
            register_choice, awards, $crate::storage::rows::awards::RegisterChoiceRow;
            notice, upkeep, $crate::storage::rows::upkeep::NoticeRow;
            outbox, upkeep, $crate::storage::rows::upkeep::OutboxRow;
            delivery, upkeep, $crate::storage::rows::upkeep::DeliveryRow;
            reminder, upkeep, $crate::storage::rows::upkeep::ReminderRow;
            notice_preference, upkeep, $crate::storage::rows::keys::NoticePreferenceRow;
            evaluation_due, upkeep, $crate::storage::rows::keys::EvaluationDueRow;
            audit_log, upkeep, $crate::storage::audit::AuditRow;
            audit_head, upkeep, $crate::storage::rows::keys::AuditHeadRow;
        }
    };
}

pub(crate) use with_every_table;
