import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawCard } from '../../../adapters/slack/draw/draw-card.ts';
import type { Card, CardElement } from '../../../src/domain/card.ts';
import { checkBlocks } from '../../fakes/slack/limits/blocks.ts';
import { CARDS } from './cards.ts';

const FORMS = [{ newer: true }, { newer: false }];

describe('every kind of card', () => {
  for (const [name, card] of Object.entries(CARDS)) {
    it(`${name}: is drawn natively`, () => {
      expect(drawCard(card, { newer: true })).toMatchSnapshot();
    });

    it(`${name}: is drawn without newer blocks`, () => {
      const drawn = drawCard(card, { newer: false });
      expect(drawn.newer).toBe(false);
      expect(checkBlocks(drawn.blocks, 'message', true)).toBeUndefined();
      expect(drawn.blocks).toMatchSnapshot();
    });

    it(`${name}: is within what Slack takes`, () => {
      expect(checkBlocks(drawCard(card, { newer: true }).blocks, 'message')).toBeUndefined();
    });
  }
});

describe('whatever a card holds', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('<!channel>', '```', '*bold*', '\ud83d', '\u0000', '', 'x'.repeat(5_000)),
    fc.nat(20_000).map((length) => 'disk full '.repeat(length / 10)),
  );
  const line = fc.oneof(fc.string({ maxLength: 40 }), fc.constant('y'.repeat(200)));
  const rich = fc.oneof(
    text,
    fc.array(
      fc.oneof(
        text,
        fc.record({ text, style: fc.constantFrom('bold', 'italic', 'code') }),
        fc.record({ text, href: fc.webUrl() }),
        fc.record({ mention: fc.constantFrom('U012AB3CD', 'channel', 'S0123'), label: line }),
      ),
      { maxLength: 4 },
    ),
  );
  const points = fc.array(fc.record({ label: line, value: fc.integer() }), {
    minLength: 1,
    maxLength: 30,
  });
  const element = fc.oneof(
    fc.record({ kind: fc.constant('header'), text: fc.string({ minLength: 1, maxLength: 300 }) }),
    fc.record({ kind: fc.constantFrom('text', 'context'), text: rich }),
    fc.record({ kind: fc.constant('code'), text }),
    fc.record({
      kind: fc.constant('notice'),
      tone: fc.constantFrom('info', 'warning', 'error'),
      text: rich,
    }),
    fc.record({
      kind: fc.constant('facts'),
      facts: fc.array(fc.record({ label: line, value: rich }), { minLength: 1, maxLength: 30 }),
    }),
    fc.record({
      kind: fc.constant('sources'),
      title: line,
      sources: fc.array(fc.record({ title: text, href: fc.webUrl(), quote: text }), {
        maxLength: 12,
      }),
    }),
    fc.record({
      kind: fc.constant('steps'),
      title: line,
      steps: fc.array(
        fc.record({ text: rich, command: text, dangerous: fc.boolean(), check: text }),
        { maxLength: 12 },
      ),
    }),
    fc.record({
      kind: fc.constant('table'),
      caption: text,
      columns: fc.array(fc.record({ label: line, align: fc.constantFrom('left', 'right') }), {
        minLength: 1,
        maxLength: 25,
      }),
      rows: fc.array(fc.array(line, { maxLength: 25 }), { maxLength: 120 }),
    }),
    fc.record({
      kind: fc.constant('chart'),
      type: fc.constantFrom('bar', 'line', 'area', 'pie'),
      title: line,
      series: fc.array(fc.record({ name: line, points }), { minLength: 1, maxLength: 8 }),
    }),
    fc.record({
      kind: fc.constant('choices'),
      action: fc.constant('pick'),
      prompt: text,
      options: fc.array(fc.record({ value: fc.constant('v'), label: line }), {
        minLength: 1,
        maxLength: 12,
      }),
    }),
    fc.record({
      kind: fc.constant('buttons'),
      buttons: fc.array(
        fc.record({
          action: fc.constantFrom('resolve', 'open'),
          label: line,
          style: fc.constantFrom('plain', 'primary', 'danger'),
        }),
        { minLength: 1, maxLength: 30 },
      ),
    }),
    fc.record({ kind: fc.constant('vote'), up: fc.nat(9), down: fc.nat(9) }),
  );
  const card = fc.record({
    summary: fc.string({ minLength: 1, maxLength: 5_000 }),
    incidentId: fc.constant('inc_01'),
    elements: fc.array(element, { maxLength: 14 }),
  }) as unknown as fc.Arbitrary<Card>;

  it('Slack takes it, with its text and all its controls', () => {
    fc.assert(
      fc.property(card, fc.constantFrom(...FORMS), (any, form) => {
        const drawn = drawCard(any, form);
        expect(checkBlocks(drawn.blocks, 'message', !form.newer)).toBeUndefined();
        expect(drawn.blocks.length).toBeGreaterThan(0);
        expect(drawn.text.length).toBeLessThanOrEqual(4_000);
        expect(drawn.text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
        const controls = any.elements.filter(isControl).length;
        const shown = drawn.blocks.filter(({ type, ...rest }) => 'block_id' in rest && type);
        expect(shown.length).toBeGreaterThanOrEqual(controls);
      }),
      { numRuns: 150, seed: 20_261_121 },
    );
  });
});

