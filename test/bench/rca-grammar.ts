import type { Dice } from './rca-cases.ts';

/** Plain sentences put together at random, so that the weights rest on more than what somebody thought of. */
const CAUSE = [
  ...[
    '{a}',
    '{a}',
    '{a}',
    'the failure of {a}',
    'errors in {a}',
    'trouble at {a}',
    'problems with {a}',
  ],
  ...[
    'the outage of {a}',
    'slow responses from {a}',
    'a fault in {a}',
    'issues within {a}',
    'a failure inside {a}',
  ],
  ...['what happened at {a}', 'the loss of {a}', 'a problem in {a}', 'the malfunction of {a}'],
];
const EFFECT = [
  ...[
    '{b}',
    '{b}',
    '{b}',
    'errors in {b}',
    'the failure of {b}',
    'problems at {b}',
    'an outage of {b}',
  ],
  ...[
    'delays in {b}',
    'requests to {b}',
    'failures seen at {b}',
    'trouble in {b}',
    'calls made to {b}',
    'users of {b}',
  ],
];
const FORWARD = (
  'caused|triggered|led to|resulted in|hit|affected|disrupted|brought about|set off|spread to|cascaded into|reached|' +
  'produced|took down|overwhelmed|moved on to|knocked out|spilled over into|contributed to|passed on to|directly caused|' +
  'then caused|in turn caused|quickly affected|prevented|slowed down|blocked|impacted|propagated to|is the cause of|' +
  'was the reason for|was responsible for|was behind|gave rise to|was followed by|preceded|explains|translated into|' +
  'left its mark on|eventually reached|brought down|came before|broke|made its way to|ended in|was felt in'
).split('|');
const BACKWARD = (
  'was caused by|were triggered by|was hit by|was brought down by|was driven by|was overwhelmed by|was disrupted by|' +
  'was due to|stemmed from|came from|followed|resulted from|was a consequence of|was a result of|can be traced to|' +
  'can be attributed to|depends on|relies on|was affected by|came after|originated in|arose from|happened because of|' +
  'was a symptom of|was a side effect of|was the result of|suffered because of|suffered from|is explained by|' +
  'was slowed down by|was held up by|was waiting for|could not reach|goes back to|failed because of|failed due to|' +
  'failed as a result of|failed after|was preceded by|needs|was cut off from|was knocked out by|was impacted by'
).split('|');
const FAILED = (
  'failed|became slow|began to return errors|stopped responding|went down|was unavailable|timed out|could not respond|' +
  'was overloaded|started to fail|had errors|lost its connections|rejected requests|broke down|was failing|crashed|' +
  'was struggling|started rejecting requests|could not answer|did not respond|was degraded|was affected|became unstable|' +
  'experienced errors|ran into timeouts|was no longer reachable|saw a rise in errors|slowed to a crawl|stalled'
).split('|');
const OPENINGS = [
  'Because',
  'When',
  'After',
  'Once',
  'As',
  'Since',
  'As soon as',
  'Given that',
  'While',
];
const JOINTS = [
  'because',
  'after',
  'when',
  'once',
  'as',
  'since',
  'as soon as',
  'only after',
  'shortly after',
  'soon after',
];
const GOING_ON = [
  ', and then',
  ', so',
  ', and as a result',
  ', and',
  '; as a result,',
  ', which is why',
  '. Then',
  ', then',
  ', and soon',
  ', after which',
  '; consequently,',
  ', and so',
  ', causing trouble as',
];
const BEFORE = [
  'Before',
  'Long before',
  'Minutes before',
  'Shortly before',
  'By the time',
  'Even before',
];
const LEAD_INS = [
  '',
  '',
  '',
  '',
  'In turn, ',
  'Then, ',
  'As the data show, ',
  'Next, ',
  'From there, ',
  'Meanwhile, ',
  'In this case, ',
  'At 10:20 UTC, ',
  'Specifically, ',
];

