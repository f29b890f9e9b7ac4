import type { Card, CardElement, Span } from '../domain/card.ts';
import type { Answer } from './answer.ts';
import { passageSource } from './passage-source.ts';

const NEAREST = 3;

export function answerCard(question: string, answer: Answer): Card {
  const notices: CardElement[] = answer.degraded.map((text) => ({
    kind: 'notice',
    tone: 'info',
    text,
  }));
  if (!answer.known) return unknown(answer, notices);
  const used = [...new Set(answer.sentences.flatMap(({ sources }) => sources))];
  const spans = answer.sentences.flatMap(({ text, sources }, index): Span[] => [
    ...(index === 0 ? [] : ['\n']),
    ...spansOf(text),
    ...sources.map((source): Span => ({ text: ` [${used.indexOf(source) + 1}]`, style: 'italic' })),
  ]);
  return {
    summary: answer.sentences[0]?.text ?? question,
    elements: [
      ...notices,
      { kind: 'text', text: spans },
      {
        kind: 'sources',
        title: 'Sources',
        sources: used.flatMap((index) => {
          const passage = answer.sources[index];
          return passage ? [passageSource(passage)] : [];
        }),
      },
      {
        kind: 'context',
        text: `Answered by ${answer.by}${answer.dropped > 0 ? `; left out because no source says so: ${answer.dropped} ${answer.dropped === 1 ? 'sentence' : 'sentences'}` : ''}`,
      },
    ],
  };
}

function unknown(answer: Answer, notices: CardElement[]): Card {
  const [nearest] = answer.sources;
  const summary = nearest
    ? `I don't know. The nearest is ${nearest.title}.`
    : "I don't know: there is nothing about it in the knowledge base.";
  return {
    summary,
    elements: [
      ...notices,
      { kind: 'text', text: summary },
      ...(nearest
        ? [
            {
              kind: 'sources' as const,
              title: 'Nearest',
              sources: answer.sources.slice(0, NEAREST).map(passageSource),
            },
          ]
        : []),
    ],
  };
}

/** What stands between backticks, a command or a word of a program, is drawn as code. */
function spansOf(text: string): Span[] {
  return text
    .split(/`([^`]+)`/)
    .map((part, i): Span => (i % 2 === 1 ? { text: part, style: 'code' } : part))
    .filter((span) => span !== '');
}
