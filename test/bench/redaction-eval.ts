import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRedactor } from '../../src/safety/index.ts';
import { leaks, plantedSecrets } from '../fixtures/secrets/corpus.ts';

type Score = {
  kind: string;
  afterwards: boolean;
  caught: number;
  missed: number;
  example?: string;
};

export type RedactionResult = {
  kinds: Score[];
  /** Undefined where the machine does not have the logs and runbooks to measure on. */
  falseAlarms: { lines: number; alarms: number; examples: string[] } | undefined;
};

/** Beside the project; run from its root, compiled or not. */
const EVAL = join(process.cwd(), '../shared/eval');

export function measureRedaction(seed = 2026, each = 5): RedactionResult {
  const scores = new Map<string, Score>();
  for (const planted of plantedSecrets(seed, each)) {
    const score = scores.get(planted.kind) ?? {
      kind: planted.kind,
      afterwards: planted.afterwards,
      caught: 0,
      missed: 0,
    };
    scores.set(planted.kind, score);
    const shown = createRedactor().redact(planted.text).text;
    if (leaks(planted, shown)) {
      score.missed++;
      score.example ??= shown;
    } else score.caught++;
  }
  return { kinds: [...scores.values()], falseAlarms: falseAlarms() };
}

function falseAlarms(): RedactionResult['falseAlarms'] {
  const folders = [join(EVAL, 'logs'), join(EVAL, 'runbooks/pages')];
  if (!folders.every((folder) => existsSync(folder))) return undefined;
  const result = { lines: 0, alarms: 0, examples: [] as string[] };
  for (const folder of folders) {
    for (const file of readdirSync(folder).filter((name) => /\.(?:log|md)$/.test(name))) {
      for (const line of readFileSync(join(folder, file), 'utf8').split(/\r?\n/)) {
        if (line.trim() === '') continue;
        result.lines++;
        const shown = createRedactor().redact(line).text;
        if (shown === line) continue;
        result.alarms++;
        result.examples.push(`${file}: ${shown.slice(0, 160)}`);
      }
    }
  }
  return result;
}

export function shares(result: RedactionResult): {
  all: number;
  afterwards: number;
  perThousand: number;
} {
  const share = (scores: readonly Score[]) => {
    const caught = scores.reduce((sum, score) => sum + score.caught, 0);
    return caught / scores.reduce((sum, score) => sum + score.caught + score.missed, 0);
  };
  const { falseAlarms: alarms } = result;
  return {
    all: share(result.kinds),
    afterwards: share(result.kinds.filter(({ afterwards }) => afterwards)),
    perThousand: alarms ? (alarms.alarms * 1_000) / alarms.lines : 0,
  };
}

/** The table of `npm run eval`. */
export async function redactionReport(result = measureRedaction()): Promise<string> {
  const { all, afterwards, perThousand } = shares(result);
  const percent = (part: number) => `${(part * 100).toFixed(1)} %`;
  const rows = result.kinds.map(
    ({ kind, afterwards: out, caught, missed }) =>
      `${(out ? `${kind} *` : kind).padEnd(32)}${String(caught).padStart(7)}${String(missed).padStart(8)}`,
  );
  const { falseAlarms: alarms } = result;
  return [
    'Redaction',
    `${'kind'.padEnd(32)} caught  missed`,
    ...rows,
    `${result.kinds.length} kinds: ${percent(all)} caught; ${percent(afterwards)} of those written after the rules (*)`,
    alarms
      ? `false alarms: ${alarms.alarms} in ${alarms.lines} lines of logs and runbooks, ${perThousand.toFixed(2)} per 1,000`
      : 'false alarms: not measured, ../shared/eval is not here',
    ...(alarms?.examples.slice(0, 5).map((example) => `  ${example}`) ?? []),
  ].join('\n');
}
