/**
 * A language model that tells the truth in many ways, and one that lies in as many: whole explanations in prose,
 * lists, headed sections, tables and timelines, in which at most one sentence is a lie.
 */
import type { Rca } from '../../src/domain/rca.ts';
import type { Dice } from './rca-cases.ts';
import { type FigureFacts, factsOf, fillFigure, wrongFacts } from './rca-figures.ts';
import type { Figure, Phrasings } from './rca-phrasings.ts';

export const LIES = [
  'swapped-root',
  'inverted-order',
  'invented-service',
  'wrong-number',
  'wrong-time',
] as const;
export type Lie = (typeof LIES)[number];

export const KINDS = ['root', 'order', 'effect', 'advice', 'calm', 'number', 'time'] as const;
export type Kind = (typeof KINDS)[number];

export type Told = {
  text: string;
  sentences: { text: string; kind: Kind }[];
  lie?: { kind: Lie; text: string };
};

type Names = { root: string; impact: string; path: string[] };

const NUMBERS: readonly Figure[] = ['severity', 'score', 'correlation', 'services'];
const TIMES: readonly Figure[] = ['length', 'start', 'end', 'window', 'date', 'lead'];
const MOST_LINKS = 4;

export function tellTruth(rca: Rca, phrasings: Phrasings, dice: Dice): Told {
  return told(sentencesOf(rca, phrasings, dice), dice);
}

/** One lie among true sentences; undefined where the analysis has nothing to lie about in this way. */
export function tellLie(rca: Rca, kind: Lie, phrasings: Phrasings, dice: Dice): Told | undefined {
  const sentences = sentencesOf(rca, phrasings, dice);
  const names = namesOf(rca, dice);
  const lie = lieOf(rca, kind, names, phrasings, dice);
  if (lie === undefined) return undefined;
  const instead: Record<Lie, Kind> = {
    'swapped-root': 'root',
    'inverted-order': 'order',
    'invented-service': 'calm',
    'wrong-number': 'number',
    'wrong-time': 'time',
  };
  const at = sentences.findIndex((one) => one.kind === instead[kind]);
  const put = { text: lie, kind: instead[kind] };
  if (at < 0) sentences.push(put);
  else sentences[at] = put;
  return { ...told(sentences, dice), lie: { kind, text: lie } };
}

function lieOf(
  rca: Rca,
  kind: Lie,
  names: Names,
  phrasings: Phrasings,
  dice: Dice,
): string | undefined {
  const { path, root, impact } = names;
  switch (kind) {
    case 'swapped-root': {
      // Where no root cause is named, the first of the chain may be told as where it began.
      const wrong = path.slice(1).filter((name) => name !== root);
      if (wrong.length === 0) return undefined;
      const x = dice.pick(wrong);
      return filled(dice.pick(phrasings.root), { x, e: x === impact ? root : impact });
    }
    case 'inverted-order': {
      if (path.length < 2) return undefined;
      const i = dice.below(path.length - 1);
      const j = i + 1 + dice.below(path.length - i - 1);
      return filled(dice.pick(phrasings.order), { a: path[j] ?? '', b: path[i] ?? '' });
    }
    case 'invented-service':
      return filled(dice.pick(phrasings.inventions), {
        n: strangerTo(rca, phrasings, dice),
        a: dice.pick(path),
        b: dice.pick(path),
      });
    default: {
      const facts = factsOf(rca);
      const kinds = kind === 'wrong-number' ? NUMBERS : TIMES;
      const able = phrasings.figures.filter(
        (one) => kinds.includes(one.kind) && has(facts, one.kind),
      );
      if (able.length === 0) return undefined;
      const figure = dice.pick(able);
      return capital(fillFigure(figure.say, wrongFacts(facts, rca, dice), dice));
    }
  }
}

function has(facts: FigureFacts, kind: Figure): boolean {
  if (kind === 'window') return facts.start !== undefined && facts.end !== undefined;
  if (kind === 'length') return facts.minutes !== undefined;
  return facts[kind === 'date' ? 'start' : kind] !== undefined;
}

/** A name that shares no word with the analysis. */
function strangerTo(rca: Rca, { strangers }: Phrasings, dice: Dice): string {
  const text = JSON.stringify(rca).toLowerCase();
  for (;;) {
    const name = dice.pick(strangers);
    const words = name.toLowerCase().match(/[a-z]{4,}/g) ?? [];
    if (!words.some((word) => text.includes(word) && word !== 'service')) return name;
  }
}

