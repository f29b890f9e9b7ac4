import type { Card, CardElement } from '../src/domain/card.ts';
import type { HomeEvent } from '../src/domain/event.ts';
import type { HandlerContext } from './context.ts';
import { statusCard } from './status.ts';
import { voterKeyOf } from './vote.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const VOTES_SHOWN = 5;
/** Fewer votes than this say nothing about how good the verdicts are. */
const FEWEST_VOTES = 5;

/** What somebody sees who opens the product's own page: what is open, how the week went, what they said. */
export async function homeCard(context: HandlerContext, event: HomeEvent): Promise<Card> {
  const since = new Date(context.clock.now().getTime() - WEEK_MS);
  const [open, picture, tally, mine] = await Promise.all([
    statusCard(context),
    context.triages.picture(since),
    context.votes.tallySince(since),
    context.votes.ofVoter(voterKeyOf(event.where.workspace, event.actor), VOTES_SHOWN),
  ]);
  return {
    summary: open.summary,
    elements: [
      { kind: 'header', text: 'Open incidents' },
      ...open.elements,
      { kind: 'header', text: 'This week' },
      ...week(picture),
      { kind: 'text', text: howGood(tally.up, tally.down) },
      { kind: 'header', text: 'Your votes' },
      mine.length === 0
        ? {
            kind: 'text',
            text: 'None yet. A thumb on a card tells me whether its verdict was right.',
          }
        : {
            kind: 'table',
            caption: 'The last ones',
            columns: [
              { label: 'When (UTC)', align: 'left' },
              { label: 'Incident', align: 'left' },
              { label: 'Vote', align: 'left' },
              { label: 'Right would have been', align: 'left' },
            ],
            rows: mine.map(({ at, incidentId, value, correction }) => [
              at.toISOString().slice(0, 16).replace('T', ' '),
              incidentId,
              value === 'up' ? 'helped' : 'was wrong',
              correction ?? '',
            ]),
          },
      {
        kind: 'context',
        text: 'In a channel, /triage quiet, verbose, off, watch and oncall say how I behave there; /triage help has the rest.',
      },
    ],
  };
}

function week(
  picture: readonly { category: string; incidents: number; resolved: number }[],
): CardElement[] {
  const incidents = picture.reduce((sum, row) => sum + row.incidents, 0);
  const resolved = picture.reduce((sum, row) => sum + row.resolved, 0);
  if (incidents === 0) return [{ kind: 'text', text: 'No incidents in the last seven days.' }];
  return [
    {
      kind: 'text',
      text: `${incidents} ${incidents === 1 ? 'incident' : 'incidents'} in the last seven days, ${resolved} resolved.`,
    },
    {
      kind: 'chart',
      type: 'bar',
      title: 'Incidents by category',
      series: [
        {
          name: 'incidents',
          points: picture.map((row) => ({ label: row.category, value: row.incidents })),
        },
      ],
    },
  ];
}

function howGood(up: number, down: number): string {
  const votes = up + down;
  if (votes < FEWEST_VOTES) {
    return `How good my verdicts were is not known yet: ${votes} ${votes === 1 ? 'vote' : 'votes'} in the last seven days.`;
  }
  return `${up} of ${votes} votes in the last seven days say that a verdict helped (${Math.round((up / votes) * 100)} %).`;
}
