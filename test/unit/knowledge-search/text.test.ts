import { describe, expect, it } from 'vitest';
import { relatedTo, termsOf } from '../../../knowledge/text/index.ts';

const read = (text: string) => termsOf(text).map(({ term }) => term);

describe('reading text for search', () => {
  it.each([
    ['KubeAPIDown', ['kube', 'api', 'down', '=kubeapidown']],
    ['etcdGRPCRequestsSlow', ['etcd', 'grpc', 'request', 'slow', '=etcdgrpcrequestsslow']],
    ['http_requests_total', ['http', 'request', 'total', '=httprequeststotal']],
    ['IPv6 p99 s3', ['ipv6', 'p99', 's3']],
    ['ORA-00600', ['ora', '00600', '=ora00600']],
  ])('takes %s apart and keeps it whole', (text, terms) => {
    expect(read(text)).toEqual(terms);
  });

  it.each([
    ['connections', 'connected'],
    ['expiration', 'expired'],
    ['throttling', 'throttled'],
    ['retries', 'retry'],
    ['degradation', 'degraded'],
    ['renewal', 'renewing'],
    ['availability', 'available'],
  ])('puts %s and %s under one term', (one, other) => {
    expect(read(one)).toEqual(read(other));
  });

  it.each([
    ['operator', 'operation'],
    ['scheduler', 'scheduled'],
    ['controller', 'control'],
  ])('tells %s from %s', (one, other) => {
    expect(read(one)).not.toEqual(read(other));
  });

  it('keeps codes and ports, and drops counts, times and sizes', () => {
    expect(read('502 on 5432 after 15m at 87 % of 512Mi, 3 times')).toEqual(
      expect.arrayContaining(['502', '5432']),
    );
    expect(read('15m 87 3 20ms 2h')).toEqual([]);
  });

  it('reads every negation as not', () => {
    for (const text of ["isn't ready", 'not ready', 'no ready', 'cannot ready']) {
      expect(read(text)[0]).toBe('not');
    }
  });

  it('leaves out what was drawn by lot and what redaction put in', () => {
    expect(read('checkout-7d9f8b6c5-x2x4z')).toEqual(['checkout']);
    expect(read('request 3f2b8c1e-9a4d-4e6f-8b2a-1c3d5e7f9a0b')).toEqual(['request']);
    expect(read('mail of [personal:email-1] with [secret:api-key-2]')).toEqual(['mail']);
  });

  it('reads the last part of an address and nothing else of it', () => {
    expect(read('see https://wiki.example.com/space/disk-full?x=1')).toEqual([
      'see',
      'disk',
      'full',
      '=diskfull',
    ]);
  });

  it('survives text of any kind', () => {
    expect(read('')).toEqual([]);
    expect(read('!!! --- ...')).toEqual([]);
    expect(read('Größe überschritten 数据库 连接失败')).toContain('数据库');
    expect(read(`${'a'.repeat(100_000)} disk`)).toEqual(['disk']);
  });

  it('knows what else a word is called, for phrases too', () => {
    const names = (term: string) => relatedTo(term).map((relation) => relation.term);
    expect(names('cert')).toContain('certific');
    expect(names('out memori')).toContain('oom');
    expect(names('banana')).toEqual([]);
  });
});
