import type { Rca, RcaStep } from '../../domain/rca.ts';
import { looksLikeMetric, symptomOf } from './metrics.ts';
import { wordsOf } from './names.ts';

/** Analysers cut sentences that they use as names at about sixty characters, often inside a word. */
const MAYBE_CUT = 55;
const SHORTEST_PREFIX = 18;
/** Beyond so many words, what comes after the first pause is left to the engineers. */
const LONG = 13;

/** The statements of the evidence, in order: what stands on each side of an arrow, or the whole. */
export function statementsOf(details: string): string[] {
  return details
    .split(/\s*(?:-+>|=+>|→|⇒)\s*/)
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

/** As analysers make names of sentences: without breaking up words that have capitals inside. */
const asName = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_');

/**
 * What happened at a step, as a phrase. A name that is a sentence in disguise is put back together from the
 * evidence, where it stands whole; a word that may be cut is left out rather than shown in half.
 */
export function happeningOf(step: RcaStep, rca: Rca): string | undefined {
  const { kpiName } = step;
  if (kpiName === undefined) return undefined;
  const name = asName(kpiName);
  if (name.length >= SHORTEST_PREFIX) {
    for (const { details } of rca.rootCause.evidence) {
      const whole = statementsOf(details ?? '').find((text) => asName(text).startsWith(name));
      if (whole !== undefined) return whole;
    }
  }
  if (looksLikeMetric(kpiName)) return symptomOf(kpiName);
  const words = wordsOf(kpiName);
  return (kpiName.length >= MAYBE_CUT ? words.slice(0, -1) : words).join(' ');
}

/** Plainer words for what engineers say. Applied in order to what is not part of a hyphenated name. */
const PLAINER: [RegExp, string][] = [
  [/crash ?loop ?back ?off/gi, 'repeated crashes'],
  [/image ?pull ?back ?off/gi, 'trouble fetching its program'],
  [/crash[- ]loops?/gi, 'repeated crashes'],
  [/crash[- ]looping/gi, 'repeatedly crashing'],
  [/error rate is (?:above|over) (?:the )?(?:threshold|limit)/gi, 'has too many errors'],
  [/latency is too high/gi, 'is too slow'],
  [/communicate with/gi, 'reach'],
  [/communicating with/gi, 'reaching'],
  [/high(?:er)? latency/gi, 'long delays'],
  [/increased latency/gi, 'longer delays'],
  [/latency/gi, 'delay'],
  [/high error rates?/gi, 'many errors'],
  [/increased error rates?/gi, 'more errors'],
  [/cascading errors/gi, 'errors in turn'],
  [/experiences/gi, 'has'],
  [/experiencing/gi, 'having'],
  [/experience\b/gi, 'see'],
  [/attempting to/gi, 'trying to'],
  [/retrieve\b/gi, 'get'],
  [/retrieving/gi, 'getting'],
  [/complete unavailability/gi, 'a full outage'],
  [/unavailability/gi, 'being down'],
  [/becomes? unavailable/gi, 'goes down'],
  [/completely unavailable/gi, 'fully down'],
  [/unavailable/gi, 'down'],
  [/propagates? errors/gi, 'passes errors on'],
  [/misconfigured/gi, 'wrongly set up'],
  [/configmap/gi, 'settings'],
  [/configuration/gi, 'setup'],
  [/deployment/gi, 'rollout'],
  [/ingress traffic/gi, 'incoming traffic'],
  [/readiness (?:probe|checks?)/gi, 'health check'],
  [/authenticate to/gi, 'sign in to'],
  [/network partition/gi, 'network split'],
  [/network ?policy/gi, 'network rule'],
  [/\ban invalid/gi, 'a wrong'],
  [/invalid/gi, 'wrong'],
  [/pod container/gi, 'program'],
  [/namespace/gi, 'area'],
  [/\bpods\b/gi, 'running copies'],
  [/\bpod\b/gi, 'running copy'],
  [/healthy endpoints/gi, 'healthy copies'],
  [/endpoints?/gi, 'address'],
  [/initiali[sz]e/gi, 'start'],
  [/utili[sz]ation/gi, 'use'],
  [/terminat(?:e|es|ed)/gi, 'stop'],
  [/resulting in/gi, 'so there are'],
];

/** A statement in plain words and without asides: fit to stand behind a colon. */
export function plainly(statement: string): string {
  let text = statement.replace(/\s*[([{][^()[\]{}]*[)\]}]/g, '').replace(/\s+/g, ' ');
  const words = text.split(' ').length;
  const pause = /,\s| - |; /.exec(text);
  if (words > LONG && pause && text.slice(0, pause.index).split(' ').length >= 5) {
    text = text.slice(0, pause.index);
  }
  for (const [jargon, plain] of PLAINER) {
    text = text.replace(jargon, (match: string, ...rest: unknown[]) => {
      const at = rest.find((item): item is number => typeof item === 'number') ?? 0;
      const glued = /[-_]/.test(text[at - 1] ?? '') || /[-_]/.test(text[at + match.length] ?? '');
      return glued ? match : plain;
    });
  }
  return text
    .replace(/\b[\w-]*[a-z][A-Z][a-z]\w*\b/g, (name) => wordsOf(name).join(' '))
    .replace(/\b\w*_\w*\b/g, (name) => wordsOf(name).join(' '))
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .trim();
}
