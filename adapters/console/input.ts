import { z } from 'zod';
import { AppError } from '../../src/domain/errors.ts';
import { voteValueSchema } from '../../src/domain/event.ts';
import { BOT } from './place.ts';

/** A screenful of pasted log lines fits well; more belongs into a file. */
const MOST_TEXT = 100_000;

/**
 * Made by the client, one for each message, command and click, so that a repeat after a lost answer is
 * the same happening.
 */
const id = z
  .string()
  .regex(/^[\w.:-]{1,100}$/, 'must be 1 to 100 letters, digits or any of . : _ -');

/**
 * Without U+0000 and halves of surrogate pairs, which stores mend on their way in: a repeat has to compare
 * equal to what was stored.
 */
function cleanText(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd');
}

const text = z
  .string()
  .max(MOST_TEXT, `must be at most ${MOST_TEXT} characters`)
  .transform(cleanText);

const line = (most: number) =>
  z
    .string()
    .transform((value) => cleanText(value).replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1, 'must not be empty').max(most, `must be at most ${most} characters`));

/** Whoever uses the page says who they are; that they are a person is not theirs to say. */
const actor = z.object({
  id: id.refine((value) => value !== BOT.id, 'belongs to the product itself'),
  name: line(80),
});

/** What all of them say: what it is, where and who. */
const happening = z.object({
  id,
  channel: z.string().min(1).max(80),
  thread: id.optional(),
  actor,
});
export type Happening = z.infer<typeof happening>;

export const messageInput = happening.extend({
  text: text.refine((value) => value.trim() !== '', 'must not be empty'),
});
export type MessageInput = z.infer<typeof messageInput>;

/** `text` is what follows `/triage`. */
export const commandInput = happening.extend({ text });
export type CommandInput = z.infer<typeof commandInput>;

export const actionInput = happening.extend({
  incidentId: line(200),
  action: line(200),
  value: z.string().max(2_000).transform(cleanText).optional(),
});
export type ActionInput = z.infer<typeof actionInput>;

export const voteInput = happening.extend({ incidentId: line(200), value: voteValueSchema });
export type VoteInput = z.infer<typeof voteInput>;

export const channelInput = z.object({
  name: z
    .string()
    .transform((name) => name.trim().replace(/^#/, '').toLowerCase().replace(/\s+/g, '-'))
    .pipe(
      z
        .string()
        .regex(/^[\p{L}\p{N}_-]{1,80}$/u, 'must be 1 to 80 letters, digits, dashes or underscores'),
    ),
});

export const streamQuery = z.object({ since: z.coerce.number().int().min(0).default(0) });

export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.');
  const problem = issue?.message ?? 'not what the console expects';
  throw new AppError(
    issue?.code === 'too_big' ? 'too_large' : 'bad_request',
    where ? `${where}: ${problem}.` : `The request is not right: ${problem}.`,
  );
}
