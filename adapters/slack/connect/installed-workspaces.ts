import type { InstallationStore as BoltInstallationStore, Installation } from '@slack/bolt';
import { z } from 'zod';
import { AppError } from '../../../src/domain/errors.ts';
import { createRecent } from '../../../src/domain/recent.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { InstallationStore } from '../../../src/ports/installation-store.ts';
import type { Seal } from '../seal.ts';
import type { Workspaces } from '../workspaces.ts';

/** What we keep of an installation: the SDK adds more that nobody reads. */
const keptSchema = z.object({
  team: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  enterprise: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  bot: z.object({
    token: z.string().min(1),
    id: z.string(),
    userId: z.string(),
    scopes: z.array(z.string()).default([]),
    refreshToken: z.string().optional(),
    expiresAt: z.number().optional(),
  }),
  appId: z.string().optional(),
  isEnterpriseInstall: z.boolean().optional(),
});
type Kept = z.infer<typeof keptSchema>;

/** A workspace whose whole organisation installed the app: what we post there later knows the workspace alone. */
const memberSchema = z.object({ organisation: z.string().min(1) });

type Query = {
  teamId?: string | undefined;
  enterpriseId?: string | undefined;
  isEnterpriseInstall: boolean;
};

const notInstalled = () =>
  new AppError('forbidden', 'Sitrep is not installed in this Slack workspace.');

/** Another process may have removed an installation; so long this one may go on with it. */
const KEPT_MS = 60_000;
const WORKSPACES = 1_000;

/** Installations as the SDK's OAuth flow wants them, sealed before they reach our store. */
export function createSealedInstallations(
  store: InstallationStore,
  seal: Seal,
  clock: Clock,
): BoltInstallationStore {
  const known = createRecent<{ kept: Kept; until: number }>(WORKSPACES);

  /** The workspace's own, or the organisation that it belongs to. */
  async function read(workspace: string): Promise<Kept | { organisation: string } | undefined> {
    const found = await store.find('slack', workspace);
    if (!found) return undefined;
    const json: unknown = JSON.parse(seal.open(found.sealed, aboutOf(workspace)));
    const member = memberSchema.safeParse(json);
    return member.success ? member.data : keptSchema.parse(json);
  }

  async function find(workspace: string): Promise<Kept | undefined> {
    const entry = known.get(workspace);
    const now = clock.now().getTime();
    if (entry && entry.until > now) return entry.kept;
    const found = await read(workspace);
    const kept = found && 'organisation' in found ? await find(found.organisation) : found;
    if (kept) known.set(workspace, { kept, until: now + KEPT_MS });
    return kept;
  }

  function save(workspace: string, content: unknown): Promise<void> {
    known.delete(workspace);
    const sealed = seal.close(JSON.stringify(content), aboutOf(workspace));
    return store.save({ platform: 'slack', workspace, sealed, installedAt: clock.now() });
  }

  return {
    async storeInstallation(installation) {
      const kept = keptSchema.parse(installation);
      const workspace = kept.isEnterpriseInstall ? kept.enterprise?.id : kept.team?.id;
      if (workspace === undefined) throw new AppError('internal', 'Slack did not say where.');
      await save(workspace, kept);
    },
    async fetchInstallation(query) {
      for (const workspace of candidates(query)) {
        const kept = await find(workspace);
        if (!kept) continue;
        const { teamId } = query;
        if (teamId !== undefined && teamId !== workspace) {
          await save(teamId, { organisation: workspace });
        }
        const user = { id: kept.bot.userId, token: undefined, scopes: undefined };
        return { ...kept, user, tokenType: 'bot', authVersion: 'v2' } as Installation<
          'v2',
          boolean
        >;
      }
      throw notInstalled();
    },
    async deleteInstallation(query) {
      for (const workspace of candidates(query)) {
        known.delete(workspace);
        // What no longer opens goes too.
        const found = await read(workspace).catch(() => ({}));
        if (!found) continue;
        await store.remove('slack', workspace);
        // Not the organisation's too, when a workspace had one of its own.
        if (!('organisation' in found)) return;
      }
    },
  };
}

/** The workspace's own installation, else that of its whole organisation. */
function candidates({ teamId, enterpriseId, isEnterpriseInstall }: Query): string[] {
  const ids = isEnterpriseInstall ? [enterpriseId] : [teamId, enterpriseId];
  return ids.filter((id): id is string => id !== undefined);
}

function aboutOf(workspace: string): string {
  return `slack/${workspace}`;
}

/** What the SDK's `authorize` answers: the installation, with tokens renewed where they expire. */
export type Authorize = (query: {
  teamId: string;
  enterpriseId: string | undefined;
  isEnterpriseInstall: false;
}) => Promise<{ botToken?: string; botId?: string; botUserId?: string }>;

export function createInstalledWorkspaces(options: {
  authorize: Authorize;
  installations: BoltInstallationStore;
}): Workspaces {
  const { authorize, installations } = options;

  return {
    async of(team, enterprise) {
      const found = await authorize({
        teamId: team,
        enterpriseId: enterprise,
        isEnterpriseInstall: false,
      }).catch((error: unknown) => {
        throw originOf(error);
      });
      const { botToken: token, botId, botUserId } = found;
      if (token === undefined || botUserId === undefined) throw notInstalled();
      return { id: team, workspace: team, token, botUserId, botId, enterprise };
    },
    async leave(team, enterprise) {
      await installations.deleteInstallation?.({
        teamId: team,
        enterpriseId: enterprise,
        isEnterpriseInstall: false,
      });
    },
  };
}

/** The SDK wraps what our store threw. */
function originOf(error: unknown): unknown {
  const original = error instanceof Error && 'original' in error ? error.original : error;
  return original instanceof AppError ? original : error;
}
