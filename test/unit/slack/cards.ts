import type { Card } from '../../../src/domain/card.ts';

/** One of each thing that a card can show, and cards as the product draws them. */
export const CARDS: Record<string, Card> = {
  sentence: { summary: 'On it.', elements: [{ kind: 'text', text: 'On it.' }] },
  verdict: {
    summary: 'Database incident, high severity: checkout times out',
    incidentId: 'inc_01',
    elements: [
      { kind: 'header', text: 'Database incident, high severity' },
      { kind: 'text', text: [{ text: 'checkout times out since 10:05', style: 'italic' }] },
      {
        kind: 'notice',
        tone: 'warning',
        text: 'Not sure about this one. Check before you act on it.',
      },
      {
        kind: 'confidence',
        probability: 0.72,
        words: 'fairly sure',
        trackRecord: 'Of 40 verdicts this sure, 31 were right.',
      },
      {
        kind: 'facts',
        facts: [
          { label: 'Category', value: 'Database' },
          { label: 'Severity', value: 'High' },
          { label: 'Status', value: 'Open' },
          { label: 'On call', value: [{ mention: 'U024BE7LH', label: 'Ada' }] },
        ],
      },
      {
        kind: 'sources',
        title: 'Why',
        sources: [
          {
            title: 'Connection pool exhausted',
            href: 'https://wiki.example.com/pool',
            quote: 'When all connections are taken, requests wait and then fail.',
          },
          { title: 'Checkout was down in March' },
        ],
      },
      {
        kind: 'steps',
        title: 'Next steps',
        steps: [
          {
            text: 'See who holds the connections.',
            command: 'kubectl exec db-0 -- psql -c "select * from pg_stat_activity"',
            dangerous: false,
            check: 'fewer than 90 rows',
          },
          {
            text: 'Restart the pool.',
            command: 'kubectl rollout restart deploy/pgbouncer',
            dangerous: true,
            risk: 'open transactions are lost',
            rollback: 'none',
          },
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          { action: 'escalate', label: 'Escalate', style: 'plain' },
          { action: 'explain', label: 'Explain', style: 'plain' },
          { action: 'resolve', label: 'Resolve', style: 'primary' },
        ],
      },
      { kind: 'vote', up: 2, down: 1 },
      { kind: 'context', text: 'Verdict 2 by shipped-1, inc_01' },
    ],
  },
  numbers: {
    summary: 'Two open incidents',
    elements: [
      {
        kind: 'table',
        caption: 'Two open incidents',
        columns: [
          { label: 'Report', align: 'left' },
          { label: 'Minutes', align: 'right' },
        ],
        rows: [
          ['checkout times out', '12'],
          ['login is slow', '7'],
        ],
      },
      {
        kind: 'chart',
        type: 'bar',
        title: 'Errors a minute',
        series: [
          {
            name: 'checkout',
            points: [
              { label: '10:00', value: 3 },
              { label: '10:05', value: 240 },
            ],
          },
        ],
      },
      {
        kind: 'chart',
        type: 'pie',
        title: 'By category',
        series: [
          {
            name: 'Incidents',
            points: [
              { label: 'Database', value: 5 },
              { label: 'Network', value: 2 },
            ],
          },
        ],
      },
    ],
  },
  question: {
    summary: 'What kind of incident is it?',
    incidentId: 'inc_01',
    elements: [
      {
        kind: 'choices',
        action: 'correct-category',
        prompt: 'What kind of incident is it?',
        options: [
          { value: 'Database', label: 'Database' },
          { value: 'Network', label: 'Network' },
        ],
      },
    ],
  },
  code: {
    summary: 'What the log says',
    elements: [
      { kind: 'code', text: 'ERROR pool is full\nERROR pool is full' },
      { kind: 'file', name: 'postmortem.md', mediaType: 'text/markdown', text: '# Postmortem\n' },
    ],
  },
};
