import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Card, cardSchema } from '../../../src/domain/card.ts';
import { cardText } from '../../../src/domain/card-text.ts';
import { cleanCard } from '../../../src/safety/index.ts';

const secret = 'AKIAIOSFODNN7EXAMPLQ';

const everywhere: Card = {
  summary: `key ${secret}`,
  incidentId: 'inc_01',
  elements: [
    { kind: 'header', text: `key ${secret}` },
    { kind: 'text', text: [`key ${secret}`, { text: secret, style: 'code' }] },
    { kind: 'text', text: [{ text: secret, href: 'https://example.com/runbook' }] },
    { kind: 'code', text: `AWS_ACCESS_KEY_ID=${secret}` },
    { kind: 'notice', tone: 'warning', text: secret },
    { kind: 'facts', facts: [{ label: secret, value: secret }] },
    { kind: 'confidence', probability: 0.9, words: 'sure', trackRecord: secret },
    {
      kind: 'sources',
      title: secret,
      sources: [{ title: secret, href: `https://example.com/?key=${secret}`, quote: secret }],
    },
    {
      kind: 'steps',
      title: secret,
      steps: [{ text: secret, command: `export AWS_ACCESS_KEY_ID=${secret}`, dangerous: false }],
    },
    {
      kind: 'table',
      caption: secret,
      columns: [{ label: secret, align: 'left' }],
      rows: [[secret]],
    },
    {
      kind: 'chart',
      type: 'bar',
      title: secret,
      series: [{ name: secret, points: [{ label: secret, value: 1 }] }],
    },
    { kind: 'file', name: 'notes.md', mediaType: 'text/markdown', text: secret },
    {
      kind: 'choices',
      action: 'pick',
      prompt: secret,
      options: [{ value: 'inc_01', label: secret }],
    },
    { kind: 'buttons', buttons: [{ action: 'go', label: secret, value: 'v', style: 'plain' }] },
    { kind: 'vote', up: 1, down: 2 },
    { kind: 'context', text: secret },
  ],
};

describe('a card on its way out', () => {
  it('shows no secret, whichever element holds it', () => {
    const card = cleanCard(everywhere);
    expect(JSON.stringify(card)).not.toContain(secret);
    expect(cardText(card)).toContain('[secret:');
  });

  it('stays a card, with what our own code reads back untouched', () => {
    const card = cleanCard(everywhere);
    expect(cardSchema.parse(card)).toEqual(card);
    expect(card.incidentId).toBe('inc_01');
    expect(card.elements.find((element) => element.kind === 'choices')).toMatchObject({
      action: 'pick',
      options: [{ value: 'inc_01' }],
    });
    expect(card.elements.find((element) => element.kind === 'buttons')).toMatchObject({
      buttons: [{ action: 'go', value: 'v' }],
    });
  });

  it('keeps an address that can be opened and drops one that holds a secret', () => {
    const card = cleanCard(everywhere);
    expect(card.elements[2]).toMatchObject({
      text: [{ href: 'https://example.com/runbook' }],
    });
    expect(card.elements[7]).not.toHaveProperty('sources.0.href');
  });

  it('is left as it is when there is nothing to hide', () => {
    const card: Card = {
      summary: 'Database incident, high severity',
      elements: [
        { kind: 'text', text: 'checkout is timing out since 10:05' },
        { kind: 'context', text: 'Verdict 1 by local-2026, inc_01jd2ngq7xk3m8w5v9t4c6b2zr' },
      ],
    };
    expect(cleanCard(card)).toEqual(card);
  });
});

describe('clean text and clean cards', () => {
  it('are made in src/safety and nowhere else', () => {
    const root = join(import.meta.dirname, '../../..');
    const rooms = ['src', 'adapters', 'handlers', 'jobs', 'knowledge', 'prompts'];
    const makers = rooms
      .flatMap((room) =>
        readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
          .filter((file) => file.endsWith('.ts'))
          .map((file) => join(room, file)),
      )
      .filter((file) =>
        /\bas\s+(unknown\s+as\s+)?Clean(Text|Card)\b/.test(readFileSync(join(root, file), 'utf8')),
      );
    expect(makers.sort()).toEqual(['src/safety/clean-card.ts', 'src/safety/clean.ts']);
  });
});
