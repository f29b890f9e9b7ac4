import { describe, expect, it } from 'vitest';
import type { HandlerContext } from '../../../handlers/context.ts';
import { statusCard } from '../../../handlers/status.ts';
import type { Incident } from '../../../src/domain/incident.ts';

const now = new Date('2026-03-04T05:06:07Z');
const ada = { id: 'U_ada', name: 'ada', isBot: false };
const bob = { id: 'U_bob', name: 'bob', isBot: false };

function incident(channel: string, reporter = ada): Incident {
  return {
    id: `inc_${channel}`,
    eventKey: channel,
    where: { platform: 'slack', workspace: 'T1', channel },
    reporter,
    text: `what broke in ${channel}`,
    status: 'open',
    revision: 1,
    shownRevision: 1,
    createdAt: new Date(now.getTime() - 60_000),
    updatedAt: now,
  };
}

function contextOf(open: readonly Incident[]): HandlerContext {
  const context: Partial<HandlerContext> = {
    incidents: {
      countOpen: async () => open.length,
      list: async () => [...open],
    } as unknown as HandlerContext['incidents'],
    triages: { latest: async () => undefined } as unknown as HandlerContext['triages'],
    votes: { ofIncident: async () => [] } as unknown as HandlerContext['votes'],
    channelName: async ({ channel }) => channel,
    isOpen: async ({ channel }) => channel.startsWith('open'),
    linkTo: () => undefined,
    clock: { now: () => now },
  };
  return context as HandlerContext;
}

const asked = (channel: string, actor = bob) => ({
  where: { platform: 'slack' as const, workspace: 'T1', channel },
  actor,
});

describe('the open incidents', () => {
  const open = [incident('open-shop'), incident('secret-merger')];

  it('are those that everybody may read, and a number for the others', async () => {
    const card = await statusCard(contextOf(open), asked('open-other'));
    expect(card.summary).toBe('1 open incident; 1 more in private channels');
    expect(JSON.stringify(card)).toContain('what broke in open-shop');
    expect(JSON.stringify(card)).not.toContain('secret');
  });

  it('are all where they can be read, and to whoever reported them', async () => {
    for (const where of [asked('secret-merger'), asked('open-other', ada)]) {
      const card = await statusCard(contextOf(open), where);
      expect(card.summary).toBe('2 open incidents');
      expect(JSON.stringify(card)).toContain('what broke in secret-merger');
    }
  });

  it('are said to be none to somebody who may read none of them', async () => {
    const card = await statusCard(contextOf(open.slice(1)), asked('open-other'));
    expect(card.summary).toBe('No open incidents; 1 more in private channels.');
  });
});
