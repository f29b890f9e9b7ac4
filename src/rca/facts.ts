import type { Rca } from '../domain/rca.ts';
import { chainsByImportance, servicesOf } from './story.ts';
import { rolesOf } from './verify/lexicon.ts';
import { isPlain } from './verify/plain-words.ts';
import { plainly, statementsOf } from './words/clauses.ts';
import { symptomOf } from './words/metrics.ts';
import { wordsOf } from './words/names.ts';
import { stem } from './words/stem.ts';

/** Words in a row that are no accident: who writes them took them from the data. */
export const QUOTE = 4;
const MOST_WORDS_IN_A_NAME = 12;

/** Something in the analysis that can fail and make others fail. Equal names in other spellings are one. */
export type Node = string;

export type ShareKind = 'severity' | 'score' | 'suspicion' | 'correlation' | 'evidence';

/** What an explanation may say about one analysis. */
export type Facts = {
  rca: Rca;
  root: ReadonlySet<Node>;
  /** The component that the analysis blames, where it is also a service elsewhere on a chain. */
  part: Node | undefined;
  impact: Node | undefined;
  /** Whether what people noticed is to blame itself, or there is nothing else: naming it says enough. */
  isPlainRoot: boolean;
  /** The node that these words name, written without gaps; longest names are tried first. */
  nodeOf(joined: string): Node | undefined;
  /** Whether a word as it stands is the name of a service. */
  isName(word: string): boolean;
  /** The node of a service by the name that the analysis has for it. */
  nodeNamed(service: string): Node;
  /** Which of two came first: undefined where the analysis does not say. */
  leads(cause: Node, effect: Node): 'yes' | 'reversed' | undefined;
  knows(word: string): boolean;
  /** Whether these words in a row stand in the analysis. */
  quotes(words: readonly string[]): boolean;
  /** All texts of the analysis, in small letters. */
  text: string;
  longestName: number;
};

const joinedWords = (words: readonly string[]) => words.map(stem).join('');

function withoutService(words: readonly string[]): readonly string[] {
  const last = words.at(-1);
  return words.length > 1 && (last === 'service' || last === 'svc') ? words.slice(0, -1) : words;
}

/** "loginservice" is the login service. */
function nodeNamed(identifier: string): Node {
  const joined = joinedWords(withoutService(wordsOf(identifier)));
  return joined.length > 10 ? joined.replace(/service$/, '') : joined;
}

/** Common words that a name may begin or end with: alone they name nothing. */
const NO_NAME = new Set(
  (
    'service services delay block network error errors all test demo main new old default shared common user users ' +
    'customer order orders request requests http api app web data prod production staging internal external core the no ' +
    'slow high low fault chaos kill stop fail failure deployment pod node config part product system network load'
  ).split(' '),
);

const isCommon = (word: string) => NO_NAME.has(word) || rolesOf(word).length > 0;

