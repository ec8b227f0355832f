# Stopping reminders with a link from a mail.
stop-title = Stop the reminders
stop-text = If you stop them, we send you no more mails before your certificate ends. Your pages still show every date.
stop-button = Stop the reminders
stop-done = Done. We send you no more reminders. You can turn them on again when you like.
stop-unknown = We do not know this link. Please open the link in your newest mail, or call us.
