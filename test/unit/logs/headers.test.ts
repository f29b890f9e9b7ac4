import { describe, expect, it } from 'vitest';
import { createHeaderReader } from '../../../src/logs/headers/reader.ts';

const MESSAGES = [
  'cache parity error corrected',
  'link error on broadcast tree',
  'session closed for user root',
  'received 15 bytes from peer',
  'error: connection reset by peer',
  '3 nodes failed',
  'invalid user bob from 10.0.0.1',
  'Foo: bar baz qux',
  '[session 42] started worker',
];

const two = (n: number) => String(n % 60).padStart(2, '0');
const pick = (i: number, ...values: string[]) => values[i % values.length];

/** How programs begin their lines; each with what varies from line to line. */
const HEADERS: Record<string, (i: number) => string> = {
  'a supercomputer: flag, seconds, date, node, stamp, node, kind, part, level': (i) =>
    `${pick(i, '-', '-', 'FAULT')} ${1_117_838_570 + i} 2005.06.03 R0${i % 7}-M1-J12 2005-06-03-15.42.${two(i)}.363779 R02-M1 RAS ${pick(i, 'KERNEL', 'APP')} ${pick(i, 'INFO', 'FATAL')} `,
  'a cluster: id, node, part, state, seconds, flag': (i) =>
    `${134_000 + i * 3} ${pick(i, 'node-246', 'gige7')} unix.hw ${pick(i, 'state.change', 'status')} ${1_077_804_742 + i} 1 `,
  'seconds and date before syslog': (i) =>
    `- ${1_131_566_461 + i} 2005.11.09 dn${i % 9} Nov 9 12:01:${two(i)} dn${i % 9}/dn${i % 9} ${pick(i, 'crond(pam_unix)[2915]:', 'kernel:', '/usr/sbin/gmetad[16]:')} `,
  'syslog with names of several words': (i) =>
    `Jul  1 09:00:${two(i)} laptop-of-ann ${pick(i, 'kernel[0]:', 'Some Editor[14463]:', 'com.example.launch[1] (com.example.agent[23]):')} `,
  'syslog with priority': (i) =>
    `<34>Oct 11 22:14:${two(i)} mymachine ${pick(i, 'su', 'sshd[12]')}: `,
  'RFC 5424': (i) =>
    `<165>1 2003-10-11T22:14:${two(i)}.003Z host${i % 9} ${pick(i, 'api', 'su')} ${pick(i, '-', '123')} ID${i} - `,
  'program and dash': (i) => `[10.30 16:49:${two(i)}] ${pick(i, 'browser.exe', 'Sync.exe *64')} - `,
  'padded columns': (i) =>
    `2016-09-28 04:30:${two(i)}, ${pick(i, 'Info ', 'Error')}                 ${pick(i, 'CBS', 'CSI')}    `,
  pipes: (i) =>
    `20171223-${i % 23}:${i % 59}:${i % 59}:${i % 999}|${pick(i, 'Step_A', 'Step_B')}|30002312|`,
  klog: (i) =>
    `${pick(i, 'I', 'W', 'E')}0605 12:34:${two(i)}.789012   ${1 + (i % 9)} ${pick(i, 'server.go', 'main.go')}:${i}] `,
  'container runtime': (i) =>
    `2024-01-01T00:00:${two(i)}.000000000Z ${pick(i, 'stdout', 'stderr')} F `,
  'container runtime around logback': (i) =>
    `2024-01-01T00:00:${two(i)}.000000000Z stdout F 2024-01-01 00:00:01,123 [main] ${pick(i, 'INFO', 'WARN')} c.f.Foo - `,
  compose: (i) => `${pick(i, 'web_1', 'db-primary_1')}  | `,
  Python: (i) =>
    `2024-01-01 00:00:${two(i)},123 - ${pick(i, 'app.web', 'root')} - ${pick(i, 'INFO', 'ERROR')} - `,
  logback: (i) =>
    `12:34:${two(i)}.123 [${pick(i, 'main', 'http-nio-8080-exec-1')}] ${pick(i, 'INFO ', 'DEBUG')} c.e.${pick(i, 'Foo', 'Bar')} - `,
  Spring: (i) =>
    `2024-01-01T00:00:${two(i)}.123+02:00  ${pick(i, ' INFO', 'ERROR')} 1234 --- [app] [${pick(i, 'main', 'exec-1')}] c.e.Foo   : `,
  Go: (i) => `2024/01/01 00:00:${two(i)} `,
  'Go with file': (i) => `2024/01/01 00:00:${two(i)} main.go:${i}: `,
  PostgreSQL: (i) =>
    `2024-01-01 00:00:${two(i)}.123 UTC [${i}] app@db ${pick(i, 'LOG', 'ERROR')}:  `,
  MySQL: (i) =>
    `2024-01-01T00:00:${two(i)}.123456Z ${i} [${pick(i, 'Note', 'Warning')}] [MY-0${10_000 + i}] [Server] `,
  Redis: (i) => `1:M 01 Jan 2024 00:00:${two(i)}.123 ${pick(i, '*', '#', '-')} `,
  Rails: (i) =>
    `${pick(i, 'I', 'W')}, [2024-01-01T00:00:${two(i)}.123456 #1234]  ${pick(i, ' INFO', ' WARN')} -- : `,
  'seconds with a fraction': (i) => `${1_700_000_000 + i}.123 `,
  uptime: (i) => `[${String(i * 17).padStart(5)}.${100_000 + i}] `,
  'level first': (i) =>
    `${pick(i, 'INFO ', 'ERROR')} [${pick(i, 'main', 'flush:1')}] 2024-01-01 00:00:${two(i)},123 Foo.java:${i} - `,
  'access log': (i) =>
    `10.0.0.${i % 255} - ${pick(i, '-', 'bob')} [10/Oct/2000:13:55:${two(i)} -0700] `,
  'level alone': (i) => `[${pick(i, 'INFO', 'WARN', 'ERROR')}] `,
};

