globalThis.concordatWords = {
"Answer": "Odpowiedź",
"Answer {count}": "Odpowiedz {count}",
"Comment on these words": "Skomentuj te słowa",
"Kept on this device; it is saved once the connection is back.": "Zachowano na tym urządzeniu; zostanie zapisane, gdy połączenie wróci.",
"Propose a change": "Zgłoś zmianę",
"Saved {time}": "Zapisano {time}",
"Switch the short cuts off": "Wyłącz skróty klawiszowe",
"Switch the short cuts on": "Włącz skróty klawiszowe",
"The selected words": "Zaznaczone słowa",
"You wrote this at {time}, on this device, and did not send it.": "Wpisano o {time} na tym urządzeniu i nie wysłano."
};
