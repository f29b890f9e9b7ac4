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
});
export type CommandEvent = z.infer<typeof commandEventSchema>;

export const messageEventSchema = z.object({
  kind: z.literal('message'),
  ...base,
  messageId: z.string().min(1),
  channelName: z.string(),
  text: z.string(),
});
export type MessageEvent = z.infer<typeof messageEventSchema>;

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

/** A button pressed or an option chosen on a card. */
export const actionEventSchema = z.object({
  kind: z.literal('action'),
  ...base,
  incidentId: z.string().min(1),
  action: z.string().min(1),
  value: z.string().optional(),
});
export type ActionEvent = z.infer<typeof actionEventSchema>;

/** Something that happened on a platform, verified by its adapter and in our own shape. */
export const eventSchema = z.discriminatedUnion('kind', [
  commandEventSchema,
  messageEventSchema,
  voteEventSchema,
  actionEventSchema,
]);
export type Event = z.infer<typeof eventSchema>;

/** The inbound dedupe key: equal for every delivery of the same happening. */
export function eventKey(event: Event): string {
  const { platform, workspace, channel } = event.where;
  return [platform, workspace, channel, event.kind, event.occurrence]
    .map(encodeURIComponent)
    .join('/');
}
