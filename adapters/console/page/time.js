import { el } from './dom.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const date = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dated = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });
const ago = new Intl.RelativeTimeFormat(undefined, { style: 'narrow', numeric: 'always' });

const MINUTE = 60_000;
const REFRESH = 15_000;

/** A time as the reader's clock would show it; the exact one on hover. */
export function timeNode(iso) {
  return el(
    'time',
    { datetime: iso, title: `${full.format(new Date(iso))}\n${iso}`, 'data-ago': true },
    timeWords(iso),
  );
}

/** Fresh times are relative, because that is the question then; older ones are times of day. */
function timeWords(iso) {
  const then = new Date(iso);
  const minutes = Math.floor((Date.now() - then.getTime()) / MINUTE);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return ago.format(-minutes, 'minute');
  return clock.format(then);
}

export function clockWords(iso) {
  return clock.format(new Date(iso));
}

export function dayKey(iso) {
  const day = new Date(iso);
  return `${day.getFullYear()}-${day.getMonth()}-${day.getDate()}`;
}

export function dayWords(iso) {
  const now = Date.now();
  if (dayKey(iso) === dayKey(now)) return 'Today';
  if (dayKey(iso) === dayKey(now - 24 * 60 * MINUTE)) return 'Yesterday';
  const then = new Date(iso);
  return then.getFullYear() === new Date(now).getFullYear()
    ? date.format(then)
    : dated.format(then);
}

export function keepTimesFresh() {
  setInterval(() => {
    for (const node of document.querySelectorAll('time[data-ago]')) {
      const words = timeWords(node.dateTime);
      if (node.textContent !== words) node.textContent = words;
    }
  }, REFRESH);
}
