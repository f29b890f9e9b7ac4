import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../handlers/parse-command.ts';
import { COMMANDS } from '../../../src/domain/commands.ts';

describe('what follows /triage', () => {
  it.each([
    ['', 'help', ''],
    ['  HELP ', 'help', ''],
    ['status', 'status', ''],
    ['ask why is the pool full?', 'ask', 'why is the pool full?'],
    ['search etcd no leader', 'search', 'etcd no leader'],
    ['resolve restarted the workers', 'resolve', 'restarted the workers'],
    ['resolve', 'resolve', ''],
    ['watch', 'watch', ''],
    ['watch off', 'watch', 'off'],
    ['oncall <@U024BE7LH>', 'oncall', '<@U024BE7LH>'],
    ['oncall off', 'oncall', 'off'],
    ['logs', 'logs', ''],
    ['logs ```\nERROR a\nERROR b\n```', 'logs', '```\nERROR a\nERROR b\n```'],
    ['logs 2026-01-01 10:00:00 ERROR boom', 'logs', '2026-01-01 10:00:00 ERROR boom'],
    ['rca {"data":{}}', 'rca', '{"data":{}}'],
  ])('%j is the command %s', (text, name, rest) => {
    expect(parseCommand(text)).toEqual({ kind: 'command', name, rest });
  });

  it.each([
    'checkout is timing out since 10:05',
    'status page is down',
    'help me, the site is down',
    'logs are not arriving since ten',
    'rca meeting room is on fire',
    'similar errors on both nodes',
    'watch out, the disk is filling',
    'oncall phone rings all the time',
    'off by one error in billing',
    'quiet alarms: nobody is paged',
    'outage',
    'DiskFull',
    'task queue is stuck',
    'helm upgrade of checkout fails',
    'resolver of the office network is down',
    'research cluster is on fire',
    'postgres deadlock on orders',
    'recall of the certificates',
  ])('%j is a report', (text) => {
    expect(parseCommand(text)).toEqual({ kind: 'report', text });
  });

  it.each([
    ['statsu', 'status'],
    ['resolv', 'resolve'],
    ['postmorten', 'postmortem'],
    ['escallate', 'escalate'],
  ])('%j is nearly %s', (text, nearest) => {
    expect(parseCommand(text)).toEqual({ kind: 'unknown', word: text, nearest });
  });

  it.each([
    ['reslove restarted the pooler', 'reslove', 'resolve'],
    ['serach deadlock in postgres', 'serach', 'search'],
    ['escalte this', 'escalte', 'escalate'],
  ])('%j is nearly a command, whatever follows', (text, word, nearest) => {
    expect(parseCommand(text)).toEqual({ kind: 'unknown', word, nearest });
  });

  it('says what must follow a command that stands alone', () => {
    expect(parseCommand('ask')).toEqual({ kind: 'incomplete', usage: 'ask <question>' });
    expect(parseCommand('oncall')).toMatchObject({ kind: 'incomplete' });
  });

  it('knows every command by its own usage', () => {
    for (const { name, rest } of COMMANDS) {
      const text = rest === 'words' ? `${name} words` : rest === 'a name' ? `${name} off` : name;
      expect(parseCommand(text)).toMatchObject({ kind: 'command', name });
    }
  });
});
