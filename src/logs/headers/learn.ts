import { continuesAnother } from './continuation.ts';
import { type HeaderTokens, TOKEN } from './header-tokens.ts';
import { epochMs, type Layout, type Step, skipSpaces } from './layout.ts';

const COLUMNS = 12;
/** A stamp further right is part of the message. */
const FIRST_STAMP_WITHIN = 4;
/** Fewer lines than this do not show a column: only what looks like a logger is taken for one. */
const FEW = 5;
const DASH = 45;

type Column = {
  kind: number;
  detail: number;
  text: string;
  /** Two or more spaces behind it: the writer pads its columns. */
  padded: boolean;
  epoch: boolean;
};

type Row = Column[];

/** Finds out how the lines' headers are written, from the lines themselves. */
export function learnLayouts(lines: readonly string[], tokens: HeaderTokens): Layout[] {
  const rows = lines
    .filter((line) => !continuesAnother(line) && line.trim() !== '')
    .map((line) => rowOf(line, tokens));
  const byStamp = new Map<string, Row[]>();
  for (const row of rows) {
    const at = row.slice(0, FIRST_STAMP_WITHIN).findIndex(({ kind }) => kind === TOKEN.time);
    const key = at < 0 ? 'none' : `${at}:${row[at]?.detail}`;
    const group = byStamp.get(key);
    if (group) group.push(row);
    else byStamp.set(key, [row]);
  }
  const found: Layout[][] = [];
  for (const [key, group] of byStamp) {
    if (key === 'none') found.push(learnWithoutStamp(group, rows.length));
    else if (key.startsWith('0:') || group.length >= Math.max(3, rows.length / 20)) {
      found.push(learnGroup(group, Number(key.split(':')[0])));
    }
  }
  const lineCount = (layouts: readonly Layout[]) =>
    layouts.reduce((sum, { lines }) => sum + lines, 0);
  return found
    .toSorted((a, b) => lineCount(b) - lineCount(a))
    .flatMap((layouts) => layouts.map((layout) => ({ ...layout, alone: layouts.length === 1 })));
}

function rowOf(line: string, tokens: HeaderTokens): Row {
  const row: Row = [];
  let at = skipSpaces(line, 0);
  while (row.length < COLUMNS) {
    const token = tokens(line, at);
    if (token.kind === TOKEN.end) break;
    row.push({
      kind: token.kind,
      detail: token.detail,
      text: line.slice(token.start, token.end),
      padded: token.next - token.end > 1,
      epoch: token.kind === TOKEN.number && !Number.isNaN(epochMs(line, token.start, token.end)),
    });
    at = token.next;
  }
  return row;
}

/** Lines without a readable stamp have a header when a level or seconds since 1970 stand in one column. */
function learnWithoutStamp(rows: readonly Row[], all: number): Layout[] {
  if (rows.length < Math.max(3, all / 20)) return [];
  for (let column = 0; column < 6; column++) {
    if (share(rows, column, (cell) => cell.epoch) >= 0.95) return learnGroup(rows, column);
  }
  for (let column = 0; column < 3; column++) {
    const levels = rows.filter((row) => isPlainLevel(row[column]));
    if (levels.length >= rows.length * 0.9) return learnGroup(levels, column);
  }
  const uptime = (cell: Column) =>
    cell.kind === TOKEN.bracket && /^\[ *\d+\.\d+\]$/.test(cell.text);
  if (share(rows, 0, uptime) >= 0.95) return learnGroup(rows, 0);
  if (share(rows, 1, (cell) => cell.detail === 124) >= 0.95) return learnGroup(rows, 1);
  return [];
}

