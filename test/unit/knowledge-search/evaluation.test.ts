import { describe, expect, it } from 'vitest';
import { pagesIn, partsOf, SEEDS, seedQuestions } from '../../bench/knowledge-corpus.ts';
import { answering, placesOf, recognising, scoresOf } from '../../bench/knowledge-eval.ts';

/** Floors a little below what `npm run eval` prints: who falls through them has broken something. */
describe('the knowledge as it is shipped', { timeout: 60_000 }, () => {
  it('finds the seed runbook that answers, better together than by words or by vectors', async () => {
    const asked = seedQuestions().filter(({ gold }, i) => gold.length > 0 && i % 3 === 0);
    const places = await placesOf(await partsOf(await pagesIn(SEEDS)), asked);
    const fused = scoresOf(places.fused);
    expect(asked.length).toBeGreaterThanOrEqual(150);
    expect(fused.hitAt1).toBeGreaterThanOrEqual(0.82);
    expect(fused.hitAt5).toBeGreaterThanOrEqual(0.96);
    expect(fused.gain).toBeGreaterThanOrEqual(0.9);
    for (const alone of [places.words, places.vectors]) {
      expect(fused.gain).toBeGreaterThanOrEqual(scoresOf(alone).gain);
    }
  });

  it('answers what its runbooks answer and refuses the rest', async () => {
    const halves = await answering();
    const mean = (share: 'answered' | 'refused') =>
      halves.reduce((sum, half) => sum + half[share], 0) / halves.length;
    expect(mean('answered')).toBeGreaterThanOrEqual(0.94);
    expect(mean('refused')).toBeGreaterThanOrEqual(0.88);
  });

  it('recalls past incidents and does not take one for another', async () => {
    const { reports, amongThree, recognised, folded } = await recognising({
      set: 'incidents',
      every: 8,
    });
    expect(reports).toBeGreaterThanOrEqual(125);
    expect(amongThree).toBeGreaterThanOrEqual(0.9);
    expect(recognised).toBeGreaterThanOrEqual(0.4);
    expect(folded).toBeLessThanOrEqual(0.01);
  });

  it('tells what has come back from what is merely alike', async () => {
    const { recognised, folded } = await recognising({ set: 'recurrences' });
    expect(recognised).toBeGreaterThanOrEqual(0.6);
    expect(folded).toBeLessThanOrEqual(0.03);
  });
});
