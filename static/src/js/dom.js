/* Words for asking the page, and for speaking its language: a page that is not in English brings
   what its scripts say (static/src/words), so English costs nothing. */
export const root = document.documentElement;
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const _ = (message, values = {}) =>
  (globalThis.concordatWords?.[message] || message).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
