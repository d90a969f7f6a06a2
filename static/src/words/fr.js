globalThis.concordatWords = {};