export function createFacts(rca: Rca): Facts {
  const services = [
    rca.impact.impactService,
    rca.rootCause.service,
    ...rca.chains.flatMap(({ steps }) => steps.map(({ service }) => service)),
  ].filter((service): service is string => service !== undefined);
  const identifiers = new Set(services);
  const names = new Map<string, Node>();
  const nodes = new Set<Node>();
  let longestName = 2;

  function name(words: readonly string[], node: Node): void {
    const joined = joinedWords(words);
    if (joined.length < 2 || names.has(joined)) return;
    names.set(joined, node);
    longestName = Math.max(longestName, Math.min(words.length + 1, MOST_WORDS_IN_A_NAME));
  }

  for (const service of services) {
    const node = nodeNamed(service);
    const words = wordsOf(service);
    const bare = withoutService(words);
    nodes.add(node);
    // A service that is called "root" or "the-service" is meant only where such a word stands with it.
    if (bare.length > 1 || !isCommon(bare[0] ?? '')) name(bare, node);
    else for (const kind of ['system', 'component']) name([...bare, kind], node);
    if (words.length === 1 && !isCommon(words[0] ?? '')) name(words, node);
    if (words.length > 1 && !words.every(isCommon)) name(words, node);
    name([...wordsOf(service), 'service'], node);
    if (!isCommon(node)) names.set(node, names.get(node) ?? node);
  }
  const rootNode =
    rca.rootCause.service === undefined ? undefined : nodeNamed(rca.rootCause.service);
  const root = new Set<Node>(rootNode === undefined ? [] : [rootNode]);
  const { component } = rca.rootCause;
  let part: Node | undefined;
  if (component !== undefined) {
    const words = wordsOf(component).filter((word) => !/^\d+$/.test(word));
    const node = names.get(joinedWords(words)) ?? names.get(nodeNamed(component));
    // A component that is a service of its own stays one: alone it is not to blame. Others are parts of the root.
    if (node !== undefined) part = node;
    else if (rootNode !== undefined) {
      name(words, rootNode);
      name(wordsOf(component), rootNode);
    }
  }
  shortNames(services, names, (words, node) => name(words, node));
  for (const service of namedInEvidence(rca)) {
    const node = nodeNamed(service);
    if (names.has(node)) continue;
    nodes.add(node);
    name(wordsOf(service), node);
    name([...wordsOf(service), 'service'], node);
  }

  const nodesIn = (text: string) => mentionedIn(text, names, longestName);
  const order = createOrder(rca, rootNode, nodesIn);
  const texts = textsOf(rca);
  const words = texts.map((text) => wordsOf(text).map(stem));
  const vocabulary = new Set(words.flat());
  for (const word of texts.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))) {
    vocabulary.add(stem(word));
  }
  const grams = new Set<string>();
  // What the narrator makes of a statement or of a metric is that statement still.
  for (const row of [
    ...words,
    ...texts.map((text) => wordsOf(plainly(text)).map(stem)),
    ...symptomsOf(rca),
  ]) {
    for (let at = 0; at + QUOTE <= row.length; at++) grams.add(row.slice(at, at + QUOTE).join(' '));
  }
  return {
    rca,
    root,
    part,
    impact:
      rca.impact.impactService === undefined ? undefined : nodeNamed(rca.impact.impactService),
    nodeOf: (joined) => names.get(joined),
    isPlainRoot:
      nodes.size === 1 ||
      (rca.impact.impactService !== undefined && root.has(nodeNamed(rca.impact.impactService))),
    isName: (word) => identifiers.has(word),
    nodeNamed,
    leads: order,
    knows: (word) => vocabulary.has(stem(word)),
    quotes: (row) => grams.has(row.map(stem).join(' ')),
    text: texts.join('\n').toLowerCase(),
    longestName,
  };
}

/** People say "the broker" and "ticket" for "token-broker" and "ticket-printer" where only one is meant. */
function shortNames(
  services: readonly string[],
  names: ReadonlyMap<string, Node>,
  name: (words: readonly string[], node: Node) => void,
): void {
  const users = new Map<string, Set<Node>>();
  const parts = services.map((service) => ({ words: wordsOf(service), node: nodeNamed(service) }));
  for (const { words, node } of parts) {
    for (const word of words) {
      users.set(stem(word), (users.get(stem(word)) ?? new Set()).add(node));
    }
  }
  for (const { words, node } of parts) {
    if (words.length < 2) continue;
    for (const word of [words[0] ?? '', words.at(-1) ?? '']) {
      if (word.length < 4 || isCommon(word) || isPlain(word) || names.has(stem(word))) continue;
      if (users.get(stem(word))?.size === 1) name([word], node);
    }
    for (let length = words.length - 1; length >= 2; length--) {
      for (const run of [words.slice(0, length), words.slice(-length)]) {
        if (run.every(isCommon) || names.has(joinedWords(run))) continue;
        name(run, node);
      }
    }
  }
}

const NO_MODIFIER = new Set(
  'the a an to from in of and or for with by service reaching calls calling its their when if that this other because but as so no has is are not while since until which any every same whole'.split(
    ' ',
  ),
);

/** Services that only the evidence speaks of: "Ad service receives no requests". */
function namedInEvidence(rca: Rca): string[] {
  return rca.rootCause.evidence.flatMap(({ details }) =>
    [...(details ?? '').matchAll(/(?:\b([\w-]+) )?\b([\w-]+) (?:service|endpoint)\b/gi)].flatMap(
      ([, first = '', second = '']) => {
        if (second === '' || NO_MODIFIER.has(second.toLowerCase())) return [];
        const pair = first !== '' && !NO_MODIFIER.has(first.toLowerCase()) && /^[A-Z]/.test(first);
        return pair && /^[a-z]/.test(second) ? [`${first}-${second}`] : [second];
      },
    ),
  );
}

