import { wordsOf } from './names.ts';

/** How a metric counts, which says nothing about what went wrong. */
const UNITS = new Set(
  (
    'total count counter sum bucket seconds second milliseconds ms microseconds us bytes kb mb gb ratio percent ' +
    'percentage pct gauge avg average mean max min p50 p90 p95 p99 p999 quantile rate 1m 5m 10m 15m 1h per value ' +
    'usec nanoseconds current num number kube http grpc rpc'
  ).split(' '),
);

type Rule = { when: RegExp; say: (rest: string) => string; drop: RegExp };

/**
 * What a metric measures, by the words that metric names are made of everywhere. The first rule that fits
 * wins; `rest` is what the name says beside the words of the rule.
 */
const RULES: Rule[] = [
  {
    when: /^no (.*)/,
    drop: /^no /,
    say: (rest) => `no ${rest.replace(/ (received|opened|served|handled|processed)$/, ' at all')}`,
  },
  {
    when: /crash ?loop|crashes|crash/,
    drop: /.*/,
    say: () => 'a program that crashes again and again',
  },
  {
    when: /restarts?\b/,
    drop: /\b(?:container|pod|restarts?)\b/g,
    say: about('restarts', 'too many restarts'),
  },
  { when: /oom|out of memory/, drop: /.*/, say: () => 'programs that ran out of memory' },
  {
    when: /timeouts?\b|timed out/,
    drop: /\b(?:timeouts?|timed out)\b/g,
    say: (rest) => (rest ? `${many(rest)} that took too long` : 'requests that took too long'),
  },
  {
    when: /latency|duration|response time|delay|slow/,
    drop: /\b(?:latency|durations?|response|times?|delays?|slow|high|requests?|processing)\b/g,
    say: (rest) => (rest ? `slow ${rest} responses` : 'slow responses'),
  },
  { when: /\b5\d\d\b|5xx/, drop: /.*/, say: () => 'requests that ended in a server error' },
  { when: /\b4\d\d\b|4xx/, drop: /.*/, say: () => 'requests that were refused' },
  {
    when: /^high .*(?:error|failure)s?\b/,
    drop: /\b(?:failures?|errors?|high)\b/g,
    say: (rest) => `too many failed ${many(rest || 'requests')}`,
  },
  {
    when: /\b(?:failures?|failed|fails?)\b/,
    drop: /\b(?:failures?|failed|fails?|high|rate)\b/g,
    say: (rest) => (rest ? `failed ${many(rest)}` : 'failures'),
  },
  {
    when: /\b(?:errors?|exceptions?|faults?)\b/,
    drop: /\b(?:errors?|exceptions?|faults?|high|rate)\b/g,
    say: (rest) =>
      /^requests?$/.test(rest) ? 'failed requests' : rest ? `${rest} errors` : 'errors',
  },
  {
    when: /\b(?:rejected|rejections?|denied|refused|dropped|drops)\b/,
    drop: /\b(?:rejected|rejections?|denied|refused|dropped|drops)\b/g,
    say: (rest) => `refused ${many(rest || 'requests')}`,
  },
  {
    when: /\b(?:lag|backlog|queue (?:depth|length|size)|pending)\b/,
    drop: /\b(?:lag|backlog|depth|length|size|pending|high|low)\b/g,
    say: (rest) => (rest ? `a growing backlog in the ${rest}` : 'a growing backlog'),
  },
  { when: /\bcpu\b/, drop: /.*/, say: () => 'a very busy processor' },
  { when: /\bgc pause\b/, drop: /.*/, say: () => 'long pauses in a program' },
  { when: /\bmemory\b|\bheap\b|\bmem\b|\brss\b/, drop: /.*/, say: () => 'high memory use' },
  { when: /^up$/, drop: /.*/, say: () => 'a program that stopped answering' },
  { when: /^p\d{2,3}$/, drop: /.*/, say: () => 'slow responses' },
  { when: /\bdisk\b|\bfilesystem\b/, drop: /.*/, say: () => 'trouble with disk space' },
  {
    when: /\bconnections?\b/,
    drop: /\b(?:connections?|active|open|in use)\b/g,
    say: (rest) => (rest ? `trouble with ${rest} connections` : 'trouble with connections'),
  },
  {
    when: /\b(?:requests?|throughput|qps|rps|hits)\b/,
    drop: /\b(?:requests?|throughput|qps|rps|hits|high|low)\b/g,
    say: (rest) => (rest ? `unusual ${rest} traffic` : 'unusual traffic'),
  },
];

function about(noun: string, alone: string): (rest: string) => string {
  return (rest) => (rest ? `${rest} ${noun}` : alone);
}

/** Most words that count something are regular; those that end in "s" are taken to be many already. */
function many(words: string): string {
  if (/s$/.test(words)) return words;
  if (/(?:[^aeiou]y)$/.test(words)) return words.replace(/y$/, 'ies');
  if (/(?:x|ch|sh)$/.test(words)) return `${words}es`;
  return `${words}s`;
}

/** A word of four letters at least; "zz9" tells no reader anything. */
const SAYS_SOMETHING = /\p{L}{4}/u;

/** What a metric measures, in words: `payment_failures_total` is "failed payments". */
export function symptomOf(metric: string): string {
  const words = wordsOf(metric);
  const telling = words.filter((word) => !UNITS.has(word));
  const name = (telling.length > 0 ? telling : words).join(' ');
  const rule = RULES.find(({ when }) => when.test(name));
  if (rule === undefined)
    return SAYS_SOMETHING.test(name) ? `unusual readings for “${name}”` : 'unusual readings';
  return rule.say(name.replace(rule.drop, ' ').replace(/\s+/g, ' ').trim());
}

/** Whether a name is that of a metric rather than a sentence in disguise. */
export function looksLikeMetric(name: string): boolean {
  const words = wordsOf(name);
  if (words.length <= 3 || UNITS.has(words.at(-1) ?? '')) return true;
  return words.length === 4 && !words.some(startsWithVerb);
}

/** Whether a phrase without its subject goes on with a verb, as "returns errors" does. */
export function startsWithVerb(phrase: string): boolean {
  return VERBS.test(phrase.split(' ')[0] ?? '');
}

const VERBS =
  /^(?:is|are|was|were|has|have|had|cannot|can|does|do|not|may|will|goes|(?:cause|fail|return|receive|experience|become|make|prevent|block|show|report|enable|disable|enter|set|reach|lose|send|start|stop|crash|load|time|run|violate|reject|drop|crashe|propagate|point|serve|attempt|process|pass)(?:e?s|e?d)?)$/;
