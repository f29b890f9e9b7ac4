import { connectPlatforms, openParts } from '../compose.ts';
import { environment, loadConfig } from '../config.ts';
import { AppError } from '../domain/errors.ts';
import type { PlatformName } from '../domain/thread-ref.ts';
import type { Part } from '../ports/health.ts';
import { type CommandLine, packageRoot, packageVersion, readArguments } from './command-line.ts';

type Finding = { part: string; result: 'ok' | 'degraded' | 'failed'; detail: string };

/** Chroma needs a moment to start; a doctor that does not wait would always find it away. */
const PATIENCE_MS = 15_000;
const EVERY_MS = 250;

/** Opens each part as `start` would and says what it found. Exit status 1 when a needed part fails. */
export const runDoctor: CommandLine = async (args) => {
  readArguments({ args, options: {} });
  const findings = await examine();
  process.stdout.write(table(findings));
  return findings.some((finding) => finding.result === 'failed') ? 1 : 0;
};

async function examine(): Promise<Finding[]> {
  const findings: Finding[] = [];
  let looking = 'configuration';
  try {
    const config = loadConfig(environment());
    findings.push({ part: looking, result: 'ok', detail: 'read and valid' });
    const root = packageRoot();
    const surroundings = {
      packageRoot: root,
      version: packageVersion(root),
      writeLog: () => undefined,
    };
    const opened = await openParts(config, surroundings, (part) => {
      looking = part;
    });
    try {
      looking = 'platforms';
      const connected = connectPlatforms(config, surroundings, opened);
      const parts = [...opened.parts, ...connected.flatMap(({ part }) => part ?? [])];
      findings.push(...(await Promise.all(parts.map(patiently))));
      findings.push(platforms(connected.map(({ platform }) => platform.name)));
    } finally {
      await opened.closing.run().catch(() => undefined);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // The embedded store belongs to the product while that runs, and so do its other parts.
    const result = error.code === 'conflict' ? 'degraded' : 'failed';
    findings.push({ part: looking, result, detail: error.message });
  }
  return findings;
}

const PLATFORM_NAMES: Record<PlatformName, string> = {
  console: 'the console in the browser',
  slack: 'Slack',
  teams: 'Microsoft Teams',
};

function platforms(connected: readonly PlatformName[]): Finding {
  if (connected.length === 0) {
    const detail = 'none: set SITREP_CONSOLE=true to use the console in the browser';
    return { part: 'platforms', result: 'failed', detail };
  }
  const names = connected.map((name) => PLATFORM_NAMES[name]).join(', ');
  const hint = connected.includes('slack') ? '' : '; no Slack credentials are set';
  return { part: 'platforms', result: 'ok', detail: `${names}${hint}` };
}

async function patiently(part: Part): Promise<Finding> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const { status, detail } = await part.health();
    if (status === 'up') return { part: part.name, result: 'ok', detail };
    if (Date.now() >= until || part.needed) {
      return { part: part.name, result: part.needed ? 'failed' : 'degraded', detail };
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

function table(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map((finding) => finding.part.length));
  return findings
    .map(({ part, result, detail }) => `${part.padEnd(width)}  ${result.padEnd(8)}  ${detail}\n`)
    .join('');
}
