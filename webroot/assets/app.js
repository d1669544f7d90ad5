// The upload page: a queue of files, each sent on its own so that it has its own progress and can be cancelled.
import { refusal, switchLanguage, translate, word } from './i18n.js';

const AT_ONCE = 3;
const REMEMBERED = 'larder.uploaded';
const REMEMBERED_MAX = 100;
const PICTURES = /\.(avif|bmp|gif|ico|jpe?g|png|webp)$/i;

const list = document.getElementById('files');
const template = document.getElementById('row');
const drop = document.getElementById('drop');
const picker = document.getElementById('picker');
const message = document.getElementById('message');
const spoken = document.getElementById('spoken');

const waiting = [];
let running = 0;

// One file on the page: what it is, how far it is, and its row. `state` is one of
// waiting, sending, stored, failed, cancelled.
class Upload {
  constructor(name, size, file) {
    this.name = name;
    this.size = size;
    this.file = file;
    this.state = 'waiting';
    this.percent = 0;
    this.problem = null;
    this.url = null;
    this.row = template.content.firstElementChild.cloneNode(true);
    this.row.upload = this;
    this.row.querySelector('.cancel').addEventListener('click', () => this.cancel());
    this.row.querySelector('.retry').addEventListener('click', () => enqueue(this));
    this.row.querySelector('.copy').addEventListener('click', () => copyLink(this));
    showThumb(this);
  }

  part(selector) {
    return this.row.querySelector(selector);
  }

  show() {
    translate(this.row);
    this.part('.name').textContent = this.name;
    this.part('.name').title = this.name;
    this.part('.detail').textContent = detail(this);
    const moving = this.state === 'waiting' || this.state === 'sending';
    const bar = this.part('progress');
    bar.hidden = !moving;
    bar.value = this.percent;
    bar.setAttribute('aria-label', this.name);
    this.part('.cancel').hidden = !moving;
    this.part('.retry').hidden = !(this.state === 'failed' || this.state === 'cancelled');
    this.part('.copy').hidden = this.state !== 'stored';
    this.row.classList.toggle('failed', this.state === 'failed');
    const link = this.part('.link');
    link.hidden = this.state !== 'stored';
    if (this.url) {
      link.href = this.url;
      link.textContent = this.url;
    }
  }

  become(state) {
    this.state = state;
    this.show();
  }

  cancel() {
    if (this.state === 'sending') {
      this.request.abort();
    } else {
      waiting.splice(waiting.indexOf(this), 1);
      this.become('cancelled');
    }
  }
}

function detail(upload) {
  const size = formatSize(upload.size);
  switch (upload.state) {
    case 'waiting':
      return `${size} · ${word('waiting')}`;
    case 'sending':
      return `${size} · ${upload.percent < 100 ? word('uploading', upload.percent) : word('storing')}`;
    case 'failed':
      return word('failed', upload.problem ? refusal(upload.problem) : word('noConnection'));
    case 'cancelled':
      return `${size} · ${word('cancelled')}`;
    default:
      return size;
  }
}

