import { describe, expect, it } from 'vitest';
import type { Call } from '../../../adapters/slack/api/calls.ts';
import { createLinks } from '../../../adapters/slack/links.ts';
import type { Workspaces } from '../../../adapters/slack/workspaces.ts';

const CHANNEL = 'https://slack.com/app_redirect?team=T1&channel=C1';
const place = { platform: 'slack', workspace: 'T1', channel: 'C1' } as const;

function links(options: { url?: string; answers?: (string | undefined | Error)[] }) {
  const { url, answers = [] } = options;
  const running: Promise<void>[] = [];
  let calls = 0;
  const call: Call = async (_token, _method, _args, schema) => {
    const answer = answers[calls++];
    if (answer instanceof Error) throw answer;
    return schema.parse({ team_id: 'T1', user_id: 'U1', url: answer });
  };
  const workspaces: Workspaces = {
    of: async (id) => ({ id, workspace: id, token: 'xoxb', botUserId: 'U1', url }),
    leave: async () => undefined,
  };
  const background = {
    run: (_failed: string, work: () => Promise<void>) =>
      void running.push(work().catch(() => undefined)),
    settle: async () => void (await Promise.all(running)),
  };
  return { ...createLinks({ call, background, workspaces }), background, calls: () => calls };
}

describe('the address of a thread', () => {
  it('opens the channel by its ids until more is known', async () => {
    const { linkTo } = links({ url: 'https://acme.slack.com/' });
    expect(linkTo({ ...place, thread: '1700000000.000100' })).toBe(CHANNEL);
  });

  it('is put together from that of its workspace, once that is known', async () => {
    const { linkTo, learn, calls } = links({ url: 'https://acme.slack.com/' });
    await learn('T1');
    expect(linkTo({ ...place, thread: '1700000000.000100' })).toBe(
      'https://acme.slack.com/archives/C1/p1700000000000100',
    );
    expect(linkTo(place)).toBe('https://acme.slack.com/archives/C1');
    expect(calls()).toBe(0);
  });

  it('is asked for once where the installation does not say it', async () => {
    const { learn, linkTo, background, calls } = links({ answers: ['https://acme.slack.com/'] });
    for (let at = 0; at < 3; at++) void learn('T1');
    await background.settle();
    await learn('T1');
    expect(linkTo(place)).toBe('https://acme.slack.com/archives/C1');
    expect(calls()).toBe(1);
  });

  it('is asked for again after a failure, and not after an answer without it', async () => {
    const { linkTo, background, calls } = links({ answers: [new Error('away'), undefined] });
    for (let at = 0; at < 4; at++) {
      expect(linkTo(place)).toBe(CHANNEL);
      await background.settle();
    }
    expect(calls()).toBe(2);
  });
});
