# Signing up, a forgotten password, and the pages behind the links in mails.
sign-up-title = Make an account
sign-up-text = This takes about two minutes. We send you a mail with a link. There you choose your password.
sign-up-name = Full name
sign-up-name-hint = As it shall be on your certificate. Any script is fine.
sign-up-email-hint = We write to this address only about your account and your certificate.
sign-up-language = In which language do we write to you?
sign-up-button = Send me the link
sign-up-known = Do you have an account?
sign-up-name-missing = Enter your full name
sign-up-name-long = Enter a name of at most 200 letters on one line
sign-up-name-invisible = There is a hidden sign in the name. Type the name again
sign-up-name-sign = We cannot print { $sign } on a certificate. Write that part with other letters
language-name = English
email-not-one = Enter an e-mail address, like name@example.org

forgot-title = Set a new password
forgot-text = Tell us your e-mail address. We send you a link that works for 30 minutes.
forgot-button = Send me the link

mail-sent-title = Look in your mail
mail-sent = If we can write to this address, a mail with a link is on its way.
mail-sent-spam = It can take a few minutes. Look in the spam folder too.
mail-sent-none = No mail? Check how you spelled the address and try again.

password-new = New password
password-rules = At least 15 characters. A few words in a row work well. Leave out your name and words that many people use. You can paste it.
password-missing = Enter a new password
password-short = Enter at least 15 characters; a few words in a row work well
password-long = Enter at most 256 characters
password-common = Choose another password; this one is easy to guess

confirm-title = Confirm your address
confirm-text = Press the button to tell us that this mail address is yours.
confirm-text-password = Choose a password and press the button. This also tells us that the mail address is yours.
confirm-button = Confirm my address
reset-title = Choose a new password
reset-text = This ends all your sessions. Then you sign in with the new password.
reset-button = Save the password
set-up-title = Set up your account
set-up-text = We made an account for you. Choose a password, and you can sign in.
invitation-title = An invitation
invitation-text = { $organization } asks you to join them as { $role }.
invitation-text-here = You are asked to help run this site as { $role }.
invitation-next = If you agree, press the button. Then you can sign in as you always do.
invitation-next-password = If you agree, choose a password and press the button.
invitation-button = Join
role-program-staff = staff who run classes
role-reviewer = someone who reads applications
role-registrar = registrar
role-auditor = auditor
role-administrator = administrator

over-title = This link works no longer
over-text = It was used, or it is too old. Nothing was changed just now.
over-confirm = Did you confirm your address before? Then you can sign in.
over-confirm-again = If not, give us your name and address again, and we send a new link.
over-password = You can ask for a new link. It takes a minute.
over-password-never = Did you never have a password here? Then give us your name and address, and we send you a link.
over-invitation = Did you say yes before? Then you can sign in.
over-invitation-again = If not, please ask the people who invited you for a new one.

sign-in-new = Are you new here?
sign-in-done-confirmed = Thank you. Your address is confirmed. You can sign in now.
sign-in-done-password = Your password is saved. You can sign in now.
sign-in-done-joined = Thank you, you have joined. You can sign in now.