function formatSize(bytes) {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

// A picture is shown from the file itself while it uploads, and from the server after a reload.
function showThumb(upload) {
  const thumb = upload.part('.thumb');
  const source = upload.file ? upload.file : upload.url;
  if (!source || !PICTURES.test(upload.name)) {
    thumb.textContent = (upload.name.match(/\.([^.]{1,5})$/) || [null, ''])[1];
    return;
  }
  const picture = new Image();
  picture.alt = '';
  picture.src = upload.file ? URL.createObjectURL(upload.file) : upload.url;
  picture.addEventListener('load', () => upload.file && URL.revokeObjectURL(picture.src));
  thumb.replaceChildren(picture);
}

function enqueue(upload) {
  upload.percent = 0;
  upload.problem = null;
  upload.become('waiting');
  waiting.push(upload);
  next();
}

function next() {
  while (running < AT_ONCE && waiting.length > 0) {
    send(waiting.shift());
  }
}

function send(upload) {
  running += 1;
  const form = new FormData();
  form.append('file', upload.file, upload.name);
  const request = new XMLHttpRequest();
  upload.request = request;
  request.open('POST', '/upload');
  request.responseType = 'text';
  request.upload.addEventListener('progress', (event) => {
    if (event.lengthComputable) {
      upload.percent = Math.floor((event.loaded / event.total) * 100);
      upload.show();
    }
  });
  request.addEventListener('load', () => finish(upload, () => answered(upload, request)));
  request.addEventListener('error', () => finish(upload, () => upload.become('failed')));
  request.addEventListener('abort', () => finish(upload, () => upload.become('cancelled')));
  upload.become('sending');
  request.send(form);
}

function finish(upload, outcome) {
  running -= 1;
  upload.request = null;
  outcome();
  next();
}

function answered(upload, request) {
  const said = parse(request.responseText);
  if (request.status !== 201 || !said) {
    upload.problem = said && said.title ? said : { title: `HTTP ${request.status}`, detail: request.statusText };
    upload.become('failed');
    return;
  }
  const file = Array.isArray(said) ? said[0] : said;
  upload.url = new URL(file.url, location.href).href;
  upload.become('stored');
  spoken.textContent = word('done', upload.name);
  remember();
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function copyLink(upload) {
  const button = upload.part('.copy');
  try {
    await navigator.clipboard.writeText(upload.url);
  } catch {
    if (!copyBySelection(upload.url)) {
      complain(word('copyFailed'));
      return;
    }
  }
  button.textContent = word('copied');
  spoken.textContent = word('copied');
  setTimeout(() => upload.show(), 1500);
}

// The clipboard interface exists on secure origins only; plain http on another host needs the old way.
function copyBySelection(text) {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'sr';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}

function complain(text) {
  message.textContent = text;
  message.hidden = !text;
}

function add(files) {
  complain('');
  for (const file of files) {
    const upload = new Upload(file.name, file.size, file);
    list.prepend(upload.row);
    enqueue(upload);
  }
  tidy();
}

function tidy() {
  const some = list.children.length > 0;
  document.getElementById('empty').hidden = some;
  document.getElementById('clear').hidden = !some;
}

function uploads() {
  return [...list.children].map((row) => row.upload);
}

function remember() {
  const stored = uploads()
    .filter((u) => u.state === 'stored')
    .slice(0, REMEMBERED_MAX)
    .map((u) => ({ name: u.name, size: u.size, url: u.url }));
  try {
    sessionStorage.setItem(REMEMBERED, JSON.stringify(stored));
  } catch {
    // storage switched off or full: the list lasts as long as the page
  }
}

function recall() {
  let stored = [];
  try {
    stored = JSON.parse(sessionStorage.getItem(REMEMBERED)) || [];
  } catch {
    // as above
  }
  for (const known of stored) {
    const upload = new Upload(known.name, known.size, null);
    upload.url = known.url;
    showThumb(upload);
    upload.become('stored');
    list.append(upload.row);
  }
}

function hasFolder(items) {
  return [...items].some((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()?.isDirectory);
}

function onDrop(event) {
  event.preventDefault();
  drop.classList.remove('over');
  if (hasFolder(event.dataTransfer.items)) {
    complain(word('folder'));
    return;
  }
  add(event.dataTransfer.files);
}

// Anywhere on the page is a place to drop, so that a near miss does not make the browser leave the page.
for (const kind of ['dragenter', 'dragover']) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
}
document.addEventListener('dragleave', (event) => {
  if (!event.relatedTarget) {
    drop.classList.remove('over');
  }
});
document.addEventListener('drop', onDrop);

picker.addEventListener('change', () => {
  add([...picker.files]);
  picker.value = '';
});

document.getElementById('clear').addEventListener('click', () => {
  for (const upload of uploads()) {
    if (upload.state !== 'waiting' && upload.state !== 'sending') {
      upload.row.remove();
    }
  }
  remember();
  tidy();
});

document.getElementById('language').addEventListener('click', () => {
  switchLanguage();
  translate(document);
  uploads().forEach((upload) => upload.show());
});

// Fingers cannot drop files; they get other words.
if (window.matchMedia('(pointer: coarse)').matches) {
  drop.querySelector('strong').dataset.i18n = 'tapHere';
  drop.querySelector('span').dataset.i18n = 'anyKind';
}

translate(document);
recall();
tidy();
