import type { Card } from '../src/domain/card.ts';
import type { Event } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { Triage } from '../src/domain/triage.ts';
import { plainText } from '../src/safety/index.ts';
import { capitalised, corrected, durationInWords, withoutAddresses } from '../src/triage/index.ts';
import type { HandlerContext } from './context.ts';

const MOST = 10;
const LOOKED_AT = 50;

/** The open incidents of a workspace that whoever asks may read, newest first, each with the way to its thread. */
export async function statusCard(
  context: HandlerContext,
  { where, actor }: Pick<Event, 'where' | 'actor'>,
): Promise<Card> {
  const place = { platform: where.platform, workspace: where.workspace };
  const [all, newest] = await Promise.all([
    context.incidents.countOpen(place),
    context.incidents.list({ status: 'open', workspace: place, limit: LOOKED_AT }),
  ]);
  const mayRead = await Promise.all(
    newest.map(
      (incident) =>
        incident.where.channel === where.channel ||
        incident.reporter.id === actor.id ||
        context.isOpen(incident.where),
    ),
  );
  const readable = newest.filter((_, i) => mayRead[i]);
  const incidents = readable.slice(0, MOST);
  const hidden = newest.length - readable.length;
  const open = all - hidden;
  const elsewhere = hidden === 0 ? '' : `; ${hidden} more in private channels`;
  if (open === 0) {
    const summary = `No open incidents${elsewhere}.`;
    return { summary, elements: [{ kind: 'text', text: summary }] };
  }
  const now = context.clock.now().getTime();
  const sources = await Promise.all(
    incidents.map(async (incident) => {
      const [triage, votes, channel] = await Promise.all([
        context.triages.latest(incident.id),
        context.votes.ofIncident(incident.id),
        context.channelName(incident.where),
      ]);
      const verdict = triage && corrected(triage, votes);
      const href = context.linkTo(incident.where);
      const lasted = durationInWords(now - incident.createdAt.getTime());
      return {
        title: `${verdictOf(verdict)} in #${channel}, open for ${lasted}`,
        ...(href === undefined ? {} : { href }),
        quote: excerptOf(incident),
      };
    }),
  );
  const more = open > sources.length ? `, the newest ${sources.length}` : '';
  const summary = `${open} open ${open === 1 ? 'incident' : 'incidents'}${more}${elsewhere}`;
  return { summary, elements: [{ kind: 'sources', title: summary, sources }] };
}

function verdictOf(triage: Triage | undefined): string {
  return triage ? `${capitalised(triage.severity)}, ${triage.category}` : 'Not judged yet';
}

/** One line of what was reported. */
export function excerptOf({ text }: Pick<Incident, 'text'>): string {
  const line = withoutAddresses(plainText(text)).replace(/\s+/g, ' ').trim();
  const letters = [...line.slice(0, 400)];
  return letters.length > 100 ? `${letters.slice(0, 99).join('')}…` : letters.join('');
}
