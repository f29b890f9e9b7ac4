import type { FigureReader } from './reader.ts';

/** Hours ahead of UTC. Names that two places share, such as IST, are left out: nobody can say which is meant. */
const ZONES: Record<string, number> = {
  utc: 0,
  gmt: 0,
  z: 0,
  bst: 1,
  cet: 1,
  cest: 2,
  eet: 2,
  eest: 3,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  jst: 9,
  aest: 10,
};
const ZONE = /^(?:[A-Z]{2,4}T|[A-Z]{1,2}ST|BST|CET|IST)$/;
const DAY = 1_440;

const CLOCK =
  /t?\b(\d{1,2})[:.]([0-5]\d)(?::\d{2}(?:\.\d+)?)?(?: ?([ap])\.?m\b\.?)?(?: ?z\b)?(?: ?\(?([a-z]{3,4})\b)?/gi;
const HOUR = /\b(\d{1,2}) ?([ap])\.?m\b\.?(?: ?\(?([a-z]{3,4})\b)?/gi;
const NAMED = /\b(?:midnight|noon|midday)\b/gi;

export function readClock(reader: FigureReader): void {
  const { known } = reader;
  const check = (said: string, hours: number, minutes: number, half = '', zone = '') => {
    const hour = half === '' ? hours : (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
    const ahead = ZONES[zone.toLowerCase()];
    const isStrange = ahead === undefined && ZONE.test(zone);
    const utc = (hour * 60 + minutes - (ahead ?? 0) * 60 + DAY) % DAY;
    if (isStrange || !known.times.has(utc)) reader.wrong('wrong-time', said);
  };
  reader.each(CLOCK, ({ match: [said, hours, minutes, half, zone = ''] }) => {
    const isDecimal = !said.includes(':') && half === undefined && zone.toLowerCase() !== 'utc';
    if (isDecimal) return false;
    check(said, Number(hours), Number(minutes), half, zone);
    return true;
  });
  reader.each(HOUR, ({ match: [said, hours, half, zone] }) => {
    check(said, Number(hours), 0, half, zone);
    return true;
  });
  reader.each(NAMED, ({ match: [said] }) => {
    if (!known.times.has(/midnight/i.test(said) ? 0 : 720)) reader.wrong('wrong-time', said);
    return true;
  });
}
