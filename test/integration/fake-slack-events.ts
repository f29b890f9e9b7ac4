/**
 * What Slack tells, as Slack's own packages publish it. The compiler checks these schemas against the published
 * types, and the tests check what the fake sends against the schemas.
 */
import type { EnvelopedEvent, types } from '@slack/bolt';
import { z } from 'zod';

export const text = z.string().min(1);
export const timestamp = z.string().regex(/^\d{10,}\.\d{6}$/);
const channelType = z.enum(['channel', 'group', 'im', 'mpim', 'app_home']);
export const block = z.looseObject({ type: text, block_id: text.exactOptional() });

const said = {
  type: z.literal('message'),
  channel: text,
  channel_type: channelType,
  ts: timestamp,
  event_ts: timestamp,
};

export const genericMessage = z
  .strictObject({
    ...said,
    user: text,
    team: text.exactOptional(),
    text: z.string().exactOptional(),
    blocks: z.array(block).exactOptional(),
    client_msg_id: text.exactOptional(),
    thread_ts: timestamp.exactOptional(),
    parent_user_id: text.exactOptional(),
  })
  .transform((message) => ({
    ...message,
    subtype: undefined,
  })) satisfies z.ZodType<types.GenericMessageEvent>;

const file = z.looseObject({
  id: text,
  created: z.number(),
  name: text,
  title: text,
  mimetype: text,
  filetype: text,
  pretty_type: text,
  user: text.exactOptional(),
  editable: z.boolean(),
  size: z.number(),
  mode: z.literal('hosted'),
  is_external: z.boolean(),
  external_type: z.string(),
  is_public: z.boolean(),
  public_url_shared: z.boolean(),
  display_as_bot: z.boolean(),
  username: z.string(),
  url_private: z.url().exactOptional(),
  url_private_download: z.url().exactOptional(),
  permalink: z.url(),
  channels: z.array(text),
  groups: z.array(text),
});

export const fileShare = z.looseObject({
  ...said,
  subtype: z.literal('file_share'),
  user: text,
  text: z.string(),
  files: z.array(file),
}) satisfies z.ZodType<types.FileShareMessageEvent>;

export const botMessage = z.looseObject({
  ...said,
  subtype: z.literal('bot_message'),
  text: z.string(),
  bot_id: text,
  username: text.exactOptional(),
  attachments: z.array(z.looseObject({ title: text.exactOptional() })).exactOptional(),
}) satisfies z.ZodType<types.BotMessageEvent>;

/** What lies inside is a message without its channel, whatever the published type says. */
const inside = z.looseObject({ type: z.literal('message'), ts: timestamp });
export const messageChanged = z.strictObject({
  ...said,
  subtype: z.literal('message_changed'),
  hidden: z.literal(true),
  message: inside,
  previous_message: inside,
}) satisfies z.ZodType<Omit<types.MessageChangedEvent, 'message' | 'previous_message'>>;
export const messageDeleted = z.strictObject({
  ...said,
  subtype: z.literal('message_deleted'),
  hidden: z.literal(true),
  deleted_ts: timestamp,
  previous_message: inside,
}) satisfies z.ZodType<Omit<types.MessageDeletedEvent, 'previous_message'>>;

export const appMention = z.looseObject({
  type: z.literal('app_mention'),
  user: text.exactOptional(),
  text,
  ts: timestamp,
  channel: text,
  event_ts: timestamp,
  team: text.exactOptional(),
  thread_ts: timestamp.exactOptional(),
}) satisfies z.ZodType<types.AppMentionEvent>;

const reaction = {
  user: text,
  reaction: text,
  item_user: text,
  item: z.strictObject({ type: z.literal('message'), channel: text, ts: timestamp }),
  event_ts: timestamp,
};
export const reactionAdded = z.strictObject({
  type: z.literal('reaction_added'),
  ...reaction,
}) satisfies z.ZodType<types.ReactionAddedEvent>;
export const reactionRemoved = z.strictObject({
  type: z.literal('reaction_removed'),
  ...reaction,
}) satisfies z.ZodType<types.ReactionRemovedEvent>;

export const appHomeOpened = z.strictObject({
  type: z.literal('app_home_opened'),
  user: text,
  channel: text,
  tab: z.literal('home').exactOptional(),
  event_ts: timestamp,
}) satisfies z.ZodType<types.AppHomeOpenedEvent>;

export const memberJoined = z.strictObject({
  type: z.literal('member_joined_channel'),
  user: text,
  channel: text,
  channel_type: text,
  team: text,
  event_ts: timestamp,
}) satisfies z.ZodType<types.MemberJoinedChannelEvent>;

export const channelRename = z.looseObject({
  type: z.literal('channel_rename'),
  channel: z.looseObject({
    id: text,
    name: text,
    name_normalized: text,
    created: z.number(),
    is_channel: z.boolean(),
    is_mpim: z.boolean(),
  }),
  event_ts: timestamp,
}) satisfies z.ZodType<types.ChannelRenameEvent>;

export const fileShared = z.strictObject({
  type: z.literal('file_shared'),
  file_id: text,
  user_id: text,
  file: z.strictObject({ id: text }),
  channel_id: text,
  event_ts: timestamp,
}) satisfies z.ZodType<types.FileSharedEvent>;

export const tokensRevoked = z.looseObject({
  type: z.literal('tokens_revoked'),
  tokens: z.strictObject({
    oauth: z.array(text).exactOptional(),
    bot: z.array(text).exactOptional(),
  }),
}) satisfies z.ZodType<types.TokensRevokedEvent>;

/** The envelope around one kind of event. */
export function enveloped<Event extends z.ZodType<{ type: string }>>(event: Event) {
  return z.looseObject({
    token: text,
    team_id: text,
    context_team_id: text.exactOptional(),
    api_app_id: text,
    type: z.literal('event_callback'),
    event_id: z.string().startsWith('Ev'),
    event_time: z.number(),
    event,
    authorizations: z
      .array(
        z.strictObject({
          enterprise_id: z.null(),
          team_id: text,
          user_id: text,
          is_bot: z.boolean(),
          is_enterprise_install: z.boolean().exactOptional(),
        }),
      )
      .min(1)
      .exactOptional(),
    is_ext_shared_channel: z.boolean().exactOptional(),
  });
}
enveloped(genericMessage) satisfies z.ZodType<EnvelopedEvent<types.GenericMessageEvent>>;
