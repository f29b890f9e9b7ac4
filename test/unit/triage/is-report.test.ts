import { beforeAll, describe, expect, it } from 'vitest';
import { loadClassifier, shippedModelFile } from '../../../src/commands/model-files.ts';
import type { Classifier } from '../../../src/ports/classifier.ts';
import { isReport } from '../../../src/triage/index.ts';

let classifier: Classifier;

beforeAll(() => {
  classifier = loadClassifier(shippedModelFile(process.cwd()));
});

describe('a new message in an incident channel', () => {
  it.each([
    'checkout is timing out since 10:05',
    'Getting 502s from the gateway, about one in five',
    "customers can't log in",
    'payments not working for anyone on android',
    'prod is down, nothing loads for any customer',
    'none of our users can upload files since the release, they get an error',
    'postgres refuses new connections and orders fail',
    'all pods of the cart service crash since the 2.8 rollout',
    'the certificate of api.example.com expired',
    'certificate expired on lb-3',
    'packet loss on link ber-fra',
    'p99 latency tripled after the deploy',
    'we have a problem with payments',
    'kafka lag is growing',
    'data breach: customer dump on pastebin',
    'replication lag 3 hours',
    'power outage in rack 12',
    'DNS is not resolving internal names',
    'OOM kills on worker-3',
    'is the api down for anyone else?',
    'what is going on with prod? nothing loads',
  ])('reports trouble: %s', (text) => {
    expect(isReport(text, false, classifier)).toBe(true);
  });

  it.each([
    'good morning all',
    'thanks, that fixed the errors',
    'lunch?',
    'Did anyone look at the error budget?',
    'reminder: postmortem meeting about the outage at 3',
    'I will join in five minutes',
    'the dashboard for this is in grafana',
    'who is on call for the failed jobs?',
    'ok',
    'all clear, latency is back to normal',
    'restarting the broken node now',
    'can you check the replication lag?',
    'how is kafka lag now?',
    'rolled back, latency is fine again',
    'the cert expires in March, who renews it?',
    'we saw OOM kills last week',
    'if the primary dies the standby takes over',
    'no more timeouts since the restart',
    'the lag panel counts bytes and not seconds, by design',
    'runbook for packet loss: https://wiki.example/net/loss',
    'deploying the hotfix for the timeouts to canary',
    'we will fail over the database at 22:00 as planned',
    'checkout was down for every customer and all payments failed, resolved at 10:40',
  ])('is left alone: %s', (text) => {
    expect(isReport(text, false, classifier)).toBe(false);
  });

  it('in few words is told by its grammar, and in many by its words alone', () => {
    const likely = (likelihood: number) => ({ reportLikelihood: () => likelihood });
    expect(isReport('kafka lag is growing', false, likely(0.4))).toBe(true);
    expect(isReport('is kafka lag still growing?', false, likely(0.9))).toBe(false);
    const long = `kafka lag is growing ${'and nobody knows why that is '.repeat(4)}`;
    expect(isReport(long, false, likely(0.4))).toBe(false);
    expect(isReport(`${long}?`, false, likely(0.9))).toBe(true);
  });

  it('of a monitor is a report unless it says that it is over', () => {
    expect(isReport('[FIRING:1] KubePodCrashLooping prod', true, classifier)).toBe(true);
    expect(isReport('[RESOLVED] KubePodCrashLooping prod', true, classifier)).toBe(false);
    expect(isReport('[RESOLVED:2] KubePodCrashLooping prod', true, classifier)).toBe(false);
    expect(isReport('  ', true, classifier)).toBe(false);
  });
});
