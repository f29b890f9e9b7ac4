import { z } from 'zod';

export const PLATFORMS = ['slack', 'teams', 'console'] as const;
export const platformSchema = z.enum(PLATFORMS);
export type PlatformName = z.infer<typeof platformSchema>;

/** A place where people talk: a channel, or one thread in it when `thread` is given. */
export const threadRefSchema = z.object({
  platform: platformSchema,
  workspace: z.string().min(1),
  channel: z.string().min(1),
  thread: z.string().min(1).optional(),
});
export type ThreadRef = z.infer<typeof threadRefSchema>;

/** One message that can be edited, linked to, or replied to. */
export const messageRefSchema = threadRefSchema.extend({ message: z.string().min(1) });
export type MessageRef = z.infer<typeof messageRefSchema>;

/** Equal places have equal keys, and different places never do, whatever the ids contain. */
export function threadKey(ref: ThreadRef): string {
  const parts = [ref.platform, ref.workspace, ref.channel];
  if (ref.thread !== undefined) parts.push(ref.thread);
  return parts.map(encodeURIComponent).join('/');
}