function sentencesOf(rca: Rca, phrasings: Phrasings, dice: Dice): Told['sentences'] {
  const names = namesOf(rca, dice);
  const facts = factsOf(rca);
  const { root, impact, path } = names;
  const figure = (kinds: readonly Figure[], kind: Kind): Told['sentences'] => {
    const able = phrasings.figures.filter(
      (one) => kinds.includes(one.kind) && has(facts, one.kind),
    );
    if (able.length === 0) return [];
    return [{ text: capital(fillFigure(dice.pick(able).say, facts, dice)), kind }];
  };
  const one = (say: readonly string[], kind: Kind) => ({
    text: filled(dice.pick(say), { x: root, e: impact }),
    kind,
  });
  const links = path.slice(1, 1 + MOST_LINKS).map((b, i) => ({
    text: filled(dice.pick(phrasings.order), { a: path[i] ?? '', b }),
    kind: 'order' as const,
  }));
  return [
    ...figure(TIMES, 'time'),
    ...(root === '' || root === impact ? [] : [one(phrasings.root, 'root')]),
    ...links,
    ...(impact === '' || impact === root ? [] : [one(phrasings.effect, 'effect')]),
    ...figure(NUMBERS, 'number'),
    ...(root === '' || impact === '' || impact === root ? [] : [one(phrasings.advice, 'advice')]),
    one(phrasings.calm, 'calm'),
  ];
}

const HEADED = /^\s*(?:[-*•#|]|\d+\.\s)/;

/** As different models lay it out. */
function told(sentences: Told['sentences'], dice: Dice): Told {
  const texts = sentences.map(({ text }) => text);
  const form = dice.below(4);
  let text: string;
  if (form === 0) text = prose(texts);
  else if (form === 1) {
    const cut = Math.min(3, texts.length - 1);
    text = `${prose(texts.slice(0, cut))}\n\nKey points:\n${texts
      .slice(cut)
      .map((one) => (HEADED.test(one) ? one : `- ${one}`))
      .join('\n')}`;
  } else if (form === 2) {
    const third = Math.ceil(texts.length / 3);
    text = ['Summary', 'What happened', 'Details']
      .map((heading, i) => `## ${heading}\n${prose(texts.slice(i * third, (i + 1) * third))}`)
      .join('\n\n');
  } else {
    text = texts.map((one) => (HEADED.test(one) ? one : `${one}`)).join('\n\n');
  }
  return { text, sentences };
}

/** Sentences that are a line of their own stay one. */
function prose(texts: readonly string[]): string {
  return texts.reduce((text, one) => {
    const own = HEADED.test(one) || !/[.!?]$/.test(one);
    const after = text === '' ? '' : own || /[^.!?]$/.test(text) ? '\n' : ' ';
    return `${text}${after}${one}`;
  }, '');
}

function filled(template: string, slots: Record<string, string>): string {
  return capital(template.replace(/\{(\w)\}/g, (_, slot: string) => slots[slot] ?? ''));
}

function capital(text: string): string {
  return text.replace(
    /^(\W*)(\p{Ll})/u,
    (_, mark: string, letter: string) => mark + letter.toUpperCase(),
  );
}

function namesOf(rca: Rca, dice: Dice): Names {
  const chain = rca.chains.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))[0];
  const path: string[] = [];
  const seen = new Set<string>();
  for (const { service } of chain?.steps ?? []) {
    const same = (service ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
    if (service === undefined || seen.has(same)) continue;
    seen.add(same);
    path.push(service);
  }
  const root = rca.rootCause.service ?? '';
  const impact = rca.impact.impactService ?? '';
  if (path.length === 0) path.push(root || impact);
  const style = new Map([...path, root, impact].map((name) => [name, said(name, dice)]));
  const of = (name: string) => style.get(name) ?? name;
  return { root: of(root), impact: of(impact), path: path.map(of) };
}

/** A name as different writers say it. */
function said(name: string, dice: Dice): string {
  if (name === '') return '';
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[-_.]/g, ' ');
  const isService = words.endsWith(' service');
  const short = words.replace(/ service$/, '');
  return dice.pick([
    name,
    `the ${isService ? words : `${words} service`}`,
    `the ${words}${isService ? '' : ' component'}`,
    `our ${short} service`,
    `the ${short} system`,
    `**${name}**`,
    `\`${name}\``,
  ]);
}
