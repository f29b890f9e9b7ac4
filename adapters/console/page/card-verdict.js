import { el, icon } from './dom.js';
import { plainText, richText } from './rich-text.js';

/** Shape, word and colour: each alone is enough to tell them apart. */
const SEVERITIES = {
  critical: 'M12 2 22 12 12 22 2 12Z',
  high: 'M12 3 22 20H2Z',
  medium: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z',
  low: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z',
};

const STATES = {
  open: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 3a5 5 0 1 1 0 10 5 5 0 0 1 0-10Z',
  resolved: 'M9.5 18.5 3 12l2.1-2.1 4.4 4.4L18.9 5 21 7.1Z',
};

export function drawFacts({ facts }) {
  return el(
    'dl',
    { class: 'facts' },
    facts.map(({ label, value }) => {
      // One long value would tear the columns apart.
      const wide = plainText(value).length > 48;
      return el(
        'div',
        { class: wide ? 'wide' : undefined },
        el('dt', {}, label),
        el('dd', {}, badge(label, value) ?? richText(value)),
      );
    }),
  );
}

function badge(label, value) {
  const word = plainText(value).trim().toLowerCase();
  const name = label.trim().toLowerCase();
  const path =
    name === 'severity' && Object.hasOwn(SEVERITIES, word)
      ? SEVERITIES[word]
      : name === 'status' && Object.hasOwn(STATES, word)
        ? STATES[word]
        : undefined;
  return path && el('span', { class: `badge ${name}-${word}` }, icon(path, 12), richText(value));
}

export function drawConfidence({ probability, words, trackRecord }) {
  const percent = Math.round(probability * 100);
  const fill = el('span', { class: 'meter-fill' });
  fill.style.inlineSize = `${percent}%`;
  return el(
    'div',
    { class: 'confidence' },
    el(
      'p',
      { class: 'confidence-words' },
      el('span', { class: 'label' }, 'Confidence'),
      el('strong', {}, words),
      el('span', { class: 'number' }, `${percent} %`),
    ),
    el(
      'div',
      {
        class: 'meter',
        role: 'meter',
        'aria-label': 'Confidence',
        'aria-valuemin': 0,
        'aria-valuemax': 100,
        'aria-valuenow': percent,
        'aria-valuetext': `${words}, ${percent} %`,
      },
      fill,
    ),
    trackRecord && el('p', { class: 'card-context' }, trackRecord),
  );
}
