import type { Card } from '../src/domain/card.ts';
import type { HandlerContext } from './context.ts';

const MOST = 10;

/** The open incidents, newest first. */
export async function statusCard(context: HandlerContext): Promise<Card> {
  const [open, incidents] = await Promise.all([
    context.incidents.countOpen(),
    context.incidents.list({ status: 'open', limit: MOST }),
  ]);
  if (open === 0) {
    const summary = 'No open incidents.';
    return { summary, elements: [{ kind: 'text', text: summary }] };
  }
  const rows = await Promise.all(
    incidents.map(async (incident) => {
      const [triage, channel] = await Promise.all([
        context.triages.latest(incident.id),
        context.channelName(incident.where),
      ]);
      return [
        incident.createdAt.toISOString().slice(0, 16).replace('T', ' '),
        triage?.severity ?? '…',
        triage?.category ?? '…',
        `#${channel}`,
        shorten(incident.text),
      ];
    }),
  );
  const more = open > rows.length ? `, the newest ${rows.length}` : '';
  const summary = `${open} open ${open === 1 ? 'incident' : 'incidents'}${more}`;
  return {
    summary,
    elements: [
      {
        kind: 'table',
        caption: summary,
        columns: ['Since (UTC)', 'Severity', 'Category', 'Channel', 'Report'].map((label) => ({
          label,
          align: 'left' as const,
        })),
        rows,
      },
    ],
  };
}

function shorten(text: string): string {
  const letters = [...text.replace(/\s+/g, ' ').slice(0, 200)];
  return letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : letters.join('');
}
