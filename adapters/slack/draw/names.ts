import { LIMITS } from '../limits.ts';

/**
 * What comes back with a click is the action's and the block's id: the first names the action, the second the
 * incident. Both must be unique where they stand, hence the numbers.
 */
export function blockId(kind: string, number: number, incidentId: string | undefined): string {
  return [kind, number, incidentId ?? ''].join(':').slice(0, LIMITS.blockId);
}

export function incidentIdOf(id: string): string | undefined {
  const [, , ...rest] = id.split(':');
  return rest.join(':') || undefined;
}

export function actionId(action: string, number: number): string {
  return number === 0 ? action : `${action}#${number}`;
}

export function actionOf(id: string): string {
  return id.replace(/#\d+$/, '');
}

/** Votes are no action of a card's own: Slack's feedback buttons and their plain form share these ids. */
export const VOTE_ACTIONS = { native: 'vote', up: 'vote-up', down: 'vote-down' } as const;
