import {
  absorbKind,
  type Counts,
  countLine,
  createKind,
  type Kind,
  valuesAt,
} from './findings/counts.ts';
import { type Collected, createTally, type Tally } from './findings/tally.ts';
import { LEVEL, type Level } from './headers/levels.ts';
import { createRecordReader, type LineRecord } from './reading/records.ts';
import { createShapeTable } from './templates/shape-table.ts';
import { createTokenizer, ELEMENT, type Elements } from './templates/tokenizer.ts';
import { copy } from './templates/values.ts';

/** So many lines show how the headers of a log are written. */
const LEARNED_FROM = 2_000;
/** Lines held back to learn from when a stamp shows up that no layout explains: another source began. */
const RELEARNED_FROM = 500;
const NOTES = 65_536;

export type Side = 'current' | 'baseline';

export type LogAnalysisOptions = {
  /** The year of stamps that name none. */
  assumedYear: number;
  /** Keeps four bytes a line, for `assignments`. */
  keepAssignments?: boolean;
};

/** Takes lines one by one, a baseline first when there is one, and holds no more of them than it must. */
export function createLogAnalysis(options: LogAnalysisOptions) {
  const reader = createRecordReader(options.assumedYear);
  const tokenize = createTokenizer();
  const table = createShapeTable<Kind>({
    create: createKind,
    lines: ({ current, baseline }) => current.lines + baseline.lines,
    absorb: absorbKind,
  });
  const notes: Uint32Array[] = [];
  const tallies: { current?: Tally; baseline?: Tally } = {};
  let side: Side = 'current';
  let tally: Tally | undefined;
  let waiting: { line: string; cut: boolean }[] = [];
  let wanted = LEARNED_FROM;
  /** Stamped lines without a layout that are let pass; grows while learning from them does not help. */
  let patience = 0;
  let strange = 0;
  let learning = true;
  let owner: Kind | undefined;
  let lastMs = Number.NaN;

  function begin(next: Side): void {
    flush();
    side = next;
    learning = true;
    wanted = LEARNED_FROM;
    owner = undefined;
    lastMs = Number.NaN;
    tally = undefined;
  }

  function flush(): void {
    if (!learning) return;
    learning = false;
    const held = waiting;
    waiting = [];
    const lines = held.map(({ line }) => line);
    reader.learn(lines, tally === undefined);
    if (!tally) {
      const stamped = lines.filter((line) => !Number.isNaN(reader.read(line).ms)).length;
      tally = createTally(stamped * 2 >= lines.length && lines.length > 0);
      tallies[side] = tally;
    }
    const [first] = lines;
    patience = first !== undefined && reader.read(first).strange ? patience * 2 + 1 : 0;
    for (const { line, cut } of held) count(reader.read(line), line, cut, tally);
  }

  /** Whether a line shows that another source began, which must be learned before it is counted. */
  function startsAnotherSource(record: LineRecord): boolean {
    if (!record.strange || ++strange <= patience) return false;
    strange = 0;
    return true;
  }

  function count(record: LineRecord, line: string, cut: boolean, into: Tally): void {
    const number = into.lines++;
    if (cut) into.cut++;
    if (record.continues && owner) {
      into.continuations++;
      note(number, owner);
      return;
    }
    if (!Number.isNaN(record.ms)) {
      into.withHeader++;
      lastMs = record.ms;
      if (!(record.ms >= into.firstMs)) into.firstMs = record.ms;
      if (!(record.ms <= into.lastMs)) into.lastMs = record.ms;
    } else if (record.level !== LEVEL.none || record.start > 0) into.withHeader++;
    owner = countRecord(record, line, number, into);
    note(number, owner);
  }

  function countRecord(record: LineRecord, line: string, number: number, into: Tally): Kind {
    const elements = tokenize(record.text, record.start, record.end);
    const match = table.match(elements, record.text);
    const kind = match.shape;
    const counts: Counts = side === 'current' ? kind.current : kind.baseline;
    if (counts.lines === 0) kind.example = exampleOf(line);
    const level = kind.request ? requestLevel(record, record.level) : record.level;
    const position = into.timed ? lastMs : number;
    const bucket = Number.isNaN(position) ? -1 : into.axis.bucket(position);
    countLine(counts, number, record.ms, bucket, into.axis);
    if (bucket >= 0) into.all[bucket] = (into.all[bucket] ?? 0) + 1;
    into.levels[level] = (into.levels[level] ?? 0) + 1;
    const failed = level >= LEVEL.error;
    if (failed && bucket >= 0) into.errors[bucket] = (into.errors[bucket] ?? 0) + 1;
    if (side === 'current') {
      kind.levels[level] = (kind.levels[level] ?? 0) + 1;
      countValues(kind, match.holes, elements, record.text);
    } else if (failed) kind.baselineErrors++;
    return kind;
  }

  function countValues(
    kind: Kind,
    holes: readonly number[],
    elements: Elements,
    text: string,
  ): void {
    let variable = 0;
    for (let i = 0; i < elements.count; i++) {
      if (elements.kinds[i] !== ELEMENT.variable) continue;
      const hole = holes[variable++];
      if (hole === undefined) continue;
      valuesAt(kind, hole)?.add(
        elements.hashes[i] ?? 0,
        text,
        elements.starts[i] ?? 0,
        elements.ends[i] ?? 0,
      );
    }
  }

  function note(number: number, kind: Kind): void {
    if (options.keepAssignments !== true || side !== 'current') return;
    const at = Math.floor(number / NOTES);
    let chunk = notes[at];
    if (!chunk) {
      chunk = new Uint32Array(NOTES);
      notes[at] = chunk;
    }
    chunk[number % NOTES] = kind.id;
  }

  return {
    begin,
    add(line: string, cut: boolean): void {
      if (!learning && tally) {
        const record = reader.read(line);
        if (!startsAnotherSource(record)) {
          count(record, line, cut, tally);
          return;
        }
        learning = true;
        wanted = RELEARNED_FROM;
      }
      waiting.push({ line, cut });
      if (waiting.length >= wanted) flush();
    },
    finish(): Collected {
      flush();
      const kinds = table.finish();
      return { kinds, current: tallies.current ?? createTally(false), baseline: tallies.baseline };
    },
    /** After `finish`: the kind of each line, in order. */
    *assignments(): Generator<Kind> {
      const lines = tallies.current?.lines ?? 0;
      const kindOf = table.kindOf();
      for (let number = 0; number < lines; number++) {
        const kind = kindOf(notes[Math.floor(number / NOTES)]?.[number % NOTES] ?? 0);
        if (kind) yield kind;
      }
    },
  };
}

export type LogAnalysis = ReturnType<typeof createLogAnalysis>;

const LONGEST_EXAMPLE = 500;

/** A copy: a slice would keep the block of the file alive that it was cut from. */
function exampleOf(line: string): string {
  return line.length > LONGEST_EXAMPLE ? `${copy(line.slice(0, LONGEST_EXAMPLE))}…` : copy(line);
}

/** A status of 500 and more behind the request makes an access log's line an error, whatever it says. */
function requestLevel(record: LineRecord, level: Level): Level {
  const { text, start } = record;
  const open = text.indexOf('"', start);
  const close = text.indexOf('"', open + 1);
  if (open < 0 || close < 0) return level;
  const status = text.slice(close + 2, close + 5);
  return /^5\d\d$/.test(status) ? LEVEL.error : level;
}
