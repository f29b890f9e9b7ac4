import type { Rca } from '../../src/domain/rca.ts';
import { TENS } from '../../src/rca/words/numbers.ts';
import type { Dice } from './rca-cases.ts';

/** The numbers and times of one analysis; what it does not have is undefined. */
export type FigureFacts = {
  severity: number | undefined;
  score: number | undefined;
  correlation: number | undefined;
  minutes: number | undefined;
  start: string | undefined;
  end: string | undefined;
  services: number | undefined;
  lead: number | undefined;
};

export function factsOf(rca: Rca): FigureFacts {
  const { severity, timeStartStr: start, timeEndStr: end } = rca.impact;
  const best = rca.chains.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))[0];
  const details = rca.rootCause.evidence.map((one) => one.details ?? '').join(' ');
  const correlation = /correlation: (\d\.\d+)/.exec(details)?.[1];
  const lead = /by (\d+) minutes/.exec(details)?.[1];
  const services = new Set((best?.steps ?? []).flatMap(({ service }) => service ?? [])).size;
  return {
    severity,
    score: best?.score,
    correlation: correlation === undefined ? undefined : Number(correlation),
    minutes:
      start === undefined || end === undefined || end <= start
        ? undefined
        : (Date.parse(end) - Date.parse(start)) / 60_000,
    start,
    end,
    services: services > 1 ? services : undefined,
    lead: lead === undefined ? undefined : Number(lead),
  };
}

/** Each far enough from the truth that nobody would call it rounded. */
export function wrongFacts(facts: FigureFacts, rca: Rca, dice: Dice): FigureFacts {
  const taken = [
    rca.impact.severity,
    facts.correlation,
    ...rca.chains.flatMap(({ score, steps }) => [
      score,
      ...steps.map((step) => step.suspicionScore),
    ]),
  ];
  const share = () => {
    for (let tries = 0; ; tries++) {
      const value = Math.round((0.03 + dice.next() * 0.94) * 100) / 100;
      if (tries > 500 || taken.every((other) => Math.abs((other ?? 0) - value) > 0.035))
        return value;
    }
  };
  const lengths = [7, 9, 21, 33, 48, 120];
  const moved = (iso: string | undefined, apart: number) =>
    iso === undefined ? undefined : new Date(Date.parse(iso) + 60_000 * apart).toISOString();
  // Both ends moved by as much, and not by the length of the window, or one of the two could be true.
  const apart = dice.pick([-191, -83, -47, 37, 71, 157]) + 1_440 * dice.pick([-40, -3, 2, 33, 400]);
  const counts = [8, 9, 12, 17];
  return {
    severity: share(),
    score: share(),
    correlation: share(),
    minutes: (facts.minutes ?? 0) * dice.pick([1, 2]) + dice.pick(lengths),
    start: moved(facts.start, apart),
    end: moved(facts.end, apart),
    services: (facts.services ?? 0) + dice.pick(counts),
    lead: (facts.lead ?? 0) + dice.pick([6, 11, 14]),
  };
}

export function fillFigure(say: string, facts: FigureFacts, dice: Dice): string {
  return say.replace(/\{(\w+?)(12|%|\.)?\}/g, (_, slot: string, form = '') => {
    const value =
      facts[
        (slot === 'date' ? 'start' : slot === 'length' ? 'minutes' : slot) as keyof FigureFacts
      ];
    if (value === undefined) return '';
    if (slot === 'date') return dateOf(String(value), dice);
    if (slot === 'length') return lengthOf(Number(value), dice);
    if (typeof value === 'string')
      return form === '12' ? clock12(value.slice(11, 16), dice) : value.slice(11, 16);
    if (form === '%') return percentOf(value, dice);
    if (form === '.') return value.toFixed(2);
    if (slot === 'severity') return String(Math.round(value * 100));
    return slot === 'services' || slot === 'lead'
      ? dice.pick([String(value), wordOf(value)])
      : String(value);
  });
}

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );

function wordOf(value: number): string {
  if (value < 20) return SMALL[value] ?? String(value);
  if (value > 99) return String(value);
  const tens = TENS[Math.floor(value / 10) - 2] ?? '';
  return value % 10 === 0 ? tens : `${tens}-${SMALL[value % 10]}`;
}

function percentOf(share: number, dice: Dice): string {
  const whole = Math.round(share * 100);
  return dice.pick([
    `${whole}%`,
    `${whole} %`,
    `${whole} percent`,
    `${wordOf(whole)} percent`,
    `${whole} out of 100`,
  ]);
}

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

function dateOf(iso: string, dice: Dice): string {
  const date = new Date(iso);
  const [day, month, year] = [
    date.getUTCDate(),
    MONTHS[date.getUTCMonth()] ?? '',
    date.getUTCFullYear(),
  ];
  return dice.pick([
    `${day} ${month} ${year}`,
    `${month} ${day}, ${year}`,
    iso.slice(0, 10),
    `${month} ${ordinal(day)}`,
  ]);
}

function ordinal(day: number): string {
  const last = day % 10;
  if (day > 10 && day < 14) return `${day}th`;
  return `${day}${last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th'}`;
}

function lengthOf(minutes: number, dice: Dice): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0)
    return dice.pick([
      `${minutes} minutes`,
      `${wordOf(minutes)} minutes`,
      `about ${minutes} minutes`,
    ]);
  const whole =
    hours === 1
      ? dice.pick(['one hour', '1 hour', 'an hour'])
      : `${dice.pick([String(hours), wordOf(hours)])} hours`;
  if (rest === 0) return whole;
  if (rest === 30)
    return hours === 1
      ? dice.pick(['an hour and a half', 'one and a half hours', '90 minutes'])
      : `${wordOf(hours)} and a half hours`;
  return dice.pick([
    `${whole} and ${rest} minutes`,
    `${minutes} minutes`,
    `${whole} ${rest} minutes`,
  ]);
}

function clock12(time: string, dice: Dice): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const half = dice.pick(hours < 12 ? ['AM', 'am', 'a.m.'] : ['PM', 'pm', 'p.m.']);
  return `${hours % 12 || 12}:${String(minutes).padStart(2, '0')} ${half}`;
}
