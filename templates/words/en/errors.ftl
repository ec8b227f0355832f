# Pages for when something does not work. Each says what to do next.
error-not-found-title = We cannot find this page
error-not-found-text = The link may be old, or a letter may be missing.
error-not-found-next = Check the address, or go to the start page.
error-not-allowed-title = You cannot see this page
error-not-allowed-text = Your account does not open this page.
error-not-allowed-next = Do you think it should? Ask your board.
error-old-form-title = Please send this again
error-old-form-text = We could not tell that this came from our own page. Nothing was saved.
error-old-form-next = Go back, load the page again and send it once more.
error-bad-request-title = We could not read this
error-bad-request-text = Something in the link or the form was not as we need it. Nothing was saved.
error-bad-request-next = Go back and try again.
error-too-many-title = Please wait a little
error-too-many-text = We got many requests from your place in a short time.
error-too-many-next = Wait { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
  } and try again.
error-fault-title = Sorry, something went wrong on our side
error-fault-text = It was not you. What you saved before is safe.
error-fault-next = Try again in a few minutes. If it stays, tell us the number below.
error-busy-title = We are busy right now
error-busy-text = What you saved before is safe.
error-busy-next = Try again in a minute.
error-number = Number of this request: { $number }
error-home = Go to the start page
