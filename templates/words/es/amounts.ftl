date = { $day } de { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
  } de { $year }
moment = { $date }, { $time } { $half } { $zone }
time-am = a. m.
time-pm = p. m.
length-hours = { $n ->
    [one] 1 hora
   *[other] { $n } horas
  }
length-minutes = { $n ->
    [one] 1 minuto
   *[other] { $n } minutos
  }
amount-hours = { $n ->
    [one] { $text } hora
   *[other] { $text } horas
  }
amount-minutes = { $n ->
    [one] { $text } minuto
   *[other] { $text } minutos
  }
amount-days = { $n ->
    [one] { $text } día
   *[other] { $text } días
  }
amount-months = { $n ->
    [one] { $text } mes
   *[other] { $text } meses
  }
amount-years = { $n ->
    [one] { $text } año
   *[other] { $text } años
  }
amount-courses = { $n ->
    [one] { $text } curso
   *[other] { $text } cursos
  }
amount-points = { $n ->
    [one] { $text } punto
   *[other] { $text } puntos
  }
amount-credits = { $n ->
    [one] { $text } crédito
   *[other] { $text } créditos
  }
amount-ceu = { $n ->
    [one] { $text } CEU
   *[other] { $text } CEU
  }
