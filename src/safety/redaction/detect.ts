import { skeletonOf } from '../characters.ts';
import { addressSecrets } from './addresses.ts';
import { assignments } from './assignments.ts';
import { oneTimeCodes } from './codes.ts';
import { commandSecrets } from './commands.ts';
import { credentials } from './credentials.ts';
import { encodedSecrets } from './encoded.ts';
import type { Detector, Finding } from './finding.ts';
import { headerSecrets } from './headers.ts';
import { publicIps } from './ip-addresses.ts';
import { privateKeys } from './keys.ts';
import { knownShapes } from './known-shapes.ts';
import { kubernetesSecrets } from './kubernetes.ts';
import { personalData } from './personal.ts';
import { unknownTokens } from './tokens.ts';

export type DetectOptions = {
  /**
   * Hides public IP addresses too. Off by default: addresses are what triage works with, and most of those
   * in logs name machines; a client's address can be personal data where the law says so.
   */
  publicIps?: boolean;
};

/** The more a detector knows about what it found, the earlier it comes: its kind names the placeholder. */
const SECRETS: readonly Detector[] = [
  knownShapes,
  privateKeys,
  addressSecrets,
  headerSecrets,
  kubernetesSecrets,
  commandSecrets,
  assignments,
  oneTimeCodes,
  credentials,
];
const ALL: readonly Detector[] = [
  ...SECRETS,
  encodedSecrets((text) => run(SECRETS, text)),
  unknownTokens,
];

/** What must not leave, in order and without overlaps. Positions are those of the given text. */
export function createDetector(options: DetectOptions = {}): Detector {
  const personal = options.publicIps ? [personalData, publicIps] : [personalData];
  return (text) => {
    const skeleton = skeletonOf(text);
    const secrets = joined(run(ALL, skeleton.text));
    const free = run(personal, skeleton.text).filter((finding) => !overlapsAny(finding, secrets));
    return joined([...secrets, ...free]).map((finding) => ({
      ...finding,
      ...skeleton.original(finding.start, finding.end),
    }));
  };
}

function run(detectors: readonly Detector[], text: string): Finding[] {
  return detectors.flatMap((detector) => detector(text)).filter(({ start, end }) => end > start);
}

/** Overlapping findings become one, of the kind of the detector that knew most. */
function joined(findings: readonly Finding[]): Finding[] {
  const order = findings.map((finding, rank) => ({ finding, rank }));
  order.sort((a, b) => a.finding.start - b.finding.start || a.rank - b.rank);
  const result: { finding: Finding; rank: number }[] = [];
  for (const { finding, rank } of order) {
    const last = result.at(-1);
    if (!last || finding.start >= last.finding.end) {
      result.push({ finding: { ...finding }, rank });
      continue;
    }
    last.finding.end = Math.max(last.finding.end, finding.end);
    if (rank < last.rank) {
      last.finding.kind = finding.kind;
      last.rank = rank;
    }
  }
  return result.map(({ finding }) => finding);
}

function overlapsAny(finding: Finding, sorted: readonly Finding[]): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.end ?? 0) <= finding.start) low = middle + 1;
    else high = middle;
  }
  const next = sorted[low];
  return next !== undefined && next.start < finding.end;
}
