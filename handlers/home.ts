import type { Card, CardElement } from '../src/domain/card.ts';
import type { HomeEvent } from '../src/domain/event.ts';
import type { Vote, VoteTally } from '../src/domain/feedback.ts';
import { durationInWords } from '../src/triage/index.ts';
import type { HandlerContext } from './context.ts';
import { excerptOf, statusCard } from './status.ts';
import { voterKeyOf } from './vote.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const VOTES_SHOWN = 5;
/** Fewer votes than this say nothing about how good the verdicts are. */
const FEWEST_VOTES = 5;

/** What somebody sees who opens the product's own page: what is open, how the week went, what they said. */
export async function homeCard(context: HandlerContext, event: HomeEvent): Promise<Card> {
  const { platform, workspace } = event.where;
  const place = { platform, workspace };
  const since = new Date(context.clock.now().getTime() - WEEK_MS);
  const [open, picture, tally, mine] = await Promise.all([
    statusCard(context, event),
    context.triages.picture(since, place),
    context.votes.tallySince(since, place),
    context.votes.ofVoter(voterKeyOf(workspace, event.actor), VOTES_SHOWN),
  ]);
  return {
    summary: open.summary,
    elements: [
      { kind: 'header', text: open.summary },
      ...open.elements.flatMap((element) =>
        element.kind === 'sources' ? [{ ...element, title: 'Newest first' }] : [],
      ),
      {
        kind: 'buttons',
        buttons: [
          { action: 'report', label: 'Report an incident', style: 'primary' },
          { action: 'channel-settings', label: 'Channel settings', style: 'plain' },
        ],
      },
      { kind: 'header', text: 'The last seven days' },
      ...week(picture),
      { kind: 'text', text: howGood(tally) },
      { kind: 'header', text: 'Your votes' },
      await votesOf(context, mine),
      {
        kind: 'context',
        text: 'In a channel: /triage and what is wrong, or /triage help for the rest. In a thread: mention me.',
      },
    ],
  };
}

async function votesOf(context: HandlerContext, votes: readonly Vote[]): Promise<CardElement> {
  if (votes.length === 0) {
    const text = 'None yet. A thumb on a card tells me whether its verdict was right.';
    return { kind: 'text', text };
  }
  const now = context.clock.now().getTime();
  const sources = await Promise.all(
    votes.map(async ({ at, incidentId, value, correction }) => {
      const incident = await context.incidents.byId(incidentId);
      const href = incident && context.linkTo(incident.where);
      const ago = durationInWords(now - at.getTime());
      const right = correction === undefined ? '' : `, right would have been ${correction}`;
      return {
        title: `${value === 'up' ? '👍 Helped' : '👎 Wrong'}${right}, ${ago} ago`,
        ...(href === undefined ? {} : { href }),
        ...(incident ? { quote: excerptOf(incident) } : {}),
      };
    }),
  );
  return { kind: 'sources', title: 'Newest first', sources };
}

function week(
  picture: readonly { category: string; incidents: number; resolved: number }[],
): CardElement[] {
  const incidents = picture.reduce((sum, row) => sum + row.incidents, 0);
  const resolved = picture.reduce((sum, row) => sum + row.resolved, 0);
  if (incidents === 0) return [{ kind: 'text', text: 'No incidents.' }];
  return [
    {
      kind: 'text',
      text: `${incidents} ${incidents === 1 ? 'incident' : 'incidents'}, ${resolved} resolved.`,
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

function howGood({ up, down }: VoteTally): string {
  const votes = up + down;
  if (votes < FEWEST_VOTES) {
    return `How good my verdicts were is not known yet: ${votes} ${votes === 1 ? 'vote' : 'votes'}.`;
  }
  return `${up} of ${votes} votes say that a verdict helped (${Math.round((up / votes) * 100)} %).`;
}
