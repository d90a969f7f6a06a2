/* Two words for asking the page. */
export const root = document.documentElement;
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
