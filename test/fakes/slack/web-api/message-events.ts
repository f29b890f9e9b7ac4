import type { JsonObject } from '../json.ts';
import type { Channel, Message } from '../world/records.ts';
import { messageShape, placeShape } from '../world/shapes.ts';
import type { Surroundings } from './call.ts';

/** What Slack tells about messages to the apps that are members of their channel. */
type Telling = Pick<Surroundings, 'world' | 'origin' | 'tell'>;

export function tellPosted(telling: Telling, channel: Channel, message: Message): void {
  const event = {
    ...messageShape(telling.world, message, telling.origin()),
    ...placeShape(channel),
    event_ts: message.ts,
  };
  toMembers(telling, channel, event);
}

export function tellChanged(
  telling: Telling,
  channel: Channel,
  message: Message,
  before: JsonObject,
): void {
  const ts = telling.world.nextTs();
  toMembers(telling, channel, {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    message: messageShape(telling.world, message, telling.origin()),
    previous_message: before,
    ...placeShape(channel),
    ts,
    event_ts: ts,
  });
}

export function tellDeleted(
  telling: Telling,
  channel: Channel,
  message: Message,
  before: JsonObject,
): void {
  if (telling.world.messages.find(channel.id, message.ts)) {
    // What stays as a tombstone is told as a change.
    tellChanged(telling, channel, message, before);
    return;
  }
  const ts = telling.world.nextTs();
  toMembers(telling, channel, {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: message.ts,
    previous_message: before,
    ...placeShape(channel),
    ts,
    event_ts: ts,
  });
}

/** To the app in every workspace whose bot is in the channel. */
export function toMembers(telling: Telling, channel: Channel, event: JsonObject): void {
  for (const workspace of telling.world.workspaces.values()) {
    if (channel.members.has(workspace.botUser)) telling.tell(workspace, event, channel);
  }
}
