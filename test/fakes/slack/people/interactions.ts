import type { Receipt } from '../delivery/delivery.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Channel, Ephemeral, Message, User, View } from '../world/records.ts';
import { messageShape, viewShape } from '../world/shapes.ts';
import { APP_ID } from '../world/world.ts';
import { actionOf, findElement } from './elements.ts';
import { channelName, hearing, interactionBase, type Stage } from './stage.ts';
import { stateValues } from './submissions.ts';

export type Shown = Message | Ephemeral;

export type Interactions = {
  /** `/triage ...` */
  command(line: string, channel: string): Promise<Receipt>;
  /** Presses a button, or chooses an option, by its value. */
  clicks(shown: Shown, actionId: string, value?: string): Promise<Receipt>;
  clicksInView(view: View, actionId: string, value?: string): Promise<Receipt>;
  clicksAtHome(actionId: string, value?: string): Promise<Receipt>;
  /** A shortcut of the message menu, or without a message one from anywhere. */
  shortcut(callbackId: string, message?: Message): Promise<Receipt>;
  /** What a select that asks the app offers for these letters. */
  asksForOptions(view: View, actionId: string, letters: string): Promise<Receipt>;
  opensHome(): Promise<void>;
};

export function createInteractions(stage: Stage, user: User): Interactions {
  const { world, deliverer, responseUrls, triggers } = stage;
  const own = () => world.workspace(user.workspace);

  const interact = (body: JsonObject) => deliverer.deliver({ kind: 'interactive', body });

  const inView = (view: View, actionId: string, value: string | undefined) => {
    const found = findElement(view.view.blocks as JsonObject[], actionId, value);
    return interact({
      type: 'block_actions',
      ...interactionBase(stage, user, own()),
      container: { type: 'view', view_id: view.id },
      view: viewShape(world, view, stateValues(view, {})),
      actions: [actionOf(found, value, world.nextTs())],
    });
  };

  return {
    async command(line, name) {
      const [command = '', ...words] = line.split(' ');
      const channel = world.channels.get(name);
      const workspace = hearing(stage, user, channel);
      const place = { workspace, channel, user: user.id, message: undefined };
      const receipt = await deliverer.deliver({
        kind: 'command',
        body: {
          token: 'verification-token',
          team_id: workspace.id,
          team_domain: workspace.domain,
          channel_id: channel.id,
          channel_name: channelName(channel).name,
          user_id: user.id,
          user_name: user.name,
          command,
          text: words.join(' '),
          api_app_id: APP_ID,
          ...(workspace.organisation !== undefined && { enterprise_id: workspace.organisation }),
          is_enterprise_install: String(workspace.organisation !== undefined),
          response_url: responseUrls.make(place),
          trigger_id: triggers.make(user.id),
        },
      });
      const { response } = receipt;
      if (typeof response === 'string') responseUrls.show(place, { text: response });
      else if (isObject(response)) responseUrls.show(place, response);
      return receipt;
    },

    clicks(shown, actionId, value) {
      const channel = world.channels.get(shown.channel);
      const workspace = hearing(stage, user, channel);
      const found = findElement(shown.blocks, actionId, value);
      const message = 'reactions' in shown ? shown : undefined;
      return interact({
        type: 'block_actions',
        ...interactionBase(stage, user, workspace),
        ...shownBase(stage, channel, shown),
        response_url: responseUrls.make({ workspace, channel, user: user.id, message }),
        state: { values: {} },
        actions: [actionOf(found, value, world.nextTs())],
      });
    },

    clicksInView: inView,

    clicksAtHome(actionId, value) {
      const view = world.homes.get(user.id);
      if (!view) throw new Error(`${user.id} has no App Home yet.`);
      const id = world.nextId('V');
      return inView(
        {
          id,
          workspace: user.workspace,
          user: user.id,
          hash: id,
          view,
          root: id,
          previous: undefined,
          open: true,
          errors: {},
        },
        actionId,
        value,
      );
    },

    shortcut(callbackId, message) {
      const action = { callback_id: callbackId, action_ts: world.nextTs() };
      if (!message) {
        return interact({ type: 'shortcut', ...interactionBase(stage, user, own()), ...action });
      }
      const channel = world.channels.get(message.channel);
      const workspace = hearing(stage, user, channel);
      return interact({
        type: 'message_action',
        ...interactionBase(stage, user, workspace),
        ...action,
        channel: channelName(channel),
        message_ts: message.ts,
        message: messageShape(world, message, stage.origin()),
        response_url: responseUrls.make({ workspace, channel, user: user.id, message: undefined }),
      });
    },

    asksForOptions(view, actionId, letters) {
      const { element, blockId } = findElement(
        view.view.blocks as JsonObject[],
        actionId,
        undefined,
      );
      return deliverer.deliver({
        kind: 'options',
        body: {
          type: 'block_suggestion',
          ...interactionBase(stage, user, own()),
          container: { type: 'view', view_id: view.id },
          view: viewShape(world, view),
          action_id: element.action_id,
          block_id: blockId,
          value: letters,
        },
      });
    },

    opensHome() {
      const workspace = own();
      return deliverer.tell(workspace, {
        type: 'app_home_opened',
        user: user.id,
        channel: world.channels.direct(workspace.id, workspace.botUser, user.id).id,
        tab: 'home',
        event_ts: world.nextTs(),
      });
    },
  };
}

function shownBase(stage: Stage, channel: Channel, shown: Shown): JsonObject {
  const thread = shown.threadTs === undefined ? {} : { thread_ts: shown.threadTs };
  const base = {
    channel: channelName(channel),
    container: {
      type: 'message',
      message_ts: shown.ts,
      channel_id: channel.id,
      is_ephemeral: !('reactions' in shown),
      ...thread,
    },
  };
  // An ephemeral message is not sent back with what happened on it.
  if (!('reactions' in shown)) return base;
  return { ...base, message: messageShape(stage.world, shown, stage.origin()) };
}
