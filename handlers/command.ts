import { type Card, textCard } from '../src/domain/card.ts';
import { COMMANDS } from '../src/domain/commands.ts';
import type { CommandEvent } from '../src/domain/event.ts';
import type { Answer, HandlerContext } from './context.ts';
import { report } from './report.ts';
import { resolveHere } from './resolve.ts';
import { statusCard } from './status.ts';

/**
 * `/triage` and what follows. A sub-command counts only when the rest fits it: "status page is down" is a
 * report, not a question for the status.
 */
export async function onCommand(context: HandlerContext, event: CommandEvent): Promise<Answer> {
  const text = event.text.trim();
  const word = text.toLowerCase();
  if (word === '' || word === 'help') return { outcome: 'answered', card: helpCard() };
  if (word === 'status') return { outcome: 'answered', card: await statusCard(context) };
  if (word === 'resolve') return resolveHere(context, event);
  if (event.where.thread !== undefined) {
    const known = await context.incidents.byThread(event.where);
    if (known) {
      return {
        outcome: 'ignored',
        card: textCard(
          'This thread already has an incident. Write what you found as a message here and I will read it.',
        ),
      };
    }
  }
  const { outcome } = await report(context, event, event.where);
  const sentence =
    outcome === 'recorded' ? 'On it. The card comes here.' : 'Already on it. The card is here.';
  return { outcome, card: textCard(sentence) };
}

function helpCard(): Card {
  return {
    summary: 'Say /triage and what is wrong.',
    elements: [
      {
        kind: 'text',
        text: [
          'Say ',
          { text: '/triage', style: 'code' },
          ' and what is wrong, in your own words: ',
          { text: '/triage checkout is timing out since 10:05', style: 'code' },
        ],
      },
      {
        kind: 'facts',
        facts: COMMANDS.map((command) => ({
          label: `/triage ${command.usage}`,
          value: command.summary,
        })),
      },
    ],
  };
}
