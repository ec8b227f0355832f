# Las horas de una persona y lo que espera a quien supervisa.
menu-hours = Sus horas
hours-title = Sus horas
hours-sum = Firmadas: { $signed }. En espera: { $waiting }.
hours-entries = Cada anotación
hours-empty = Aún no hay horas. Está bien. Anote la primera cuando la tenga.
hours-left-out = { $n ->
    [one] 1 anotación más vieja no se ve aquí. Se guarda y cuenta como antes.
   *[other] { $n } anotaciones más viejas no se ven aquí. Se guardan y cuentan como antes.
  }
hours-new-title = Anotar horas
hours-change-title = Cambiar una anotación
hours-change-text = Al guardar, vuelve a quien le supervisa para que la firme.
hours-change = Cambiar
hours-reason = Qué mirar: { $reason }
hours-done-saved = Guardado. Si eligió quién firma, le avisamos una vez al día.
hours-done-taken-back = La anotación quedó retirada. Ya no cuenta.
hours-done-asked = Gracias. Ya se lo pedimos. Ahora puede elegir a esta persona al anotar horas.
hours-state-signed = Firmada
hours-state-sent-back = Pide un cambio
hours-state-withdrawn = Retirada
hours-state-nobody = Nadie tiene que firmar aún
hours-state-waiting = En espera
hours-day = ¿Qué día?
hours-hours = Horas
hours-hours-hint = Como 2 o 1.5
hours-minutes = Minutos
hours-minutes-hint = Como 30
hours-kind = ¿Qué hizo?
hours-kind-pick = Elija una
hours-kind-direct = Trabajo con personas
hours-kind-indirect = Trabajo para las personas, sin que estén presentes
hours-kind-supervision-individual = Reunión individual con quien le supervisa
hours-kind-supervision-group = Reunión en grupo con quien le supervisa
hours-kind-co-reflection = Mirar juntos el trabajo hecho
hours-kind-placement = Práctica
hours-kind-observed = Trabajo con personas mientras alguien observa
hours-kind-study = Estudio por su cuenta
hours-kind-administrative = Trabajo administrativo
hours-kind-training-received = Capacitación en el trabajo
hours-setting = ¿Dónde fue?
hours-setting-hint = No escriba nada de las personas que apoya. Solo pedimos esto.
hours-setting-none = No quiero decirlo
hours-setting-community = En la comunidad
hours-setting-clinic = En una clínica
hours-setting-hospital = En un hospital
hours-setting-phone = Por teléfono
hours-setting-online = En línea
hours-setting-home = En casa de alguien
hours-setting-justice = En un tribunal o una cárcel
hours-setting-other = En otro lugar
hours-who-signs = ¿Quién la firma?
hours-who-signs-none = Nadie por ahora
hours-save = Guardar y enviar
hours-day-missing = Escriba el día
hours-day-not-yet = Escriba un día entre 1980 y hoy
hours-length-missing = Escriba cuánto duró, como 1.5
hours-length-too-long = Escriba un tiempo que quepa en el día
hours-length-times = Esta anotación tiene horas de reloj y el tiempo no cabe en ellas. Retírela y anótela otra vez.
hours-day-full = Con esta anotación el día tendría { $sum }. Un día tiene 24 horas. Revise el tiempo.
hours-kind-missing = Elija qué hizo
hours-again = Elija de la lista
hours-supervisor-ended = Elija a alguien que le supervisa ahora
hours-changed = Esta anotación cambió en otro lugar. Revise lo que hay aquí y guarde otra vez.
hours-withdrawn = Esta anotación se retiró. Por favor, anote otra.
hours-take-back-title = ¿Fue un error?
hours-take-back-text = Puede retirar la anotación. Queda en su registro y ya no cuenta.
hours-take-back = Retirarla
hours-supervisors = Quién firma sus horas
hours-supervisors-none = Aún no nombró a nadie. Casi todas las horas necesitan una firma.
hours-supervisor-name = Pedir a alguien que firme
hours-supervisor-hint = Si es su primera vez aquí, le enviamos un correo.
hours-supervisor-button = Pedírselo
hours-supervisor-oneself = Este es su propio correo. Escriba el de quien le supervisa.
hours-supervisor-asked-on = Alguien a quien se lo pidió el { $date }
hours-others = ¿Otras personas le piden firmar?
hours-supervisor-active = Dijo que sí
hours-supervisor-asked = Se lo pedimos

to-sign-title = Horas por revisar
to-sign-sum = { $n ->
    [one] 1 anotación le espera, { $sum }.
   *[other] { $n } anotaciones le esperan, { $sum } en total.
  }
to-sign-meaning = Si usted firma, dice: esta persona hizo este trabajo.
to-sign-week = Semana del { $date }: { $sum }
to-sign-long = Es un día largo. Por favor, mire dos veces.
to-sign-all = { $n ->
    [one] Firmarla
   *[other] Firmar las { $n }
  }
to-sign-button = Enviar
to-sign-after = Firmamos lo que marcó. Lo que tiene un motivo vuelve con él a la persona.
to-sign-back = Devolver
to-sign-back-what = ¿Qué tiene que mirar?
to-sign-both = Firme una anotación o devuélvala, no las dos cosas
to-sign-none-chosen = Marque una anotación para firmar, o diga qué cambiar
to-sign-empty = Todo listo. Le escribimos cuando haya algo nuevo.
to-sign-asked = { $name } le pide firmar sus horas. ¿Usted le supervisa?
to-sign-asked-yes = Sí
to-sign-asked-no = No
to-sign-done-signed = { $n ->
    [one] 1 anotación quedó firmada.
   *[other] { $n } anotaciones quedaron firmadas.
  }
to-sign-done-back = { $n ->
    [one] 1 anotación volvió a la persona.
   *[other] { $n } anotaciones volvieron a la persona.
  }
to-sign-done-left = { $n ->
    [one] 1 anotación no se tomó, porque cambió o ya está lista.
   *[other] { $n } anotaciones no se tomaron, porque cambiaron o ya están listas.
  }
to-sign-done-answered = Gracias. Guardamos su respuesta.
