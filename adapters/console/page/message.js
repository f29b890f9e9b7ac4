import { avatar } from './avatar.js';
import { createCard } from './card.js';
import { arrange, el } from './dom.js';
import { writtenText } from './rich-text.js';
import { clockWords, timeNode } from './time.js';

/** A paste longer than this is folded, so that the answer to it stays in view. */
const MOST_LINES = 16;
const MOST_CHARACTERS = 1_600;

/**
 * One message, stored or on its way, or an answer that only this person sees. It is drawn once and then
 * brought up to date piece by piece.
 */
export function createMessage(tools) {
  const head = el('header', { class: 'message-head' });
  const body = el('div', { class: 'message-body' });
  const after = el('div', { class: 'message-after' });
  const side = el('div', { class: 'message-side' });
  const node = el(
    'article',
    { class: 'message' },
    side,
    el('div', { class: 'message-main' }, head, body, after),
  );
  let card;
  let drawn = '';
  let seen = [];
  let answer;

  function update(now, { follows }) {
    // Every change of anything brings all messages here; most of them are not concerned.
    const { state } = tools;
    const sight = [
      now,
      follows,
      state.clicks(now.id),
      state.clicks(`${now.id}~answer`),
      state.votes(),
    ];
    if (sight.every((part, i) => part === seen[i])) return node;
    seen = sight;
    node.classList.toggle('follows', follows);
    const { change, status, problem, reply } = now;
    const key = JSON.stringify([change, status, problem, now.author, reply, follows]);
    if (key !== drawn) {
      const wasEdited = drawn !== '' && 'card' in now;
      drawn = key;
      drawHead(now, follows);
      if (wasEdited) flash();
    }
    drawBody(now);
    drawAfter(now);
    return node;
  }

  function drawHead(now, follows) {
    const { author = tools.state.bot, isAside = now.status !== undefined } = now;
    const own = isAside && !now.text;
    side.replaceChildren(
      follows
        ? el('span', { class: 'gutter-time', 'aria-hidden': 'true' }, clockWords(now.at))
        : avatar(author),
    );
    head.replaceChildren(
      el('span', { class: 'author' }, author.name),
      ...(author.isBot ? [el('span', { class: 'app-mark' }, 'App')] : []),
      timeNode(now.at),
      ...(now.edited ? [el('span', { class: 'edited' }, 'updated')] : []),
      ...(own ? [el('span', { class: 'only-you' }, 'Only you see this')] : []),
    );
    node.classList.toggle('aside', own);
    node.classList.toggle('on-its-way', isAside && !own);
    node.setAttribute('aria-label', `${author.name}, ${clockWords(now.at)}`);
  }

  function drawBody(now) {
    const shown = now.card ?? now.reply;
    if (shown) {
      const surface = { id: now.id, slot: now.id, channel: now.channel, thread: now.thread };
      card ??= createCard(surface, tools);
      arrange(body, [...commandLine(now), card.update(shown)]);
      card.node.classList.toggle(
        'sentence',
        shown.elements.every(({ kind }) => kind === 'text'),
      );
    } else if (now.text !== undefined && !body.firstChild) {
      body.append(...writtenBody(now.text));
    } else if (now.command !== undefined) {
      arrange(body, commandLine(now));
    }
  }

  let line;
  function commandLine({ command }) {
    if (command === undefined) return [];
    line ??= el('p', { class: 'command-line' }, el('code', {}, `/triage ${command}`.trim()));
    return [line];
  }

  function drawAfter(now) {
    const { actions } = tools;
    const parts = [];
    if (now.status === 'sending') parts.push(el('p', { class: 'delivery' }, 'Sending…'));
    if (now.status === 'waiting') {
      parts.push(
        el('p', { class: 'delivery' }, 'Not sent yet. It is sent as soon as Sitrep answers.'),
      );
    }
    if (now.status === 'failed') {
      parts.push(
        el(
          'p',
          { class: 'delivery failed' },
          el('span', {}, `Not sent: ${now.problem}`),
          textButton('Send again', 'retry', () => actions.retry(now.id)),
          textButton('Discard', 'discard', () => actions.discard(now.id)),
        ),
      );
    }
    if (now.status === 'done') {
      parts.push(textButton('Dismiss', 'dismiss', () => actions.dismiss(now.id)));
    }
    const key = JSON.stringify([now.status, now.problem]);
    if (after.dataset.drawn !== key) {
      after.dataset.drawn = key;
      after.replaceChildren(...parts);
    }
    drawAnswer(now);
  }

  /** What a click on the card was answered with, for the person who clicked alone. */
  function drawAnswer(now) {
    const given = tools.state.clicks(now.id).answer;
    if (!given) {
      answer?.node.remove();
      answer = undefined;
      return;
    }
    answer ??= createAnswer(now, tools);
    answer.update(given);
    if (answer.node.parentNode !== after) after.append(answer.node);
  }

  function flash() {
    card?.node.classList.remove('flash');
    requestAnimationFrame(() => card?.node.classList.add('flash'));
  }

  return { node, update };
}

function createAnswer(entry, tools) {
  const { id, channel, thread } = entry;
  const card = createCard({ id: `${id}~answer`, slot: id, channel, thread }, tools);
  const problem = el('p', { class: 'delivery failed' });
  const content = el('div', { class: 'answer-content', role: 'status' });
  const node = el(
    'div',
    { class: 'answer' },
    el('span', { class: 'only-you' }, 'Only you see this'),
    content,
    textButton('Dismiss', 'dismiss-answer', () => tools.actions.dismissAnswer(id)),
  );
  return {
    node,
    update(given) {
      problem.textContent = given.problem ?? '';
      if (given.card) card.update(given.card);
      arrange(content, [given.card ? card.node : problem]);
    },
  };
}

function textButton(words, key, click) {
  return el('button', { class: 'quiet text-button', 'data-key': key, on: { click } }, words);
}

function writtenBody(text) {
  const block = el('p', { class: 'written' }, writtenText(text));
  if (text.length <= MOST_CHARACTERS && text.split('\n').length <= MOST_LINES) return [block];
  block.classList.add('folded');
  const toggle = textButton('Show all', 'unfold', () => {
    const folded = block.classList.toggle('folded');
    toggle.textContent = folded ? 'Show all' : 'Show less';
    toggle.setAttribute('aria-expanded', String(!folded));
  });
  toggle.setAttribute('aria-expanded', 'false');
  return [block, toggle];
}
