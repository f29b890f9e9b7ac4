import { describe, expect, it } from 'vitest';
import { type Card, cardSchema } from '../../../src/domain/card.ts';
import { cardText } from '../../../src/domain/card-text.ts';

const everything: Card = cardSchema.parse({
  summary: 'Database incident, high severity',
  incidentId: 'inc_1',
  elements: [
    { kind: 'header', text: 'Database incident' },
    {
      kind: 'text',
      text: [
        'See ',
        { text: 'the pool', style: 'bold' },
        ' or ask ',
        { mention: 'U1', label: 'dba' },
        ' with ',
        { text: 'the page', href: 'https://example.com/p' },
      ],
    },
    { kind: 'code', text: 'a\nb' },
    { kind: 'notice', tone: 'warning', text: 'Not sure.' },
    { kind: 'facts', facts: [{ label: 'Severity', value: 'High' }] },
    { kind: 'confidence', probability: 0.874, words: 'sure', trackRecord: 'Right 9 of 10 times' },
    {
      kind: 'sources',
      title: 'Runbooks',
      sources: [{ title: 'Pool', href: 'https://example.com/r', quote: 'Check the pool.' }],
    },
    {
      kind: 'steps',
      title: 'Next',
      steps: [
        {
          text: 'Look',
          command: 'DROP TABLE x',
          dangerous: true,
          check: 'it is empty',
          risk: 'high',
          rollback: 'restore',
        },
      ],
    },
    {
      kind: 'table',
      caption: 'Pools',
      columns: [{ label: 'Pool' }, { label: 'Used', align: 'right' }],
      rows: [
        ['main', '9'],
        ['reports', '100'],
      ],
    },
    {
      kind: 'chart',
      type: 'line',
      title: 'Errors',
      series: [{ name: 'api', points: [{ label: '10:00', value: 3 }] }],
    },
    { kind: 'file', name: 'notes.md', mediaType: 'text/markdown', text: '# Notes' },
    {
      kind: 'choices',
      action: 'pick',
      prompt: 'Which',
      options: [
        { value: 'a', label: 'A' },
        { value: 'b', label: 'B' },
      ],
    },
    { kind: 'buttons', buttons: [{ action: 'resolve', label: 'Resolve' }] },
    { kind: 'vote', up: 2, down: 1 },
    { kind: 'context', text: 'Verdict 1' },
  ],
});

describe('a card as plain text', () => {
  it('says everything that the card shows', () => {
    expect(cardText(everything)).toMatchInlineSnapshot(`
      "Database incident

      See the pool or ask @dba with the page (https://example.com/p)

          a
          b

      Warning: Not sure.

      Severity: High

      Confidence: sure (87 %). Right 9 of 10 times

      Runbooks
      1. Pool (https://example.com/r)
          Check the pool.

      Next
      1. Look
          DROP TABLE x   [dangerous]
         Worked if: it is empty
         Risk: high
         Undo: restore

      Pools
      Pool     Used
      main        9
      reports   100

      Errors
      api, 10:00: 3

      notes.md:
          # Notes

      Which: A, B

      Actions: Resolve

      Votes: 2 up, 1 down

      Verdict 1"
    `);
  });

  it('leaves nothing of what people wrote out or marked up', () => {
    const hostile = '<!channel> *x* [a](http://b) @everyone';
    const card: Card = { summary: 's', elements: [{ kind: 'text', text: hostile }] };
    expect(cardText(card)).toBe(hostile);
  });
});

describe('the card schema', () => {
  it('takes only web addresses as links', () => {
    const linked = (href: string) => ({
      summary: 's',
      elements: [{ kind: 'text', text: [{ text: 'x', href }] }],
    });
    expect(cardSchema.safeParse(linked('https://example.com')).success).toBe(true);
    expect(cardSchema.safeParse(linked('javascript:alert(1)')).success).toBe(false);
    expect(cardSchema.safeParse(linked('data:text/html,x')).success).toBe(false);
  });
});
