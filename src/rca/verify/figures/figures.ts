import type { Fault } from '../fault.ts';
import type { Sentence } from '../sentence.ts';
import { readClock } from './clock.ts';
import { readCounts } from './counts.ts';
import { readDates } from './dates.ts';
import type { KnownFigures } from './known-figures.ts';
import { readLengths } from './lengths.ts';
import { createFigureReader } from './reader.ts';
import { readShares } from './shares.ts';

/** Numbers, times and lengths of time that the analysis does not have, or has for something else. */
export function checkFigures(sentence: Sentence, known: KnownFigures): Fault[] {
  const reader = createFigureReader(sentence, known);
  readDates(reader);
  readClock(reader);
  readLengths(reader);
  readShares(reader);
  readCounts(reader);
  return reader.faults;
}
