/** The evaluation logs beside the project: read at run time, never copied into it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogAnalysis } from '../../src/logs/index.ts';

/** From `dist/test/bench` as from `test/bench`, the project's own folder is where package.json is. */
function evaluationFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = join(folder, '..');
  return join(folder, '..', 'shared', 'eval', 'logs');
}

export type EvaluationLog = {
  name: string;
  raw: string[];
  contents: string[];
  /** The id of each line's template. */
  gold: string[];
};

/** Empty where the evaluation logs are absent. */
export function evaluationLogs(): EvaluationLog[] {
  const folder = evaluationFolder();
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.log'))
    .toSorted()
    .map((file) => {
      const name = file.slice(0, -'.log'.length);
      const gold = linesOf(join(folder, `${name}.gold.tsv`)).map((line) => line.split('\t'));
      return {
        name,
        raw: linesOf(join(folder, file)),
        contents: gold.map(([, ...content]) => content.join('\t')),
        gold: gold.map(([id = '']) => id),
      };
    });
}

function linesOf(path: string): string[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.replace(/\r+$/, ''));
}

export const ASSUMED_YEAR = 2016;

/** One number for each line: equal for lines of one template. */
export function assign(lines: readonly string[]): number[] {
  const analysis = createLogAnalysis({ assumedYear: ASSUMED_YEAR, keepAssignments: true });
  analysis.begin('current');
  for (const line of lines) analysis.add(line, false);
  analysis.finish();
  return [...analysis.assignments()].map((kind) => kind.id);
}
