import type { ThreadRef } from './thread-ref.ts';

/** Whose eyes something is for: the circles that they are in, or those of the operator, who may read all. */
export type Sight = 'everything' | readonly string[];

/** Who may read what was said in a place: everybody of its workspace, or whoever is in the channel. */
export function circleOf({ platform, workspace, channel }: ThreadRef, isOpen: boolean): string {
  const parts = isOpen ? [platform, workspace] : [platform, workspace, channel];
  return parts.map(encodeURIComponent).join('/');
}

/** What may be shown in a place. The console belongs to the operator. */
export function sightAt(where: ThreadRef): Sight {
  return where.platform === 'console'
    ? 'everything'
    : [circleOf(where, true), circleOf(where, false)];
}

/** What belongs to no circle, such as a runbook, is for everybody. */
export function isInSight(sight: Sight, circle: string | undefined): boolean {
  return circle === undefined || sight === 'everything' || sight.includes(circle);
}
