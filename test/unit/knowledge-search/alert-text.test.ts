import { describe, expect, it } from 'vitest';
import { readAlertText, subjectNames, termsOf } from '../../../knowledge/text/index.ts';

const words = (text: string) => termsOf(text).map(({ term }) => term);

describe('what an alert says', () => {
  it('is its name, its summary and its description, each once, without what is wrapped around', () => {
    const summary = 'Queue of the mailer is 40 minutes behind';
    const payload = {
      receiver: 'sitrep',
      status: 'firing',
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'MailerBehind', severity: 'critical', job: 'mailer' },
          annotations: { summary, description: summary, runbook_url: 'https://wiki.example.com/a' },
          startsAt: '2026-11-20T03:12:44.112Z',
          fingerprint: 'c7a1e0b2f9d34411',
        },
      ],
      externalURL: 'http://alertmanager:9093',
      version: '4',
    };
    expect(readAlertText(JSON.stringify(payload))).toEqual({
      telling: `MailerBehind\n${summary}`,
      labels: 'mailer',
    });
  });

  it('does not take the name of a service or of an escalation policy for the fault', () => {
    const payload = {
      event: {
        event_type: 'incident.triggered',
        data: {
          title: 'Disk full',
          service: { summary: 'Core platform' },
          escalation_policy: { summary: 'Default' },
        },
      },
    };
    expect(readAlertText(JSON.stringify(payload))).toEqual({
      telling: 'Disk full',
      labels: 'Core platform\nDefault',
    });
  });

  it.each([
    [
      'a monitor message',
      '%%% [Triggered on {host:web-4}] Checkout errors above 2 %\n\nMetric value: 12.4\n\nTags: env:prod\n\n[Monitor Status](https://app.example.com/m/1) · [Edit](https://app.example.com/e/1)\nThe monitor was last triggered at Fri Nov 20. %%%',
      'Checkout errors above 2 %',
    ],
    [
      'an alarm mail',
      'You are receiving this email because your alarm has entered the ALARM state.\n\nAlarm Details:\n- Description: CPU of the CRM database is high\n- State Change: OK -> ALARM\n- AWS Account: 112233445566',
      'CPU of the CRM database is high',
    ],
    [
      'a dashboard message',
      '[FIRING:1] Certificate expires\n**Firing**\n\nValue: A=91\nLabels:\n - team = core\nSource: https://g.example.com/a\nSilence: https://g.example.com/s',
      'Certificate expires',
    ],
  ])('is left of %s', (_, text, telling) => {
    expect(readAlertText(text).telling).toBe(telling);
  });

  it.each([
    'Impact: nobody can pay.\nWe restarted the gateway at noon.',
    'the app dies parsing our {"status":"ok"} answer',
    '{"a": broken',
    '',
  ])('leaves what people write as it is: %j', (text) => {
    expect(readAlertText(text)).toEqual({ telling: text, labels: '' });
  });

  it('reads hostile lines in no time', () => {
    const line = `[a](${'('.repeat(50_000)} http://${'/'.repeat(50_000)} x`;
    expect(readAlertText(`${line}\n${line}`).telling).toBe(`${line}\n${line}`);
  });
});

describe('names in a text', () => {
  it('are taken apart where words were written together, and stay whole where they are one', () => {
    expect(words('diskspacelow')).toEqual(['diskspacelow', 'disk', 'space', 'low']);
    expect(words('timeout')).toEqual(['timeout']);
    expect(words('another download')).toEqual(['another', 'download']);
  });

  it('do not drown in moments and counts', () => {
    expect(words('at 2026-05-04T03:00:00Z 18,000 errors, 99.5 % of 502')).toEqual(['error', '502']);
  });

  it('stand for products where they are known to', () => {
    expect(subjectNames('postgr')).toContain('postgresql');
    expect(subjectNames('disk')).toEqual([]);
  });
});