export function orderSentence(dice: Dice): string {
  if (dice.next() < 0.04) return unheard(dice.pick(UNHEARD_ORDER), dice);
  const lead = dice.pick(LEAD_INS);
  const [cause, effect, one, two] = [
    dice.pick(CAUSE),
    dice.pick(EFFECT),
    dice.pick(FAILED),
    dice.pick(FAILED),
  ];
  const form = dice.below(8);
  if (form < 2) return `${lead}${cause} ${dice.pick(FORWARD)} ${effect}.`;
  if (form < 4) return `${lead}${effect} ${dice.pick(BACKWARD)} ${cause}.`;
  if (form === 4) return `${dice.pick(OPENINGS)} {a} ${one}, {b} ${two}.`;
  if (form === 5) return `${lead}{b} ${one} ${dice.pick(JOINTS)} {a} ${two}.`;
  if (form === 6) return `${lead}{a} ${one}${dice.pick(GOING_ON)} {b} ${two}.`;
  return dice.pick([
    `${dice.pick(BEFORE)} {b} ${one}, {a} had ${dice.pick(['failed', 'been failing', 'already failed', 'gone down', 'errors'])}.`,
    `{a} had already ${dice.pick(['failed', 'been failing', 'gone down'])} ${dice.pick(['when', 'before', 'by the time'])} {b} ${one}.`,
    `{a}, which {b} depends on, ${one}.`,
    `{b}, which depends on {a}, ${one}.`,
    `{a} ${one}, which ${dice.pick(FORWARD)} ${effect}.`,
    `{b} ${one}, ${dice.pick(['hit by', 'caused by', 'triggered by', 'driven by', 'brought down by', 'as a result of', 'because of', 'due to'])} ${cause}.`,
    `${dice.pick(['Due to', 'Because of', 'Following', 'After', 'Owing to', 'With', 'As a result of'])} ${dice.pick(CAUSE.slice(3))}, {b} ${one}.`,
    `${dice.pick(['The failure', 'The trouble', 'It', 'The problem', 'The errors'])} ${dice.pick(['spread', 'moved', 'passed', 'cascaded', 'travelled', 'went'])} from {a} ${dice.pick(['to', 'on to', 'into', 'through to'])} {b}.`,
  ]);
}

/** Words that nobody knows: what is said in words that are not understood is not to be trusted either. */
const UNHEARD = 'zorp drell flim vorsk blimmed quant trellow snarved grindle plosk'.split(' ');
const UNHEARD_ORDER = [
  [
    '{a} u {b}.',
    '{a} u and {b} u.',
    '{a} u the u of {b}.',
    'The u of {a} u {b} u.',
    '{a} u, {b} u.',
    '{b} u {a}.',
  ],
  [
    '{b} u the u from {a}.',
    'The u of {b} is the u of {a}.',
    '{b} u under the u of {a}.',
    'U in {b} u with {a}.',
  ],
].flat();
const UNHEARD_BLAME = [
  [
    '{x} u the u.',
    'Our u is on {x}.',
    'The u u with {x}.',
    '{x} u.',
    'The u ends at {x}.',
    '{x} u u the u.',
    'U u from {x}.',
  ],
  [
    'The u is {x}.',
    'The u u at {x}.',
    'A u in {x} u and did the u.',
    'It is {x} that u.',
    'A u against {x}.',
    '{x} is the u of it.',
  ],
  [
    'All u lead to {x}.',
    'We u {x} for this.',
    'The u was made in {x}.',
    'In the end, {x} u everybody.',
    '{x} u everything.',
  ],
].flat();

function unheard(template: string, dice: Dice): string {
  return template.replace(/\b[uU]\b/g, () => dice.pick(UNHEARD));
}

const PEOPLE = ['customers', 'users', 'people', 'many users', 'some customers'];
const TAILS = [
  '',
  '',
  '',
  ' for many customers',
  ' during this time',
  ' as well',
  ' in turn',
  ' soon after',
  ' as a result',
  ' for a while',
  ' too',
  ' and customers noticed',
];

const WHEN = [
  'On 4 March 2026, from 20:20 to 21:35 UTC (1 hour 15 minutes), ',
  'Between 10:00 and 10:40 UTC, ',
  'From 01:10 UTC on 5 May 2026, ',
  'Until 12:00 UTC on 5 May 2026, ',
  'On 4 March 2026, ',
  'For about 40 minutes, ',
  'Starting at 10:20 UTC, ',
  'During the window, ',
  '',
];

