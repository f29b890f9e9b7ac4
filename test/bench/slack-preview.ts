import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { drawCard } from '../../adapters/slack/draw/draw-card.ts';
import { CARDS } from '../unit/slack/cards.ts';

/**
 * Pictures of cards, roughly as Slack shows them, to look at: `node dist/test/bench/slack-preview.js out.png`.
 * The left side is drawn with newer blocks, the right side without. With a second argument, pictures of what
 * was shown somewhere: a JSON file of lists of blocks by their names.
 */

type Loose = Record<string, unknown>;

const EMOJI: Record<string, string> = {
  warning: '⚠️',
  information_source: 'ℹ️',
  rotating_light: '🚨',
  page_facing_up: '📄',
};

const html = (text: unknown) =>
  String(text ?? '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('\n', '<br>');

const list = (value: unknown) => (Array.isArray(value) ? (value as Loose[]) : []);

function textObject(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const { type, text } = value as Loose;
  const shown = html(text);
  return type === 'mrkdwn' ? shown.replace(/\*([^*]+)\*/g, '<b>$1</b>') : shown;
}

function rich(element: Loose): string {
  const inner = () => list(element.elements).map(rich).join('');
  switch (element.type) {
    case 'rich_text_section':
      return `<div>${inner()}</div>`;
    case 'rich_text_quote':
      return `<blockquote>${inner()}</blockquote>`;
    case 'rich_text_preformatted':
      return `<pre>${inner()}</pre>`;
    case 'rich_text_list':
      return `<ol>${list(element.elements)
        .map((item) => `<li>${rich(item)}</li>`)
        .join('')}</ol>`;
    case 'emoji':
      return EMOJI[String(element.name)] ?? `:${element.name}:`;
    case 'link':
      return `<a>${html(element.text ?? element.url)}</a>`;
    case 'user':
      return `<mark>@${html(element.user_id)}</mark>`;
    default: {
      const style = (element.style ?? {}) as Loose;
      const tags = Object.entries({ bold: 'b', italic: 'i', code: 'code' });
      return tags.reduce(
        (shown, [name, tag]) => (style[name] ? `<${tag}>${shown}</${tag}>` : shown),
        html(element.text),
      );
    }
  }
}

function control(element: Loose): string {
  if (element.type === 'feedback_buttons') {
    const label = (button: unknown) => textObject((button as Loose).text);
    return `<button>${label(element.positive_button)}</button> <button>${label(element.negative_button)}</button>`;
  }
  if (element.type === 'static_select')
    return `<button>${textObject(element.placeholder)} ▾</button>`;
  return `<button class="${element.style ?? ''}">${textObject(element.text)}</button>`;
}

function block(each: Loose): string {
  switch (each.type) {
    case 'header':
      return `<h2>${textObject(each.text)}</h2>`;
    case 'section': {
      const fields = list(each.fields).map((field) => `<div>${textObject(field)}</div>`);
      const accessory = each.accessory ? control(each.accessory as Loose) : '';
      return `<div>${textObject(each.text)} ${accessory}</div><div class="fields">${fields.join('')}</div>`;
    }
    case 'input': {
      const element = each.element as Loose;
      return `<div><b>${textObject(each.label)}</b><br>${control({ ...element, text: element.placeholder })}</div>`;
    }
    case 'context':
      return `<small>${list(each.elements).map(textObject).join(' ')}</small>`;
    case 'actions':
    case 'context_actions':
      return list(each.elements).map(control).join(' ');
    case 'data_table': {
      const rows = (each.rows as Loose[][]).map(
        (row) => `<tr>${row.map((cell) => `<td>${html(cell.text)}</td>`).join('')}</tr>`,
      );
      return `<table><caption>${html(each.caption)}</caption>${rows.join('')}</table>`;
    }
    case 'data_visualization':
      return `<figure><b>${html(each.title)}</b><br>${html(JSON.stringify(each.chart))}</figure>`;
    default:
      return list(each.elements).map(rich).join('');
  }
}

const STYLE = `body{font:15px/1.46 Lato,Arial,sans-serif;margin:16px;color:#1d1c1d}
.row{display:grid;grid-template-columns:1fr 1fr;gap:24px;margin-bottom:24px}
.card{border:1px solid #ddd;border-radius:8px;padding:12px 16px}.card>div{margin:6px 0}
h2{font-size:18px;margin:0}.fields{display:grid;grid-template-columns:1fr 1fr;gap:4px 12px}
pre{background:#f8f8f8;border:1px solid #ddd;border-radius:4px;padding:8px;font-size:12px;white-space:pre-wrap}
blockquote{border-left:4px solid #ddd;margin:0;padding-left:12px}small{color:#616061;font-size:13px}
button{border:1px solid #bbb;border-radius:4px;background:#fff;padding:4px 12px;font-weight:700}
.primary{background:#007a5a;color:#fff}table{border-collapse:collapse}td{border:1px solid #ddd;padding:4px 8px}
a{color:#1264a3}mark{background:#e8f5fa;color:#1264a3}figure{margin:0;border:1px dashed #bbb;padding:8px}`;

const picture = (blocks: Loose[]) =>
  `<div class="card">${blocks.map((each) => `<div>${block(each)}</div>`).join('')}</div>`;
const side = (name: string, newer: boolean) => {
  const card = CARDS[name];
  if (!card) throw new Error(`There is no card ${name}.`);
  return picture(drawCard(card, { newer }).blocks as unknown as Loose[]);
};
const [, , file = 'slack-cards.png', shown] = process.argv;
const rows =
  shown === undefined
    ? Object.keys(CARDS).map(
        (name) => `<div class="row">${side(name, true)}${side(name, false)}</div>`,
      )
    : Object.entries(JSON.parse(readFileSync(shown, 'utf8')) as Record<string, Loose[]>).map(
        ([name, blocks]) => `<div><h3>${html(name)}</h3>${picture(blocks)}</div>`,
      );

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
await page.setContent(`<meta charset="utf-8"><style>${STYLE}</style>${rows.join('')}`);
writeFileSync(file, await page.screenshot({ fullPage: true }));
await browser.close();
