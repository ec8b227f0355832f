# The start page and signing in.
start-title = Start
start-heading = See how far you are
start-lead = See what you have, what you need and what is next. From your first class to each renewal.
start-can = What you can do here
start-can-hours = See each hour you have, and why it counts or not.
start-can-next = See what is left and by when.
start-can-check = Check that a certificate is real. You need no account for this.
start-before = Good to know
start-before-need = You need the e-mail and password of your account.
start-before-time = It takes about two minutes.
start-before-who = You, your board and the people who sign your hours can see them. No one else.
start-before-next = You can stop and come back at any time.
start-other = Other ways
start-other-text = Do you want to use paper or the phone? Ask the board that gives your certificate. It is free to ask.

sign-in-title = Sign in
sign-in-email = E-mail address
sign-in-password = Password
sign-in-password-hint = You can paste it, or use a password manager.
sign-in-button = Sign in
sign-in-email-missing = Enter your e-mail address
sign-in-password-missing = Enter your password
sign-in-no-match = We do not know this e-mail and password together. Check both and try again.
sign-in-stuck = Can you not get in?
sign-in-stuck-text = Your board can send you a new link. It will not change your hours.
sign-in-after = Sign in to see this page.
sign-out-done = You are signed out.
