import { randomBytes } from 'node:crypto';
import { createChannels } from './channels.ts';
import { createMessages } from './messages.ts';
import type { Ephemeral, Integration, StoredFile, User, Workspace } from './records.ts';
import { createViews } from './views.ts';

/** Everything that this Slack remembers. */
export type World = ReturnType<typeof createWorld>;

export const APP_ID = 'A0FAKE0APP';

export function createWorld(now: () => number) {
  const workspaces = new Map<string, Workspace>();
  const users = new Map<string, User>();
  const integrations = new Map<string, Integration>();
  const files = new Map<string, StoredFile>();
  const ephemerals: Ephemeral[] = [];
  /** A user's App Home as last published. */
  const homes = new Map<string, Record<string, unknown>>();
  const nextTs = createTimestamps(now);
  const nextId = createIds();

  return {
    now,
    nextTs,
    nextId,
    workspaces,
    users,
    integrations,
    files,
    ephemerals,
    homes,
    channels: createChannels(nextId),
    messages: createMessages(nextTs),
    views: createViews(nextId),

    addWorkspace(options: {
      id: string;
      domain?: string;
      olderPlan?: boolean;
      organisation?: string;
      scopes?: readonly string[];
      botToken?: string;
    }): Workspace {
      const { id, domain = id.toLowerCase(), olderPlan = false } = options;
      const workspace: Workspace = {
        id,
        domain,
        name: domain,
        olderPlan,
        organisation: options.organisation,
        botUser: nextId('U'),
        botId: nextId('B'),
        botToken: options.botToken ?? `xoxb-${randomBytes(8).toString('hex')}`,
        scopes: options.scopes && new Set(options.scopes),
        refused: undefined,
      };
      workspaces.set(id, workspace);
      users.set(workspace.botUser, {
        id: workspace.botUser,
        name: 'sitrep',
        realName: 'Sitrep',
        workspace: id,
        isBot: true,
      });
      return workspace;
    },

    addUser(id: string, workspace: string, name = id.toLowerCase()): User {
      const user = { id, name, realName: name, workspace, isBot: false };
      users.set(id, user);
      return user;
    },

    addIntegration(name: string, workspace: string): Integration {
      const user = nextId('U');
      users.set(user, { id: user, name, realName: name, workspace, isBot: true });
      const integration = { id: nextId('B'), name, appId: nextId('A'), user };
      integrations.set(integration.id, integration);
      return integration;
    },

    workspace(id: string): Workspace {
      const found = workspaces.get(id);
      if (!found) throw new Error(`This Slack has no workspace ${id}.`);
      return found;
    },

    userOf(id: string): User {
      const found = users.get(id);
      if (!found) throw new Error(`This Slack has no user ${id}.`);
      return found;
    },
  };
}

/** Seconds and six digits, unique and growing even when two things happen in one microsecond. */
function createTimestamps(now: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Math.floor(now() * 1000));
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  };
}

function createIds(): (prefix: string) => string {
  let count = 0;
  return (prefix) => {
    count += 1;
    return `${prefix}0${count.toString(36).toUpperCase().padStart(8, '0')}`;
  };
}
