import { describe, expect, it } from 'vitest';
import { groupsOf, idsOf, resultOf } from './helpers.ts';

describe('lines are one template when they differ in', () => {
  it.each([
    ['numbers', 'took 12 of 40', 'took 7 of 3'],
    ['numbers with units', 'wrote 5.2 KB in 3 ms', 'wrote 93 B in 1 second'],
    ['comparisons', 'lifetime <1 sec', 'lifetime 00:01'],
    ['addresses', 'peer 10.1.2.3:55 gone', 'peer fe80::c6b3:1ff:fecd:467f gone'],
    ['hardware addresses', 'bssid 5c:50:15:4c:18:13 seen', 'bssid ee:ff:15:aa:18:bc seen'],
    ['paths', 'opened /etc/hosts now', 'opened /var/lib/app/data.db now'],
    ['query strings', 'GET /a?x=1&y=2 done', 'GET /a/b?z=a,b done'],
    ['quoted values', 'removing node "eth one" again', 'removing node "disk" again'],
    [
      'identifiers',
      'job 3f2a9c00-11aa-4bbb-8ccc-1234567890ab ok',
      'job 99aa9c00-11aa-4bbb-8ccc-ffff567890ab ok',
    ],
    ['values of a key', 'login user=alice done', 'login user=bob done'],
    ['empty values', 'from host= port=1', 'from host=a.example.com port=22'],
    ['dates', 'started at Fri Jun 17 07:07:00 2005', 'started at Sat May 18 17:07:00 2024'],
    ['the length of a list', 'delete blk_1 blk_2 blk_3 now', 'delete blk_9 now'],
    ['the length of a list of pairs', 'nodes n1 <ok> n2 <ok> n3 <ok>', 'nodes n4 <ok>'],
    ['names behind "user"', 'session opened for user alice', 'session opened for user bob'],
    ['class names', 'registering a.b.CFoo for a.b.D now', 'registering a.b.X for a.c.Z now'],
  ])('%s', (_, one, other) => {
    expect(groupsOf([one, other])).toBe(1);
  });

  it('words, when many stand in one place', () => {
    const names = 'ant bee cat dog eel fox gnu hen'.split(' ');
    expect(groupsOf(names.map((name) => `loading plugin ${name} from disk`))).toBe(1);
  });
});

describe('lines stay apart when they differ in', () => {
  it.each([
    ['what happened', 'VM started now', 'VM stopped now'],
    ['states', 'job went from NEW to RUNNING', 'job went from NEW to KILLED'],
    ['a boolean', 'overlap: true', 'overlap: false'],
    [
      'the class of an error',
      'failed with java.io.IOException here',
      'failed with java.lang.LinkageError here',
    ],
    ['the method of a request', '"GET /a/1 HTTP/1.1" ok', '"POST /a/1 HTTP/1.1" ok'],
    ['what is missing', 'user unknown', 'password unknown'],
  ])('%s', (_, one, other) => {
    expect(groupsOf([one, other])).toBe(2);
  });
});

describe('template ids', () => {
  it('are the same whatever else the log holds', () => {
    const [alone] = idsOf(['took 12 ms to flush']);
    expect(idsOf(['something else', 'more of it', 'took 99 ms to flush'])[2]).toBe(alone);
  });

  it('are given to every line in order, to those of a stack trace that of their record', () => {
    const head = (i: number) => `2024-01-01 00:00:0${i} ERROR a.B: call ${i} failed`;
    const trace = [
      'java.io.IOException: x',
      '\tat a.b.C.d(C.java:12)',
      'Caused by: e.F: y',
      '\t... 3 more',
    ];
    const lines = [head(0), ...trace, head(1), head(2), head(3), head(4)];
    const ids = idsOf(lines);
    expect(ids).toHaveLength(lines.length);
    expect(new Set(ids).size).toBe(1);
  });

  it('are found behind headers of sources that begin one after the other', () => {
    const first = Array.from(
      { length: 2_500 },
      (_, i) => `2024-01-01 00:00:00,123 INFO [main] a.B: took ${i} ms`,
    );
    const second = Array.from(
      { length: 2_500 },
      (_, i) => `Jun 14 15:16:01 web1 app[${i}]: took ${i} ms`,
    );
    expect(groupsOf([...first, ...second])).toBe(1);
  });
});

describe('variables', () => {
  it('are named and counted', () => {
    const lines = Array.from(
      { length: 400 },
      (_, i) => `request of user_id=7 by host${i % 41} took ${i * 3} ms`,
    );
    const [pattern] = resultOf(lines).patterns;
    const [user, host, took] = pattern?.variables ?? [];
    expect(user).toMatchObject({ name: 'user_id', distinct: 1, exact: true });
    expect(user?.top).toEqual([{ value: '7', count: 400 }]);
    expect(host?.distinct).toBeGreaterThan(38);
    expect(host?.distinct).toBeLessThan(44);
    expect(took?.distinct).toBeGreaterThan(370);
    expect(took?.distinct).toBeLessThan(430);
  });
});
