globalThis.concordatWords = {
"Answer": "Antwort",
"Answer {count}": "{count} beantworten",
"Comment on these words": "Diese Worte kommentieren",
"Kept on this device; it is saved once the connection is back.": "Auf diesem Gerät gesichert; gespeichert wird, sobald die Verbindung wieder steht.",
"Propose a change": "Änderung einbringen",
"Saved {time}": "Gespeichert {time}",
"Switch the short cuts off": "Tastenkürzel ausschalten",
"Switch the short cuts on": "Tastenkürzel einschalten",
"The selected words": "Die markierten Worte",
"You wrote this at {time}, on this device, and did not send it.": "Sie haben dies um {time} auf diesem Gerät geschrieben und nicht gesendet."
};
