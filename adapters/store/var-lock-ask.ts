import { connect } from 'node:net';
import { z } from 'zod';

const answerSchema = z.object({
  pid: z.number().int(),
  startedAt: z.iso.datetime(),
  /** False while it is still looking whether the folder is free. */
  holding: z.boolean(),
});

/** `silent`: it lives, for the system took the connection, but has not said who it is. */
export type Answer = z.infer<typeof answerSchema> | 'dead' | 'silent';

/** Opening the embedded database keeps a starting process from answering for about two seconds. */
const PATIENCE_MS = 4_000;

/** Nobody listens there (any more): the file is a leftover, or no socket at all. */
const DEAD = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK', 'ENOTCONN']);

export function ask(path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let said = '';
    const finish = (answer: Answer) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => finish('silent'), PATIENCE_MS);
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      said += chunk;
    });
    socket.once('end', () => finish(parse(said)));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== undefined && DEAD.has(error.code)) return finish('dead');
      // It hung up in the middle, so it was there a moment ago: closing now, or very busy.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE' || error.code === 'EAGAIN') {
        return finish('silent');
      }
      clearTimeout(timer);
      reject(error);
    });
  });
}

function parse(line: string): Answer {
  try {
    const answer = answerSchema.safeParse(JSON.parse(line));
    return answer.success ? answer.data : 'silent';
  } catch {
    return 'silent';
  }
}
