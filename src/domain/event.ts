import { z } from 'zod';
import { threadRefSchema } from './thread-ref.ts';

/** A person or program on a platform. */
export const actorSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  isBot: z.boolean().default(false),
});
export type Actor = z.infer<typeof actorSchema>;

const base = {
  /**
   * Names what happened, not the delivery that told us: the platform's retry of one click, command or
   * message carries the same value. Messages use their own id (channel and timestamp), never an event id.
   */
  occurrence: z.string().min(1),
  where: threadRefSchema,
  actor: actorSchema,
  at: z.iso.datetime(),
};

export const commandEventSchema = z.object({
  kind: z.literal('command'),
  ...base,
  /** What follows `/triage`, or the bot's name in a mention. */
  text: z.string(),
  /** It came from a form or from "triage this message": a report even when it starts like a command. */
  isReport: z.boolean().optional(),
});
export type CommandEvent = z.infer<typeof commandEventSchema>;

/** A file that came with a message; the platform's adapter opens it by its id. */
export const sharedFileSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int().min(0),
});
export type SharedFile = z.infer<typeof sharedFileSchema>;

export const messageEventSchema = z.object({
  kind: z.literal('message'),
  ...base,
  messageId: z.string().min(1),
  channelName: z.string(),
  text: z.string(),
  files: z.array(sharedFileSchema).optional(),
});
export type MessageEvent = z.infer<typeof messageEventSchema>;

/** What a message says now; its author changed it. */
export const editedEventSchema = z.object({
  kind: z.literal('edited'),
  ...base,
  messageId: z.string().min(1),
  text: z.string(),
});
export type EditedEvent = z.infer<typeof editedEventSchema>;

/** A message is gone. The actor is its author: platforms do not say who removed it. */
export const deletedEventSchema = z.object({
  kind: z.literal('deleted'),
  ...base,
  messageId: z.string().min(1),
});
export type DeletedEvent = z.infer<typeof deletedEventSchema>;

export const VOTES = ['up', 'down'] as const;
export const voteValueSchema = z.enum(VOTES);
export type VoteValue = z.infer<typeof voteValueSchema>;

export const voteEventSchema = z.object({
  kind: z.literal('vote'),
  ...base,
  incidentId: z.string().min(1),
  value: voteValueSchema,
});
export type VoteEvent = z.infer<typeof voteEventSchema>;

/** A vote was taken back, such as a thumb that was removed from a message. */
export const unvoteEventSchema = z.object({
  kind: z.literal('unvote'),
  ...base,
  incidentId: z.string().min(1),
  value: voteValueSchema,
});
export type UnvoteEvent = z.infer<typeof unvoteEventSchema>;

/** A button pressed or an option chosen on a card. */
export const actionEventSchema = z.object({
  kind: z.literal('action'),
  ...base,
  incidentId: z.string().min(1),
  action: z.string().min(1),
  value: z.string().optional(),
  /** What a form asked for beside the value, by the names of its fields. */
  fields: z.record(z.string(), z.string()).optional(),
});
export type ActionEvent = z.infer<typeof actionEventSchema>;

/** Somebody opened the product's own page; the reply is what it shows. */
export const homeEventSchema = z.object({ kind: z.literal('home'), ...base });
export type HomeEvent = z.infer<typeof homeEventSchema>;

/** Something that happened on a platform, verified by its adapter and in our own shape. */
export const eventSchema = z.discriminatedUnion('kind', [
  commandEventSchema,
  messageEventSchema,
  editedEventSchema,
  deletedEventSchema,
  voteEventSchema,
  unvoteEventSchema,
  actionEventSchema,
  homeEventSchema,
]);
export type Event = z.infer<typeof eventSchema>;

/** The inbound dedupe key: equal for every delivery of the same happening. */
export function eventKey(event: Event): string {
  const { platform, workspace, channel } = event.where;
  return [platform, workspace, channel, event.kind, event.occurrence]
    .map(encodeURIComponent)
    .join('/');
}
