import { describe, expect, it } from 'vitest';
import { cardSchema } from '../../../src/domain/card.ts';
import { cardText } from '../../../src/domain/card-text.ts';
import type { Vote } from '../../../src/domain/feedback.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import type { Triage, TriageDetail } from '../../../src/domain/triage.ts';
import {
  catchUpCard,
  incidentCard,
  leadershipCard,
  postmortem,
} from '../../../src/triage/index.ts';
import { clock, triage, verdict } from './helpers.ts';

const incident: Incident = {
  id: 'inc_1',
  eventKey: 'key',
  where: { platform: 'console', workspace: 'local', channel: 'inc-checkout', thread: 't1' },
  reporter: { id: 'U1', name: 'Ada', isBot: false },
  text: 'checkout times out',
  status: 'open',
  revision: 1,
  shownRevision: 0,
  createdAt: clock.now(),
  updatedAt: clock.now(),
};

const detail = (change: Partial<TriageDetail> = {}): TriageDetail => ({
  by: 'the local model',
  citations: [],
  similar: [],
  steps: [],
  ...change,
});
const fast = triage({ ...verdict({ Network: 0.55, Database: 0.3 }), version: 1 });
const read = triage({
  ...verdict({ Database: 0.78, Network: 0.1 }),
  version: 2,
  rung: 'retrieval',
  sure: true,
});
const second = (change: Partial<Triage> = {}) =>
  triage({
    ...verdict({ Database: 0.8, Network: 0.1 }),
    version: 3,
    rung: 'escalation',
    detail: detail({ by: 'the panel', reasoning: 'A lock.' }),
    ...change,
  });

function show(triages: Triage[], change: Partial<Incident> = {}) {
  const card = incidentCard({ ...incident, ...change }, triages, { up: 0, down: 0 });
  if (!card) throw new Error('There is no card.');
  return { card, text: cardText(cardSchema.parse(card)) };
}

describe('the card of an incident', () => {
  it('is not there before anything was judged', () => {
    expect(incidentCard(incident, [], { up: 0, down: 0 })).toBeUndefined();
  });

  it('says the verdict first, then how sure, then why', () => {
    const { card, text } = show([fast, read]);
    expect(card.elements[0]).toEqual({ kind: 'header', text: 'Database incident, high severity' });
    expect(text).toContain('Confidence: fairly sure (78 %)');
    expect(text).not.toContain('Warning');
  });

  it('warns while it is unsure', () => {
    expect(show([fast]).text).toContain('Warning: Not sure about this one.');
    expect(show([fast]).text).toContain('Why: “timeout”. Against it: “database”.');
  });

  it('shows the verdict of every rung in its small print', () => {
    const { text } = show([fast, read, second()]);
    expect(text).toContain('Fast 55 % Network, after reading 78 % Database, the panel: Database.');
  });

  it('keeps our verdict beside a second opinion that differs, and says so', () => {
    const unsure = { ...read, sure: false };
    const { card, text } = show([fast, unsure, second({ category: 'Security' })]);
    expect(card.elements[0]).toMatchObject({ text: 'Database incident, high severity' });
    expect(text).toContain('two views differ');
    expect(text).toContain('The panel: Security. A lock.');
    expect(text).toContain('(78 %)');
  });

  it('never shows the milder of two severities', () => {
    const { text } = show([fast, read, second({ severity: 'critical' })]);
    expect(text).toContain('Database incident, critical severity');
  });

  it('leaves out a second opinion on evidence that is no longer the latest', () => {
    const later = { ...read, version: 4, evidenceKey: 'later', rung: 'fast' as const };
    const { text } = show([fast, second({ category: 'Security' }), later]);
    expect(text).not.toContain('Security');
  });

  it('says who was called and what was away', () => {
    const called = second({
      degraded: ['No second opinion: the backend did not answer.'],
      sure: false,
      detail: detail({ called: 'the on-call in this thread' }),
    });
    const { text } = show([fast, { ...read, sure: false }, called]);
    expect(text).toContain('Note: Called: the on-call in this thread.');
    expect(text).toContain('Note: No second opinion: the backend did not answer.');
    expect(text).toContain('Not sure about this one. Take it');
  });

  it.each([
    [[1], 'Second time this week'],
    [[1, 2], 'Third time this week'],
    [[20], 'This happened before'],
    [[1, 30], 'Second time this week'],
  ])('counts what came back %j days ago: %s', (daysAgo, words) => {
    const similar = daysAgo.map((days, i) => ({
      id: `inc_${i}`,
      title: `Old one ${i}`,
      href: `https://chat.example.com/${i}`,
      fix: 'Restarted it',
      resolvedAt: new Date(incident.createdAt.getTime() - days * 86_400_000),
      score: 0.9,
      recurrence: true,
    }));
    const { text } = show([{ ...read, detail: detail({ similar }) }]);
    expect(text).toContain(`${words}: Old one 0 (https://chat.example.com/0)`);
    expect(text).toContain('Fixed by: Restarted it');
  });

  it('shows sources with their links and steps with where they come from', () => {
    const { text } = show([
      {
        ...read,
        detail: detail({
          citations: [
            {
              kind: 'page',
              source: 'a.md',
              title: 'Locks',
              href: 'https://runbooks.example.com/locks',
              score: 0.9,
            },
          ],
          steps: [
            {
              text: 'Drop the table.',
              command: 'DROP TABLE x',
              dangerous: true,
              check: 'it is gone',
              from: 'Locks',
            },
          ],
        }),
      },
    ]);
    expect(text).toContain('1. Locks (https://runbooks.example.com/locks)');
    expect(text).toContain('1. Drop the table. (Locks)');
    expect(text).toContain('[dangerous]');
    expect(text).toContain('Worked if: it is gone');
  });

  it('stays short however much was found', () => {
    const many = Array.from({ length: 12 }, (_, i) => i);
    const { card } = show([
      {
        ...read,
        detail: detail({
          citations: many.map((i) => ({
            kind: 'page',
            source: `${i}.md`,
            title: `Page ${i}`,
            score: 0.5,
          })),
          similar: many.map((i) => ({
            id: `inc_${i}`,
            title: `Old ${i}`,
            resolvedAt: clock.now(),
            score: 0.6,
            recurrence: false,
          })),
          steps: many.map((i) => ({ text: `Step ${i}`, dangerous: false })),
        }),
      },
    ]);
    expect(card.elements.length).toBeLessThanOrEqual(12);
    const listed = card.elements.flatMap((element): unknown[] => {
      if (element.kind === 'sources') return element.sources;
      return element.kind === 'steps' ? element.steps : [];
    });
    expect(listed.length).toBeLessThanOrEqual(8);
  });

  it('offers what one can do, and only what makes sense', () => {
    const actions = (text: Partial<Incident>) =>
      show([fast], text).card.elements.flatMap((element) =>
        element.kind === 'buttons' ? element.buttons.map(({ action }) => action) : [],
      );
    expect(actions({})).toEqual(['resolve', 'escalate', 'explain', 'similar', 'wrong-category']);
    expect(actions({ status: 'resolved' })).toEqual([
      'reopen',
      'explain',
      'similar',
      'wrong-category',
    ]);
  });

  it('says what fixed it once it is resolved, and warns no more', () => {
    const { text } = show([fast], {
      status: 'resolved',
      resolution: { fix: 'Rolled back', at: clock.now() },
    });
    expect(text).toContain('Resolved: Network incident');
    expect(text).toContain('Fixed by: Rolled back');
    expect(text).not.toContain('Warning');
  });

  it('shows no secret, no broken character and no hidden one of the report', () => {
    const { card } = show([fast], { text: 'db\u200b down \ud800 password=hunter2hunter2' });
    const shown = JSON.stringify(card);
    expect(shown).not.toContain('hunter2hunter2');
    expect(card.elements[1]).toMatchObject({ text: [{ text: expect.stringMatching(/^db down/) }] });
  });
});

