import { describe, expect, it } from 'vitest';
import { isTalk } from '../../../handlers/talk.ts';
import { loadClassifier, shippedModelFile } from '../../../src/commands/model-files.ts';

const classifier = loadClassifier(shippedModelFile(process.cwd()));

describe('what is typed to the bot', () => {
  it.each([
    'thanks!',
    'thank you, great work',
    'hello there',
    'good morning',
    'digest',
    'weekly report please',
    'can you help',
  ])('is talk: %s', (text) => {
    expect(isTalk(text, classifier)).toBe(true);
  });

  it.each([
    'checkout down',
    'everything is broken',
    'OOM kills on worker-3',
    'the certificate of api.example.com expired',
    'packet loss on link ber-fra',
    'login broken',
    'disk full on db1',
    'status page is down for customers',
    'nothing works',
    'got hacked',
    'sev1 now',
    'ok but checkout fails',
    'no idea what is going on',
    'good morning all, since nine the shop answers with errors for everybody',
  ])('is a report: %s', (text) => {
    expect(isTalk(text, classifier)).toBe(false);
  });
});
