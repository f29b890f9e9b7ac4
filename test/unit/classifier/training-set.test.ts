import { describe, expect, it } from 'vitest';
import { parseTalk, parseTrainingSet } from '../../../src/classifier/index.ts';
import { readTalk, readTrainingSet, trainingFolder } from '../../../src/commands/model-files.ts';
import { ACTIONS, CATEGORIES, SEVERITIES } from '../../../src/domain/taxonomy.ts';

const texts = readTrainingSet(trainingFolder(process.cwd()));
const talk = readTalk(trainingFolder(process.cwd()));
const share = (count: number) => count / texts.length;

describe('the training set', () => {
  it('has thousands of texts, and every category and voice in fair share', () => {
    expect(texts.length).toBeGreaterThan(3_000);
    for (const category of CATEGORIES) {
      expect(share(texts.filter((text) => text.category === category).length)).toBeGreaterThan(
        0.12,
      );
    }
    for (const voice of new Set(texts.map((text) => text.voice))) {
      expect(share(texts.filter((text) => text.voice === voice).length)).toBeGreaterThan(0.1);
    }
  });

  it('has every severity and every action', () => {
    for (const severity of SEVERITIES) {
      expect(share(texts.filter((text) => text.severity === severity).length)).toBeGreaterThan(0.1);
    }
    expect(new Set(texts.map((text) => text.action))).toEqual(new Set(ACTIONS));
  });

  it('has hundreds of pieces of talk of many kinds, and short reports beside them', () => {
    const reports = talk.filter(({ voice }) => voice === 'report');
    expect(reports.length).toBeGreaterThan(150);
    expect(talk.length - reports.length).toBeGreaterThan(500);
    for (const kind of new Set(talk.map(({ voice }) => voice))) {
      expect(talk.filter(({ voice }) => voice === kind).length, kind).toBeGreaterThan(20);
    }
  });

  it('has no text twice, and none that is nearly another', () => {
    expect(nearlyEqual([...texts, ...talk])).toEqual([]);
  });

  it('names the line that is not right', () => {
    const good = JSON.stringify(texts[0]);
    expect(() => parseTrainingSet('x.jsonl', `${good}\nnonsense`)).toThrow('x.jsonl, line 2');
    expect(() =>
      parseTrainingSet('x.jsonl', good.replace(/"category":"\w+"/, '"category":"Weather"')),
    ).toThrow('x.jsonl, line 1: category');
    expect(() => parseTalk('x.jsonl', '{"text":"hello","voice":"singing"}')).toThrow(
      'x.jsonl, line 1: voice',
    );
  });
});

/** Pairs of texts that share more than half of their runs of five words. */
function nearlyEqual(all: readonly { text: string }[]): string[] {
  const shingles = all.map(({ text }) => new Set(shinglesOf(text)));
  const holders = new Map<string, number[]>();
  shingles.forEach((set, i) => {
    for (const shingle of set) holders.set(shingle, [...(holders.get(shingle) ?? []), i]);
  });
  return shingles.flatMap((set, i) => {
    const shared = new Map<number, number>();
    for (const shingle of set) {
      for (const j of holders.get(shingle) ?? []) {
        if (j > i) shared.set(j, (shared.get(j) ?? 0) + 1);
      }
    }
    return [...shared].flatMap(([j, both]) => {
      const either = set.size + (shingles[j]?.size ?? 0) - both;
      return both / either > 0.5 ? [`${all[i]?.text} ~ ${all[j]?.text}`] : [];
    });
  });
}

function shinglesOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length < 5
    ? [words.join(' ')]
    : words.slice(4).map((_, i) => words.slice(i, i + 5).join(' '));
}
