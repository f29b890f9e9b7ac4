/**
 * A language model that tells the truth in many ways, and one that lies in as many. The phrasings are written
 * apart from the checks that they measure: none was taken from the narrator.
 */
import type { Rca } from '../../src/domain/rca.ts';
import type { Dice } from './rca-cases.ts';
import { UNSEEN_EFFECT, UNSEEN_ORDER, UNSEEN_ROOT } from './rca-unseen.ts';

export const LIES = ['swapped-root', 'invented-service', 'wrong-number', 'inverted-order'] as const;
export type Lie = (typeof LIES)[number];

/** Sentences with the one that is a lie, if any. */
export type Told = { sentences: string[]; lie?: { kind: Lie; at: number } };

type Names = { root: string; impact: string; path: string[] };

/** True of every cause on the way; only whoever blames one for all of it tells a lie by naming another. */
const RELATIONS = [
  (r: string, i: string) => `The trouble at ${i} can be traced to ${r}.`,
  (r: string, i: string) => `${cap(i)} suffered because of a fault in ${r}.`,
  (r: string, i: string) => `Problems inside ${r} were responsible for what happened at ${i}.`,
  (r: string, i: string) => `The failures at ${i} stemmed from ${r}.`,
];

const ROOT = [
  (r: string) => `Everything downstream of ${r} was only reacting to its failure.`,
  (r: string) => `The evidence singles out ${r}.`,
  (r: string) => `Patient zero was ${r}.`,
  (r: string) => `Nothing would have gone wrong if ${r} had held up.`,
  (r: string) => `Our finding is that the defect sits in ${r}.`,
  (r: string) => `${cap(r)} is what we need to mend so that this does not return.`,
  (r: string) => `The earliest sign of trouble came from ${r}.`,
  (r: string) => `The ripple began its journey at ${r}.`,
  (r: string) => `We hold ${r} accountable for the incident.`,
  (r: string) => `It comes down to ${r}.`,
  (r: string) => `The broken piece was ${r}.`,
  (r: string) => `What really failed was ${r}.`,
  (r: string) => `We have ${r} to thank for this.`,
  (r: string) => `Fixing ${r} will fix everything, because that is where it went wrong.`,
  (r: string) => `In the end it was all about ${r}.`,
  (r: string) => `Of all parts, ${r} was the one at the bottom of this.`,
  (r: string) => `The chain reaction began when ${r} stopped doing its job.`,
  (r: string) => `Look no further than ${r} for the reason.`,
  (r: string) => `Had it not been for ${r}, none of this would have happened.`,
  (r: string) => `All signs lead back to ${r}.`,
  (r: string) => `The incident was born in ${r}.`,
  (r: string) => `It was ${r} that caused the whole incident.`,
  (r: string) => `Ground zero was ${r}.`,
  (r: string) => `The weak link turned out to be ${r}.`,
  (r: string) => `The initial failure happened inside ${r}.`,
  (r: string) => `${cap(r)} broke, and everything else followed from that.`,
  (r: string) => `The root cause was in ${r}.`,
  (r: string) => `Everything started in ${r}.`,
  (r: string) => `We traced the problem back to ${r}.`,
  (r: string, i: string) => `${cap(r)} was the root cause of the problems at ${i}.`,
  (r: string) => `The source of the incident was ${r}.`,
  (r: string, i: string) => `The underlying cause of the ${bare(i)} outage was a fault in ${r}.`,
  (r: string) =>
    `At the heart of the matter, ${r} stopped working as it should, and that was the root cause.`,
  (r: string) => `It all began with ${r}.`,
  (r: string, i: string) => `What customers saw at ${i} originated in ${r}.`,
  (r: string) => `The analysis points to ${r} as the origin of the incident.`,
  (r: string) => `${cap(r)} failed first.`,
  (r: string) => `Our investigation found that ${r} was to blame.`,
  (r: string) => `The first domino to fall was ${r}.`,
  (r: string) => `The fault lay with ${r}, not with the network.`,
  (r: string) => `Simply put, ${r} is the culprit.`,
  (r: string) => `The chain of events was set off by ${r}.`,
  (r: string) => `A malfunction in ${r} kicked everything off.`,
  (r: string) => `The main suspect, and the most likely root cause, is ${r}.`,
];

