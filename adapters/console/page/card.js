import { drawButtons, drawChoices, drawVote } from './card-actions.js';
import { drawChart } from './card-chart.js';
import { drawCode, drawFile, drawSteps } from './card-steps.js';
import { drawConfidence, drawFacts } from './card-verdict.js';
import { arrange, el, icon, swap } from './dom.js';
import { link, quotedText, richText } from './rich-text.js';

const DRAW = {
  header: ({ text }) => el('h3', { class: 'card-header' }, text),
  text: ({ text }) => el('p', { class: 'card-text' }, richText(text)),
  code: drawCode,
  notice: drawNotice,
  facts: drawFacts,
  confidence: drawConfidence,
  sources: drawSources,
  steps: drawSteps,
  table: drawTable,
  chart: drawChart,
  file: drawFile,
  choices: drawChoices,
  buttons: drawButtons,
  vote: drawVote,
  context: ({ text }) => el('p', { class: 'card-context' }, richText(text)),
};

/** Those whose looks also depend on what was clicked. */
const LIVE = new Set(['choices', 'buttons', 'vote']);

/**
 * A card that stays where it is while it changes: only parts that differ are drawn anew, so that nobody
 * loses the text they were selecting or the button they were on.
 */
export function createCard(surface, { state, actions }) {
  const node = el('div', { class: 'card' });
  let parts = new Map();

  function update(card) {
    const context = {
      surface,
      actions,
      incidentId: card.incidentId,
      clicks: state.clicks(surface.id),
      vote: state.votes()[card.incidentId],
    };
    const before = parts;
    parts = new Map();
    const counts = new Map();
    for (const element of card.elements) {
      // The second table stays the second table when a notice above it goes away.
      const count = counts.get(element.kind) ?? 0;
      counts.set(element.kind, count + 1);
      const name = `${element.kind} ${count}`;
      parts.set(name, bring(before.get(name), element, context));
    }
    arrange(
      node,
      [...parts.values()].map((part) => part.node),
    );
    return node;
  }

  return { node, update };
}

/** The part as it is when nothing about it changed, else drawn anew in its place. */
function bring(old, element, context) {
  const live = LIVE.has(element.kind) ? [context.clicks, context.vote, context.incidentId] : [];
  const key = JSON.stringify([element, ...live]);
  if (old?.key === key) return old;
  const node = draw(element, context);
  if (old) swap(old.node, node);
  return { key, node };
}

function draw(element, context) {
  const drawn = DRAW[element.kind]?.(element, context);
  return drawn ?? el('p', { class: 'card-context' }, 'Reload the page to see what is new here.');
}

const NOTICES = {
  info: ['Note', 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm-1 4h2v2h-2Zm0 4h2v6h-2Z'],
  warning: ['Warning', 'M12 3 1.5 21h21Zm-1 7h2v5h-2Zm0 6.5h2v2h-2Z'],
  error: ['Problem', 'M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8Zm3 4.5h2v6h-2Zm0 8h2v2h-2Z'],
};

function drawNotice({ tone, text }) {
  const [word, path] = NOTICES[tone] ?? NOTICES.info;
  return el(
    'p',
    { class: `notice notice-${tone}`, role: 'note' },
    icon(path, 18),
    el('span', {}, el('strong', {}, `${word}: `), richText(text)),
  );
}

/** Longer quotes open on demand: evidence must be at hand, not in the way. */
const SHORT_QUOTE = 220;

function drawSources({ title, sources }) {
  return el(
    'section',
    { class: 'card-section sources' },
    el('h4', {}, title),
    el('ol', {}, sources.map(drawSource)),
  );
}

function drawSource({ title, href, quote }) {
  const name = href ? link(href, title) : title;
  return el('li', {}, el('span', { class: 'source-title' }, name), quote && drawQuote(quote));
}

function drawQuote(quote) {
  if (quote.length <= SHORT_QUOTE) return el('blockquote', {}, quotedText(quote));
  const start = `${quote.slice(0, quote.lastIndexOf(' ', 120)).trim() || quote.slice(0, 120)} …`;
  return el('details', {}, el('summary', {}, start), el('blockquote', {}, quotedText(quote)));
}

function drawTable({ caption, columns, rows }) {
  const side = (i) => (columns[i]?.align === 'right' ? 'number' : undefined);
  return el(
    'div',
    { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': caption },
    el(
      'table',
      {},
      el('caption', {}, caption),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          columns.map(({ label }, i) => el('th', { scope: 'col', class: side(i) }, label)),
        ),
      ),
      el(
        'tbody',
        {},
        rows.map((row) =>
          el(
            'tr',
            {},
            columns.map((_, i) => el('td', { class: side(i) }, row[i] ?? '')),
          ),
        ),
      ),
    ),
  );
}
