import { describe, expect, it } from 'vitest';
import { tableLines } from '../../../adapters/slack/draw/table.ts';

const column = (label: string) => ({ label, align: 'left' as const });
const table = (labels: string[], rows: string[][]) =>
  tableLines({ kind: 'table', caption: 'So far', columns: labels.map(column), rows });

describe('a table in letters of one width', () => {
  it('goes on below where a line would be wider than a phone', () => {
    const said =
      'the pool of checkout is full and every request waits for a connection until it fails';
    const lines = table(['UTC', 'Who', 'What'], [['10:05', 'Ada', said]]).split('\n');
    expect(lines.map((line) => line.length).filter((length) => length > 60)).toEqual([]);
    expect(lines.slice(2)).toEqual([
      '10:05  Ada  the pool of checkout is full and every request',
      '            waits for a connection until it fails',
    ]);
  });

  it('loses nothing of a word that is longer than its column', () => {
    const word = 'x'.repeat(150);
    const lines = table(['What'], [[word]]).split('\n');
    expect(lines.slice(2).join('')).toBe(word);
  });

  it('is as wide as its words where they fit', () => {
    expect(table(['a', 'b'], [['1', 'two']])).toBe('a  b\n─  ───\n1  two');
  });
});
