// The words of the page in its two languages, and which one is shown.

const WORDS = {
  en: {
    title: 'Put files in, get links out',
    dropHere: 'Drop files here',
    orChoose: 'or click to choose them',
    tapHere: 'Tap to choose files',
    anyKind: 'Pictures, films, documents: anything',
    uploaded: 'Just uploaded',
    nothingYet: 'Nothing yet. Files you upload appear here with their links.',
    clear: 'Clear list',
    copy: 'Copy link',
    copied: 'Copied',
    cancel: 'Cancel',
    retry: 'Try again',
    waiting: 'Waiting',
    uploading: (percent) => `${percent} %`,
    storing: 'Storing …',
    cancelled: 'Cancelled',
    failed: (why) => `Not stored: ${why}`,
    noConnection: 'The server could not be reached. Check that it is running, then try again.',
    folder: 'Folders cannot be uploaded; choose the files in them.',
    copyFailed: 'The browser did not allow copying. Select the link and copy it.',
    done: (name) => `${name} is stored.`,
    switchLanguage: '中文',
  },
  zh: {
    title: '放进文件，拿到链接',
    dropHere: '把文件拖到这里',
    orChoose: '或点击选择文件',
    tapHere: '点按选择文件',
    anyKind: '图片、视频、文档，什么都行',
    uploaded: '刚刚上传',
    nothingYet: '还没有文件。上传后会连同链接显示在这里。',
    clear: '清空列表',
    copy: '复制链接',
    copied: '已复制',
    cancel: '取消',
    retry: '重试',
    waiting: '等待中',
    uploading: (percent) => `${percent} %`,
    storing: '正在保存……',
    cancelled: '已取消',
    failed: (why) => `未保存：${why}`,
    noConnection: '无法连接服务器。请确认它正在运行，然后重试。',
    folder: '不能上传文件夹，请选择其中的文件。',
    copyFailed: '浏览器不允许复制，请选中链接手动复制。',
    done: (name) => `${name} 已保存。`,
    switchLanguage: 'English',
  },
};

// What the server says of a refusal, by its errno, for people who read Chinese; English shows the server's own words.
const REFUSALS_ZH = {
  1: '没有权限',
  13: '没有权限：上传只接受本机请求，除非设置 [http] write_from = any',
  16: '服务器繁忙，请稍后重试',
  22: '请求无效',
  27: '文件超过大小限制',
  28: '磁盘空间不足',
  30: '存储为只读',
};

const KEY = 'larder.language';

let language = remembered() || (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');

function remembered() {
  try {
    const said = localStorage.getItem(KEY);
    return said in WORDS ? said : null;
  } catch {
    return null; // storage switched off in the browser: the choice lasts as long as the page
  }
}

export function word(key, ...values) {
  const text = WORDS[language][key];
  return typeof text === 'function' ? text(...values) : text;
}

export function refusal(problem) {
  const own = [problem.title, problem.detail].filter(Boolean).join(': ');
  return (language === 'zh' && REFUSALS_ZH[problem.errno]) || own;
}

export function switchLanguage() {
  language = language === 'en' ? 'zh' : 'en';
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // as above
  }
}

export function translate(root) {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const element of root.querySelectorAll('[data-i18n]')) {
    element.textContent = word(element.dataset.i18n);
  }
}