export function effectSentence(dice: Dice): string {
  if (dice.next() < 0.1) {
    const symptom = dice.pick([
      'too many failed requests',
      'no requests at all',
      'slow responses',
      'failed payments',
      'requests that took too long',
      'a growing backlog',
      'requests that were refused',
      'restarts',
      'a very busy processor',
      'trouble with connections',
      'errors',
      'unusual traffic',
      'high memory use',
      'programs that ran out of memory',
    ]);
    return `${dice.pick(WHEN)}${dice.pick(['{e} had a problem', '{e} had a problem', '{e} had trouble', '{e} was affected', 'customers saw problems in {e}', '{e}'])}: ${symptom}.`;
  }
  if (dice.next() < 0.1) return `${dice.pick(WHEN)}{e} ${dice.pick(FAILED)}${dice.pick(TAILS)}.`;
  const lead = dice.pick([
    ...LEAD_INS,
    'As a result, ',
    'Finally, ',
    'Eventually, ',
    'During the incident, ',
    'This meant that ',
    'For customers, this meant that ',
  ]);
  const form = dice.below(7);
  if (form === 4) {
    const seen = [
      'were seen',
      'appeared',
      'showed up',
      'rose',
      'increased',
      'were noticed',
      'were reported',
      'occurred',
      'were visible',
      'were the result',
      'followed',
    ];
    return `${lead}${dice.pick(['errors', 'failures', 'problems', 'delays', 'slow responses', 'timeouts', 'many errors', 'more errors', 'symptoms', 'the errors', 'there were errors'])} ${dice.pick(seen)} ${dice.pick(['in', 'at', 'within', 'on'])} {e}${dice.pick(TAILS)}.`;
  }
  if (form === 5) {
    return `${lead}the ${dice.pick(['outage', 'disruption', 'failure', 'trouble', 'impact', 'effect', 'problem', 'downtime', 'symptoms'])} ${dice.pick(['of', 'in', 'at', 'on'])} {e} ${dice.pick(['was visible to customers', 'lasted for the whole window', 'was noticed by users', 'was severe', 'was serious', 'affected customers', 'was felt by customers', 'is over', 'was only a symptom', 'followed'])}.`;
  }
  if (form === 6) {
    return dice.pick([
      `${lead}{e} was not ${dice.pick([...GUILTY, 'to blame', 'at fault', 'responsible', 'the part that failed first'])}.`,
      `${lead}{e} is only where ${dice.pick(['it was noticed', 'the symptoms appeared', 'customers felt it'])}.`,
      `${dice.pick(['nothing was wrong with', 'no fault was found in', 'there was no problem in'])} {e} itself.`,
      `${dice.pick(['Affected', 'Affected service', 'Impact', 'Impacted service', 'What was affected', 'What people noticed', 'Where it was felt', 'Also affected', 'Customer impact', 'Most visible effect'])}: {e}${dice.pick(['', ' was slow', ' failed', ' had errors'])}`,
      `${lead}the ${dice.pick(['affected', 'impacted', 'last', 'final', 'visible', 'most affected', 'next'])} ${dice.pick(['service', 'part', 'component', 'link', 'step', 'point'])} ${dice.pick(['', 'of the chain '])}was {e}.`,
      `${lead}the ${dice.pick(['chain', 'trouble', 'path', 'incident', 'cascade'])} ${dice.pick(['ended', 'ends', 'stopped', 'finished', 'was felt', 'was noticed', 'became visible', 'surfaced'])} ${dice.pick(['at', 'in', 'with'])} {e}.`,
      `${lead}the ${dice.pick(['incident', 'outage', 'failure', 'trouble'])} had ${dice.pick(['a serious', 'a severe', 'some', 'a visible', 'little'])} ${dice.pick(['impact', 'effect'])} on {e}.`,
      `- {e}`,
      `{e}: ${dice.pick(['failed requests', 'slow responses', 'errors', 'an outage', 'timeouts', 'down', 'slow'])}`,
      `${lead}${dice.pick(['dependent services', 'other services', 'other parts', 'several services'])}, ${dice.pick(['including', 'such as', 'among them'])} {e}, ${dice.pick(FAILED)}.`,
    ]);
  }
  if (form < 2) return `${lead}{e} ${dice.pick(FAILED)}${dice.pick(TAILS)}.`;
  if (form === 2)
    return `${lead}${dice.pick(PEOPLE)} ${dice.pick(['could not use', 'saw errors in', 'had trouble with', 'noticed problems at', 'were unable to reach', 'experienced failures in', 'could not rely on'])} {e}${dice.pick(['', ' during this time', ' for a while', ' at times'])}.`;
  return `${lead}${dice.pick(['this', 'it', 'that', 'the failure', 'the trouble', 'the errors', 'this failure'])} ${dice.pick(FORWARD)} ${dice.pick(EFFECT).replace('{b}', '{e}')}.`;
}

const WHOLE = [
  'the incident',
  'the outage',
  'this',
  'it all',
  'everything',
  'the whole incident',
  'the disruption',
  'the problem',
  'all of this',
  'the cascade',
  'the trouble',
];
const GUILTY = [
  'the root cause',
  'the cause',
  'the source',
  'the origin',
  'the culprit',
  'the trigger',
  'the reason',
  'the starting point',
  'the underlying problem',
  'the real problem',
  'the main cause',
  'the initial failure',
  'the first failure',
  'the primary cause',
];

