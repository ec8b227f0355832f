# Dejar de recibir avisos, con un enlace de un correo.
stop-title = Dejar de recibir los avisos
stop-text = Si los deja, no le enviamos más correos antes de que termine su certificado. Sus páginas siguen con todas las fechas.
stop-button = Dejar de recibir los avisos
stop-done = Listo. No le enviamos más avisos. Puede activarlos otra vez cuando quiera.
stop-unknown = No conocemos este enlace. Por favor, abra el enlace de su último correo o llámenos.
