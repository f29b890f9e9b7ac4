/**
 * Lines a second and peak memory over two million raw lines, beside `sort | uniq -c` on the same file in the
 * same run. The analysis runs in a process of its own, so that its peak is its own.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLogAnalysis, readLog, reportLogs } from '../../src/logs/index.ts';
import { ASSUMED_YEAR, evaluationLogs } from './logs-data.ts';
import { printTable } from './statistics.ts';

const LINES = 2_000_000;
const CHUNK = 256 * 1024;

/** All evaluation logs in turn, again and again; lines of our own where those are absent. */
async function writeLog(path: string): Promise<{ lines: number; source: string }> {
  const logs = evaluationLogs().map(({ raw }) => raw);
  const source = logs.length > 0 ? 'the evaluation logs, repeated' : 'generated lines';
  const blocks = logs.length > 0 ? logs : [generated()];
  const out = createWriteStream(path);
  let lines = 0;
  while (lines < LINES) {
    for (const block of blocks) {
      lines += block.length;
      if (!out.write(`${block.join('\n')}\n`)) await once(out, 'drain');
    }
  }
  out.end();
  await once(out, 'finish');
  return { lines, source };
}

function generated(): string[] {
  return Array.from({ length: 2_000 }, (_, i) => {
    const time = new Date(1_700_000_000_000 + i * 250).toISOString();
    const kinds = [
      `INFO  [worker-${i % 8}] app.Orders: order ${i * 7919} of user u${i % 97} took ${i % 400} ms`,
      `WARN  [worker-${i % 8}] app.Pool: ${i % 50} of 50 connections to 10.0.${i % 9}.${i % 250}:5432 in use`,
      `INFO  [http-${i % 16}] app.Http: GET /orders/${i * 31}/items answered 200 in ${i % 90} ms`,
    ];
    return `${time} ${kinds[i % kinds.length]}`;
  });
}

async function measure(path: string): Promise<void> {
  const started = performance.now();
  const analysis = createLogAnalysis({ assumedYear: ASSUMED_YEAR });
  await readLog(createReadStream(path, { highWaterMark: CHUNK }), analysis);
  const result = reportLogs(analysis.finish(), (text) => text);
  process.stdout.write(
    JSON.stringify({
      seconds: (performance.now() - started) / 1000,
      templates: result.templates,
      peakMb: process.resourceUsage().maxRSS / 1024,
    }),
  );
}

async function output(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with status ${code}.`);
  return text;
}

export async function measureSpeed(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sitrep-logs-'));
  const path = join(folder, 'big.log');
  try {
    const { lines, source } = await writeLog(path);
    const own = fileURLToPath(import.meta.url);
    const analysed = JSON.parse(await output(process.execPath, [own, path])) as {
      seconds: number;
      templates: number;
      peakMb: number;
    };
    const started = performance.now();
    await output('sh', ['-c', 'sort "$1" | uniq -c | tail -1', 'sh', path]);
    const sorted = (performance.now() - started) / 1000;
    const rate = (seconds: number) => Math.round(lines / seconds).toLocaleString('en');
    printTable([
      [
        `${lines.toLocaleString('en')} lines (${source})`,
        'seconds',
        'lines a second',
        'peak MB',
        'kinds',
      ],
      [
        'sitrep logs',
        analysed.seconds.toFixed(1),
        rate(analysed.seconds),
        analysed.peakMb.toFixed(0),
        String(analysed.templates),
      ],
      ['sort | uniq -c', sorted.toFixed(1), rate(sorted), '', ''],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, script, path] = process.argv;
if (script === fileURLToPath(import.meta.url))
  await (path === undefined ? measureSpeed() : measure(path));
