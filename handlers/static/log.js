// The messages on the page: in order of their ids, then those still on their way.
import { el, filesView, rich } from './dom.js';
import { moment, word } from './words.js';

const log = document.getElementById('log');
const main = log.parentElement;
const typing = document.getElementById('typing');
const newest = document.getElementById('newest');
const viewer = document.getElementById('viewer');
const GAP = 10 * 60 * 1000; // ms without a message before the time is shown again

const byId = new Map(); // line id -> its article (an edit shares the article of what it edits)
const pending = new Map(); // nonce -> article of a message not yet confirmed
const kept = new Map(); // nonce -> pictures already here, so that they are not fetched again
let last = 0;
let first = Infinity;
let press = () => {};

export const lastId = () => last;
export const firstId = () => first;
export const isEmpty = () => byId.size === 0;
export const onPress = (act) => { press = act; };

/** Show a batch of lines; those already here are passed over. */
export function take(lines, history = false) {
  const stuck = atEnd();
  const fresh = lines.filter((line) => !byId.has(line.id));
  const added = fresh.map(place).filter(Boolean);
  const ours = added.filter((article) => article.classList.contains('bot'));
  if (fresh.some((line) => !line.mine)) wait(false);
  if (added.length) times();
  if (history || (stuck && added.length)) toEnd(history ? null : ours[0]);
  else if (ours.length) newest.hidden = false;
}

/** Put older lines above, without moving what the reader looks at. */
export function takeOlder(lines) {
  const height = main.scrollHeight;
  lines.filter((line) => !byId.has(line.id)).forEach(place);
  times();
  main.scrollTop += main.scrollHeight - height;
}

function place(line) {
  last = Math.max(last, line.id);
  first = Math.min(first, line.id);
  if (line.pressed) mark(line);
  const edited = line.replaces && byId.get(line.replaces);
  if (edited) return edit(edited, line);
  if (hidden(line)) { byId.set(line.id, null); drop(line.nonce); return null; }
  const article = message(line);
  byId.set(line.id, article);
  if (line.replaces) { // the original is further up, not loaded
    byId.set(line.replaces, article);
    article.dataset.edit = line.id;
  }
  drop(line.nonce);
  article.dataset.id = line.id;
  log.insertBefore(article, after(line.id));
  return article;
}

/** What links say for people is not shown as if they had typed it. */
const hidden = (line) => line.mine && /^\/start\b/.test(line.text || '');

const after = (id) => [...log.children].find((node) => Number(node.dataset.id || Infinity) > id) || null;

function edit(article, line) {
  const now = message(line);
  byId.set(line.id, article);
  if (Number(article.dataset.edit || 0) > line.id) return null; // a later edit is shown already
  article.dataset.edit = line.id;
  article.replaceChildren(...now.childNodes);
  article.classList.remove('changed');
  requestAnimationFrame(() => article.classList.add('changed'));
  return null;
}

function message(line) {
  const article = el(`article.msg.${line.mine ? 'mine' : 'bot'}`);
  article.dataset.at = line.at;
  const files = nearest(line.files || [], line.mine ? kept.get(line.nonce) : null);
  const who = el('span.unseen', {}, `${word(line.mine ? 'from_you' : 'from_us')}: `);
  article.append(el('div.bubble', {}, who, ...filesView(files, enlarge), line.text ? text(line) : null));
  if (line.rows) article.append(el('div.choices', {}, ...line.rows.map((row) => choices(row, line))));
  return article;
}

/** The reader's own pictures are here already: show those, not a second copy from the server. */
function nearest(files, own) {
  if (!own || own.length !== files.length) return files;
  return files.map((file, i) => (own[i].url && own[i].mime === file.mime ? own[i] : file));
}

const text = (line) => el('p', {}, line.mine ? line.text : rich(line.text));

function choices(row, line) {
  return el('div.row', {}, ...row.map((button) => (button.url ? link(button) : choice(button, line))));
}

function link(button) {
  const outside = !button.url.startsWith('/');
  const node = el(`a.choice.${button.style}`, { href: button.url, ...(outside ? { target: '_blank', rel: 'noopener noreferrer' } : {}) }, button.label);
  if (button.copy) node.addEventListener('click', () => navigator.clipboard?.writeText(button.copy).catch(() => {})); // it stands in the text too
  return node;
}

function choice(button, line) {
  const node = el(`button.choice.${button.style}`, { type: 'button', 'aria-pressed': 'false' }, button.label);
  node.dataset.data = button.data;
  node.addEventListener('click', () => press(button, line.id, node));
  return node;
}