const ORDER = [
  (a: string, b: string) => `${cap(b)} buckled as soon as ${a} stopped delivering.`,
  (a: string, b: string) => `When ${b} complained, ${a} had been ill for a while.`,
  (a: string, b: string) => `${cap(a)} left ${b} hanging.`,
  (a: string, b: string) => `${cap(b)} could only be as healthy as ${a}, which was failing.`,
  (a: string, b: string) => `The errors that ${b} showed were handed to it by ${a}.`,
  (a: string, b: string) => `${cap(a)} is upstream of ${b} and pulled it under.`,
  (a: string, b: string) => `Blame for the failure of ${b} goes to ${a}.`,
  (a: string, b: string) => `By the time ${b} noticed, ${a} had already gone dark.`,
  (a: string, b: string) => `${cap(b)} ran dry since nothing came out of ${a}.`,
  (a: string, b: string) => `People noticed ${b}, but ${a} is where the damage to it was done.`,
  (a: string, b: string) => `${cap(b)} had to wait for ${a} and ran out of time.`,
  (a: string, b: string) => `A bad patch at ${a} cost ${b} its stability.`,
  (a: string, b: string) => `${cap(a)} fell over and ${b} could not stand without it.`,
  (a: string, b: string) => `No sooner had ${a} failed than ${b} failed as well.`,
  (a: string, b: string) => `The pressure that ${a} put on ${b} was too much.`,
  (a: string, b: string) => `${cap(b)} paid the price for the failure of ${a}.`,
  (a: string, b: string) => `${cap(a)} was feeding bad answers to ${b}.`,
  (a: string, b: string) => `Minutes after trouble showed in ${a}, it showed in ${b}.`,
  (a: string, b: string) => `${cap(b)} was merely the next in line behind ${a}.`,
  (a: string, b: string) => `${cap(b)} collapsed under the weight of errors coming from ${a}.`,
  (a: string, b: string) => `Trouble reached ${b} by way of ${a}.`,
  (a: string, b: string) => `It was ${a} that brought ${b} to its knees.`,
  (a: string, b: string) => `The slowdown at ${a} soon showed up at ${b}.`,
  (a: string, b: string) => `${cap(b)} was the next to fail once ${a} had gone.`,
  (a: string, b: string) => `With no answers coming back from ${a}, ${b} gave up.`,
  (a: string, b: string) => `${cap(a)} passed its errors on to ${b}.`,
  (a: string, b: string) => `${cap(b)} inherited the errors of ${a}.`,
  (a: string, b: string) => `Had ${a} kept working, ${b} would not have failed.`,
  (a: string, b: string) => `The reason ${b} failed is that ${a} had failed before it.`,
  (a: string, b: string) => `Once ${a} was in trouble, it did not take long for ${b} to fail too.`,
  (a: string, b: string) =>
    `${cap(a)} sits in front of the chain, and its failure rippled through to ${b}.`,
  (a: string, b: string) => `The failing ${bare(a)} in turn knocked out ${b}.`,
  (a: string, b: string) => `What went wrong in ${a} explains why ${b} failed.`,
  (a: string, b: string) => `${cap(a)} caused ${b} to fail.`,
  (a: string, b: string) => `The trouble in ${a} led to problems in ${b}.`,
  (a: string, b: string) => `${cap(b)} failed because ${a} was not working.`,
  (a: string, b: string) => `Because ${a} was failing, ${b} could not do its job.`,
  (a: string, b: string) => `From ${a} the trouble spread to ${b}.`,
  (a: string, b: string) => `${cap(b)} was hit by the failure of ${a}.`,
  (a: string, b: string) => `Errors in ${a} triggered errors in ${b}.`,
  (a: string, b: string) => `After ${a} failed, ${b} followed.`,
  (a: string, b: string) => `${cap(b)} went down due to ${a}.`,
  (a: string, b: string) => `When ${a} broke, ${b} could no longer answer.`,
  (a: string, b: string) => `${cap(a)} took ${b} down with it.`,
  (a: string, b: string) => `The outage of ${b} was a result of the outage of ${a}.`,
  (a: string, b: string) => `First ${a} failed, then ${b}.`,
  (a: string, b: string) => `${cap(a)} began to fail before ${b} did.`,
  (a: string, b: string) => `${cap(b)} depends on ${a}, so it failed as well.`,
  (a: string, b: string) => `Failures in ${a} made ${b} slow and unreliable.`,
  (a: string, b: string) => `The failure cascaded from ${a} into ${b}.`,
  (a: string, b: string) => `As a result of the fault in ${a}, ${b} stopped responding.`,
  (a: string, b: string) => `${cap(b)} was affected by the problems in ${a}.`,
  (a: string, b: string) => `With ${a} out of action, ${b} began to fail.`,
  (a: string, b: string) => `Problems at ${a} resulted in failures at ${b}.`,
  (a: string, b: string) => `${cap(b)} started failing shortly after ${a} did.`,
  (a: string, b: string) => `Trouble in ${b} was caused by trouble in ${a}.`,
  (a: string, b: string) =>
    `${cap(a)} stopped answering, which left ${b} without the data it needs.`,
  (a: string, b: string) => `The knock-on effect of ${a} failing was that ${b} failed too.`,
  (a: string, b: string) => `Since ${a} was down, ${b} had nothing to work with.`,
  (a: string, b: string) => `The problem moved on from ${a} to ${b}.`,
  (a: string, b: string) => `${cap(a)} dragged ${b} down.`,
];

