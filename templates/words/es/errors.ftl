error-not-found-title = No encontramos esta página
error-not-found-text = El enlace puede ser viejo o le puede faltar una letra.
error-not-found-next = Revise la dirección o vaya a la página de inicio.
error-not-allowed-title = No puede ver esta página
error-not-allowed-text = Su cuenta no abre esta página.
error-not-allowed-next = ¿Cree que debería? Pregunte a su junta.
error-old-form-title = Por favor, envíe esto otra vez
error-old-form-text = No pudimos saber si esto vino de nuestra página. No se guardó nada.
error-old-form-next = Vuelva atrás, cargue la página y envíe el formulario otra vez.
error-bad-request-title = No pudimos leer esto
error-bad-request-text = Algo en el enlace o en el formulario no era como lo necesitamos. No se guardó nada.
error-bad-request-next = Vuelva atrás e intente otra vez.
error-too-many-title = Por favor, espere un poco
error-too-many-text = Recibimos muchos pedidos desde su conexión en poco tiempo.
error-too-many-next = Espere { $seconds ->
    [one] 1 segundo
   *[other] { $seconds } segundos
  } e intente otra vez.
error-fault-title = Lo sentimos, algo salió mal de nuestro lado
error-fault-text = No fue usted. Lo que guardó antes está a salvo.
error-fault-next = Intente otra vez en unos minutos. Si sigue igual, díganos el número de abajo.
error-busy-title = Ahora hay mucho movimiento
error-busy-text = Lo que guardó antes está a salvo.
error-busy-next = Intente otra vez en un minuto.
error-number = Número de este error: { $number }
error-home = Ir a la página de inicio