export function blameSentence(dice: Dice): string {
  if (dice.next() < 0.06)
    return `${dice.pick(WHEN)}${dice.pick(WHOLE)} ${dice.pick(['began', 'started', 'originated'])} ${dice.pick(['in', 'with', 'inside', 'at'])} {x}.`;
  if (dice.next() < 0.15) return unheard(dice.pick(UNHEARD_BLAME), dice);
  const lead = dice.pick([
    '',
    '',
    '',
    'In the end, ',
    'Our analysis shows that ',
    'According to the data, ',
    'It is likely that ',
    'In short, ',
    'We found that ',
    'The evidence suggests that ',
  ]);
  const cause = dice.pick(CAUSE).replace('{a}', '{x}');
  const whole = dice.pick(WHOLE);
  const effect = dice.pick(EFFECT).replace('{b}', '{e}');
  return dice.pick([
    `${lead}${dice.pick(GUILTY)} was ${cause}.`,
    `${lead}${dice.pick(GUILTY)} of ${whole} ${dice.pick(['was', 'is', 'lies in', 'was found in'])} ${cause}.`,
    `${lead}${cause} ${dice.pick(['was', 'is'])} ${dice.pick(GUILTY)}${dice.pick(['', ` of ${whole}`, ` behind ${whole}`])}.`,
    `${lead}${whole} ${dice.pick(BACKWARD.slice(0, 22))} ${cause}.`,
    `${lead}${whole} ${dice.pick(['began', 'started', 'originated', 'has its roots', 'had its origin', 'broke out'])} in {x}.`,
    `${lead}${whole} ${dice.pick(['began', 'started'])} ${dice.pick(['when', 'because', 'after', 'as'])} {x} ${dice.pick(FAILED)}.`,
    `${lead}${cause} ${dice.pick(FORWARD.slice(0, 12))} ${whole}.`,
    `${lead}{x} ${dice.pick(FAILED)} first${dice.pick(['', ', and everything else followed', ' and pulled the others down'])}.`,
    `${lead}{x} was the first to ${dice.pick(['fail', 'break', 'show errors', 'go down', 'misbehave'])}.`,
    `${lead}${dice.pick(GUILTY)} of ${effect} was ${cause}.`,
    `${lead}${dice.pick(GUILTY)} behind ${effect} ${dice.pick(['was', 'is', 'lies in', 'was found in'])} {x}.`,
    `${lead}${cause} was ${dice.pick(GUILTY)} of ${effect}.`,
    `${lead}{e} ${dice.pick(FAILED)}, but ${dice.pick(GUILTY)} was ${cause}.`,
    `${lead}${cause} was ${dice.pick(GUILTY)}, and {e} ${dice.pick(['was only a symptom', 'only suffered from it', 'was hurt by it', 'followed'])}.`,
    `${dice.pick(GUILTY)}: {x}`,
    `${lead}the first ${dice.pick(['errors', 'failures', 'signs of trouble', 'problems', 'symptoms'])} ${dice.pick(['appeared', 'were seen', 'showed up', 'occurred', 'came'])} ${dice.pick(['in', 'at', 'from'])} {x}.`,
  ]);
}

const BEFORE_ALL = [
  'After a close look at the data, ',
  'According to the analysis, ',
  'In other words, ',
  'Put simply, ',
  'Looking at the timing, ',
  'As far as we can tell, ',
  'The short version: ',
  'To summarise, ',
  'In summary, ',
  'With high confidence, ',
  'At this point, ',
  'Overall, ',
];
const BEHIND_BLAME = [
  ', which then spread to other services',
  ', and everything else followed',
  ', based on the timing of the errors',
  ' (high confidence)',
  ', according to the analysis',
  ', and the other failures came after it',
  ', which caused errors further down the line',
  ', well before customers noticed anything',
  ', with all other problems being a result of it',
  ', and from there the trouble spread',
  ', as the evidence shows',
  ', leading to errors for customers',
  ', and the rest of the system suffered',
];
const BEHIND_EFFECT = [
  ', which customers noticed',
  ', so customers saw errors',
  ', and it recovered later',
  ', leading to errors for customers',
  ', which is what people noticed',
  ', causing delays for users',
  ', although nothing was wrong with it',
  ', and users were affected',
  ' and could not recover by itself',
  ', which made the incident visible',
  ', with many requests failing',
  ' (as seen by customers)',
  ', at the end of the chain',
];
const BEHIND_ORDER = [
  ', as the data show',
  ', which customers noticed',
  ' shortly afterwards',
  ', leading to errors for customers',
  ' (high confidence)',
  ', and users were affected',
  ', with many requests failing',
  ', and so on down the chain',
];

/** The same in more words: what stands far from a name is to count little. */
export function inMoreWords(
  template: string,
  kind: 'blame' | 'effect' | 'order',
  dice: Dice,
): string {
  const isLine = !/[.]$/.test(template) || /^\W|:/.test(template);
  const tails = { blame: BEHIND_BLAME, effect: BEHIND_EFFECT, order: BEHIND_ORDER }[kind];
  const lead = isLine || dice.next() < 0.4 ? '' : dice.pick(BEFORE_ALL);
  const tail = lead !== '' && dice.next() < 0.4 ? '' : dice.pick(tails);
  return `${lead}${template.replace(/\.$/, '')}${tail}.`;
}
