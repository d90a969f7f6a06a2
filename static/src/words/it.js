globalThis.concordatWords = {
"Answer": "Risposta",
"Answer {count}": "Rispondi a {count}",
"Comment on these words": "Commenta queste parole",
"Kept on this device; it is saved once the connection is back.": "Conservato su questo dispositivo; sarà salvato quando la connessione torna.",
"Propose a change": "Proponi una modifica",
"Saved {time}": "Salvato {time}",
"Switch the short cuts off": "Disattiva le scorciatoie",
"Switch the short cuts on": "Attiva le scorciatoie",
"The selected words": "Le parole selezionate",
"You wrote this at {time}, on this device, and did not send it.": "Scritto alle {time}, su questo dispositivo, e non inviato."
};
