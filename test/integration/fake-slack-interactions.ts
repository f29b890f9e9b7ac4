/** What people do in Slack, as Slack's own packages publish it: checked as the events are. */
import type {
  BlockAction,
  ButtonAction,
  FeedbackButtonsAction,
  GlobalShortcut,
  MessageShortcut,
  SlashCommand,
  StaticSelectAction,
  ViewSubmitAction,
} from '@slack/bolt';
import { z } from 'zod';
import { block, text, timestamp } from './fake-slack-events.ts';

const plainText = z.object({ type: z.literal('plain_text'), text });
const team = z.object({ id: text, domain: text });

export const slashCommand = z.looseObject({
  token: text,
  command: z.string().startsWith('/'),
  text: z.string(),
  response_url: z.url(),
  trigger_id: text,
  user_id: text,
  user_name: text,
  team_id: text,
  team_domain: text,
  channel_id: text,
  channel_name: text,
  api_app_id: text,
  is_enterprise_install: text.exactOptional(),
}) satisfies z.ZodType<SlashCommand>;

const action = { block_id: text, action_id: text, action_ts: timestamp };
const buttonAction = z.looseObject({
  ...action,
  type: z.literal('button'),
  value: z.string().exactOptional(),
  text: z.looseObject(plainText.shape),
}) satisfies z.ZodType<ButtonAction>;
const feedbackAction = z.looseObject({
  ...action,
  type: z.literal('feedback_buttons'),
  value: text,
  text: z.looseObject(plainText.shape),
}) satisfies z.ZodType<FeedbackButtonsAction>;
const selectAction = z.looseObject({
  ...action,
  type: z.literal('static_select'),
  selected_option: z.looseObject({ text: plainText, value: text }),
}) satisfies z.ZodType<StaticSelectAction>;

const interaction = { token: text, trigger_id: text, api_app_id: text, team };
const person = z.object({ id: text, name: text, username: text, team_id: text.exactOptional() });

/** Actions on a message in a channel. */
export const blockActions = z.looseObject({
  ...interaction,
  type: z.literal('block_actions'),
  user: person,
  container: z.looseObject({ type: z.literal('message'), message_ts: timestamp, channel_id: text }),
  channel: z.object({ id: text, name: text }),
  message: z.looseObject({ type: z.literal('message'), ts: timestamp, text: z.string() }),
  response_url: z.url(),
  actions: z.array(z.union([buttonAction, feedbackAction, selectAction])).length(1),
}) satisfies z.ZodType<BlockAction>;

export const viewSubmission = z.looseObject({
  ...interaction,
  type: z.literal('view_submission'),
  user: person,
  view: z.looseObject({
    id: text,
    callback_id: text,
    team_id: text,
    app_id: text,
    bot_id: text,
    title: plainText,
    type: z.literal('modal'),
    blocks: z.array(block),
    close: z.null(),
    submit: plainText,
    state: z.object({
      values: z.record(
        z.string(),
        z.record(
          z.string(),
          z.looseObject({ type: text, value: z.string().nullable().exactOptional() }),
        ),
      ),
    }),
    hash: text,
    private_metadata: z.string(),
    root_view_id: text,
    previous_view_id: z.null(),
    clear_on_close: z.boolean(),
    notify_on_close: z.boolean(),
  }),
}) satisfies z.ZodType<ViewSubmitAction>;

export const messageShortcut = z.looseObject({
  ...interaction,
  type: z.literal('message_action'),
  callback_id: text,
  message_ts: timestamp,
  response_url: z.url(),
  message: z.looseObject({ type: z.literal('message'), ts: timestamp, user: text.exactOptional() }),
  user: person,
  channel: z.object({ id: text, name: text }),
  action_ts: timestamp,
}) satisfies z.ZodType<MessageShortcut>;

export const globalShortcut = z.looseObject({
  ...interaction,
  type: z.literal('shortcut'),
  callback_id: text,
  user: z.object({ id: text, username: text, team_id: text }),
  action_ts: timestamp,
}) satisfies z.ZodType<GlobalShortcut>;

export type Clicked = BlockAction<ButtonAction | FeedbackButtonsAction | StaticSelectAction>;

/** The value of what was clicked or chosen. */
export function chosen({ actions: [first] }: Clicked): string {
  if (first?.type === 'static_select') return first.selected_option.value;
  return first?.value ?? '';
}
