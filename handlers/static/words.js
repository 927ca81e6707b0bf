// The page's own words, in the reader's language.
const setup = JSON.parse(document.getElementById('setup').textContent);
const known = (code) => (code || '').slice(0, 2) in setup.words;
let language = (navigator.languages || [navigator.language]).find(known)?.slice(0, 2) || 'vi';

export const word = (key) => setup.words[language][key];
export const currentLanguage = () => language;
export const place = () => setup.place[language] || '';
export const title = () => setup.title[language];

/** Speak `code` from now on: every marked element, the page's language and its title. */
export function speak(code) {
  if (known(code)) language = code;
  document.documentElement.lang = language;
  each('data-word', (el, text) => { el.textContent = text; });
  each('data-label', (el, text) => { el.setAttribute('aria-label', text); el.title = text; });
  each('data-hint', (el, text) => { el.placeholder = text; });
  for (const el of document.querySelectorAll('[data-title]')) el.textContent = title();
}

function each(attribute, change) {
  for (const el of document.querySelectorAll(`[${attribute}]`)) {
    change(el, word(el.getAttribute(attribute)));
  }
}

/** 14:05, or with the day when it is not today. */
export function moment(date, now = new Date()) {
  const time = date.toLocaleTimeString(language === 'vi' ? 'vi-VN' : 'en-GB', { hour: '2-digit', minute: '2-digit' });
  const days = Math.round((midnight(now) - midnight(date)) / 86400000);
  if (days === 0) return time;
  const day = days === 1 ? word('yesterday') : date.toLocaleDateString('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric' });
  return `${day} · ${time}`;
}

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** 1,4 MB */
export function size(bytes) {
  const [value, unit] = bytes < 1e6 ? [bytes / 1024, 'KB'] : [bytes / 1048576, 'MB'];
  return `${value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 1 })} ${unit}`;
}
