// What this browser keeps: the secret id of each chat, and messages not yet sent.
//
// One browser may be several people (a household and an officer in two tabs). Each chat has a slot:
// '' is the default, others are named in the address (/?chat=c1), so that a tab keeps its chat over
// a reload, a bookmark and a restart of the browser. The id itself is never in an address.
const memory = new Map();
let box = null;
try {
  localStorage.setItem('ocop:?', '1');
  localStorage.removeItem('ocop:?');
  box = localStorage;
} catch { /* private mode: this page only */ }

export const lasting = box !== null;
export const get = (key) => (box ? box.getItem(`ocop:${key}`) : memory.get(key) ?? null);

export function set(key, value) {
  memory.set(key, value);
  try {
    if (box) box.setItem(`ocop:${key}`, value);
  } catch { /* full: the copy in memory serves this page */ }
}

export function remove(key) {
  memory.delete(key);
  if (box) box.removeItem(`ocop:${key}`);
}

export function keys(prefix) {
  const all = box ? Object.keys(box).filter((k) => k.startsWith('ocop:')).map((k) => k.slice(5)) : [...memory.keys()];
  return all.filter((key) => key.startsWith(prefix));
}

export const slots = () => keys('chat:').map((key) => key.slice(5));

/** The slot of this address, and the code of its link to say first (`/start CODE`). */
export function arrive(address = location) {
  const asked = new URLSearchParams(address.search);
  const code = ['invite', 'resume', 'p'].map((name) => asked.get(name)).find((c) => /^[\w-]{1,64}$/.test(c || '')) || '';
  const named = asked.get('chat') || '';
  let slot = /^c\d+$/.test(named) ? named : '';
  let fresh = code;
  if (code && asked.get('invite') === code) {
    const before = get(`invite:${code}`);
    slot = before || nextSlot();
    set(`invite:${code}`, slot);
    if (before && get(`chat:${before}`)) fresh = ''; // the link was used here: just go back to its chat
  }
  history.replaceState(null, '', slot ? `/?chat=${slot}` : '/');
  return { slot, code: fresh };
}

export function nextSlot() {
  const used = slots().concat(keys('invite:').map(get));
  let n = 1;
  while (used.includes(`c${n}`)) n += 1;
  return `c${n}`;
}

/** 128 random bits: a message's nonce. */
export function nonce() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}