/** Show which button was chosen: the one of its own message, or the nearest one above. */
function mark(line) {
  const within = line.on ? byId.get(line.on) : log;
  const same = within ? [...within.querySelectorAll('.choice')].filter((node) => node.dataset.data === line.pressed) : [];
  if (same.length) choose(same[same.length - 1]);
}

export function choose(node) {
  for (const other of node.closest('.choices').querySelectorAll('[aria-pressed=true]')) other.setAttribute('aria-pressed', 'false');
  node.setAttribute('aria-pressed', 'true');
}

/** A message of the reader on its way: `{nonce, text, label, at}` and pictures to show. */
export function promise(item, files = []) {
  kept.set(item.nonce, files);
  const article = message({ mine: true, at: item.at, text: item.label || item.text, files });
  if (hidden({ mine: true, text: item.text })) article.hidden = true;
  const state = el('p.state', {}, el('span', {}, word('sending')));
  article.append(state);
  article.classList.add('pending');
  pending.set(item.nonce, article);
  log.append(article);
  times();
  toEnd();
  return state;
}

/** Change the small print under a message on its way. */
export function state(nonce, key) {
  const article = pending.get(nonce);
  if (!article) return;
  article.classList.toggle('unsent', key === 'unsent');
  article.querySelector('.state > span').textContent = word(key);
}

export function drop(nonce) {
  const article = nonce && pending.get(nonce);
  if (!article) return;
  pending.delete(nonce);
  article.remove();
}

/** A sentence of the page itself, perhaps with buttons: [[label, act], ...]. */
export function notice(sentence, actions = [], calm = false) {
  const buttons = actions.map(([label, act]) => {
    const button = el('button.choice.primary', { type: 'button' }, label);
    button.addEventListener('click', () => { article.remove(); act(); });
    return button;
  });
  const article = el(`article.msg.${calm ? 'calm' : 'notice'}`, {}, el('div.bubble', {}, el('p', {}, sentence)));
  if (buttons.length) article.append(el('div.choices', {}, el('div.row', {}, ...buttons)));
  article.dataset.id = last;
  log.insertBefore(article, after(last));
  toEnd();
  return article;
}

let patience = 0;

/** Show or hide the typing dots; they give up after a while rather than promise for ever. */
export function wait(on) {
  clearTimeout(patience);
  const stuck = atEnd();
  typing.hidden = !on;
  if (on) patience = setTimeout(() => wait(false), 20000);
  if (on && stuck) toEnd();
}

function times() {
  let before = 0;
  for (const article of log.querySelectorAll('.msg[data-at]:not([hidden])')) {
    const at = new Date(article.dataset.at);
    const above = article.previousElementSibling;
    const stamp = above && above.classList.contains('time') ? above : null;
    if (at - before <= GAP) stamp?.remove();
    else if (!stamp) article.before(stampOf(article, at));
    before = at;
  }
  for (const stamp of log.querySelectorAll('.time + .time, .time:last-child')) stamp.remove();
}

function stampOf(article, at) {
  const stamp = el('p.time', {}, moment(at));
  if (article.dataset.id) stamp.dataset.id = article.dataset.id;
  return stamp;
}

const NEAR = 120; // px from the end that still count as the end
let following = true; // at the very end: stay there when something grows
const below = () => main.scrollHeight - main.scrollTop - main.clientHeight; // px
const atEnd = () => below() < NEAR;

/** Scroll to the end, but never past the start of `from`: long answers are read from their top. */
export function toEnd(from = null) {
  newest.hidden = true;
  const end = main.scrollHeight - main.clientHeight;
  main.scrollTop = from ? Math.min(end, from.offsetTop - 12) : end;
  following = below() < 2;
}

function enlarge(url, name) {
  Object.assign(viewer.querySelector('img'), { src: url, alt: name });
  viewer.showModal();
}

viewer.addEventListener('click', (event) => { if (event.target !== viewer.querySelector('img')) viewer.close(); });
newest.addEventListener('click', () => toEnd());
main.addEventListener('scroll', () => {
  following = below() < 2;
  if (atEnd()) newest.hidden = true;
}, { passive: true });
// A phone's keyboard takes half the page, a progress bar adds a line: keep the end in sight.
const sizes = new ResizeObserver(() => { if (following) toEnd(); });
sizes.observe(main);
sizes.observe(log);
