import type { Card } from '../domain/card.ts';
import type { Explanation } from './explanation.ts';

/** The action of the buttons on an explanation; their value is the vote, and the card names the explanation. */
export const RATE_EXPLANATION = 'rate-explanation';

/** An explanation as people see it in chat. */
export function explanationCard(explanation: Explanation): Card {
  const { id, explanation: text, degraded, leftOut, dropped, provider, model } = explanation;
  const [first = text] = text.split('\n');
  const notes = [
    `Told by ${provider === 'local' ? 'the narrator' : `${provider} ${model}`}`,
    explanation.verified ? 'every sentence traced to the analysis' : 'not every sentence traced',
    ...(dropped.length > 0 ? [`left out as untrue: ${dropped.length}`] : []),
  ];
  return {
    summary: first.slice(0, 200),
    ...(id === undefined ? {} : { incidentId: id }),
    elements: [
      { kind: 'header', text: 'In plain words' },
      ...(explanation.verified
        ? []
        : [
            {
              kind: 'notice' as const,
              tone: 'warning' as const,
              text: 'Not every sentence could be checked against the analysis.',
            },
          ]),
      ...[degraded, leftOut]
        .filter((note) => note !== undefined)
        .map((note) => ({ kind: 'notice' as const, tone: 'info' as const, text: note })),
      { kind: 'text', text },
      ...(id === undefined ? [] : [RATING]),
      { kind: 'context', text: `${notes.join('; ')}.` },
    ],
  };
}

const RATING: Card['elements'][number] = {
  kind: 'buttons',
  buttons: [
    { action: RATE_EXPLANATION, value: 'up', label: '👍 Well told', style: 'plain' },
    { action: RATE_EXPLANATION, value: 'down', label: '👎 Not well told', style: 'plain' },
  ],
};
