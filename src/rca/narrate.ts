import type { Audience, Rca, RcaChain, RcaStep } from '../domain/rca.ts';
import {
  alsoHit,
  chainsByImportance,
  correlationIn,
  MOST_OTHERS,
  MOST_STEPS,
  otherEvidence,
  servicesOf,
} from './story.ts';
import { happeningOf, plainly } from './words/clauses.ts';
import { startsWithVerb, symptomOf } from './words/metrics.ts';
import { spoken, theService, wordsOf } from './words/names.ts';
import {
  certaintyInWords,
  closenessInWords,
  counted,
  percent,
  severityInWords,
} from './words/numbers.ts';
import { windowInWords } from './words/times.ts';

/** A phrase longer than this is told to engineers only. */
const MOST_WORDS = 20;
const CLOSE_CORRELATION = 0.4;

/**
 * Tells a root cause without a language model, from the data alone: what happened, when, whom it hurt, why, how
 * sure that is, and what to do. What the data lack is said to be missing.
 */
export function narrate(rca: Rca, audience: Audience): string {
  const paragraphs =
    audience === 'customer'
      ? [whatHappened(rca, audience), briefCause(rca), briefActions(rca)]
      : [
          whatHappened(rca, audience),
          cause(rca, audience),
          howSure(rca, audience),
          whatToDo(rca, audience),
        ];
  return paragraphs
    .map((lines) => lines.filter((line) => line !== '').join('\n'))
    .filter((text) => text !== '')
    .join('\n\n');
}

function whatHappened(rca: Rca, audience: Audience): string[] {
  const { impactService, metricName, severity, timeStartStr, timeEndStr } = rca.impact;
  const when = windowInWords(timeStartStr, timeEndStr);
  const symptom = metricName === undefined ? undefined : symptomOf(metricName);
  const who = impactService === undefined ? undefined : called(impactService, audience);
  const what =
    who === undefined
      ? 'something went wrong, but the analysis does not say where'
      : symptom === undefined
        ? `${who} had a problem`
        : `${who} had a problem: ${symptom}`;
  const sentences = [
    `${capital(when === '' ? what : `${when}, ${what}`)}.`,
    when === '' ? 'The analysis does not say when.' : '',
    ...(audience === 'customer' ? [] : [howBad(severity), whomItHurt(rca, audience)]),
  ];
  return [sentences.filter((sentence) => sentence !== '').join(' ')];
}

function howBad(severity: number | undefined): string {
  return severity === undefined
    ? 'The analysis does not say how bad it was.'
    : `It was a ${severityInWords(severity)} problem, with its severity rated ${percent(severity)}.`;
}

function whomItHurt(rca: Rca, audience: Audience): string {
  const { impactService } = rca.impact;
  const others = alsoHit(rca);
  const felt =
    impactService === undefined ? '' : `It hurt those who use ${called(impactService, audience)}.`;
  if (others.length === 0) return felt;
  const reached = felt === '' ? 'It reached' : 'It also reached';
  return `${felt} ${reached} ${listed(others, audience)}.`.trim();
}

