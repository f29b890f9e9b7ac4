import { el, icon } from './dom.js';
import { richText } from './rich-text.js';

const COPY =
  'M8 3h11a2 2 0 0 1 2 2v11h-2V5H8Zm-3 4h9a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2Zm0 2v10h9V9Z';
const DANGER = 'M12 3 1.5 21h21Zm-1 7h2v5h-2Zm0 6.5h2v2h-2Z';

export function drawCode({ text }) {
  return codeBlock(text, 'Code');
}

export function drawFile({ name, mediaType, text }) {
  return el(
    'details',
    { class: 'card-section file' },
    el('summary', {}, name),
    codeBlock(text, 'File'),
    el(
      'button',
      {
        class: 'quiet',
        'data-key': `save:${name}`,
        on: { click: () => save(name, new Blob([text], { type: mediaType })) },
      },
      `Save ${name}`,
    ),
  );
}

function save(name, blob) {
  const href = URL.createObjectURL(blob);
  el('a', { href, download: name }).click();
  URL.revokeObjectURL(href);
}

export function drawSteps({ title, steps }) {
  return el(
    'section',
    { class: 'card-section steps' },
    el('h4', {}, title),
    el('ol', {}, steps.map(drawStep)),
  );
}

function drawStep({ text, command, dangerous, check, risk, rollback }) {
  const more = [
    ['Worked if', check],
    ['Risk', risk],
    ['Undo', rollback],
  ].filter(([, said]) => said);
  return el(
    'li',
    { class: dangerous ? 'dangerous' : undefined },
    el(
      'p',
      {},
      dangerous && el('strong', { class: 'danger-mark' }, icon(DANGER, 14), 'Dangerous'),
      dangerous && ' ',
      richText(text),
    ),
    command && codeBlock(command, dangerous ? 'Dangerous command' : 'Command'),
    more.length > 0 &&
      el(
        'dl',
        {},
        more.map(([label, said]) => el('div', {}, el('dt', {}, label), el('dd', {}, said))),
      ),
  );
}

function codeBlock(text, label) {
  const code = el('code', {}, text);
  const words = el('span', {}, 'Copy');
  const button = el(
    'button',
    {
      class: 'quiet copy',
      'data-key': `copy:${text}`,
      'aria-label': `Copy ${label.toLowerCase()}`,
      on: { click: () => void copy() },
    },
    icon(COPY, 14),
    words,
  );
  const told = el('span', { class: 'unseen', role: 'status' });

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      say('Copied');
    } catch {
      // No clipboard over plain HTTP from another machine: mark the text, the person presses the keys.
      getSelection().selectAllChildren(code);
      say('Marked: press Ctrl+C');
    }
  }

  function say(said) {
    words.textContent = said;
    told.textContent = said;
    setTimeout(() => {
      words.textContent = 'Copy';
      told.textContent = '';
    }, 2_500);
  }

  return el(
    'div',
    { class: 'code-frame' },
    el('pre', { tabindex: '0', role: 'region', 'aria-label': label }, code),
    button,
    told,
  );
}
