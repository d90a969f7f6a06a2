globalThis.concordatWords = {
"Answer": "Respuesta",
"Answer {count}": "Responder a {count}",
"Comment on these words": "Comentar estas palabras",
"Kept on this device; it is saved once the connection is back.": "Conservado en este dispositivo; se guarda cuando vuelva la conexión.",
"Propose a change": "Proponer un cambio",
"Saved {time}": "Guardado a las {time}",
"Switch the short cuts off": "Desactivar los atajos de teclado",
"Switch the short cuts on": "Activar los atajos de teclado",
"The selected words": "Las palabras seleccionadas",
"You wrote this at {time}, on this device, and did not send it.": "Escribió esto a las {time} en este dispositivo y no lo envió."
};
