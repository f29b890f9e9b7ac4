#!/usr/bin/env node
import { runClassify } from './commands/classify.ts';
import {
  type CommandLine,
  packageRoot,
  packageVersion,
  WrongUse,
} from './commands/command-line.ts';
import { runDoctor } from './commands/doctor.ts';
import { runJobs } from './commands/jobs.ts';
import { runLogs } from './commands/logs.ts';
import { runModel } from './commands/model.ts';
import { runRedact } from './commands/redact.ts';
import { runStart } from './commands/start.ts';
import { AppError } from './domain/errors.ts';
import { nearest } from './domain/nearest.ts';

const COMMANDS: Record<string, { run: CommandLine; usage: string; summary: string }> = {
  start: {
    run: runStart,
    usage: 'start [--role all|web|worker] [--port N]',
    summary: 'runs the product',
  },
  doctor: {
    run: runDoctor,
    usage: 'doctor',
    summary: 'checks configuration and parts, says how to mend each failure',
  },
  classify: {
    run: runClassify,
    usage: 'classify [TEXT...] [--file F|-] [--jsonl] [--fast]',
    summary: 'triage without posting or storing',
  },
  logs: {
    run: runLogs,
    usage: 'logs [--file F|-] [--json] [--assign] [--baseline F]',
    summary: 'analyses a log: what broke first, what is loudest, what is new',
  },
  redact: {
    run: runRedact,
    usage: 'redact [FILE|-]',
    summary: 'shows what would leave, with placeholders for secrets and personal data',
  },
  model: {
    run: runModel,
    usage: 'model train|evaluate --jsonl FILE|status',
    summary: 'trains the local model, scores it on labelled texts, says what it is',
  },
  jobs: {
    run: runJobs,
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
