import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventKey } from '../../../src/domain/event.ts';
import { type ThreadRef, threadKey } from '../../../src/domain/thread-ref.ts';

const place = fc.record(
  {
    platform: fc.constantFrom('slack' as const, 'teams' as const, 'console' as const),
    workspace: fc.string({ minLength: 1 }),
    channel: fc.string({ minLength: 1 }),
    thread: fc.string({ minLength: 1 }),
  },
  { requiredKeys: ['platform', 'workspace', 'channel'] },
) as fc.Arbitrary<ThreadRef>;

describe('keys', () => {
  it('are equal for equal places and different for different ones', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const same =
          a.platform === b.platform &&
          a.workspace === b.workspace &&
          a.channel === b.channel &&
          a.thread === b.thread;
        expect(threadKey(a) === threadKey(b)).toBe(same);
      }),
    );
  });

  it('name what happened, not the delivery: actor and time of arrival do not count', () => {
    const event = {
      kind: 'command' as const,
      occurrence: 't1',
      where: { platform: 'slack' as const, workspace: 'T', channel: 'C' },
      actor: { id: 'U', name: 'Ada', isBot: false },
      at: '2026-01-01T00:00:00.000Z',
      text: 'x',
    };
    expect(eventKey({ ...event, at: '2026-01-01T00:05:00.000Z' })).toBe(eventKey(event));
    expect(eventKey({ ...event, occurrence: 't2' })).not.toBe(eventKey(event));
  });
});
