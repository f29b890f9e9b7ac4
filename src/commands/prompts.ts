import { openExplanations } from '../compose.ts';
import { environment, loadConfig } from '../config.ts';
import { AppError } from '../domain/errors.ts';
import { comparePrompts, type PromptComparison, promptComparisonSchema } from '../rca/index.ts';
import { askProduct } from './ask-product.ts';
import { type CommandLine, quietSurroundings, readArguments, WrongUse } from './command-line.ts';
import { textTable } from './text-table.ts';

const DAY_MS = 86_400_000;

/** What people think of the explanations that each prompt led to. */
export const runPrompts: CommandLine = async (args) => {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, since: { type: 'string' } },
  });
  if (positionals.length !== 1 || positionals[0] !== 'compare') {
    throw new WrongUse('Say what to do with the prompts: compare.');
  }
  const { json, since } = values as { json: boolean; since?: string };
  const comparison = await compare(startOf(since));
  process.stdout.write(json ? `${JSON.stringify(comparison, null, 2)}\n` : inWords(comparison));
  return 0;
};

/** `30d` or `12h` ago; without it, whatever was ever told. */
function startOf(since: string | undefined): Date {
  if (since === undefined) return new Date(0);
  const [, count, unit] = /^(\d{1,5})([dh])$/.exec(since) ?? [];
  if (count === undefined) throw new WrongUse('--since takes a time such as 30d or 12h.');
  return new Date(Date.now() - Number(count) * (unit === 'd' ? DAY_MS : DAY_MS / 24));
}

async function compare(since: Date): Promise<PromptComparison> {
  const surroundings = quietSurroundings();
  try {
    const opened = await openExplanations(loadConfig(environment()), surroundings);
    try {
      return comparePrompts(await opened.explanations.votesByPrompt(since));
    } finally {
      await opened.close();
    }
  } catch (error) {
    // The running product has the embedded store.
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    const query = new URLSearchParams({ since: since.toISOString() });
    const answer = await askProduct('GET', `/api/v1/mira/prompts?${query}`);
    return promptComparisonSchema.parse((answer as { data?: unknown }).data);
  }
}

function inWords({ prompts, verdicts }: PromptComparison): string {
  if (prompts.length === 0) return 'Nothing has been explained yet.\n';
  const percent = (share: number | undefined) =>
    share === undefined ? '-' : `${Math.round(share * 100)} %`;
  const rows = [
    ['prompt', 'version', 'hash', 'audience', 'told', 'up', 'down', 'thumbs-up', '95 % interval'],
    ...prompts.map((row) => [
      row.promptId,
      row.promptVersion,
      row.promptHash.slice(0, 8),
      row.audience,
      String(row.explanations),
      String(row.up),
      String(row.down),
      percent(row.share),
      row.low === undefined ? '-' : `${percent(row.low)} to ${percent(row.high)}`,
    ]),
  ];
  const sentences = verdicts.map(({ audience, sentence }) => `For ${audience}: ${sentence}\n`);
  return `${textTable(rows)}\n${sentences.join('')}`;
}
