import { api } from './api.js';
import { avatar } from './avatar.js';
import { arrange, el, icon } from './dom.js';
import { forget, recall, remember } from './storage.js';

/** The channels, and the little form that adds one. */
export function createChannelList({ list, adder, state, onOpen }) {
  const rows = new Map();
  const open = el(
    'button',
    { class: 'quiet row add', on: { click: () => edit(true) } },
    '+ Add channel',
  );
  const input = el('input', {
    'aria-label': 'Name of the new channel',
    placeholder: 'inc-payments',
    maxlength: 80,
    autocapitalize: 'none',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  const problem = el('p', { class: 'hint problem', role: 'alert' });
  const form = el(
    'form',
    { class: 'small-form', on: { submit } },
    input,
    el('button', { class: 'plain', type: 'submit' }, 'Add'),
    problem,
  );
  input.addEventListener('keydown', (event) => event.key === 'Escape' && edit(false));
  adder.append(open);

  function edit(on) {
    problem.textContent = '';
    adder.replaceChildren(on ? form : open);
    (on ? input : open).focus();
  }

  async function submit(event) {
    event.preventDefault();
    if (input.value.trim() === '') return;
    try {
      const { name } = await api.post('/console/channels', { name: input.value });
      state.addChannels([name]);
      input.value = '';
      edit(false);
      onOpen(name);
    } catch (error) {
      problem.textContent = error.message.replace(/^name: /, 'The name ');
    }
  }

  return {
    render() {
      arrange(
        list,
        state.channels().map((name) => row(name)),
      );
    },
  };

  function row(name) {
    if (!rows.has(name)) {
      const link = el('a', { class: 'row', href: `#${encodeURIComponent(name)}` });
      rows.set(name, el('li', {}, link));
    }
    const node = rows.get(name);
    const link = node.firstChild;
    const unread = state.unread(name);
    const current = name === state.current();
    const key = `${unread} ${current}`;
    if (link.dataset.drawn === key) return node;
    link.dataset.drawn = key;
    if (current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
    link.classList.toggle('has-news', unread > 0);
    link.replaceChildren(
      el('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
      el('span', { class: 'name' }, name),
      ...(unread > 0
        ? [
            el(
              'span',
              { class: 'count', 'aria-hidden': 'true' },
              unread > 99 ? '99+' : `${unread}`,
            ),
            el('span', { class: 'unseen' }, `, ${unread} new`),
          ]
        : []),
    );
    return node;
  }
}

const THEMES = [
  {
    name: 'auto',
    words: 'Theme: as the system',
    path: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 2v14a7 7 0 0 1 0-14Z',
  },
  {
    name: 'light',
    words: 'Theme: light',
    path: 'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10Zm-1-6h2v4h-2Zm0 18h2v4h-2ZM1 11h4v2H1Zm18 0h4v2h-4ZM3.5 4.9l1.4-1.4 2.8 2.8-1.4 1.4Zm12.8 12.8 1.4-1.4 2.8 2.8-1.4 1.4ZM3.5 19.1l2.8-2.8 1.4 1.4-2.8 2.8ZM16.3 6.3l2.8-2.8 1.4 1.4-2.8 2.8Z',
  },
  {
    name: 'dark',
    words: 'Theme: dark',
    path: 'M20.5 14.5A9 9 0 1 1 9.5 3.5a7 7 0 0 0 11 11Z',
  },
];

/** Who one is here, and how the page looks. */
export function createYou({ root, identity }) {
  const name = el('button', { class: 'quiet you-name', on: { click: () => edit(true) } });
  const input = el('input', { 'aria-label': 'Your name', maxlength: 80, autocomplete: 'nickname' });
  const form = el(
    'form',
    { class: 'small-form', on: { submit } },
    input,
    el('button', { class: 'plain', type: 'submit' }, 'Save'),
  );
  const theme = el('button', { class: 'quiet icon-button', on: { click: nextTheme } });
  const face = el('span', { class: 'you-face' });
  input.addEventListener('keydown', (event) => event.key === 'Escape' && edit(false));

  function edit(on) {
    input.value = identity.me().name;
    root.replaceChildren(...(on ? [form] : [face, name, theme]));
    (on ? input : name).focus();
    if (on) input.select();
  }

  function submit(event) {
    event.preventDefault();
    identity.rename(input.value);
    draw();
    edit(false);
  }

  function draw() {
    const me = identity.me();
    face.replaceChildren(avatar({ ...me, isBot: false }));
    name.replaceChildren(
      el('span', { class: 'you-are' }, 'You are '),
      el('strong', {}, me.name),
      el('span', { class: 'unseen' }, ' (change your name)'),
    );
  }

  function nextTheme() {
    const at = THEMES.findIndex((each) => each.name === currentTheme());
    const next = THEMES[(at + 1) % THEMES.length].name;
    if (next === 'auto') {
      delete document.documentElement.dataset.theme;
      forget('theme');
    } else {
      document.documentElement.dataset.theme = next;
      remember('theme', next);
    }
    drawTheme();
  }

  function drawTheme() {
    const { words, path } = THEMES.find((each) => each.name === currentTheme()) ?? THEMES[0];
    theme.setAttribute('aria-label', words);
    theme.title = words;
    theme.replaceChildren(icon(path, 18));
  }

  draw();
  drawTheme();
  root.append(face, name, theme);
}

function currentTheme() {
  return document.documentElement.dataset.theme ?? recall('theme') ?? 'auto';
}
