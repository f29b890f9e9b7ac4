import { describe, expect, it } from 'vitest';
import { parseTrainingSet } from '../../../src/classifier/index.ts';
import { readTrainingSet, trainingFolder } from '../../../src/commands/model-files.ts';
import { ACTIONS, CATEGORIES, SEVERITIES } from '../../../src/domain/taxonomy.ts';

const texts = readTrainingSet(trainingFolder(process.cwd()));
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

  it('has no text twice, and none that is nearly another', () => {
    const shingles = texts.map(({ text }) => new Set(shinglesOf(text)));
    const holders = new Map<string, number[]>();
    shingles.forEach((set, i) => {
      for (const shingle of set) holders.set(shingle, [...(holders.get(shingle) ?? []), i]);
    });
    const near: string[] = [];
    shingles.forEach((set, i) => {
      const shared = new Map<number, number>();
      for (const shingle of set) {
        for (const j of holders.get(shingle) ?? []) {
          if (j > i) shared.set(j, (shared.get(j) ?? 0) + 1);
        }
      }
      for (const [j, both] of shared) {
        const all = set.size + (shingles[j]?.size ?? 0) - both;
        if (both / all > 0.5) near.push(`${texts[i]?.text} ~ ${texts[j]?.text}`);
      }
    });
    expect(near).toEqual([]);
  });

  it('names the line that is not right', () => {
    const good = JSON.stringify(texts[0]);
    expect(() => parseTrainingSet('x.jsonl', `${good}\nnonsense`)).toThrow('x.jsonl, line 2');
    expect(() =>
      parseTrainingSet('x.jsonl', good.replace(/"category":"\w+"/, '"category":"Weather"')),
    ).toThrow('x.jsonl, line 1: category');
  });
});

function shinglesOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length < 5
    ? [words.join(' ')]
    : words.slice(4).map((_, i) => words.slice(i, i + 5).join(' '));
}