describe('headers', () => {
  it.each(Object.keys(HEADERS))('are found from the lines alone: %s', (name) => {
    const header = HEADERS[name] ?? String;
    const wanted = Array.from({ length: 120 }, (_, i) => MESSAGES[(i * 7) % MESSAGES.length] ?? '');
    const lines = wanted.map((message, i) => header(i) + message);
    const reader = createHeaderReader(2024);
    reader.learn(lines);
    const found = lines.map((line) => line.slice(reader.read(line)?.message ?? 0));
    expect(found).toEqual(wanted);
  });

  it('are told apart in a mix of sources', () => {
    const sources = ['Go with file', 'syslog with priority', 'logback', 'klog'].map(
      (name) => HEADERS[name] ?? String,
    );
    const wanted = Array.from({ length: 200 }, (_, i) => MESSAGES[(i * 7) % MESSAGES.length] ?? '');
    const lines = wanted.map((message, i) => (sources[i % 4] ?? String)(i) + message);
    const reader = createHeaderReader(2024);
    reader.learn(lines);
    expect(lines.map((line) => line.slice(reader.read(line)?.message ?? 0))).toEqual(wanted);
  });

  it('are not seen in plain messages', () => {
    const lines = Array.from(
      { length: 100 },
      (_, i) => `connection from 10.0.0.${i} (host) at Fri Jun 17 07:07:${two(i)} 2005`,
    );
    const reader = createHeaderReader(2024);
    reader.learn(lines);
    expect(lines.filter((line) => reader.read(line) !== undefined)).toEqual([]);
  });

  it('give level and time', () => {
    const reader = createHeaderReader(2024);
    const lines = Array.from(
      { length: 20 },
      (_, i) => `2024-01-01T00:00:${two(i)}.250+02:00 ${pick(i, 'ERROR', 'INFO')} a.B: text`,
    );
    reader.learn(lines);
    const header = reader.read(lines[0] ?? '');
    expect(header?.level).toBe(5);
    expect(new Date(header?.ms ?? 0).toISOString()).toBe('2023-12-31T22:00:00.250Z');
  });
});
