import { z } from 'zod';

/** What Slack sends, with only the fields that we use; docs.slack.dev/reference has the rest. */

const id = z.string().min(1);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
/**
 * Slack leaves out what is empty in one place and sends null in another. What we can do without must not cost
 * the whole either, when it comes in a shape that we do not know.
 */
const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional()
    .catch(undefined);
/** A list without the entries that we cannot read. */
const listOf = <Schema extends z.ZodType>(schema: Schema) =>
  maybe(
    z.array(z.unknown()).transform((entries) =>
      entries.flatMap((entry) => {
        const parsed = schema.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      }),
    ),
  );

export const commandSchema = z.object({
  command: z.string(),
  text,
  trigger_id: maybe(id),
  team_id: id,
  channel_id: id,
  user_id: id,
  user_name: maybe(z.string()),
  response_url: maybe(z.string()),
});

const loose = z.record(z.string(), z.unknown());
/** Integrations send numbers and truths too. */
const fieldValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const attachmentSchema = z.object({
  pretext: maybe(z.string()),
  title: maybe(z.string()),
  title_link: maybe(z.string()),
  text: maybe(z.string()),
  fallback: maybe(z.string()),
  author_name: maybe(z.string()),
  footer: maybe(z.string()),
  from_url: maybe(z.string()),
  fields: listOf(z.object({ title: maybe(z.string()), value: maybe(fieldValue) })),
  blocks: listOf(loose),
  message_blocks: listOf(loose),
});
export type Attachment = z.infer<typeof attachmentSchema>;

const fileSchema = z.object({
  id,
  name: maybe(z.string()),
  mimetype: maybe(z.string()),
  size: maybe(z.number()),
});

const messageFields = {
  ts: id,
  thread_ts: maybe(z.string()),
  subtype: maybe(z.string()),
  user: maybe(z.string()),
  username: maybe(z.string()),
  bot_id: maybe(z.string()),
  bot_profile: maybe(z.object({ name: maybe(z.string()) })),
  app_id: maybe(z.string()),
  text: maybe(z.string()),
  team: maybe(z.string()),
  user_team: maybe(z.string()),
  blocks: listOf(loose),
  attachments: listOf(attachmentSchema),
  files: listOf(fileSchema),
  edited: maybe(z.object({ ts: z.string() })),
};
export const messageSchema = z.object(messageFields);
export type SlackMessage = z.infer<typeof messageSchema>;

export const messageEventSchema = z.object({
  type: z.literal('message'),
  channel: id,
  channel_type: maybe(z.string()),
  event_ts: maybe(z.string()),
  deleted_ts: maybe(z.string()),
  message: maybe(messageSchema),
  previous_message: maybe(messageSchema.partial()),
  ...messageFields,
});
export type MessagePayload = z.infer<typeof messageEventSchema>;

export const mentionSchema = z.object({
  type: z.literal('app_mention'),
  channel: id,
  ...messageFields,
});

export const reactionSchema = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: id,
  reaction: z.string(),
  item: z.object({ type: z.string(), channel: maybe(z.string()), ts: maybe(z.string()) }),
  item_user: maybe(z.string()),
  event_ts: maybe(id),
});

export const homeOpenedSchema = z.object({
  type: z.literal('app_home_opened'),
  user: id,
  channel: maybe(z.string()),
  tab: maybe(z.string()),
  event_ts: maybe(id),
});

export const renameSchema = z.object({
  type: z.enum(['channel_rename', 'group_rename']),
  channel: z.object({ id, name: id }),
});

export const joinedSchema = z.object({
  type: z.literal('member_joined_channel'),
  user: id,
  channel: id,
});

/** Tokens of persons may be revoked without us: we use none. */
export const goodbyeSchema = z.union([
  z.object({ type: z.literal('app_uninstalled') }),
  z.object({
    type: z.literal('tokens_revoked'),
    tokens: z.object({ bot: z.array(z.string()).min(1) }),
  }),
]);

export const envelopeSchema = z.object({
  type: z.literal('event_callback'),
  api_app_id: maybe(z.string()),
  event_id: maybe(z.string()),
  event_time: maybe(z.number()),
  is_ext_shared_channel: maybe(z.boolean()),
  event: z.looseObject({ type: z.string() }),
});
export type Envelope = z.infer<typeof envelopeSchema>;

const person = z.object({
  id,
  name: maybe(z.string()),
  username: maybe(z.string()),
  team_id: maybe(z.string()),
});
const team = maybe(z.object({ id }));
const enterprise = maybe(z.object({ id }));

export const blockActionsSchema = z.object({
  type: z.literal('block_actions'),
  team,
  enterprise,
  user: person,
  trigger_id: maybe(z.string()),
  response_url: maybe(z.string()),
  channel: maybe(z.object({ id })),
  container: maybe(
    z.object({
      type: maybe(z.string()),
      message_ts: maybe(z.string()),
      thread_ts: maybe(z.string()),
      channel_id: maybe(z.string()),
      is_ephemeral: maybe(z.boolean()),
    }),
  ),
  message: maybe(z.object({ ts: maybe(z.string()), thread_ts: maybe(z.string()) })),
  view: maybe(z.object({ type: maybe(z.string()) })),
  actions: z
    .array(
      z.object({
        type: maybe(z.string()),
        action_id: id,
        block_id: maybe(z.string()),
        action_ts: maybe(z.string()),
        value: maybe(z.string()),
        selected_option: maybe(z.object({ value: z.string() })),
      }),
    )
    .min(1),
});
export type BlockActions = z.infer<typeof blockActionsSchema>;

export const shortcutSchema = z.object({
  type: z.literal('message_action'),
  callback_id: id,
  trigger_id: maybe(z.string()),
  response_url: maybe(z.string()),
  team,
  enterprise,
  user: person,
  channel: z.object({ id }),
  message: messageSchema,
});

export const viewSubmissionSchema = z.object({
  type: z.literal('view_submission'),
  team,
  enterprise,
  user: person,
  view: z.object({
    id,
    callback_id: z.string(),
    private_metadata: text,
    state: z.object({
      values: z.record(
        z.string(),
        z.record(
          z.string(),
          z.object({
            value: maybe(z.string()),
            selected_option: maybe(z.object({ value: z.string() })),
            selected_conversation: maybe(z.string()),
          }),
        ),
      ),
    }),
  }),
});
export type ViewSubmission = z.infer<typeof viewSubmissionSchema>;
