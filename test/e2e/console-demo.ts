import type { Console } from '../../adapters/console/index.ts';
import { type Card, type CardElement, textCard } from '../../src/domain/card.ts';
import type { Event, VoteValue } from '../../src/domain/event.ts';
import type { MessageRef } from '../../src/domain/thread-ref.ts';
import type { Receive } from '../../src/ports/chat-platform.ts';
import { cleanCard } from '../../src/safety/index.ts';

type Shown = {
  incidentId: string;
  text: string;
  message: MessageRef;
  category: string;
  resolved: boolean;
  sure: boolean;
  votes: Map<string, VoteValue>;
};

/**
 * Just enough of a product to talk to: reports become a card with every kind of element, that becomes more
 * certain when `learn` is called and follows votes, choices and buttons.
 */
export function createDemoProduct() {
  const incidents = new Map<string, Shown>();
  const answered = new Map<string, ReturnType<Receive>>();

  async function report(made: Console, event: Event, text: string): Promise<void> {
    const incidentId = `inc_${incidents.size + 1}`;
    const shown = {
      incidentId,
      text,
      category: 'Database',
      resolved: false,
      sure: false,
      votes: new Map(),
    };
    const message = await made.platform.post(
      event.where,
      cleanCard(cardOf(shown)),
      `card-${incidentId}`,
    );
    incidents.set(incidentId, { ...shown, message });
  }

  async function change(made: Console, incidentId: string, by: (shown: Shown) => void) {
    const shown = incidents.get(incidentId);
    if (!shown) return;
    by(shown);
    await made.platform.edit(shown.message, cleanCard(cardOf(shown)));
  }

  async function handle(made: Console, event: Event) {
    switch (event.kind) {
      case 'command':
        if (event.text.trim() === 'help')
          return { card: textCard('Say /triage and what is wrong.') };
        await report(made, event, event.text);
        return { card: textCard('On it. The card comes here.') };
      case 'message': {
        if (!event.channelName.startsWith('inc') || event.where.thread) return undefined;
        const where = { ...event.where, thread: event.messageId };
        await report(made, { ...event, where }, event.text);
        return undefined;
      }
      case 'vote':
        await change(made, event.incidentId, ({ votes }) => votes.set(event.actor.id, event.value));
        return {
          card: event.value === 'up' ? textCard('Noted: this helped.') : ask(event.incidentId),
        };
      case 'action':
        await change(made, event.incidentId, (shown) => {
          if (event.action === 'correct-category') shown.category = event.value ?? '';
          else shown.resolved = event.action === 'resolve';
        });
        return { card: textCard(`Noted: ${event.value ?? event.action}.`) };
    }
  }

  return {
    receive:
      (made: Console): Receive =>
      (event) => {
        const known = answered.get(event.occurrence);
        if (known) return known;
        const answer = handle(made, event).then(
          (reply) => reply && { card: cleanCard(reply.card) },
        );
        answered.set(event.occurrence, answer);
        return answer;
      },
    learn: (made: Console, incidentId: string) =>
      change(made, incidentId, (shown) => {
        shown.sure = true;
      }),
    incidents,
  };
}

function ask(incidentId: string): Card {
  const prompt = 'Noted: this was wrong. What kind of incident is it?';
  const options = ['Network', 'Database', 'Application', 'Security', 'Hardware', 'Performance'];
  return {
    summary: prompt,
    incidentId,
    elements: [
      {
        kind: 'choices',
        action: 'correct-category',
        prompt,
        options: options.map((value) => ({ value, label: value })),
      },
    ],
  };
}

function cardOf(shown: Omit<Shown, 'message'>): Card {
  const values = [...shown.votes.values()];
  const count = (value: VoteValue) => values.filter((each) => each === value).length;
  const headline = `${shown.category} incident, high severity`;
  return {
    summary: headline,
    incidentId: shown.incidentId,
    elements: [
      { kind: 'header', text: shown.resolved ? `Resolved: ${headline}` : headline },
      { kind: 'text', text: [{ text: shown.text, style: 'italic' }] },
      ...(shown.sure ? [] : [NOT_SURE]),
      {
        kind: 'confidence',
        probability: shown.sure ? 0.91 : 0.46,
        words: shown.sure ? 'sure' : 'unsure',
        trackRecord: 'When it was this sure before, it was right 9 times out of 10.',
      },
      {
        kind: 'facts',
        facts: [
          { label: 'Category', value: shown.category },
          { label: 'Severity', value: 'High' },
          { label: 'Status', value: shown.resolved ? 'Resolved' : 'Open' },
          { label: 'Reported by', value: [{ mention: 'u1', label: 'Ada' }] },
        ],
      },
      ...DETAILS,
      {
        kind: 'buttons',
        buttons: [
          shown.resolved
            ? { action: 'reopen', label: 'Reopen', style: 'plain' }
            : { action: 'resolve', label: 'Resolve', style: 'primary' },
          { action: 'page', label: 'Page the owner', value: 'team-db', style: 'danger' },
        ],
      },
      { kind: 'vote', up: count('up'), down: count('down') },
      { kind: 'context', text: `Verdict 1 by keyword-1, ${shown.incidentId}` },
    ],
  };
}

