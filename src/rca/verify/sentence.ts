import { type Facts, type Node, QUOTE } from '../facts.ts';
import { wordsOf } from '../words/names.ts';
import { stem } from '../words/stem.ts';
import { isPlain } from './plain-words.ts';

/** One word of a sentence, with the place of the token that it is a part of. */
export type Word = { text: string; stem: string; start: number; end: number; quoted: boolean };

export type Mention = { node: Node; start: number; end: number };

export type Token = { text: string; start: number; end: number; mentioned: boolean };

/** A sentence as it is checked. */
export type Sentence = {
  text: string;
  words: Word[];
  tokens: Token[];
  mentions: Mention[];
  /** Whether a place lies within words that are taken from the analysis as they stand. */
  isQuoted(at: number): boolean;
  /** Whether more than the name itself is taken from there: a long name alone quotes nothing. */
  isQuotedAround(name: { start: number; end: number }): boolean;
};

const TOKEN = /[\p{L}\p{N}]+(?:[-_/.’'][\p{L}\p{N}]+)*/gu;

export function readSentence(text: string, facts: Facts): Sentence {
  const tokens: Token[] = [...text.matchAll(TOKEN)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
    mentioned: false,
  }));
  const words: Word[] = tokens.flatMap((token) =>
    wordsOf(token.text.replace(/[’']s$/, '')).map((part) => ({
      text: part,
      stem: stem(part),
      start: token.start,
      end: token.end,
      quoted: false,
    })),
  );
  markQuotes(words, facts);
  const mentions = mentionsIn(words, text, facts);
  for (const token of tokens) {
    token.mentioned = mentions.some(({ start, end }) => token.start >= start && token.end <= end);
  }
  const quoted = words.filter((word) => word.quoted);
  return {
    text,
    words,
    tokens,
    mentions,
    isQuoted: (at) => quoted.some(({ start, end }) => at >= start && at < end),
    isQuotedAround: (name) => {
      const before = words.findLast(({ end }) => end <= name.start);
      const after = words.find(({ start }) => start >= name.end);
      return quoted.some(
        (word) =>
          word.start >= name.start && word.end <= name.end && (before?.quoted || after?.quoted),
      );
    },
  };
}

function markQuotes(words: Word[], facts: Facts): void {
  for (let at = 0; at + QUOTE <= words.length; at++) {
    const row = words.slice(at, at + QUOTE);
    if (!facts.quotes(row.map(({ stem: bare }) => bare))) continue;
    for (const word of row) word.quoted = true;
  }
}

function mentionsIn(words: readonly Word[], text: string, facts: Facts): Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < words.length; ) {
    let taken = 1;
    for (let length = Math.min(facts.longestName, words.length - at); length > 0; length--) {
      const row = words.slice(at, at + length);
      const start = row[0]?.start ?? 0;
      const end = row.at(-1)?.end ?? 0;
      // A name does not run over the end of a clause.
      if (length > 1 && /[,;:.!?()]\s/.test(text.slice(start, end))) continue;
      const node = facts.nodeOf(row.map(({ stem: bare }) => bare).join(''));
      if (node === undefined || cutsAName(words, at, length)) continue;
      mentions.push({ node, start, end });
      taken = length;
      break;
    }
    at += taken;
  }
  return mentions;
}

/** "warehouse-sync" does not mention sync, while "payment-related" mentions payments. */
function cutsAName(words: readonly Word[], at: number, length: number): boolean {
  const first = words[at];
  const last = words[at + length - 1];
  const rest = words.filter(
    ({ start }, i) =>
      (i < at || i >= at + length) && (start === first?.start || start === last?.start),
  );
  return rest.some(({ text }) => !isPlain(text));
}