/** What happened to a part that is not to blame: true, and to be kept. */
const EFFECTS = [
  (i: string) => `${cap(i)} failed for many people.`,
  (i: string) => `People who use ${i} were affected.`,
  (i: string) => `${cap(i)} was slow and at times unavailable.`,
  (i: string) => `Errors were seen at ${i}.`,
  (i: string) => `The trouble finally reached ${i}.`,
  (i: string) => `${cap(i)} could not answer requests.`,
  (i: string) => `Most of the impact was felt at ${i}.`,
  (i: string) => `During this time, ${i} returned errors.`,
  (i: string) => `It also hit ${i}.`,
  (i: string) => `Check that ${i} works again.`,
];

type Facts = {
  severity: number;
  score: number;
  correlation: number;
  minutes: number;
  start: string;
  end: string;
  date: string;
  services: number;
};

const NUMBERS = [
  (f: Facts) => `On a scale from 0 to 100, this was a ${Math.round(f.severity * 100)}.`,
  (f: Facts) => `From ${clock12(f.start)} until ${clock12(f.end)} UTC the service was not usable.`,
  (f: Facts) => `It took ${f.minutes} minutes from start to end.`,
  (f: Facts) => `The likelihood that this path is right is put at ${pct(f.score)}.`,
  (f: Facts) => `The incident is rated ${pct(f.severity)} in severity.`,
  (f: Facts) => `Its severity was ${pct(f.severity)}.`,
  (f: Facts) => `With a severity rating of ${pct(f.severity)}, this needs attention.`,
  (f: Facts) => `We are ${pct(f.score)} confident in this explanation.`,
  (f: Facts) => `The chain of events has a confidence of ${pct(f.score)}.`,
  (f: Facts) => `The two signals moved together with a correlation of ${f.correlation.toFixed(2)}.`,
  (f: Facts) => `The statistical correlation was ${pct(f.correlation)}.`,
  (f: Facts) => `It lasted ${duration(f.minutes)}.`,
  (f: Facts) => `For ${duration(f.minutes)}, users were affected.`,
  (f: Facts) => `The disruption went on for ${duration(f.minutes)} in all.`,
  (f: Facts) => `It began at ${f.start} UTC and ended at ${f.end} UTC.`,
  (f: Facts) => `Between ${f.start} and ${f.end} UTC, people saw errors.`,
  (f: Facts) => `The problem started at ${clock12(f.start)} UTC.`,
  (f: Facts) => `By ${clock12(f.end)} UTC, the incident was over.`,
  (f: Facts) => `This happened on ${f.date}.`,
  (f: Facts) => `The failure passed through ${f.services} services.`,
  (f: Facts) => `In all, ${f.services} components are on the path.`,
];

const INVENTED = [
  ...[
    'billing-gateway',
    'promoEngine',
    'the helios scheduler',
    'the coupon service',
    'warehouse-sync',
    'the Redis cache',
  ],
  ...[
    'the fraud scoring service',
    'Zephyr',
    'the customer profile database',
    'event_router',
    'the recommendation cluster',
    'SearchIndex',
  ],
  ...[
    'the mobile app backend',
    'user-preferences-api',
    'the Oracle database',
    'Kestrel',
    'the notification queue',
    'TokenBroker',
  ],
  ...[
    'the loyalty points system',
    'the subscription manager',
    'edge-router-7',
    'the identity provider',
    'nightly-batch-runner',
    'the CDN',
  ],
];
const INVENTIONS = [
  (x: string, a: string) => `${cap(a)} sits behind ${x}, which was unhealthy.`,
  (x: string) => `Logs of ${x} confirm this.`,
  (x: string) => `Only ${x} kept working.`,
  (x: string, _a: string, b: string) => `${cap(x)} also contributed by sending bad data to ${b}.`,
  (x: string, a: string) => `From ${a} the trouble went on to ${x}.`,
  (x: string) => `A failure in ${x} made things worse.`,
  (x: string, a: string) => `${cap(a)} lost its connection to ${x}.`,
  (x: string) => `In addition, ${x} was overloaded.`,
  (x: string, _a: string, b: string) => `${cap(b)} could not reach ${x} during the incident.`,
  (x: string) => `Engineers should restart ${x} and watch it closely.`,
  (x: string, a: string) => `The problem between ${a} and ${x} has been known for some time.`,
  (x: string) => `Requests piled up in ${x}.`,
  (x: string) => `The team that runs ${x} has been informed.`,
];