function listed(services: readonly string[], audience: Audience): string {
  const shown = services.slice(0, MOST_OTHERS).map((service) => called(service, audience));
  const rest = services.length - shown.length;
  if (rest > 0) shown.push(`${counted(rest)} more`);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function cause(rca: Rca, audience: Audience): string[] {
  const { service, component } = rca.rootCause;
  const [chain] = chainsByImportance(rca);
  const root =
    service === undefined
      ? 'The analysis does not name a root cause.'
      : `The root cause was in ${called(service, audience)}${part(service, component, audience)}.`;
  if (chain === undefined) {
    const [statement] = rca.rootCause.evidence
      .filter(({ type }) => /propagation/i.test(type ?? ''))
      .map(({ details }) => details ?? '');
    const evidence = statement === undefined ? [] : statementsInOrder(statement, audience);
    if (evidence.length > 0) return [`${root} This is what happened:`, ...evidence];
    return [`${root} The analysis does not show how the trouble spread.`];
  }
  const [only] = chain.steps;
  if (chain.steps.length === 1 && only?.service !== undefined && only.service === service) {
    return [`${root} ${alone(only, rca, audience)}`.trim()];
  }
  return [
    `${root} This is how the trouble spread, in order:`,
    ...stepsInWords(chain, rca, audience),
  ];
}

/** A chain of one step is no chain. */
function alone(step: RcaStep, rca: Rca, audience: Audience): string {
  const happening = happeningOf(step, rca);
  const seen =
    happening === undefined ? '' : `What was seen there: ${phrase(happening, audience)}.`;
  const spread = alsoHit(rca).length > 0 ? '' : 'The analysis does not show that it spread.';
  return `${seen} ${spread}`.trim();
}

function part(service: string, component: string | undefined, audience: Audience): string {
  if (component === undefined || spoken(component) === spoken(service)) return '';
  if (audience === 'engineer') return ` (part: ${component})`;
  return ` (part: ${spoken(component)})`;
}

function statementsInOrder(details: string, audience: Audience): string[] {
  return details
    .split(/\s*(?:-+>|→)\s*/)
    .filter((text) => text !== '')
    .map((text, i) => `${i + 1}. ${capital(phrase(text, audience))}.`);
}

function stepsInWords(chain: RcaChain, rca: Rca, audience: Audience): string[] {
  const { steps } = chain;
  const shown =
    steps.length <= MOST_STEPS
      ? steps
      : [...steps.slice(0, MOST_STEPS - 2), undefined, ...steps.slice(-1)];
  return shown.map((step, i) => {
    if (step === undefined) {
      return `${i + 1}. It passed through ${counted(steps.length - MOST_STEPS + 1)} more steps.`;
    }
    return `${i + 1}. ${stepInWords(step, rca, audience)}`;
  });
}

function stepInWords(step: RcaStep, rca: Rca, audience: Audience): string {
  const where = step.service === undefined ? undefined : called(step.service, audience);
  const happening = happeningOf(step, rca);
  const rest = happening === undefined ? undefined : withoutSubject(happening, step.service);
  const what = rest === undefined ? undefined : phrase(rest.text, audience);
  const suspicion =
    audience === 'engineer' && step.suspicionScore !== undefined
      ? ` (suspicion ${step.suspicionScore})`
      : '';
  if (where === undefined) return `${capital(what ?? 'An unnamed step')}${suspicion}.`;
  if (what === undefined) return `${capital(where)}${suspicion}.`;
  return `${capital(where)}${rest?.isPredicate ? '' : ':'} ${what}${suspicion}.`;
}

/** The step names its service already: "login service returns errors" goes on as "returns errors". */
function withoutSubject(text: string, service: string | undefined) {
  const own = service === undefined ? [] : wordsOf(service);
  const words = text.split(/\s+/);
  let at = 0;
  let matched = 0;
  while (matched < own.length && at < words.length) {
    const parts = wordsOf(words[at] ?? '');
    if (!parts.every((part, i) => part === own[matched + i])) break;
    matched += parts.length;
    at += 1;
  }
  const whole = own.length > 0 && matched === own.length;
  const named = whole && /^service$/i.test(words[at] ?? '') && own.at(-1) !== 'service';
  if (named) at += 1;
  const rest = words.slice(at).join(' ');
  if (!whole || rest === '') return { text, isPredicate: false };
  const isPredicate = startsWithVerb(plainly(rest));
  return isPredicate || named ? { text: rest, isPredicate } : { text, isPredicate };
}

function phrase(text: string, audience: Audience): string {
  const plain = plainly(text);
  const words = plain.split(' ');
  if (audience === 'engineer' || words.length <= MOST_WORDS) return lower(plain);
  // A sentence ends where it may end, or it is not told at all.
  const joint = plain.search(/\s(?:when|because|so|which|due to|after|while|as)\s/);
  return lower(joint > 0 ? plain.slice(0, joint) : plain);
}

/** Proper names and short forms keep their capitals. */
function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function howSure(rca: Rca, audience: Audience): string[] {
  const [chain, ...others] = chainsByImportance(rca);
  const sentences: string[] = [];
  if (chain?.score === undefined) {
    sentences.push('The analysis does not say how sure it is.');
  } else {
    sentences.push(
      `We are ${certaintyInWords(chain.score)} of this path (${percent(chain.score)}).`,
    );
  }
  const correlation = correlationIn(rca);
  if (correlation !== undefined && Math.abs(correlation) >= CLOSE_CORRELATION) {
    const moved = `The warning signs moved together ${closenessInWords(Math.abs(correlation))}`;
    sentences.push(
      audience === 'engineer'
        ? `${moved} (${correlation}).`
        : `${moved} (${percent(Math.abs(correlation))}).`,
    );
  }
  for (const details of otherEvidence(rca).slice(0, 2)) {
    sentences.push(`Also seen: ${phrase(details, audience)}.`);
  }
  if (others.length > 0) {
    const paths = others.length === 1 ? 'path is' : 'paths are';
    sentences.push(`${capital(counted(others.length))} more ${paths} in the data.`);
  }
  return [sentences.join(' ')];
}

function whatToDo(rca: Rca, audience: Audience): string[] {
  const { service, component } = rca.rootCause;
  const [chain] = chainsByImportance(rca);
  const services = chain === undefined ? [] : servicesOf(chain);
  const next = services.find((candidate) => candidate !== service);
  const { impactService } = rca.impact;
  const actions: string[] = [];
  if (service === undefined) {
    actions.push('Find the root cause first: ask for a new analysis.');
  } else {
    // The exact name, so that whoever reads this can hand it on.
    const exact = component !== undefined && spoken(component) !== spoken(service);
    actions.push(
      `Ask the team that runs ${service}${exact ? ` to check ${component} first` : ' to check it first'}.`,
    );
  }
  if (service !== undefined && next !== undefined) {
    actions.push(
      `Add a safe stop between ${called(service, audience)} and ${called(next, audience)}, so that one fault does not spread.`,
    );
  }
  if (impactService !== undefined) {
    actions.push(`Check that ${called(impactService, audience)} works again for all.`);
  }
  return ['What to do:', ...actions.map((action) => `- ${action}`)];
}

function briefCause(rca: Rca): string[] {
  const { service } = rca.rootCause;
  const [chain] = chainsByImportance(rca);
  if (service === undefined) return ['We do not know the root cause yet.'];
  const sure =
    chain?.score === undefined ? '' : ` We are ${certaintyInWords(chain.score)} of this.`;
  const path = chain === undefined ? [] : servicesOf(chain).filter((name) => name !== service);
  const { impactService } = rca.impact;
  const between = path.filter((name) => name !== impactService).length;
  const reached =
    impactService === undefined || impactService === service || path.at(-1) !== impactService
      ? ''
      : between === 0
        ? ` From there the trouble went straight to ${theService(impactService)}.`
        : ` From there the trouble spread step by step to ${theService(impactService)}.`;
  return [`The root cause was in ${theService(service)}.${reached}${sure}`];
}

function briefActions(rca: Rca): string[] {
  const { service } = rca.rootCause;
  const check =
    service === undefined
      ? 'Our team is looking for the cause.'
      : `Our team checks ${theService(service)} first.`;
  return [`${check} We are sorry for the trouble.`];
}

/** Engineers search for the exact name; others read it as words. */
function called(service: string, audience: Audience): string {
  return audience === 'engineer' ? service : theService(service);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
