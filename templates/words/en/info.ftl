# Privacy, in short.
privacy-see = Who can see my hours?
privacy-see-text = You, the board that gives your certificate, and the people who send or sign your hours. They see only what they need.
privacy-ask = What do you never ask me?
privacy-ask-text = We do not ask for your story or your health. If a rule needs a statement from you, we keep that you made it and the day. We keep no more.
privacy-cookies = Which cookies do you set?
privacy-cookies-text = One that keeps you signed in, one that shows a form is ours, one that knows this device again, and one that keeps your language. They go to no one else.
privacy-tracking = Do you track me?
privacy-tracking-text = No. There are no ads and no counters. Our pages ask no other site for anything.
privacy-check = What can the public see?
privacy-check-text = Someone with your link, or with your number and last name, can see if your certificate is good. They see what is on the paper and no more.
privacy-yours = Can I get or change what you hold?
privacy-yours-text = Yes. Ask your board for a copy, for a fix, or to hide you from the public list.
