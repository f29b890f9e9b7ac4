import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readArtefact } from '../../../src/classifier/index.ts';
import { loadClassifier, shippedModelFile } from '../../../src/commands/model-files.ts';
import { readInput } from '../../../src/commands/read-input.ts';
import { verdictSchema } from '../../../src/domain/triage.ts';
import type { Classifier } from '../../../src/ports/classifier.ts';

const file = shippedModelFile(process.cwd());
let model: Classifier;

beforeAll(() => {
  model = loadClassifier(file);
});

describe('the shipped model', () => {
  it.each([
    ['postgres replica lag is 40 minutes and growing, deadlocks on orders', 'Database'],
    ['resolvers answer SERVFAIL for half of our names, packets to eu-west are dropped', 'Network'],
    ['the TLS certificate of the shop expired an hour ago', 'Security'],
    ['RAID controller reports two failed disks, power supply 2 is dead', 'Hardware'],
    ['cpu at 100 % on all pods, requests queue up, p99 latency is 9 s', 'Performance'],
    ['NullPointerException on every order since the 14:05 release', 'Application'],
    // The words that older bots fell for: the stated cause decides.
    ['checkout times out: database connection timeout, all sessions wait for a lock', 'Database'],
    ['checkout times out: a firewall change drops packets between the zones', 'Network'],
  ])('files "%s" under %s', (text, category) => {
    expect(model.classify(text).category).toBe(category);
  });

  it('is unsure when a text says next to nothing', () => {
    const verdict = model.classify('something is odd');
    expect(verdict.confidence).toBeLessThan(0.6);
    expect(verdict.uncertainty.should_escalate).toBe(true);
  });

  it('says which words spoke for its verdict', () => {
    const verdict = model.classify('the TLS certificate of the shop expired');
    expect(verdict.because).toEqual(expect.arrayContaining(['certificate', 'tls', 'expired']));
    expect(verdict.because).not.toContain('the');
  });

  it.each([
    ['checkout fails with error 500 for every customer since 10:05', 0.9, 1],
    ['the rollback went through, errors are going down', 0, 0.5],
    ['thanks, joining the call', 0, 0.5],
    ['', 0, 0.85],
  ])('says how likely "%s" reports trouble', (text, least, most) => {
    const likelihood = model.reportLikelihood(text);
    expect(likelihood).toBeGreaterThanOrEqual(least);
    expect(likelihood).toBeLessThanOrEqual(most);
  });

  it('reads through camel case, typos and letters that only look Latin', () => {
    const category = (text: string) => model.classify(text).category;
    expect(category('PostgresReplicationLagHigh')).toBe('Database');
    expect(category('postgress replcation lag is hgih on the databse')).toBe('Database');
    // The first letters of these two words are Cyrillic.
    expect(category('сertificate of the shop еxpired, TLS handshakes fail')).toBe('Security');
  });

  it.each([
    ['100 KB of one letter', 'a'.repeat(100_000)],
    ['lone surrogates', '\ud800 database \udfff'],
    ['nothing', ''],
    ['zero-width characters', 'da\u200bta\u200bbase lo\u200bck'],
  ])('survives %s', (_, text) => {
    expect(verdictSchema.safeParse(model.classify(text)).success).toBe(true);
  });

  it('answers any text with a well-formed verdict, twice the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const verdict = verdictSchema.parse(model.classify(text));
        const sum = Object.values(verdict.probabilities).reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(1);
        expect(model.classify(text)).toEqual(verdict);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a model file', () => {
  const shipped = readInput(file);

  it.each([
    ['is cut off', shipped.slice(0, 1_000), 'is not a model file'],
    ['was changed', shipped.replace('"seed": 2', '"seed": 3'), 'does not match its checksum'],
    ['is of another format', shipped.replace('"format": 2', '"format": 9'), 'of another format'],
    ['is something else', '{"name":"sitrep"}', 'is not a model file'],
  ])('that %s is refused', (_, content, reason) => {
    expect(() => readArtefact(content)).toThrow(reason);
  });
});
