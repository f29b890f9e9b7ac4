#!/usr/bin/env node
import {
  type CommandLine,
  packageRoot,
  packageVersion,
  WrongUse,
} from './commands/command-line.ts';
import { AppError } from './domain/errors.ts';
import { nearest } from './domain/nearest.ts';

/** Each is loaded when it is called: the product's whole code takes a second. */
const COMMANDS: Record<string, { run: CommandLine; usage: string; summary: string }> = {
  start: {
    run: async (args) => (await import('./commands/start.ts')).runStart(args),
    usage: 'start [--role all|web|worker] [--port N]',
    summary: 'runs the product',
  },
  doctor: {
    run: async (args) => (await import('./commands/doctor.ts')).runDoctor(args),
    usage: 'doctor',
    summary: 'checks configuration and parts, says how to mend each failure',
  },
  classify: {
    run: async (args) => (await import('./commands/classify.ts')).runClassify(args),
    usage: 'classify [TEXT...] [--file F|-] [--jsonl] [--fast]',
    summary: 'triage without posting or storing',
  },
  logs: {
    run: async (args) => (await import('./commands/logs.ts')).runLogs(args),
    usage: 'logs [--file F|-] [--json] [--assign] [--baseline F]',
    summary: 'analyses a log: what broke first, what is loudest, what is new',
  },
  rca: {
    run: async (args) => (await import('./commands/rca.ts')).runRca(args),
    usage: 'rca [FILE|-] [--json] [--audience executive|customer|engineer]',
    summary: 'puts a root cause analysis into plain words',
  },
  knowledge: {
    run: async (args) => (await import('./commands/knowledge.ts')).runKnowledge(args),
    usage:
      'knowledge ingest PATH... [--reset] | search QUERY [-k N] | search --jsonl FILE | status',
    summary: 'reads documents in, searches them, says what there is',
  },
  redact: {
    run: async (args) => (await import('./commands/redact.ts')).runRedact(args),
    usage: 'redact [FILE|-]',
    summary: 'shows what would leave, with placeholders for secrets and personal data',
  },
  model: {
    run: async (args) => (await import('./commands/model.ts')).runModel(args),
    usage: 'model train|evaluate --jsonl FILE|status',
    summary: 'trains the local model, scores it on labelled texts, says what it is',
  },
  jobs: {
    run: async (args) => (await import('./commands/jobs.ts')).runJobs(args),
    usage: 'jobs [retry JOB ID]',
    summary: 'lists the jobs that were given up, or tries one again',
  },
};

/** Exit status: 0 done, 1 failed, 2 wrong use. Results go to standard output, the rest to standard error. */
async function main(args: string[]): Promise<number> {
  const [name = 'help', ...rest] = args;
  if (name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(help());
    return 0;
  }
  if (name === '--version' || name === 'version') {
    process.stdout.write(`${packageVersion(packageRoot())}\n`);
    return 0;
  }
  const command = COMMANDS[name];
  if (!command) {
    const hint = nearest(name, Object.keys(COMMANDS));
    return wrongUse(`There is no command "${name}"${hint ? `; did you mean "${hint}"?` : '.'}`);
  }
  try {
    return await command.run(rest);
  } catch (error) {
    if (error instanceof WrongUse) return wrongUse(`${error.message} Use: sitrep ${command.usage}`);
    if (error instanceof AppError) {
      process.stderr.write(`sitrep: ${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

function wrongUse(message: string): number {
  process.stderr.write(`sitrep: ${message}\n`);
  return 2;
}

function help(): string {
  const width = Math.max(...Object.values(COMMANDS).map((command) => command.usage.length));
  const lines = Object.values(COMMANDS).map(
    (command) => `  sitrep ${command.usage.padEnd(width)}  ${command.summary}\n`,
  );
  return `Sitrep does an on-call team's first ten minutes.\n\n${lines.join('')}`;
}

process.exitCode = await main(process.argv.slice(2));
