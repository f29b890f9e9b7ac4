import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import type { Workspace } from '../world/records.ts';
import { APP_ID } from '../world/world.ts';
import { type Method, Refusal, type Surroundings } from './call.ts';

/** Tokens, installation, and the door to Socket Mode. */
export function accessMethods(surroundings: Surroundings): Record<string, Method> {
  const { world, oauth, tell, socketUrl } = surroundings;
  return {
    'api.test': { token: 'none', run: (call) => ({ args: call.arguments.raw }) },

    'auth.test': {
      token: 'bot',
      run: ({ workspace }) => ({
        url: `https://${workspace.domain}.slack.com/`,
        team: workspace.name,
        user: 'sitrep',
        team_id: workspace.id,
        user_id: workspace.botUser,
        bot_id: workspace.botId,
        is_enterprise_install: false,
      }),
    },

    'auth.revoke': {
      token: 'bot',
      run(call) {
        if (call.arguments.flag('test')) return { revoked: false };
        call.workspace.refused = 'token_revoked';
        tell(call.workspace, {
          type: 'tokens_revoked',
          tokens: { oauth: [], bot: [call.workspace.botUser] },
          event_ts: world.nextTs(),
        });
        return { revoked: true };
      },
    },

    'apps.connections.open': {
      token: 'app',
      run: () => ({ url: socketUrl() }),
    },

    'oauth.v2.access': {
      token: 'none',
      run(call) {
        const [id, secret] = clientOf(call.headers, call.arguments);
        if (id !== oauth.clientId) throw new Refusal('invalid_client_id');
        if (secret !== oauth.clientSecret) throw new Refusal('bad_client_secret');
        const code = call.arguments.required('code');
        const workspace = world.workspaces.get(oauth.codes.get(code) ?? '');
        if (!workspace) throw new Refusal('invalid_code');
        oauth.codes.delete(code);
        if (workspace.refused !== undefined) {
          // Installing again hands out a new token.
          workspace.botToken = `xoxb-${randomBytes(8).toString('hex')}`;
          workspace.refused = undefined;
        }
        return {
          app_id: APP_ID,
          authed_user: { id: world.nextId('U') },
          scope: [...(workspace.scopes ?? ['chat:write', 'commands'])].join(','),
          token_type: 'bot',
          access_token: workspace.botToken,
          bot_user_id: workspace.botUser,
          ...installedFor(workspace),
        };
      },
    },

    'team.info': {
      token: 'bot',
      scopes: ['team:read'],
      run: ({ workspace }) => ({
        team: { id: workspace.id, name: workspace.name, domain: workspace.domain },
      }),
    },
  };
}

/** An organisation installs for all of its workspaces, and then no single one is named. */
function installedFor({ id, name, organisation }: Workspace): JsonObject {
  return organisation === undefined
    ? { team: { id, name }, enterprise: null, is_enterprise_install: false }
    : { team: null, enterprise: { id: organisation, name }, is_enterprise_install: true };
}

/** As arguments, or by HTTP Basic. */
function clientOf(
  headers: Map<string, string>,
  values: { text(name: string): string | undefined },
): [string | undefined, string | undefined] {
  const basic = /^Basic (.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (basic === undefined) return [values.text('client_id'), values.text('client_secret')];
  const [id, secret] = Buffer.from(basic, 'base64').toString().split(':');
  return [id, secret];
}
