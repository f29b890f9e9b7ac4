import { describe, expect, it } from 'vitest';
import { alertFingerprint, alertState, isSameAlert } from '../../../src/triage/index.ts';
import { BOT_ALERTS, BOT_NEWS } from './bot-messages.ts';

/** How tools say that an alert began, and that it is over. */
const PAIRS: Record<string, [firing: string, over: string]> = {
  Alertmanager: [
    '[FIRING:1] HighErrorRate checkout (prod critical web-1)\n5xx above 5 % for 10 min',
    '[RESOLVED] HighErrorRate checkout (prod critical web-1)\n5xx is 0.1 % by now',
  ],
  'Alertmanager with a template of its own': [
    ':fire: *ReplicaLag* on orders-db\n*Status:* firing\n*Value:* 420 s',
    ':white_check_mark: *ReplicaLag* on orders-db\n*Status:* resolved\n*Value:* 0 s',
  ],
  Grafana: [
    '[FIRING:2] Latency (api)\n**Firing**\n\nValue: A=4.2',
    '[RESOLVED] Latency (api)\n**Resolved**\n\nValue: A=0.2',
  ],
  'Grafana of old': ['[Alerting] Queue depth alert', '[OK] Queue depth alert'],
  Datadog: [
    'Triggered: CPU is high on host:web-1 (https://dd.example/monitors/1?from_ts=1)',
    'Recovered: CPU is high on host:web-1 (https://dd.example/monitors/1?from_ts=9)',
  ],
  'Datadog with a scope': [
    '[P1] [Triggered on {host:web-1}] Disk is filling up',
    '[P1] [Recovered on {host:web-1}] Disk is filling up',
  ],
  PagerDuty: [
    ':red_circle: *Triggered* #4711: Replica lag on orders-db (https://pd.example/i/4711)',
    ':large_green_circle: *Resolved* #4711: Replica lag on orders-db (https://pd.example/i/4711)',
  ],
  Opsgenie: [
    'New alert: "Disk is full on log-3" #9 (https://og.example/a/9)',
    'Alert closed: "Disk is full on log-3" #9 (https://og.example/a/9)',
  ],
  CloudWatch: ['ALARM: "orders-cpu" in EU (Ireland)', 'OK: "orders-cpu" in EU (Ireland)'],
  'a check of an address': ['Monitor is DOWN: shop.example', 'Monitor is UP: shop.example'],
  Zabbix: ['Problem: Free disk space is low on db-2', 'Resolved: Free disk space is low on db-2'],
};

describe('a message of a monitor', () => {
  it.each(Object.entries(PAIRS))('of %s says when it begins and when it is over', (_tool, pair) => {
    expect(pair.map(alertState)).toEqual(['firing', 'over']);
    expect(isSameAlert(...pair)).toBe(true);
  });

  it.each([
    '[FIRING:1, RESOLVED:1] Latency (api)',
    'Re-Triggered: CPU is high on web-1',
    '[No data] heartbeat of the importer',
    'backup of <orders> failed',
    'Failed to close the connection to orders-db',
    'OK button of the checkout does nothing',
    'Up to 40 % of the requests fail',
    'Critical: the resolved queue is full',
    'Backup of orders completed with errors',
    'build #882 of main failed, 41 tests passed',
  ])('goes on: %s', (text) => {
    expect(alertState(text)).toBe('firing');
  });

  it.each([
    'Acknowledged #4711: Replica lag on orders-db',
    '*Acknowledged* by Ada: Disk is full on log-3',
    'Assigned alert "Disk is full on log-3" to Grace',
    'build #881 of main passed',
    ':rocket: checkout 2.8.1 was deployed to production by Ada',
    'Backup of orders completed in 12 minutes',
  ])('tells of no trouble: %s', (text) => {
    expect(alertState(text)).toBe('no trouble');
  });

  it.each(BOT_ALERTS)('is never silent: %s', (text) => {
    expect(alertState(text)).toBe('firing');
  });

  it.each(BOT_NEWS)('is news that calls nobody: %s', (text) => {
    expect(alertState(text)).not.toBe('firing');
  });

  it.each([
    'Reminder: incident #4711 is still open',
    'Scheduled maintenance of core-sw-2 did not finish',
    'Workflow import runs for 9 hours',
    'Pull request #9 was merged, build of main failed, production is down',
    'Backup completed, 0 files written',
  ])('is heard although it begins like news: %s', (text) => {
    expect(alertState(text)).toBe('firing');
  });

  it('is about one machine and not about its neighbour', () => {
    const [one, other] = ['Triggered: CPU is high on web-1', 'Recovered: CPU is high on web-2'];
    expect(isSameAlert(one, other)).toBe(false);
    expect(isSameAlert('[FIRING:1] DiskFull prod', '[RESOLVED] CertificateExpiry prod')).toBe(
      false,
    );
    expect(isSameAlert('[FIRING:1]', '[RESOLVED]')).toBe(false);
    expect(isSameAlert('Triggered: High CPU\nhost web-1', 'Recovered: High CPU\nhost web-2')).toBe(
      false,
    );
    expect(isSameAlert('Triggered: High CPU\nhost web-1', 'Recovered: High CPU')).toBe(true);
    const alerts = (service: string) => `PodCrashLooping in prod of team shop service ${service}`;
    expect(isSameAlert(alerts('cart'), alerts('checkout'))).toBe(false);
  });
});

describe('the fingerprint of an alert', () => {
  it('is the same when it fires again, and another for another alert', () => {
    const first = '[FIRING:1] HighLatency api p99=2.31s since 2026-01-01T10:00:00Z id 4f3a9c21b7';
    const again = '[FIRING:3] HighLatency api p99=4.87s since 2026-01-01T11:30:00Z id 99ab12cd34';
    expect(alertFingerprint(again)).toBe(alertFingerprint(first));
    expect(alertFingerprint(first.replace('api', 'web'))).not.toBe(alertFingerprint(first));
    expect(alertFingerprint('CPU of web-1: 97 %')).not.toBe(alertFingerprint('CPU of web-2: 97 %'));
  });

  it('is that of the deployment, whichever of its pods it is', () => {
    const pod = (name: string) => alertFingerprint(`KubePodCrashLooping prod/${name}`);
    expect(pod('cart-7d9f8b6c5-x2x4z')).toBe(pod('cart-7d9f8b6c5-9k2lq'));
  });
});