/** The nodes that a text mentions, in order. */
function mentionedIn(text: string, names: ReadonlyMap<string, Node>, longest: number): Node[] {
  const words = wordsOf(text);
  const found: Node[] = [];
  for (let at = 0; at < words.length; ) {
    let taken = 1;
    for (let length = Math.min(longest, words.length - at); length > 0; length--) {
      const node = names.get(joinedWords(words.slice(at, at + length)));
      if (node === undefined) continue;
      found.push(node);
      taken = length;
      break;
    }
    at += taken;
  }
  return found;
}

function createOrder(
  rca: Rca,
  root: Node | undefined,
  nodesIn: (text: string) => Node[],
): Facts['leads'] {
  const next = new Map<Node, Set<Node>>();
  const link = (graph: Map<Node, Set<Node>>, cause: Node, effect: Node) => {
    if (cause !== effect) graph.set(cause, (graph.get(cause) ?? new Set()).add(effect));
  };
  for (const chain of chainsByImportance(rca)) {
    const path = servicesOf(chain).map(nodeNamed);
    path.forEach((node, i) => {
      const follower = path[i + 1];
      if (follower !== undefined) link(next, node, follower);
    });
    if (root !== undefined && path[0] !== undefined) link(next, root, path[0]);
  }
  if (root !== undefined && rca.impact.impactService !== undefined) {
    link(next, root, nodeNamed(rca.impact.impactService));
  }
  const reach = new Map<Node, Set<Node>>();
  const from = (node: Node) => {
    const known = reach.get(node);
    if (known) return known;
    const seen = new Set<Node>();
    const open = [...(next.get(node) ?? [])];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      open.push(...(next.get(at) ?? []));
    }
    reach.set(node, seen);
    return seen;
  };
  // What the evidence says in words counts only where the chains say nothing: words are read less surely.
  const told = new Map<Node, Set<Node>>();
  const chained = (a: Node, b: Node) => from(a).has(b) || from(b).has(a);
  for (const { details } of rca.rootCause.evidence) {
    const statements = statementsOf(details ?? '').map(nodesIn);
    const pairs =
      statements.length > 1
        ? statements.slice(1).map((after, i) => [statements[i] ?? [], after] as const)
        : [];
    for (const [before, after] of pairs) {
      for (const cause of before) {
        for (const effect of after) if (!chained(cause, effect)) link(told, cause, effect);
      }
    }
    const [first, second] = statements.length === 1 ? (statements[0] ?? []) : [];
    if (first !== undefined && second !== undefined && !chained(first, second)) {
      link(told, first, second);
      link(told, second, first);
    }
  }
  return (cause, effect) => {
    if (cause === effect) return 'yes';
    if (from(cause).has(effect)) return 'yes';
    if (from(effect).has(cause)) return 'reversed';
    const there = [...from(cause), cause].some((node) => told.get(node)?.has(effect));
    if (there) return 'yes';
    return told.get(effect)?.has(cause) ? 'reversed' : undefined;
  };
}

function symptomsOf({ impact, chains }: Rca): string[][] {
  const metrics = [
    impact.metricName,
    ...chains.flatMap(({ steps }) => steps.map(({ kpiName }) => kpiName)),
  ];
  return [...new Set(metrics)].flatMap((metric) =>
    metric === undefined ? [] : [wordsOf(symptomOf(metric)).map(stem)],
  );
}

function textsOf(rca: Rca): string[] {
  const { impact, rootCause, chains } = rca;
  const all = [
    impact.impactService,
    impact.metricName,
    rootCause.service,
    rootCause.component,
    ...rootCause.evidence.flatMap(({ type, details }) => [type, ...statementsOf(details ?? '')]),
    ...chains.flatMap(({ steps }) => steps.flatMap(({ kpiName, service }) => [kpiName, service])),
  ];
  return [...new Set(all.filter((text): text is string => text !== undefined))];
}