describe('what people say an incident is', () => {
  const vote = (change: Partial<Vote>): Vote => ({
    incidentId: 'inc_1',
    triageVersion: 2,
    voterKey: 'U1',
    voterName: 'Ada',
    value: 'down',
    at: clock.now(),
    ...change,
  });
  const said = [vote({ correction: 'Network', correctedSeverity: 'critical' })];
  const withVotes = (votes: Vote[], triages = [fast, read]) => {
    const people = { votes, entries: [] };
    const card = incidentCard(incident, triages, { up: 0, down: 1 }, undefined, people);
    if (!card) throw new Error('There is no card.');
    return { card, text: cardText(cardSchema.parse(card)) };
  };

  it('is what the card says, with who said so and what it had been', () => {
    const { card, text } = withVotes(said);
    expect(card.summary).toBe('Network incident, critical severity: checkout times out');
    expect(text).toContain(
      'Note: Ada: it is Network, critical severity. I had said Database, high',
    );
    expect(text).not.toContain('Confidence');
    expect(text).not.toContain('Why:');
  });

  it('leaves how sure the verdict is where only the severity was wrong', () => {
    const { text } = withVotes([vote({ correctedSeverity: 'low' })]);
    expect(text).toContain('Database incident, low severity');
    expect(text).toContain('Confidence: fairly sure (78 %)');
  });

  it('is the last word of several, and nothing when it agrees with the verdict', () => {
    const later = new Date(clock.now().getTime() + 60_000);
    const bob = { voterKey: 'U2', voterName: 'Bob', at: later };
    const { text } = withVotes([vote({ ...bob, correctedSeverity: 'low' }), ...said]);
    expect(text).toContain('Ada and Bob: it is Network, low severity.');
    expect(withVotes([vote({ correction: 'Database' })]).text).not.toContain('Ada: it is');
    expect(withVotes([vote({ note: 'no' })]).text).toContain('Database incident, high severity');
  });

  it('counts in the catch-up, for leadership and in the postmortem', () => {
    const known = { entries: [], triages: [fast, read], votes: said };
    const catchUp = cardText(catchUpCard(incident, known, clock.now()));
    expect(catchUp).toContain('Network incident, critical severity');
    expect(catchUp).toContain('Ada said so');
    expect(catchUp).toContain('put right: it is Network, critical severity');
    const leadership = cardText(leadershipCard(incident, read, said, clock.now()));
    expect(leadership).toContain('The connections between our systems');
    expect(leadership).toContain('as serious as it gets');
    expect(postmortem(incident, known, clock.now())).toContain(
      'Network, critical severity, as Ada said',
    );
  });

  it('who reported the same is named beside the first', () => {
    const entry = (name: string, text: string) => ({
      incidentId: 'inc_1',
      eventKey: `${name} ${text}`,
      author: { id: name, name, isBot: false },
      text,
      at: clock.now(),
    });
    const entries = [
      { ...entry('Ada', 'checkout times out'), author: incident.reporter },
      entry('Ben', 'the checkout times out'),
      entry('Cho', 'we rolled back'),
    ];
    const people = { votes: [], entries };
    const card = incidentCard(incident, [fast, read], { up: 0, down: 0 }, undefined, people);
    if (!card) throw new Error('There is no card.');
    expect(cardText(card)).toMatch(/Reported by: Ada, Ben$/m);
  });
});
