// The page's requests. A Refusal is final and has a sentence; anything else may work later.
import { currentLanguage } from './words.js';

export class Refusal extends Error {
  constructor(status, body) {
    super(body.message || '');
    this.status = status;
    this.code = body.code || '';
  }
}

export class Interrupted extends Error {}

let chat = null;
export const useChat = (id) => { chat = id; };

const headers = (more) => ({
  'Accept-Language': currentLanguage(),
  ...(chat ? { Authorization: `Bearer ${chat}` } : {}),
  ...more,
});

const final = (status) => status >= 400 && status < 500 && status !== 408 && status !== 429;

async function judge(response) {
  if (response.ok) return response;
  const body = await response.json().catch(() => ({}));
  if (final(response.status) || body.code === 'too_many_chats') throw new Refusal(response.status, body);
  throw new Interrupted(`HTTP ${response.status}`);
}

const post = async (path, body) => (await judge(await fetch(path, {
  method: 'POST', headers: headers({ 'Content-Type': 'application/json' }), body: JSON.stringify(body),
}))).json();

export const openChat = async () => (await post('/chat', {})).chat;
export const say = (message) => post('/chat/say', message);
export const lines = async (query) => (await judge(await fetch(`/chat/lines${query}`, { headers: headers() }))).json();

/** Send form data with progress (fetch has none); resolves to the JSON answer. */
export function upload(path, form, progress, signal) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const lost = () => reject(new Interrupted('network'));
    xhr.open('POST', path);
    for (const [name, value] of Object.entries(headers({ Accept: 'application/json' }))) xhr.setRequestHeader(name, value);
    xhr.responseType = 'json';
    xhr.upload.onprogress = (event) => { if (event.lengthComputable) progress(event.loaded / event.total); };
    xhr.onerror = lost;
    xhr.ontimeout = lost;
    xhr.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    xhr.onload = () => {
      if (xhr.status < 300 && xhr.response) resolve(xhr.response);
      else if (final(xhr.status)) reject(new Refusal(xhr.status, xhr.response || {}));
      else lost();
    };
    if (signal.aborted) { xhr.onabort(); return; }
    signal.addEventListener('abort', () => xhr.abort());
    xhr.send(form);
  });
}

export function sendFile(file, progress, signal) {
  const form = new FormData();
  form.append('file', file, file.name || 'anh.jpg');
  return upload('/chat/file', form, progress, signal);
}

const QUIET = 45000; // ms; the server gives a sign of life every 15 s
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** A wait that doubles, with chance so that a restart is not met by everyone at once. */
export class Backoff {
  constructor(most = 15000) { this.most = most; this.reset(); }
  reset() { this.ms = 500; }
  wait() {
    const ms = this.ms * (0.7 + Math.random() * 0.6);
    this.ms = Math.min(this.ms * 2, this.most);
    return Promise.race([pause(ms), new Promise((back) => { window.addEventListener('online', back, { once: true }); })]);
  }
}

/** Follow the chat for ever: `take` gets each batch of lines, `linked` whether we are connected. */
export async function follow(last, take, linked) {
  const backoff = new Backoff();
  for (;;) {
    try {
      await readStream(last, take, () => { linked(true); backoff.reset(); });
    } catch (error) {
      if (error instanceof Refusal) throw error;
    }
    linked(false);
    await backoff.wait();
  }
}

async function readStream(last, take, alive) {
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), QUIET);
  try {
    const response = await judge(await fetch('/chat/events', {
      headers: headers({ 'Last-Event-ID': String(last()) }), signal: stop.signal, cache: 'no-store',
    }));
    alive();
    if (!response.body) { await poll(last, take); return; }
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let text = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), QUIET);
      text += decoder.decode(value, { stream: true });
      const events = text.split('\n\n');
      text = events.pop();
      events.forEach((event) => handle(event, take));
    }
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

function handle(event, take) {
  if (event.includes('event: gone')) throw new Refusal(401, {});
  const data = event.split('\n').find((line) => line.startsWith('data: '));
  if (data) take(JSON.parse(data.slice(6)));
}

/** For browsers that cannot read a response as it comes. */
async function poll(last, take) {
  for (;;) {
    take(await lines(`?after=${last()}`));
    await pause(1000);
  }
}
