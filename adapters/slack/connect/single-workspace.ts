import { AppError } from '../../../src/domain/errors.ts';
import { authTest } from '../api/answers.ts';
import type { Call } from '../api/calls.ts';
import type { Workspace, Workspaces } from '../workspaces.ts';

/**
 * The one workspace that the bot's token is for. Who we are there is asked when it is first needed and until
 * Slack says so: a Slack that was away when we started must not shut us out for good.
 */
export function createSingleWorkspace(call: Call, token: string): Workspaces {
  let known: Promise<Workspace> | undefined;

  function ask(): Promise<Workspace> {
    if (known) return known;
    const asked = call(token, 'auth.test', {}, authTest).then(
      ({ team_id, user_id, bot_id, enterprise_id, url }) => ({
        id: team_id,
        workspace: team_id,
        token,
        botUserId: user_id,
        botId: bot_id,
        enterprise: enterprise_id ?? undefined,
        url,
      }),
    );
    known = asked;
    asked.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked;
  }

  return {
    async of(team) {
      const workspace = await ask();
      if (workspace.id === team) return workspace;
      throw new AppError('forbidden', 'Sitrep is not installed in this Slack workspace.');
    },
    // Without a token there is nothing to keep; the next call finds out whether it still is one.
    leave: async () => {
      known = undefined;
    },
  };
}
