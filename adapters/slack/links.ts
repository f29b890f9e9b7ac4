import type { ThreadRef } from '../../src/domain/thread-ref.ts';
import { authTest } from './api/answers.ts';
import type { Call } from './api/calls.ts';
import type { Background } from './background.ts';
import { remembering } from './remembering.ts';
import type { Workspaces } from './workspaces.ts';

export type Links = {
  linkTo(where: ThreadRef): string | undefined;
  /** Finds out where a workspace opens, unless that is known. */
  learn(workspace: string): void;
};

const WORKSPACES = 1_000;
/** Slack does not say it; asking again would not help. */
const NOWHERE = '';

/**
 * Addresses of threads, put together from the workspace's own: asking Slack for each would be a call, and whoever
 * pages people cannot wait for a Slack that is down.
 */
export function createLinks(options: {
  call: Call;
  background: Background;
  workspaces: Workspaces;
}): Links {
  const { call, background, workspaces } = options;
  const addresses = remembering<string>(WORKSPACES);
  const asking = new Set<string>();

  function learn(workspace: string): void {
    if (asking.has(workspace) || addresses.get(workspace) !== undefined) return;
    asking.add(workspace);
    background.run('Slack did not say where a workspace opens.', async () => {
      try {
        const known = await workspaces.of(workspace);
        const { url } = known.url ? known : await call(known.token, 'auth.test', {}, authTest);
        addresses.set(workspace, url ?? NOWHERE);
      } finally {
        asking.delete(workspace);
      }
    });
  }

  return {
    learn,
    linkTo({ workspace, channel, thread }) {
      const address = addresses.get(workspace);
      if (address === undefined) {
        learn(workspace);
        return undefined;
      }
      if (address === NOWHERE) return undefined;
      const message = thread === undefined ? '' : `/p${thread.replace('.', '')}`;
      return new URL(`/archives/${channel}${message}`, address).href;
    },
  };
}
