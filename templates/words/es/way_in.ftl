# Crear una cuenta, una contraseña olvidada y las páginas de los enlaces de los correos.
sign-up-title = Crear una cuenta
sign-up-text = Toma unos dos minutos. Le enviamos un correo con un enlace. Ahí elige su contraseña.
sign-up-name = Nombre completo
sign-up-name-hint = Como debe estar en su certificado. Puede usar cualquier alfabeto.
sign-up-email-hint = Le escribimos solo sobre su cuenta y su certificado.
sign-up-language = ¿En qué idioma le escribimos?
sign-up-button = Enviarme el enlace
sign-up-known = ¿Tiene una cuenta?
sign-up-name-missing = Escriba su nombre completo
sign-up-name-long = Escriba un nombre de 200 letras o menos en una línea
sign-up-name-invisible = Hay un signo oculto en el nombre. Escriba el nombre otra vez
sign-up-name-sign = No podemos imprimir { $sign } en un certificado. Escriba esa parte con otras letras
language-name = Español
email-not-one = Escriba un correo electrónico, como nombre@example.org

forgot-title = Poner otra contraseña
forgot-text = Díganos su correo. Le enviamos un enlace que sirve por 30 minutos.
forgot-button = Enviarme el enlace

mail-sent-title = Mire su correo
mail-sent = Si podemos escribir a esta dirección, un correo con un enlace va en camino.
mail-sent-spam = Puede tardar unos minutos. Mire también en la carpeta de correo no deseado.
mail-sent-none = ¿No llega nada? Revise cómo escribió la dirección e intente otra vez.

password-new = Contraseña nueva
password-rules = Al menos 15 letras o signos. Unas palabras seguidas sirven bien. No use su nombre ni palabras que usa mucha gente. Puede pegarla.
password-missing = Escriba una contraseña nueva
password-short = Escriba al menos 15 letras o signos; unas palabras seguidas sirven bien
password-long = Escriba como mucho 256 letras o signos
password-common = Elija otra contraseña; esta es fácil de adivinar

confirm-title = Confirmar su correo
confirm-text = Oprima el botón para decirnos que este correo es suyo.
confirm-text-password = Elija una contraseña y oprima el botón. Así sabemos también que el correo es suyo.
confirm-button = Confirmar mi correo
reset-title = Elija otra contraseña
reset-text = Esto cierra todas sus sesiones. Luego entra con la contraseña nueva.
reset-button = Guardar la contraseña
set-up-title = Prepare su cuenta
set-up-text = Hicimos una cuenta para usted. Elija una contraseña y ya puede entrar.
invitation-title = Una invitación
invitation-text = { $organization } le pide unirse como { $role }.
invitation-text-here = Le piden ayudar a llevar este sitio como { $role }.
invitation-next = Si está de acuerdo, oprima el botón. Luego puede entrar como siempre.
invitation-next-password = Si está de acuerdo, elija una contraseña y oprima el botón.
invitation-button = Unirme
role-program-staff = personal que da las clases
role-reviewer = persona que lee las solicitudes
role-registrar = persona a cargo del registro
role-auditor = persona que hace las auditorías
role-administrator = persona que administra

over-title = Este enlace ya no sirve
over-text = Ya se usó, o es muy viejo. Ahora no cambió nada.
over-confirm = ¿Ya confirmó su correo antes? Entonces puede entrar.
over-confirm-again = Si no, denos otra vez su nombre y su correo, y le enviamos otro enlace.
over-password = Puede pedir otro enlace. Toma un minuto.
over-password-never = ¿Nunca tuvo una contraseña aquí? Entonces denos su nombre y su correo, y le enviamos un enlace.
over-invitation = ¿Ya dijo que sí antes? Entonces puede entrar.
over-invitation-again = Si no, pida otra invitación a quienes le invitaron.

sign-in-new = ¿Es su primera vez aquí?
sign-in-done-confirmed = Gracias. Su correo quedó confirmado. Ya puede entrar.
sign-in-done-password = Su contraseña quedó guardada. Ya puede entrar.
sign-in-done-joined = Gracias, ya es parte del grupo. Ya puede entrar.
