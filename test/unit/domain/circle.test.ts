import { describe, expect, it } from 'vitest';
import { circleOf, isInSight, sightAt } from '../../../src/domain/circle.ts';

const here = { platform: 'slack', workspace: 'T1', channel: 'C1', thread: '17.2' } as const;

describe('who may read what was said', () => {
  it('is everybody of the workspace in an open channel', () => {
    const circle = circleOf(here, true);
    expect(isInSight(sightAt({ ...here, channel: 'C2' }), circle)).toBe(true);
    expect(isInSight(sightAt({ ...here, workspace: 'T2' }), circle)).toBe(false);
    expect(isInSight(sightAt({ ...here, platform: 'teams' }), circle)).toBe(false);
  });

  it('is the channel alone where not everybody may read along', () => {
    const circle = circleOf(here, false);
    expect(isInSight(sightAt({ ...here, thread: '99.1' }), circle)).toBe(true);
    expect(isInSight(sightAt({ ...here, channel: 'C2' }), circle)).toBe(false);
  });

  it('is everybody for a runbook, and the operator for all', () => {
    expect(isInSight([], undefined)).toBe(true);
    expect(isInSight(sightAt({ ...here, platform: 'console' }), circleOf(here, false))).toBe(true);
  });

  it('is never mixed up by what an id looks like', () => {
    const odd = circleOf({ ...here, workspace: 'T1/C1' }, true);
    expect(odd).not.toBe(circleOf(here, false));
  });
});
