# Dates and amounts. A number chooses the plural; the text beside it is what is read.
date = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
  } { $day }, { $year }
moment = { $date }, { $time } { $half } { $zone }
time-am = a.m.
time-pm = p.m.
length-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
  }
length-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
  }
amount-hours = { $n ->
    [one] { $text } hour
   *[other] { $text } hours
  }
amount-minutes = { $n ->
    [one] { $text } minute
   *[other] { $text } minutes
  }
amount-days = { $n ->
    [one] { $text } day
   *[other] { $text } days
  }
amount-months = { $n ->
    [one] { $text } month
   *[other] { $text } months
  }
amount-years = { $n ->
    [one] { $text } year
   *[other] { $text } years
  }
amount-courses = { $n ->
    [one] { $text } course
   *[other] { $text } courses
  }
amount-points = { $n ->
    [one] { $text } point
   *[other] { $text } points
  }
amount-credits = { $n ->
    [one] { $text } credit
   *[other] { $text } credits
  }
amount-ceu = { $n ->
    [one] { $text } CEU
   *[other] { $text } CEUs
  }
