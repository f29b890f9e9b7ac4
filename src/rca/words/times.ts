const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

const MINUTE_MS = 60_000;

function dateInWords(iso: string): string {
  const date = new Date(iso);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function timeInWords(iso: string): string {
  return iso.slice(11, 16);
}

/** Down to the minute; what is shorter is told in seconds. */
function durationInWords(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes === 0) return amount(Math.round(ms / 1_000), 'second');
  const parts: [number, string][] = [
    [Math.floor(minutes / 1_440), 'day'],
    [Math.floor((minutes % 1_440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => amount(count, unit))
    .join(' ');
}

function amount(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** "On 4 March 2026, from 20:20 to 21:35 UTC (1 hour 15 minutes)", as far as it is known. */
export function windowInWords(start: string | undefined, end: string | undefined): string {
  if (start === undefined && end === undefined) return '';
  if (start === undefined || end === undefined) {
    const known = start ?? end ?? '';
    const word = start === undefined ? 'Until' : 'From';
    return `${word} ${timeInWords(known)} UTC on ${dateInWords(known)}`;
  }
  const length = Date.parse(end) - Date.parse(start);
  if (start.slice(0, 16) === end.slice(0, 16)) {
    return `On ${dateInWords(start)}, at ${timeInWords(start)} UTC`;
  }
  const sameDay = start.slice(0, 10) === end.slice(0, 10);
  const until = sameDay ? timeInWords(end) : `${timeInWords(end)} UTC on ${dateInWords(end)}`;
  const from = sameDay ? timeInWords(start) : `${timeInWords(start)} UTC`;
  const lasted = length > 0 ? ` (${durationInWords(length)})` : '';
  return `On ${dateInWords(start)}, from ${from} to ${until}${sameDay ? ' UTC' : ''}${lasted}`;
}
