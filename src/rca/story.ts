import type { Rca, RcaChain } from '../domain/rca.ts';
import { wordsOf } from './words/names.ts';

/** What is told of one chain, and of the services beside it; the rest is counted. More would not be read. */
export const MOST_STEPS = 7;
export const MOST_OTHERS = 3;

/** The services that a chain passes through, in order, each once in a row. */
export function servicesOf(chain: RcaChain): string[] {
  const services: string[] = [];
  for (const { service } of chain.steps) {
    if (service !== undefined && service !== services.at(-1)) services.push(service);
  }
  return services;
}

const byScore = (a: RcaChain, b: RcaChain) => (b.score ?? 0) - (a.score ?? 0);

/**
 * Chains by what they explain: those that reach the service that people noticed first, then by score. An
 * analyser scores each chain by itself, and its strongest may end at a service that nobody asked about.
 */
export function chainsByImportance(rca: Rca): RcaChain[] {
  const told = rca.chains.filter(({ steps }) => steps.length > 0);
  const reaches = (chain: RcaChain) => servicesOf(chain).at(-1) === rca.impact.impactService;
  const { impactService } = rca.impact;
  if (impactService === undefined) return told.toSorted(byScore);
  return [
    ...told.filter(reaches).sort(byScore),
    ...told.filter((chain) => !reaches(chain)).sort(byScore),
  ];
}

/** Services that the other chains end at: where else it was felt. */
export function alsoHit(rca: Rca): string[] {
  const told = new Set([sameName(rca.impact.impactService), sameName(rca.rootCause.service)]);
  const hit: string[] = [];
  for (const chain of chainsByImportance(rca)) {
    const end = servicesOf(chain).at(-1);
    if (end === undefined || told.has(sameName(end))) continue;
    told.add(sameName(end));
    hit.push(end);
  }
  return hit;
}

/** "seat-map" and "seatMap" are one. */
function sameName(service: string | undefined): string {
  return wordsOf(service ?? '').join('');
}

/** How strongly two signals moved together, where the evidence says so. */
export function correlationIn(rca: Rca): number | undefined {
  for (const { details } of rca.rootCause.evidence) {
    const found = /correlation\D{0,20}?(-?[01]?\.\d+|[01])\b/i.exec(details ?? '')?.[1];
    if (found !== undefined) return Number(found);
  }
  return undefined;
}

/** Evidence that is neither a number about correlation nor told by a chain already. */
export function otherEvidence(rca: Rca): string[] {
  return rca.rootCause.evidence.flatMap(({ type, details }) =>
    details === undefined ||
    /correlation|propagation/i.test(type ?? '') ||
    /->|→|correlation|p-value/i.test(details) ||
    !/\p{L}{3}/u.test(details)
      ? []
      : [details],
  );
}