const NOT_SURE: CardElement = {
  kind: 'notice',
  tone: 'warning',
  text: 'Not sure about this one. Take it as a first guess and check before you act on it.',
};

const MINUTES = ['10:00', '10:05', '10:10', '10:15', '10:20', '10:25', '10:30'];
const points = (values: number[]) => values.map((value, i) => ({ label: MINUTES[i] ?? '', value }));

const DETAILS: CardElement[] = [
  {
    kind: 'text',
    text: [
      'The connection pool of ',
      { text: 'orders-db', style: 'code' },
      ' is ',
      { text: 'full', style: 'bold' },
      ' since 10:05, see the ',
      { text: 'pool dashboard', href: 'https://grafana.example/d/pool' },
      '. <script>alert("never run")</script>',
    ],
  },
  {
    kind: 'code',
    text: 'FATAL: remaining connection slots are reserved\n  at Pool.connect (pg-pool/index.js:45)',
  },
  { kind: 'notice', tone: 'info', text: 'The knowledge base is away: no runbooks were searched.' },
  { kind: 'notice', tone: 'error', text: 'The backend refused to answer twice.' },
  {
    kind: 'sources',
    title: 'What this rests on',
    sources: [
      {
        title: 'Runbook: connection pool exhausted',
        href: 'https://wiki.example/runbooks/pool',
        quote:
          'When the pool is exhausted, look at `max_connections` and for a deploy in the last hour.',
      },
      {
        title: 'INC-2041, 3 March',
        quote: `${'A slow migration held row locks, so every checkout waited for a connection. '.repeat(5)}It ended when the migration was cancelled.`,
      },
    ],
  },
  {
    kind: 'steps',
    title: 'Next steps',
    steps: [
      {
        text: 'See who holds the connections.',
        command: 'psql -c "select pid, state, query from pg_stat_activity order by state_change"',
        dangerous: false,
        check: 'one service has most of them',
      },
      {
        text: 'Restart the pooler.',
        command: 'kubectl -n orders rollout restart deploy/pgbouncer',
        dangerous: true,
        check: 'errors stop within a minute',
        risk: 'every open transaction is lost',
        rollback: 'kubectl -n orders rollout undo deploy/pgbouncer',
      },
    ],
  },
  {
    kind: 'table',
    caption: 'Slowest queries',
    columns: [
      { label: 'Query', align: 'left' },
      { label: 'Calls', align: 'right' },
      { label: 'Mean ms', align: 'right' },
    ],
    rows: [
      ['update carts set total = $1', '18,204', '1,930'],
      ['select * from stock where sku = $1', '9,311', '204'],
    ],
  },
  {
    kind: 'chart',
    type: 'bar',
    title: 'Errors a minute',
    series: [
      { name: 'checkout', points: points([2, 41, 88, 120, 96, 60, 12]) },
      { name: 'cart', points: points([1, 4, 9, 14, 22, 18, 3]) },
    ],
  },
  {
    kind: 'chart',
    type: 'line',
    title: 'Latency, ms',
    series: [
      { name: 'p95', points: points([120, 900, 1900, 2400, 2100, 1300, 240]) },
      { name: 'p50', points: points([40, 210, 480, 610, 560, 300, 60]) },
    ],
  },
  {
    kind: 'chart',
    type: 'area',
    title: 'Connections in use',
    series: [{ name: 'orders-db', points: points([20, 74, 100, 100, 100, 82, 31]) }],
  },
  {
    kind: 'chart',
    type: 'pie',
    title: 'Errors by service',
    series: [
      {
        name: 'errors',
        points: [
          { label: 'checkout', value: 61 },
          { label: 'cart', value: 24 },
          { label: 'search', value: 15 },
        ],
      },
    ],
  },
  {
    kind: 'choices',
    action: 'pick-owner',
    prompt: 'Who owns this?',
    options: [
      { value: 'db', label: 'Databases' },
      { value: 'shop', label: 'Shop' },
    ],
  },
];
