// The one-use upload page: previews, progress, a clear end. Without this script the form still works.
import { filesView } from './dom.js';
import { Refusal, upload } from './wire.js';
import { speak, word } from './words.js';

const MOST_BYTES = 20 * 1024 * 1024;
const form = document.getElementById('slot');
const files = document.getElementById('files');
const chosen = document.getElementById('chosen');
const bar = document.getElementById('bar');
const notice = document.getElementById('notice');
const go = document.getElementById('go');

speak(document.documentElement.lang);

files.addEventListener('change', () => {
  const shown = [...files.files].map((file) => ({ name: file.name, size: file.size, mime: file.type, url: URL.createObjectURL(file) }));
  const big = shown.find((file) => file.size > MOST_BYTES);
  tell(big ? `${big.name}: ${word('too_big')}` : '');
  go.disabled = Boolean(big);
  chosen.replaceChildren(...filesView(shown, (url) => window.open(url)));
});

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  go.disabled = true;
  bar.hidden = false;
  try {
    const answer = await upload(location.pathname, new FormData(form), (part) => { bar.value = part; }, new AbortController().signal);
    form.hidden = true;
    tell(answer.message, true);
  } catch (error) {
    if (error instanceof Refusal && error.status === 410) form.hidden = true;
    tell(error instanceof Refusal ? error.message : word('slot_unsent'));
  } finally {
    bar.hidden = true;
    go.disabled = false;
  }
});

function tell(sentence, good = false) {
  notice.textContent = sentence;
  notice.hidden = !sentence;
  notice.classList.toggle('good', good);
}
