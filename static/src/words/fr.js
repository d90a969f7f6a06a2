globalThis.concordatWords = {
"Answer": "Réponse",
"Answer {count}": "Répondre à {count}",
"Comment on these words": "Commenter ces mots",
"Kept on this device; it is saved once the connection is back.": "Conservé sur cet appareil ; enregistré au retour de la connexion.",
"Propose a change": "Proposer une modification",
"Saved {time}": "Enregistré à {time}",
"Switch the short cuts off": "Désactiver les raccourcis",
"Switch the short cuts on": "Activer les raccourcis",
"The selected words": "Les mots sélectionnés",
"You wrote this at {time}, on this device, and did not send it.": "Vous avez écrit ceci à {time}, sur cet appareil, sans l’envoyer."
};
