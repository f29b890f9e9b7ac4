import { encode } from '@toon-format/toon';
import type { Rca } from '../domain/rca.ts';
import { chainsByImportance } from './story.ts';
import type { CountTokens } from './tokens.ts';

export type Encoded = {
  text: string;
  format: 'toon' | 'json';
  tokens: number;
  /** What compact JSON of the same data would have taken. */
  jsonTokens: number;
};

/** The shorter of TOON and compact JSON: on nested data either can be. */
export function encodeRca(value: unknown, countTokens: CountTokens): Encoded {
  const json = JSON.stringify(value);
  const toon = encode(JSON.parse(json));
  const jsonTokens = countTokens(json);
  const toonTokens = countTokens(toon);
  return toonTokens <= jsonTokens
    ? { text: toon, format: 'toon', tokens: toonTokens, jsonTokens }
    : { text: json, format: 'json', tokens: jsonTokens, jsonTokens };
}

export type Reduced = {
  rca: Rca;
  /** What was left out, as a sentence; empty when nothing was. */
  leftOut: string;
};

/** More than any reader can take in: what keeps the work on one analysis bounded before anything else is done. */
const MOST_CHAINS = 200;
const MOST_EVIDENCE = 200;
const MOST_STEPS = 400;

/** An analysis of a bounded size: the most important chains, the strongest evidence, both ends of a chain. */
export function boundRca(rca: Rca): Reduced {
  const chains = chainsByImportance(rca);
  const evidence = evidenceByStrength(rca);
  const longest = Math.max(0, ...chains.map(({ steps }) => steps.length));
  if (chains.length <= MOST_CHAINS && evidence.length <= MOST_EVIDENCE && longest <= MOST_STEPS) {
    return { rca, leftOut: '' };
  }
  const bounded = withOnly(
    rca,
    chains.slice(0, MOST_CHAINS).map((chain) => ({ ...chain, steps: bothEnds(chain.steps) })),
    evidence.slice(0, MOST_EVIDENCE),
    true,
  );
  return { rca: bounded, leftOut: leftOut(rca, bounded, true, longest - MOST_STEPS) };
}

function bothEnds<Item>(items: readonly Item[]): Item[] {
  if (items.length <= MOST_STEPS) return [...items];
  return [...items.slice(0, MOST_STEPS / 2), ...items.slice(-MOST_STEPS / 2)];
}

function leftOut(whole: Rca, kept: Rca, keepsRings: boolean, steps = 0): string {
  const missing = [
    amount(whole.chains.length - kept.chains.length, 'weaker chain', 'weaker chains'),
    amount(
      whole.rootCause.evidence.length - kept.rootCause.evidence.length,
      'weaker piece of evidence',
      'weaker pieces of evidence',
    ),
    amount(Math.max(0, steps), 'step in the middle of a chain', 'steps in the middle of a chain'),
    keepsRings ? '' : 'the time rings',
  ].filter((text) => text !== '');
  return missing.length > 0 ? `Left out: ${missing.join(', ')}.` : '';
}

/**
 * An analysis within a budget of tokens: the most important chains and the strongest evidence stay whole, the
 * rest is left out whole. The first chain and the first piece of evidence always stay.
 */
export function reduceRca(rca: Rca, mostTokens: number, countTokens: CountTokens): Reduced {
  const chains = chainsByImportance(rca);
  const evidence = evidenceByStrength(rca);
  let keptChains = chains.length;
  let keptEvidence = evidence.length;
  let keepsRings = true;
  const build = () =>
    withOnly(rca, chains.slice(0, keptChains), evidence.slice(0, keptEvidence), keepsRings);
  const isTooLong = (candidate: Rca) => encodeRca(candidate, countTokens).tokens > mostTokens;
  let reduced = rca;
  // Time windows of the search explain nothing; then whichever of chains and evidence has more to spare.
  while (isTooLong(reduced)) {
    if (keepsRings && rca.diagnostics.timeRings.definitions.length > 0) keepsRings = false;
    else if (keptChains > 1 && keptChains * 2 >= keptEvidence)
      keptChains = Math.ceil(keptChains * 0.7) - (keptChains <= 3 ? 1 : 0);
    else if (keptEvidence > 1)
      keptEvidence = Math.ceil(keptEvidence * 0.7) - (keptEvidence <= 3 ? 1 : 0);
    else if (keptChains > 1) keptChains -= 1;
    else break;
    keptChains = Math.max(1, keptChains);
    keptEvidence = Math.max(1, keptEvidence);
    reduced = build();
  }
  return { rca: reduced, leftOut: leftOut(rca, reduced, keepsRings) };
}

function amount(count: number, one: string, more: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : more}`;
}

function withOnly(
  rca: Rca,
  chains: Rca['chains'],
  evidence: Rca['rootCause']['evidence'],
  keepsRings: boolean,
): Rca {
  const kept = new Set(evidence);
  return {
    ...rca,
    chains,
    rootCause: {
      ...rca.rootCause,
      evidence: rca.rootCause.evidence.filter((item) => kept.has(item)),
    },
    diagnostics: keepsRings ? rca.diagnostics : { timeRings: { definitions: [] } },
  };
}

/** What the words of the told chain come from first, then numbers, then the rest in its order. */
function evidenceByStrength(rca: Rca): Rca['rootCause']['evidence'] {
  const services = new Set(
    chainsByImportance(rca)[0]?.steps.map(({ service }) => service?.toLowerCase() ?? '') ?? [],
  );
  const strength = ({ type, details }: Rca['rootCause']['evidence'][number]) => {
    const text = (details ?? '').toLowerCase();
    const named = [...services].filter(
      (service) => service !== '' && text.includes(service),
    ).length;
    return named + (/correlation|temporal/i.test(type ?? '') ? 2 : 0);
  };
  return rca.rootCause.evidence
    .map((item, i) => ({ item, i, strength: strength(item) }))
    .sort((a, b) => b.strength - a.strength || a.i - b.i)
    .map(({ item }) => item);
}
