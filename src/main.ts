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
  prompts: {
    run: async (args) => (await import('./commands/prompts.ts')).runPrompts(args),
    usage: 'prompts compare [--since 30d] [--json]',
    summary: 'what people think of the explanations of each prompt, and whether one is better',
  },
  knowledge: {
    run: async (args) => (await import('./commands/knowledge.ts')).runKnowledge(args),
    usage:
      'knowledge ingest PATH... [--reset] [--collection NAME] | search QUERY [-k N] [--collection NAME] | search --jsonl FILE | status',
    summary: 'reads documents in, searches them, says what there is',
  },
  redact: {
    run: async (args) => (await import('./commands/redact.ts')).runRedact(args),
    usage: 'redact [FILE|-]',
    summary: 'shows what would leave, with placeholders for secrets and personal data',
  },
  model: {
    run: async (args) => (await import('./commands/model.ts')).runModel(args),
    usage: 'model train [--data FOLDER] [--output F] | evaluate --jsonl FILE | status',
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
  if (asksForHelp(rest)) {
    process.stdout.write(`${described(command)}\n`);
    return 0;
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
  const commands = Object.values(COMMANDS).map((command) => `${described(command)}\n`);
  return `Sitrep does an on-call team's first ten minutes.\n\n${commands.join('')}`;
}

/** A line for each way to call it, and what it does below: some take too much for a column beside it. */
function described({ usage, summary }: { usage: string; summary: string }): string {
  const [first = '', ...others] = usage.split(' | ');
  const name = first.split(' ', 1)[0] ?? '';
  const ways = [first, ...others.map((other) => `${name} ${other}`)];
  return `${ways.map((way) => `  sitrep ${way}\n`).join('')}      ${summary}`;
}

/** Behind `--` it is a word of the text. */
function asksForHelp(args: string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).some((arg) => arg === '--help' || arg === '-h');
}

process.exitCode = await main(process.argv.slice(2));
