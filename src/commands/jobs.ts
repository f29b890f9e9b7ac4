import { z } from 'zod';
import { environment, loadConfig } from '../config.ts';
import { AppError } from '../domain/errors.ts';
import { type CommandLine, readArguments, WrongUse } from './command-line.ts';

const deadJobsSchema = z.object({
  data: z.object({
    jobs: z.array(
      z.object({
        job: z.string(),
        id: z.string(),
        attempts: z.number(),
        reason: z.string(),
        diedAt: z.string(),
      }),
    ),
  }),
});

/** Asks the running product: an embedded queue can be opened by that process only. */
export const runJobs: CommandLine = async (args) => {
  const { positionals } = readArguments({
    args,
    options: {},
    allowPositionals: true,
  });
  if (positionals.length === 0) return listDead();
  const [verb, job, id] = positionals;
  if (verb !== 'retry' || job === undefined || id === undefined || positionals.length > 3) {
    throw new WrongUse('That is not how jobs are asked for.');
  }
  await ask('POST', `/api/v1/jobs/dead/${encodeURIComponent(job)}/${encodeURIComponent(id)}/retry`);
  process.stdout.write(`${job} ${id} is queued again.\n`);
  return 0;
};

async function listDead(): Promise<number> {
  const { jobs } = deadJobsSchema.parse(await ask('GET', '/api/v1/jobs/dead')).data;
  if (jobs.length === 0) process.stderr.write('No job was given up.\n');
  for (const { job, id, attempts, reason, diedAt } of jobs) {
    process.stdout.write(`${diedAt}  ${job}  ${id}  after ${attempts} attempts  ${reason}\n`);
  }
  return 0;
}

async function ask(method: string, path: string): Promise<unknown> {
  const { server } = loadConfig(environment());
  const host = ['0.0.0.0', '::'].includes(server.host) ? '127.0.0.1' : server.host;
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${server.port ?? 3000}`;
  const [token] = server.tokens;
  let response: Response;
  try {
    response = await fetch(base + path, {
      method,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
  } catch (cause) {
    throw new AppError('unavailable', `No Sitrep answers at ${base}: start it first.`, { cause });
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  const said = z.object({ message: z.string() }).safeParse(body);
  throw new AppError(
    'unavailable',
    said.success ? said.data.message : `Sitrep answered with status ${response.status}.`,
  );
}