function isControl({ kind }: CardElement): boolean {
  return kind === 'buttons' || kind === 'choices' || kind === 'vote';
}

describe('what does not fit', () => {
  const only = (...elements: CardElement[]) =>
    drawCard({ summary: 'A card', elements }, { newer: true });

  it('goes into a file as a whole, and the card says so', () => {
    const text = 'connection refused '.repeat(5_300);
    const { blocks, files } = only({ kind: 'text', text }, { kind: 'vote', up: 0, down: 0 });
    expect(files.map(({ name }) => name)).toEqual(['whole-card.txt']);
    expect(files[0]?.text === text).toBe(true);
    expect(JSON.stringify(blocks)).toContain('connection refused');
    expect(JSON.stringify(blocks)).toContain('the whole of it is in a file');
    expect(blocks.map(({ type }) => type)).toContain('context_actions');
  });

  it('code is never split: it is a file, with its beginning on the card', () => {
    const text = Array.from({ length: 400 }, (_, line) => `line ${line}`).join('\n');
    const { blocks, files } = only({ kind: 'code', text });
    expect(files).toEqual([{ name: 'code-1.txt', text }]);
    expect(blocks).toHaveLength(1);
    expect(JSON.stringify(blocks)).toContain('line 0\\nline 1\\n');
  });

  it('code that fits stays whole, whatever is in it', () => {
    const text = 'before\n```\nnot the end\n```\n<!here> *bold*';
    const { blocks, files } = only({ kind: 'code', text });
    expect(files).toEqual([]);
    expect(blocks).toEqual([
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
      },
    ]);
  });

  it('more choices than one list holds come in groups', () => {
    const options = Array.from({ length: 130 }, (_, at) => ({ value: `v${at}`, label: `${at}` }));
    const { blocks } = only({ kind: 'choices', action: 'pick', prompt: 'Which?', options });
    expect(checkBlocks(blocks, 'message')).toBeUndefined();
    expect(JSON.stringify(blocks)).toContain('"value":"v129"');
  });

  it('a button whose value Slack cannot carry is a fault, not another value', () => {
    const buttons = [
      { action: 'a', label: 'A', value: 'v'.repeat(2_001), style: 'plain' },
    ] as const;
    expect(() => only({ kind: 'buttons', buttons: [...buttons] })).toThrowError(/too long/);
  });
});

describe('text of people and models', () => {
  const drawn = (...elements: CardElement[]) =>
    JSON.stringify(drawCard({ summary: 'A card', elements }, { newer: true }).blocks);

  it.each(['channel', 'here', 'everyone', '!channel', '@here'])('cannot mention %s', (mention) => {
    const blocks = drawn({ kind: 'text', text: [{ mention, label: mention }] });
    expect(blocks).not.toMatch(/broadcast|usergroup|"user"/);
    expect(blocks).toContain(`@${mention}`);
  });

  it('mentions a person or a group when our own code says so', () => {
    expect(drawn({ kind: 'text', text: [{ mention: 'U024BE7LH', label: 'Ada' }] })).toContain(
      '"user_id":"U024BE7LH"',
    );
    expect(
      drawn({ kind: 'text', text: [{ mention: 'subteam^S0123ABC', label: 'dba' }] }),
    ).toContain('"usergroup_id":"S0123ABC"');
  });

  it('cannot dress a link up as another', () => {
    const sources = [{ title: 'https://bank.example/login', href: 'https://evil.example/x' }];
    const blocks = drawn({ kind: 'sources', title: 'Why', sources });
    expect(blocks).toContain(
      '{"type":"link","url":"https://evil.example/x","text":"evil.example"}',
    );
    expect(blocks).not.toContain('"text":"https://bank.example/login"}');
  });

  it('is markup nowhere', () => {
    const hostile = '*bold* _it_ ~no~ `code` <https://evil.example|bank> <!channel>';
    const blocks = drawn(
      { kind: 'facts', facts: [{ label: hostile, value: hostile }] },
      { kind: 'context', text: hostile },
      { kind: 'buttons', buttons: [{ action: 'a', label: hostile, style: 'plain' }] },
      { kind: 'choices', action: 'b', prompt: hostile, options: [{ value: 'v', label: hostile }] },
    );
    expect(blocks).not.toContain('mrkdwn');
  });
});