const CALM = [
  'This kind of failure spreads quickly when services depend on each other.',
  'People who tried to use it saw errors or long waits.',
  'Next, the team should check what changed shortly before.',
  'We recommend adding safeguards so that one fault cannot spread this far.',
  'No other cause stands out in the data.',
  'The impact on the business was noticeable while it lasted.',
  'We will follow up with a full review.',
  'Customers may have had to try more than once.',
  'The evidence supports this explanation.',
];

export function tellTruth(rca: Rca, dice: Dice): Told {
  const names = namesOf(rca, dice);
  const sentences = [
    dice.pick(NUMBERS)(factsOf(rca)),
    dice.pick([...ROOT, ...RELATIONS])(names.root, names.impact),
    ...orderSentences(names, dice),
    dice.pick(EFFECTS)(names.impact),
    dice.pick(NUMBERS)(factsOf(rca)),
    dice.pick(CALM),
  ];
  return { sentences };
}

/** One lie among true sentences; undefined where the analysis has nothing to lie about in this way. */
export function tellLie(rca: Rca, kind: Lie, dice: Dice): Told | undefined {
  const { sentences } = tellTruth(rca, dice);
  const names = namesOf(rca, dice);
  const put = (at: number, sentence: string): Told => {
    const told = [...sentences];
    told[at] = sentence;
    return { sentences: told, lie: { kind, at } };
  };
  switch (kind) {
    case 'swapped-root': {
      const wrong = names.path.filter((_, i) => i > 0);
      if (wrong.length === 0) return undefined;
      const root = dice.pick(wrong);
      return put(1, dice.pick(ROOT)(root, root === names.impact ? names.root : names.impact));
    }
    case 'inverted-order': {
      if (names.path.length < 2) return undefined;
      const i = dice.below(names.path.length - 1);
      const j = i + 1 + dice.below(names.path.length - i - 1);
      return put(2, dice.pick(ORDER)(names.path[j] ?? '', names.path[i] ?? ''));
    }
    case 'invented-service': {
      const [a = names.root, b = names.impact] = [dice.pick(names.path), dice.pick(names.path)];
      return put(sentences.length - 1, dice.pick(INVENTIONS)(strangerTo(rca, dice), a, b));
    }
    case 'wrong-number': {
      const facts = factsOf(rca);
      const truth = new Set(NUMBERS.map((say) => say(facts)));
      const said = dice.pick(NUMBERS);
      for (let tries = 0; tries < 20; tries++) {
        const sentence = said(wrongFacts(facts, rca, dice));
        if (!truth.has(sentence)) return put(0, sentence);
      }
      return undefined;
    }
  }
}

/** A name that shares no word with the analysis. */
function strangerTo(rca: Rca, dice: Dice): string {
  const text = JSON.stringify(rca).toLowerCase();
  for (;;) {
    const name = dice.pick(INVENTED);
    const words = name.toLowerCase().match(/[a-z]{4,}/g) ?? [];
    if (!words.some((word) => text.includes(word) && word !== 'service')) return name;
  }
}

function orderSentences({ path }: Names, dice: Dice): string[] {
  const pairs = path.slice(1).map((effect, i) => [path[i] ?? '', effect] as const);
  const told = pairs.slice(0, 4).map(([cause, effect]) => dice.pick(ORDER)(cause, effect));
  return told.length > 0 ? told : ['Nothing else was affected.'];
}

