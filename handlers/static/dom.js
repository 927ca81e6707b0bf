// Small things made of elements. Text is only ever set as text: nothing said becomes markup.
import { size, word } from './words.js';

/** el('p.note', {title: 'x'}, child, 'text') */
export function el(spec, props = {}, ...children) {
  const [tag, ...classes] = spec.split('.');
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(' ');
  for (const [name, value] of Object.entries(props)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

// A mark stands at the edge of a word: 3*4*5 is not bold. (No look-behind: older iPhones lack it.)
const BOLD = /(^|[^\p{L}\p{N}*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\p{L}\p{N}*])/gu;

/** Text with *bold* marks; line breaks are kept by the style. */
export function rich(text) {
  const part = document.createDocumentFragment();
  let from = 0;
  for (const mark of text.matchAll(BOLD)) {
    part.append(text.slice(from, mark.index) + mark[1], el('strong', {}, mark[2]));
    from = mark.index + mark[0].length;
  }
  part.append(text.slice(from));
  return part;
}

export const isPicture = (mime) => /^image\/(jpeg|png|webp)$/.test(mime);

/** The files of a message: pictures as a grid, others as cards to save. */
export function filesView(files, enlarge) {
  const pictures = files.filter((file) => isPicture(file.mime));
  const papers = files.filter((file) => !isPicture(file.mime));
  const parts = [];
  if (pictures.length) {
    parts.push(el(`div.pictures.n${Math.min(pictures.length, 3)}`, {}, ...pictures.map((file) => picture(file, enlarge))));
  }
  return parts.concat(papers.map(paper));
}

function picture(file, enlarge) {
  const img = el('img', { src: file.url, alt: file.caption || file.name || word('file'), loading: 'lazy', decoding: 'async' });
  img.addEventListener('error', () => img.replaceWith(el('span.broken', {}, file.name)));
  const drawn = file.mime === 'image/png' ? '.drawn' : ''; // a label, a chart: nothing is cut off
  const button = el(`button.picture${drawn}`, { type: 'button', 'aria-label': `${word('open_image')}: ${img.alt}` }, img);
  button.addEventListener('click', () => enlarge(file.url, img.alt));
  return button;
}

function paper(file) {
  const kind = (file.name.split('.').pop() || file.mime.split('/').pop()).slice(0, 4).toUpperCase();
  const about = file.caption || (file.size ? size(file.size) : '');
  const text = el('span', {}, el('b', {}, file.name || word('file')), about ? el('small', {}, about) : null);
  const icon = el('span.kind', { 'aria-hidden': 'true' }, kind);
  return file.url ? el('a.paper', { href: file.url, download: file.name }, icon, text) : el('span.paper', {}, icon, text);
}
