// Messages leave one at a time, in order, until the server has each: a lost connection, a restart
// or a closed page delays them and never loses or doubles one (the nonce is the message's id).
import { el } from './dom.js';
import * as log from './log.js';
import * as store from './store.js';
import { Backoff, Refusal, say, sendFile } from './wire.js';
import { word } from './words.js';

const MOST_BYTES = 20 * 1024 * 1024;
const MOST_FILES = 20;
const backoff = new Backoff();
const queue = [];
let slot = '';
let running = false;
let gone = () => {};

/** Start for a slot: what an earlier page could not send is sent now. */
export function begin(name, onGone) {
  slot = name;
  gone = onGone;
  const saved = store.keys(`out:${slot}:`).map((key) => JSON.parse(store.get(key)));
  saved.sort((a, b) => (a.at < b.at ? -1 : 1)).forEach((item) => { log.promise(item); queue.push(item); });
  pump();
}

const save = (item) => store.set(`out:${slot}:${item.nonce}`, JSON.stringify(item));
const forget = (item) => store.remove(`out:${slot}:${item.nonce}`);
const fresh = (parts) => ({ nonce: store.nonce(), at: new Date().toISOString(), ...parts });

export function sendText(text) {
  add(fresh({ text }));
}

export function sendPress(button, on) {
  if (queue.some((item) => item.button === button.data && item.on === on)) return; // a double tap
  add(fresh({ button: button.data, on, label: button.label }));
}

function add(item) {
  save(item);
  log.promise(item);
  queue.push(item);
  pump();
}

/** Send files as one message; too big ones are told so before anything is uploaded. */
export function sendFiles(list) {
  const files = [...list];
  const big = files.filter((file) => file.size > MOST_BYTES);
  big.forEach((file) => log.notice(`${file.name}: ${word('too_big')}`));
  if (files.length > MOST_FILES) log.notice(word('too_many_files'));
  const good = files.filter((file) => !big.includes(file)).slice(0, MOST_FILES);
  if (!good.length) return;
  const shown = good.map((file) => ({ url: URL.createObjectURL(file), mime: file.type, name: file.name, size: file.size }));
  const item = fresh({ files: [] });
  const job = { item, files: good, stop: new AbortController() };
  showProgress(job, log.promise(item, shown.map((file) => (/^image\/(jpeg|png|webp)$/.test(file.mime) ? file : { ...file, url: '' }))));
  queue.push(job);
  pump();
}

function showProgress(job, state) {
  const bar = el('progress', { max: 1, value: 0, 'aria-label': word('uploading') });
  const cancel = el('button.quiet', { type: 'button' }, word('cancel'));
  cancel.addEventListener('click', () => cancelUpload(job));
  state.append(bar, cancel);
  job.bar = bar;
  job.done = () => { bar.remove(); cancel.remove(); };
}

function cancelUpload(job) {
  job.stop.abort();
  if (queue.includes(job)) queue.splice(queue.indexOf(job), 1);
  log.drop(job.item.nonce);
  log.notice(word('cancelled'), [], true);
}

export const uploading = () => queue.some((entry) => entry.files && entry.stop);

async function pump() {
  if (running) return;
  running = true;
  while (queue.length) {
    const entry = queue[0];
    try {
      await (entry.stop ? carry(entry) : deliver(entry));
      if (queue[0] === entry) queue.shift();
      backoff.reset();
    } catch (error) {
      if (queue[0] !== entry) continue; // cancelled meanwhile
      if (await failed(entry, error)) break;
    }
  }
  running = false;
}

/** Upload a job's files; then it is a message like any other, and outlives the page. */
async function carry(job) {
  const { item } = job;
  const total = job.files.length + item.files.length;
  log.state(item.nonce, 'uploading');
  while (job.files.length) {
    const done = item.files.length;
    try {
      const answer = await sendFile(job.files[0], (part) => { job.bar.value = (done + part) / total; }, job.stop.signal);
      item.files.push(answer.file);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status === 401) throw error;
      log.notice(`${job.files[0].name}: ${error.message}`);
    }
    job.files.shift();
  }
  job.done();
  if (!item.files.length) { log.drop(item.nonce); return; }
  save(item);
  if (queue[0] === job) queue.splice(1, 0, item);
}

async function deliver(item) {
  log.wait(true);
  const { nonce, text, button, on, files } = item;
  const answer = await say({ nonce, text, button, on, files, after: log.lastId() });
  forget(item);
  log.take(answer.lines);
  log.drop(nonce); // a duplicate's line may have come before
}

/** True when there is no going on: the chat itself is gone. */
async function failed(entry, error) {
  const item = entry.item || entry;
  log.wait(false);
  if (!(error instanceof Refusal)) {
    log.state(item.nonce, 'unsent');
    await backoff.wait();
    if (!entry.stop) log.state(item.nonce, 'sending');
    return false;
  }
  if (error.status === 401) { gone(); return true; }
  forget(item);
  queue.shift();
  log.drop(item.nonce);
  log.notice(error.message);
  return false;
}