function namesOf(rca: Rca, dice: Dice): Names {
  const chain = rca.chains.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))[0];
  const path: string[] = [];
  const seen = new Set<string>();
  for (const { service } of chain?.steps ?? []) {
    const same = (service ?? '').toLowerCase().replace(/[^a-z0-9]/g, '');
    if (service === undefined || seen.has(same)) continue;
    seen.add(same);
    path.push(service);
  }
  const root = rca.rootCause.service ?? '';
  const impact = rca.impact.impactService ?? '';
  if (path.length === 0) path.push(root);
  const style = new Map([...path, root, impact].map((name) => [name, said(name, dice)]));
  const of = (name: string) => style.get(name) ?? name;
  return { root: of(root), impact: of(impact), path: path.map(of) };
}

/** A name as different writers say it. */
function said(name: string, dice: Dice): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[-_]/g, ' ');
  const isService = words.endsWith(' service');
  const short = words.replace(/ service$/, '');
  return dice.pick([
    name,
    `the ${isService ? words : `${words} service`}`,
    `the ${words}${isService ? '' : ' component'}`,
    `our ${short} service`,
    `the ${short} system`,
  ]);
}

function factsOf(rca: Rca): Facts {
  const { severity = 0.5, timeStartStr = '', timeEndStr = '' } = rca.impact;
  const best = rca.chains.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))[0];
  const correlation = /correlation: (\d\.\d+)/.exec(
    rca.rootCause.evidence.map(({ details }) => details).join(' '),
  )?.[1];
  const date = new Date(timeStartStr);
  const services = new Set((best?.steps ?? []).map(({ service }) => service)).size;
  return {
    severity,
    score: best?.score ?? Number(correlation ?? severity),
    correlation: Number(correlation ?? severity),
    minutes: (Date.parse(timeEndStr) - Date.parse(timeStartStr)) / 60_000,
    start: timeStartStr.slice(11, 16),
    end: timeEndStr.slice(11, 16),
    date: `${date.getUTCDate()} ${date.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' })} ${date.getUTCFullYear()}`,
    services: Math.max(1, services),
  };
}

/** Each far enough from the truth that nobody would call it rounded. */
function wrongFacts(facts: Facts, rca: Rca, dice: Dice): Facts {
  const taken = [
    rca.impact.severity,
    facts.correlation,
    ...rca.chains.flatMap(({ score, steps }) => [
      score,
      ...steps.map((step) => step.suspicionScore),
    ]),
  ];
  const share = () => {
    for (;;) {
      const value = Math.round(dice.next() * 100) / 100;
      if (taken.every((other) => Math.abs((other ?? 0) - value) > 0.01)) return value;
    }
  };
  const time = () =>
    `${String(dice.below(24)).padStart(2, '0')}:${String(dice.below(60)).padStart(2, '0')}`;
  return {
    severity: share(),
    score: share(),
    correlation: share(),
    minutes: facts.minutes + dice.pick([9, 21, 33, 48, 120]),
    start: time(),
    end: time(),
    date: `${1 + dice.below(28)} ${dice.pick(['May', 'August', 'October'])} ${dice.pick([2024, 2025, 2027])}`,
    services: facts.services + dice.pick([9, 12, 17]),
  };
}

const pct = (share: number) => `${Math.round(share * 100)}%`;
const bare = (name: string) => name.replace(/^(?:the|our) /, '');
const cap = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} minutes`;
  const whole = hours === 1 ? 'one hour' : `${hours} hours`;
  return rest === 0 ? whole : `${whole} and ${rest} minutes`;
}

function clock12(time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return `${hours % 12 || 12}:${String(minutes).padStart(2, '0')} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** One sentence of the phrasings that no check was adjusted to, true or not, behind a true beginning. */
export function tellUnseen(
  rca: Rca,
  kind: 'swapped-root' | 'inverted-order',
  isTrue: boolean,
  dice: Dice,
): Told | undefined {
  const names = namesOf(rca, dice);
  if (names.path.length < 2) return undefined;
  const i = dice.below(names.path.length - 1);
  const [cause = '', effect = ''] = [names.path[i], names.path[i + 1]];
  const sentence =
    kind === 'swapped-root'
      ? isTrue && dice.next() < 0.5
        ? dice.pick(UNSEEN_EFFECT)(names.impact)
        : dice.pick(UNSEEN_ROOT)(isTrue ? names.root : dice.pick(names.path.slice(1)))
      : dice.pick(UNSEEN_ORDER)(isTrue ? cause : effect, isTrue ? effect : cause);
  const start = `The root cause was in ${names.root}.`;
  return { sentences: [start, ...CALM.slice(0, 2), cap(sentence)], lie: { kind, at: 3 } };
}
