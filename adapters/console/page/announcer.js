import { plainText } from './rich-text.js';

/** Long enough that a burst becomes one sentence. */
const PAUSE_MS = 1_200;
const MOST = 160;

/** Tells a screen reader what is new, without reading out every word of a card or every edit of it. */
export function createAnnouncer(region) {
  let waiting = [];
  let speaking = false;

  function speak() {
    speaking = false;
    region.textContent =
      waiting.length === 1
        ? waiting[0]
        : `${waiting.length} new messages. The last one: ${waiting.at(-1)}`;
    waiting = [];
  }

  return {
    message({ author, text, card, thread }) {
      const said = card ? card.summary : plainText(text ?? '');
      const short = said.length > MOST ? `${said.slice(0, MOST)}…` : said;
      waiting.push(`${author.name}${thread ? ', in a thread' : ''}: ${short}`);
      if (speaking) return;
      speaking = true;
      setTimeout(speak, PAUSE_MS);
    },
  };
}
