import { z } from 'zod';
import { askProduct } from './ask-product.ts';
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
  await askProduct(
    'POST',
    `/api/v1/jobs/dead/${encodeURIComponent(job)}/${encodeURIComponent(id)}/retry`,
  );
  process.stdout.write(`${job} ${id} is queued again.\n`);
  return 0;
};

async function listDead(): Promise<number> {
  const { jobs } = deadJobsSchema.parse(await askProduct('GET', '/api/v1/jobs/dead')).data;
  if (jobs.length === 0) process.stderr.write('No job was given up.\n');
  for (const { job, id, attempts, reason, diedAt } of jobs) {
    process.stdout.write(`${diedAt}  ${job}  ${id}  after ${attempts} attempts  ${reason}\n`);
  }
  return 0;
}
