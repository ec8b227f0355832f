# A person's own hours, and what waits for a supervisor.
menu-hours = Your hours
hours-title = Your hours
hours-sum = Signed: { $signed }. Waiting: { $waiting }.
hours-entries = Each entry
hours-empty = No hours yet. That is fine. Add your first entry when you have one.
hours-left-out = { $n ->
    [one] 1 older entry is not shown here. It is kept and counts as before.
   *[other] { $n } older entries are not shown here. They are kept and count as before.
  }
hours-new-title = Log hours
hours-change-title = Change an entry
hours-change-text = When you save, it goes back to your supervisor to be signed.
hours-change = Change
hours-reason = What to look at: { $reason }
hours-done-saved = Saved. If you chose a supervisor, we tell them once a day.
hours-done-taken-back = The entry is taken back. It counts no more.
hours-done-asked = Thank you. We asked them. You can choose them now when you log hours.
hours-state-signed = Signed
hours-state-sent-back = Needs a change
hours-state-withdrawn = Taken back
hours-state-nobody = No one asked to sign
hours-state-waiting = Waiting
hours-day = On which day?
hours-hours = Hours
hours-hours-hint = Like 2 or 1.5
hours-minutes = Minutes
hours-minutes-hint = Like 30
hours-kind = What did you do?
hours-kind-pick = Choose one
hours-kind-direct = Work with people
hours-kind-indirect = Work for people, without them there
hours-kind-supervision-individual = Meeting with your supervisor, one to one
hours-kind-supervision-group = Meeting with your supervisor, in a group
hours-kind-co-reflection = Looking back on the work together
hours-kind-placement = Placement
hours-kind-observed = Work with people while someone watches
hours-kind-study = Study on your own
hours-kind-administrative = Office work
hours-kind-training-received = Training on the job
hours-setting = Where was it?
hours-setting-hint = Do not write about the people you support. This is all we ask.
hours-setting-none = I do not want to say
hours-setting-community = In the community
hours-setting-clinic = In a clinic
hours-setting-hospital = In a hospital
hours-setting-phone = On the phone
hours-setting-online = Online
hours-setting-home = At someone's home
hours-setting-justice = In a court, jail or prison
hours-setting-other = Somewhere else
hours-who-signs = Who signs it?
hours-who-signs-none = No one yet
hours-save = Save and send
hours-day-missing = Enter the day
hours-day-not-yet = Enter a day from 1980 on that has begun
hours-length-missing = Enter how long it took, like 1.5
hours-length-too-long = Enter a length that fits into the day
hours-length-times = This entry has clock times, and the length does not fit them. Take it back and log it again.
hours-day-full = With this entry the day would hold { $sum }. A day has 24 hours. Check the length.
hours-kind-missing = Choose what you did
hours-again = Choose from the list
hours-supervisor-ended = Choose someone who is your supervisor now
hours-changed = This entry changed in another place. Check what is here and save again.
hours-withdrawn = This entry was taken back. Please log a new one.
hours-take-back-title = Was this a mistake?
hours-take-back-text = You can take the entry back. It stays on file and counts no more.
hours-take-back = Take it back
hours-supervisors = Who signs your hours
hours-supervisors-none = You have not named anyone yet. Someone has to sign most kinds of hours.
hours-supervisor-name = Ask someone to sign
hours-supervisor-hint = If they are new here, we send them a mail.
hours-supervisor-button = Ask them
hours-supervisor-oneself = This is your own address. Enter the one of your supervisor.
hours-supervisor-asked-on = Someone you asked on { $date }
hours-others = Do others ask you to sign?
hours-supervisor-active = Said yes
hours-supervisor-asked = Asked

to-sign-title = Hours to check
to-sign-sum = { $n ->
    [one] 1 entry waits for you, { $sum }.
   *[other] { $n } entries wait for you, { $sum } in all.
  }
to-sign-meaning = If you sign, you say: this person did this work.
to-sign-week = Week of { $date }: { $sum }
to-sign-long = This is a long day. Please look twice.
to-sign-all = { $n ->
    [one] Sign it
   *[other] Sign all { $n }
  }
to-sign-button = Send
to-sign-after = We sign what you ticked. What has a reason goes back to the person with it.
to-sign-back = Send back
to-sign-back-what = What should they look at?
to-sign-both = Sign an entry or send it back, not both
to-sign-none-chosen = Tick an entry to sign, or say what to change
to-sign-empty = All done. We write to you when there is something new.
to-sign-asked = { $name } asks you to sign their hours. Are you their supervisor?
to-sign-asked-yes = Yes, I am
to-sign-asked-no = No, I am not
to-sign-done-signed = { $n ->
    [one] 1 entry is signed.
   *[other] { $n } entries are signed.
  }
to-sign-done-back = { $n ->
    [one] 1 entry went back.
   *[other] { $n } entries went back.
  }
to-sign-done-left = { $n ->
    [one] 1 entry was not taken, because it changed or is done already.
   *[other] { $n } entries were not taken, because they changed or are done already.
  }
to-sign-done-answered = Thank you. We keep your answer.
