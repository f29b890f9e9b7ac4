import type { Deliverer } from '../delivery/deliverer.ts';
import type { ResponseUrls } from '../delivery/response-urls.ts';
import type { Triggers } from '../delivery/triggers.ts';
import type { JsonObject } from '../json.ts';
import type { Channel, User, Workspace } from '../world/records.ts';
import { APP_ID, type World } from '../world/world.ts';

/** What people act on. */
export type Stage = {
  world: World;
  origin(): string;
  deliverer: Deliverer;
  responseUrls: ResponseUrls;
  triggers: Triggers;
};

/** Tells the app and remembers what to wait for. */
export function startTelling({ world, origin, deliverer }: Stage) {
  const told: Promise<unknown>[] = [];
  const tell = (...args: Parameters<Deliverer['tell']>) => {
    told.push(deliverer.tell(...args));
  };
  return { told, telling: { world, origin, tell } };
}

/** The workspace whose app hears about this channel: the person's own, else the one that shares it. */
export function hearing({ world }: Stage, user: User, channel: Channel): Workspace {
  const own = world.workspaces.get(user.workspace);
  if (own && channel.members.has(own.botUser)) return own;
  return world.workspace(channel.workspace);
}

/** What all interactions carry. */
export function interactionBase(stage: Stage, user: User, workspace: Workspace): JsonObject {
  return {
    team: { id: workspace.id, domain: workspace.domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.workspace },
    api_app_id: APP_ID,
    token: 'verification-token',
    trigger_id: stage.triggers.make(user.id),
    enterprise:
      workspace.organisation === undefined
        ? null
        : { id: workspace.organisation, name: workspace.name },
    is_enterprise_install: workspace.organisation !== undefined,
  };
}

export function channelName(channel: Channel): JsonObject {
  return { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name };
}
