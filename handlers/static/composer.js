// Where people write: it grows with the text, counts near the limit, keeps a draft.
import * as store from './store.js';
import { word } from './words.js';

const MOST = 4096;
const form = document.getElementById('composer');
const text = document.getElementById('text');
const count = document.getElementById('count');
const files = document.getElementById('files');
const shot = document.getElementById('shot');
const drop = document.getElementById('drop');

export function compose(slot, { sendText, sendFiles, refuse }) {
  const draft = `draft:${slot}`;
  text.value = store.get(draft) || '';
  const changed = () => {
    store.set(draft, text.value);
    fit();
  };
  const submit = () => {
    const said = text.value.trim();
    if (!said) { text.focus(); return; }
    if (said.normalize('NFC').length > MOST) { refuse(word('too_long')); return; }
    text.value = '';
    changed();
    store.remove(draft);
    sendText(said);
    text.focus();
  };
  text.addEventListener('input', changed);
  text.addEventListener('keydown', (event) => {
    // Enter also ends a syllable in Vietnamese keyboards: not while one is composed.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener('submit', (event) => { event.preventDefault(); submit(); });
  bindFiles(sendFiles);
  fit();
}

function fit() {
  text.style.height = 'auto';
  text.style.height = `${Math.min(text.scrollHeight, 160)}px`;
  const left = MOST - text.value.length;
  count.textContent = left < 200 ? String(left) : '';
  count.classList.toggle('over', left < 0);
}

function bindFiles(sendFiles) {
  const take = (list) => { if (list.length) sendFiles(list); };
  document.getElementById('attach').addEventListener('click', () => files.click());
  document.getElementById('camera').addEventListener('click', () => shot.click());
  for (const input of [files, shot]) {
    input.addEventListener('change', () => { take([...input.files]); input.value = ''; });
  }
  text.addEventListener('paste', (event) => {
    if (event.clipboardData.files.length) { event.preventDefault(); take(event.clipboardData.files); }
  });
  bindDrop(take);
}

function bindDrop(take) {
  const carriesFiles = (event) => [...event.dataTransfer.types].includes('Files');
  document.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    drop.hidden = false;
  });
  document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) drop.hidden = true; });
  document.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    drop.hidden = true;
    take(event.dataTransfer.files);
  });
}
