// The chat page: find this tab's chat (or open one), show it, follow it.
import { compose } from './composer.js';
import * as log from './log.js';
import * as outbox from './outbox.js';
import * as store from './store.js';
import { Backoff, Refusal, follow, lines, openChat, useChat } from './wire.js';
import { currentLanguage, place, speak, title, word } from './words.js';

const PAGE = 100; // lines the server sends at a time
const status = document.getElementById('status');
const older = document.getElementById('older');
let unread = 0;

const arrived = store.arrive();
speak(store.get(`language:${arrived.slot}`));
ready();

function ready() {
  const others = store.slots();
  const mine = others.includes(arrived.slot);
  if (!arrived.slot && !mine && others.length) {
    log.notice(word('which_chat'), [
      [word('go_on'), () => { location.href = `/?chat=${others[others.length - 1]}`; }],
      [word('new_chat'), () => run(arrived.slot)],
    ], true);
  } else run(arrived.slot);
}

async function run(slot) {
  if (!store.lasting) log.notice(word('no_storage'), [], true);
  if (!await enter(slot)) return;
  log.onPress((button, on, node) => { log.choose(node); outbox.sendPress(button, on); });
  compose(slot, { sendText: outbox.sendText, sendFiles: outbox.sendFiles, refuse: log.notice });
  outbox.begin(slot, () => lost(slot));
  if (matchMedia('(pointer: fine)').matches) document.getElementById('text').focus();
  if (arrived.code) outbox.sendText(`/start ${arrived.code}`);
  else if (log.isEmpty() && !store.keys(`out:${slot}:`).length) outbox.sendText('/start');
  follow(log.lastId, take, connected).catch(() => lost(slot));
}

/** Load this slot's chat, or open a new one; false when the page must stop. */
async function enter(slot) {
  const backoff = new Backoff();
  for (;;) {
    try {
      let chat = store.get(`chat:${slot}`);
      if (!chat) {
        chat = await openChat();
        store.set(`chat:${slot}`, chat);
      }
      useChat(chat);
      const newest = await lines('');
      take(newest, true);
      older.hidden = newest.lines.length < PAGE;
      connected(true);
      return true;
    } catch (error) {
      if (error instanceof Refusal) { stopped(slot, error); return false; }
      connected(false);
      await backoff.wait();
    }
  }
}

function stopped(slot, error) {
  if (error.status === 401) lost(slot);
  else log.notice(error.message, [[word('try_again'), () => location.reload()]]);
}

let isLost = false;

/** The server does not know this chat (erased, or another server): say so, offer a new one. */
function lost(slot) {
  if (isLost) return;
  isLost = true;
  log.wait(false);
  log.notice(word('gone'), [[word('start_again'), () => { store.remove(`chat:${slot}`); location.reload(); }]]);
}

function take(batch, history = false) {
  log.take(batch.lines, history);
  if (batch.language && batch.language !== currentLanguage()) learn(batch.language);
  if (document.hidden && !history) unread += batch.lines.filter((line) => !line.mine).length;
  showUnread();
}

function learn(language) {
  store.set(`language:${arrived.slot}`, language);
  speak(language);
  connected(true);
}

function connected(yes) {
  status.textContent = yes ? place() : word('reconnecting');
  status.classList.toggle('away', !yes);
}

function showUnread() {
  document.title = unread ? `(${unread}) ${title()}` : title();
}

document.addEventListener('visibilitychange', () => { if (!document.hidden) { unread = 0; showUnread(); } });
window.addEventListener('beforeunload', (event) => { if (outbox.uploading()) event.preventDefault(); });
document.getElementById('language').addEventListener('click', () => {
  outbox.sendText(`/language ${currentLanguage() === 'vi' ? 'en' : 'vi'}`);
});
older.addEventListener('click', async () => {
  const batch = await lines(`?before=${log.firstId()}`);
  log.takeOlder(batch.lines);
  older.hidden = batch.lines.length < PAGE;
});
