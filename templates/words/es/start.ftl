start-title = Inicio
start-heading = Vea cuánto ha avanzado
start-lead = Vea lo que tiene, lo que le falta y lo que sigue. Desde su primera clase hasta cada renovación.
start-can = Qué puede hacer aquí
start-can-hours = Ver cada hora que tiene y por qué cuenta o no.
start-can-next = Ver lo que falta y para cuándo.
start-can-check = Comprobar que un certificado es real. Para esto no necesita cuenta.
start-before = Bueno saber
start-before-need = Necesita el correo y la contraseña de su cuenta.
start-before-time = Toma unos dos minutos.
start-before-who = Solo usted, su junta y quienes firman sus horas pueden verlas. Nadie más.
start-before-next = Puede parar y volver cuando quiera.
start-other = Otras maneras
start-other-text = ¿Prefiere usar papel o el teléfono? Pregunte a la junta que da su certificado. Preguntar no cuesta nada.

sign-in-title = Entrar
sign-in-email = Correo electrónico
sign-in-password = Contraseña
sign-in-password-hint = Puede pegarla o usar un gestor de contraseñas.
sign-in-button = Entrar
sign-in-email-missing = Escriba su correo electrónico
sign-in-password-missing = Escriba su contraseña
sign-in-no-match = No conocemos este correo con esta contraseña. Revise los dos e intente otra vez.
sign-in-wait = Hubo muchos intentos. Espere { $seconds ->
    [one] 1 segundo
   *[other] { $seconds } segundos
  } e intente otra vez.
sign-in-stuck = ¿No puede entrar?
sign-in-stuck-text = Su junta puede enviarle un enlace nuevo. Sus horas no cambian.
sign-in-after = Entre para ver esta página.
sign-out-done = Usted ha salido.
