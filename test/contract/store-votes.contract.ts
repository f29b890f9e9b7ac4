import { expect, it } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import { newVote, recorded, revisionOf, second, unique } from './store-records.ts';

export function voteContract(store: () => Store): void {
  it('keeps one live vote a person, changeable, and counts each change up', async () => {
    const { id } = await recorded(store());
    expect(await store().votes.cast(newVote(id))).toEqual({ changed: true });
    expect(await store().votes.cast(newVote(id, { at: second(11) }))).toEqual({ changed: false });
    expect(await revisionOf(store(), id)).toBe(2);
    const down = newVote(id, { value: 'down', at: second(12) });
    expect(await store().votes.cast(down)).toEqual({ changed: true });
    expect(await store().votes.ofIncident(id)).toEqual([down]);
    expect(await store().votes.tally(id)).toEqual({ up: 0, down: 1 });
    expect(await revisionOf(store(), id)).toBe(3);
  });

  it('counts the votes of different people', async () => {
    const { id } = await recorded(store());
    await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((voterKey, i) =>
        store().votes.cast(newVote(id, { voterKey, value: i < 3 ? 'up' : 'down' })),
      ),
    );
    expect(await store().votes.tally(id)).toEqual({ up: 3, down: 2 });
    expect(await revisionOf(store(), id)).toBe(6);
  });

  it('counts one vote when a person clicks many times at once', async () => {
    const { id } = await recorded(store());
    const results = await Promise.all(
      Array.from({ length: 10 }, () => store().votes.cast(newVote(id))),
    );
    expect(results.filter(({ changed }) => changed)).toHaveLength(1);
    expect(await store().votes.tally(id)).toEqual({ up: 1, down: 0 });
    expect(await revisionOf(store(), id)).toBe(2);
  });

  it('adds a correction to the vote, as a thumbs-down when there was none', async () => {
    const { id } = await recorded(store());
    const { value: _, ...ballot } = newVote(id);
    const corrected = { ...ballot, correction: 'Network' as const };
    expect(await store().votes.correct(corrected)).toEqual({ changed: true });
    expect(await store().votes.correct(corrected)).toEqual({ changed: false });
    expect(await store().votes.ofIncident(id)).toEqual([{ ...corrected, value: 'down' }]);

    expect(await store().votes.correct({ ...corrected, correction: 'Database' })).toEqual({
      changed: true,
    });
    const [vote] = await store().votes.ofIncident(id);
    expect(vote?.correction).toBe('Database');
    expect(await revisionOf(store(), id)).toBe(3);
  });

  it('keeps a correction when the same vote comes again, and drops it with another value', async () => {
    const { id } = await recorded(store());
    const down = newVote(id, { value: 'down' });
    await store().votes.cast({ ...down, correction: 'Security' });
    expect(await store().votes.cast(down)).toEqual({ changed: false });
    expect((await store().votes.ofIncident(id))[0]?.correction).toBe('Security');
    await store().votes.cast(newVote(id, { value: 'up' }));
    expect(await store().votes.ofIncident(id)).toEqual([newVote(id, { value: 'up' })]);
  });

  it('ties a vote to the triage that it last judged', async () => {
    const { id } = await recorded(store());
    await store().votes.cast(newVote(id));
    expect(await store().votes.cast(newVote(id, { triageVersion: 2 }))).toEqual({ changed: true });
    expect((await store().votes.ofIncident(id))[0]?.triageVersion).toBe(2);
  });

  it('has no votes for an incident that nobody voted on, and refuses those for none', async () => {
    const { id } = await recorded(store());
    expect(await store().votes.tally(id)).toEqual({ up: 0, down: 0 });
    await expect(store().votes.cast(newVote(unique('inc')))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('keeps the right severity and what was wrong beside the right category', async () => {
    const { id } = await recorded(store());
    const { value: _, ...ballot } = newVote(id);
    const severe = { ...ballot, correctedSeverity: 'critical' as const, note: 'It was everybody.' };
    expect(await store().votes.correct(severe)).toEqual({ changed: true });
    expect(await store().votes.correct({ ...ballot, correction: 'Network' })).toEqual({
      changed: true,
    });
    expect(await store().votes.ofIncident(id)).toEqual([
      { ...severe, value: 'down', correction: 'Network' },
    ]);
  });

  it('takes a vote back, and only the one that was meant', async () => {
    const { id } = await recorded(store());
    const vote = newVote(id);
    await store().votes.cast(vote);
    expect(await store().votes.withdraw({ ...vote, value: 'down' })).toEqual({ changed: false });
    expect(await store().votes.withdraw(vote)).toEqual({ changed: true });
    expect(await store().votes.withdraw(vote)).toEqual({ changed: false });
    expect(await store().votes.tally(id)).toEqual({ up: 0, down: 0 });
    expect(await revisionOf(store(), id)).toBe(3);
  });

  it('lists the votes of a person, newest first, and counts those since a moment', async () => {
    const voterKey = unique('voter');
    const incidents = [await recorded(store()), await recorded(store()), await recorded(store())];
    const at = (index: number) => new Date(Date.UTC(2031, 0, 1, 0, index));
    for (const [index, { id }] of incidents.entries()) {
      const value = index === 0 ? 'up' : 'down';
      await store().votes.cast(newVote(id, { voterKey, value, at: at(index) }));
    }
    const mine = await store().votes.ofVoter(voterKey, 2);
    expect(mine.map(({ incidentId }) => incidentId)).toEqual([incidents[2]?.id, incidents[1]?.id]);
    expect(await store().votes.tallySince(at(1))).toEqual({ up: 0, down: 2 });
    const [{ platform, workspace } = { platform: 'console', workspace: '' } as const] =
      incidents.map(({ where }) => where);
    const tally = (place: typeof platform) =>
      store().votes.tallySince(at(1), { platform: place, workspace });
    expect(await tally(platform)).toEqual({ up: 0, down: 2 });
    expect(await tally('slack')).toEqual({ up: 0, down: 0 });
  });
}