/** A level word at the start of a message is written like any word; one in a header stands out. */
function isPlainLevel(cell: Column | undefined): boolean {
  if (cell?.kind !== TOKEN.level) return false;
  return cell.text === cell.text.toUpperCase() || /^[[<(]/.test(cell.text);
}

/** `anchor` is the column that says that there is a header; everything before it belongs to it. */
function learnGroup(rows: readonly Row[], anchor: number): Layout[] {
  const column = levelColumn(rows, anchor);
  if (column === undefined) return layoutOf(rows, anchor, anchor);
  const withLevel = rows.filter((row) => isPlainLevel(row[column]));
  const without = rows.filter((row) => !isPlainLevel(row[column]));
  if (without.length < 3 || withLevel.length >= rows.length * 0.9) {
    return layoutOf(rows, anchor, anchor);
  }
  return [...layoutOf(withLevel, anchor, column), ...learnGroup(without, anchor)];
}

/** Where writers that share a way to write the time differ: one has its level in this column. */
function levelColumn(rows: readonly Row[], anchor: number): number | undefined {
  const counts = new Map<number, number>();
  for (const row of rows) {
    for (let column = anchor; column < anchor + 5; column++) {
      if (row[column]?.kind === TOKEN.tag) break;
      if (!isPlainLevel(row[column])) continue;
      counts.set(column, (counts.get(column) ?? 0) + 1);
      break;
    }
  }
  const [best] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return best && best[1] >= Math.max(3, rows.length / 10) ? best[0] : undefined;
}

function layoutOf(rows: readonly Row[], anchor: number, must: number): Layout[] {
  const steps: Step[] = [];
  let tagged = false;
  for (let column = 0; column < COLUMNS - 2; column++) {
    const step = stepAt(rows, column, anchor, tagged);
    if (!step) break;
    if (step.kind === TOKEN.tag) tagged = true;
    steps.push({ ...step, must: column <= must });
  }
  return steps.length > 0 ? [{ steps, lines: rows.length, alone: true }] : [];
}

type Found = Omit<Step, 'must'>;

function stepAt(
  rows: readonly Row[],
  column: number,
  anchor: number,
  tagged: boolean,
): Found | undefined {
  const of = (kind: number) => share(rows, column, (cell) => cell.kind === kind);
  const found = (kind: number, detail = 0): Found => ({
    kind,
    detail,
    loose: false,
    epoch: false,
    until: false,
  });
  if (share(rows, column, (cell) => cell.epoch) >= 0.95) {
    return { kind: TOKEN.number, detail: 0, loose: false, epoch: true, until: false };
  }
  if (of(TOKEN.time) >= 0.9)
    return found(TOKEN.time, column === anchor ? detailAt(rows, column) : 0);
  if (of(TOKEN.level) >= 0.9) return found(TOKEN.level);
  const delimiter = detailAt(rows, column);
  const delimited = (cell: Column) => cell.kind === TOKEN.delimiter && cell.detail === delimiter;
  if (delimiter !== 0 && share(rows, column, delimited) >= 0.95) {
    return found(TOKEN.delimiter, delimiter);
  }
  if (of(TOKEN.delimiter) >= 0.95) return found(TOKEN.delimiter);
  if (column < anchor)
    return { kind: TOKEN.word, detail: 0, loose: true, epoch: false, until: false };
  if (rows.length < FEW && !rows.every((row) => isLoggerLike(row[column]))) return undefined;
  const goesOn = rows.filter((row) => row.length > column + 1).length >= rows.length * 0.9;
  if (!goesOn) return undefined;
  if (of(TOKEN.bracket) >= 0.95) return found(TOKEN.bracket);
  if (tagged) return undefined;
  if (of(TOKEN.number) >= 0.97) return found(TOKEN.number);
  if (hasTag(rows, column)) return found(TOKEN.tag);
  if (column === anchor + 1 && share(rows, column, isDashSoon(column)) >= 0.95) {
    return { ...found(TOKEN.delimiter, DASH), until: true };
  }
  if (leadsSomewhere(rows, column)) {
    return { kind: TOKEN.word, detail: 0, loose: true, epoch: false, until: false };
  }
  if (isPaddedName(rows, column))
    return { kind: TOKEN.word, detail: 0, loose: true, epoch: false, until: false };
  return undefined;
}

/** `program name - text`, where the name may be several words. */
function isDashSoon(column: number) {
  return (_: Column, row: Row) =>
    row
      .slice(column, column + 4)
      .some(({ kind, detail }) => kind === TOKEN.delimiter && detail === DASH);
}

/** `sshd[12]:`; some programs have names of several words. */
function hasTag(rows: readonly Row[], column: number): boolean {
  const here = share(rows, column, (cell) => cell.kind === TOKEN.tag);
  const soon = share(rows, column, isTagSoon(column));
  return (here >= 0.7 && soon >= 0.9) || (here >= 0.3 && soon >= 0.97);
}

function isTagSoon(column: number) {
  return (_: Column, row: Row) =>
    row
      .slice(column, column + 4)
      .some((cell) => cell.kind === TOKEN.tag || cell.text.endsWith(':'));
}

/** A host or a program name says nothing by itself: the column behind it shows that it is one. */
function leadsSomewhere(rows: readonly Row[], column: number): boolean {
  for (let ahead = column + 1; ahead <= column + 4; ahead++) {
    const of = (kind: number) => share(rows, ahead, (cell) => cell.kind === kind);
    if (of(TOKEN.time) >= 0.9 || of(TOKEN.level) >= 0.9 || of(TOKEN.tag) >= 0.8) return true;
    if (ahead === column + 1 && (of(TOKEN.bracket) >= 0.95 || hasTag(rows, ahead))) return true;
    const dash = share(rows, ahead, (cell) => [45, 124].includes(cell.detail));
    if (dash >= 0.9) return true;
  }
  return false;
}

function isPaddedName(rows: readonly Row[], column: number): boolean {
  if (share(rows, column, (cell) => cell.padded && cell.kind === TOKEN.word) < 0.9) return false;
  const names = new Set(rows.map((row) => row[column]?.text));
  return names.size <= Math.max(2, rows.length / 20);
}

function isLoggerLike(cell: Column | undefined): boolean {
  return cell !== undefined && (cell.kind === TOKEN.bracket || /[.[/$@_]/.test(cell.text));
}

function share(
  rows: readonly Row[],
  column: number,
  wanted: (cell: Column, row: Row) => boolean,
): number {
  let count = 0;
  for (const row of rows) {
    const cell = row[column];
    if (cell && wanted(cell, row)) count++;
  }
  return count / rows.length;
}

/** The stamp or delimiter that most lines have in this column. */
function detailAt(rows: readonly Row[], column: number): number {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const detail = row[column]?.detail ?? 0;
    counts.set(detail, (counts.get(detail) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return most?.[0] ?? 0;
}
