import { createRecent } from '../../src/domain/recent.ts';
import type { ThreadRef } from '../../src/domain/thread-ref.ts';
import { authTest } from './api/answers.ts';
import type { Call } from './api/calls.ts';
import type { Background } from './background.ts';
import type { Workspaces } from './workspaces.ts';

export type Links = {
  /** To the thread, or to its channel alone while nobody knows where the workspace opens. */
  linkTo(where: ThreadRef): string;
  /** Finds out where a workspace opens, unless that is known; resolves when it is, or will not be soon. */
  learn(workspace: string): Promise<void>;
};

const WORKSPACES = 1_000;
/** Slack does not say it; asking again would not help. */
const NOWHERE = '';
/** Whoever waits for it calls people, and an address is a kindness. */
const PATIENCE_MS = 1_000;

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
  const addresses = createRecent<string>(WORKSPACES);
  const asking = new Map<string, Promise<void>>();

  async function ask(workspace: string): Promise<void> {
    const known = await workspaces.of(workspace);
    const { url } = known.url ? known : await call(known.token, 'auth.test', {}, authTest);
    addresses.set(workspace, url ?? NOWHERE);
  }

  async function learn(workspace: string): Promise<void> {
    if (addresses.get(workspace) !== undefined) return;
    let asked = asking.get(workspace);
    if (!asked) {
      asked = ask(workspace).finally(() => asking.delete(workspace));
      asking.set(workspace, asked);
      const course = asked;
      background.run('Slack did not say where a workspace opens.', () => course);
    }
    await soon(asked);
  }

  return {
    learn,

    linkTo({ workspace, channel, thread }) {
      const address = addresses.get(workspace);
      if (address === undefined) void learn(workspace);
      if (address === undefined || address === NOWHERE) {
        // docs.slack.dev/interactivity/deep-linking: opens a channel by its ids alone.
        const query = new URLSearchParams({ team: workspace, channel });
        return `https://slack.com/app_redirect?${query}`;
      }
      const message = thread === undefined ? '' : `/p${thread.replace('.', '')}`;
      return new URL(`/archives/${channel}${message}`, address).href;
    },
  };
}

async function soon(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([work.catch(() => undefined), limit]);
  clearTimeout(timer);
}
