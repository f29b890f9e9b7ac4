import { foldLookalikes, INVISIBLE } from '../characters.ts';
import { dangerousCall, dangerousWrite, isInert, isInterpreter, isWrapper } from './programs.ts';
import { parseShell, type SimpleCommand, type Word } from './shell.ts';
import { dangerousStatement, isQuery, isStatement, speaksSql } from './statements.ts';

export type CommandVerdict = { dangerous: boolean; reason?: string };

/** `echo 'disable server …' | socat … admin.sock`. */
const ORDER_TO_A_SOCKET =
  /\b(?:disable|shutdown|clear|del|set|add|release|operator)\b[^|\n]{0,200}\|\s*(?:sudo\s+)?(?:socat|nc|ncat)\b[^|\n]{0,200}(?:\.sock\b|haproxy|-U\b)/i;
/** Nobody checks a longer one by eye before pressing enter. */
const LONGEST = 4_000;
/** `sh -c "ssh host 'sh -c …'"`: deeper nesting than this is there to hide something. */
const DEEPEST = 5;

const SAFE: CommandVerdict = { dangerous: false };

/**
 * Whether a command destroys data, stops service for many, or hides what it does. Wrong on the careful
 * side: a dangerous command is shown with a mark and never offered as a button.
 */
export function assessCommand(command: string): CommandVerdict {
  if (command.length > LONGEST) return danger('It is too long to be checked.');
  const hidden = disguise(command);
  if (hidden) return danger(hidden);
  const reason = reasonIn(withoutPrompt(foldLookalikes(command.normalize('NFKC'))), 0);
  return reason === undefined ? SAFE : danger(reason);
}

function danger(reason: string): CommandVerdict {
  return { dangerous: true, reason };
}

function disguise(command: string): string | undefined {
  if (command.replace(INVISIBLE, '') !== command || /[^\P{Cc}\n\r\t]/u.test(command)) {
    return 'It holds characters that are not shown.';
  }
  if (/\p{Cs}/u.test(command)) return 'It holds broken characters.';
  if (foldLookalikes(command) !== command) return 'It holds letters that only look like others.';
  return undefined;
}

/** Documents show prompts: `$ `, `# `, `PS C:\> `, `mysql> `. */
function withoutPrompt(command: string): string {
  return command
    .trim()
    .replace(/^```\w*\n?|```$/g, '')
    .replace(
      /^(?:\[?[\w.-]+@[\w.-]+[^\n$#]{0,40}[$#]|[$#%]|PS [^>\n]{0,80}>|\w{2,12}[>#])[ \t]+/gm,
      '',
    );
}

function reasonIn(line: string, depth: number): string | undefined {
  if (depth > DEEPEST) return 'It hides what it runs in too many layers.';
  if (isForkBomb(line)) return 'It starts copies of itself until the machine stands still.';
  if (/\/dev\/(?:tcp|udp)\//.test(line)) return 'It opens a connection from the shell.';
  if (ORDER_TO_A_SOCKET.test(line)) return 'It gives orders to a running program.';
  if (isStatement(line)) {
    const statement = dangerousStatement(line);
    if (statement) return statement;
  }
  const parsed = parseShell(line);
  for (const nested of parsed.nested) {
    const reason = reasonIn(nested, depth + 1);
    if (reason) return reason;
  }
  const talksSql = parsed.commands.some((command) =>
    command.words.some(({ text }) => speaksSql(text)),
  );
  if (talksSql) {
    const statement = dangerousStatement(line);
    if (statement) return statement;
  }
  for (const command of parsed.commands) {
    const reason = ofCommand(command, depth, isQuery(line));
    if (reason) return reason;
  }
  return runsWhatItFetched(parsed.commands) ? 'It runs what it has just fetched.' : undefined;
}

/** `curl … -o /tmp/x && sh /tmp/x`. */
function runsWhatItFetched(commands: readonly SimpleCommand[]): boolean {
  const at = commands.findIndex(({ words }) =>
    /^(?:curl|wget|scp|fetch)$/.test(words[0]?.text ?? ''),
  );
  const fetch = commands[at];
  if (!fetch) return false;
  const files = [...fetch.writes, ...fetch.words.slice(1).map(({ text }) => baseName(text))];
  const names = new Set(files.map(baseName).filter((name) => name.length > 0));
  return commands.slice(at + 1).some(({ words }) => {
    const program = words.find(({ text }) => !/^(?:sudo|doas|nohup|env)$/.test(text));
    if (!program) return false;
    if (/\//.test(program.text) && names.has(baseName(program.text))) return true;
    const runs = isInterpreter(baseName(program.text)) || baseName(program.text) === 'chmod';
    return runs && words.some((word) => word !== program && names.has(baseName(word.text)));
  });
}

function ofCommand(command: SimpleCommand, depth: number, query = false): string | undefined {
  for (const target of command.writes) {
    const reason = dangerousWrite(target);
    if (reason) return reason;
  }
  const words = withoutAssignments(command.words);
  const name = words[0];
  if (!name)
    return command.writes.some((it) => !/^\/dev\/null$/.test(it))
      ? 'It empties a file.'
      : undefined;
  if (name.dynamic || (!query && /[*?[]/.test(name.text) && !/^\[\[?$/.test(name.text)))
    return 'What it runs is only known when it runs.';
  if (/[^\x20-\x7e]/.test(name.text)) return 'The name of its program has unusual letters.';

  const program = baseName(name.text);
  const args = words.slice(1);
  if (isInterpreter(program)) {
    if (command.piped && !runsFile(args))
      return `It runs what another program hands to ${program}.`;
    if (args.some((arg) => arg.dynamic && isCode(args, arg)))
      return `It makes up what ${program} runs.`;
  }
  if (command.piped && /^(?:at|batch|crontab)$/.test(program)) {
    return 'It schedules what it is handed.';
  }
  const texts = args.map(({ text }) => text);
  const own = dangerousCall(program, texts);
  if (own) return own;
  if (isInert(program, texts)) return undefined;

  for (const arg of args) {
    // What has a space in it can be a command line of its own: `sh -c "…"`, `ssh host '…'`.
    if (!/\s|;/.test(arg.text)) continue;
    const reason =
      reasonIn(arg.text, depth + 1) ??
      (/^[\w-]+=/.test(arg.text)
        ? reasonIn(arg.text.replace(/^[\w-]+=/, ''), depth + 1)
        : undefined);
    if (reason) return reason;
  }
  return isWrapper(program) ? wrapped(program, args, command.piped, depth) : undefined;
}

/** The first word after these names a machine, a user or a verb, not a program. */
const NAMES_FIRST =
  /^(?:ssh|mosh|docker|podman|nerdctl|crictl|kubectl|oc|k|su|runuser|chroot|lxc|flock|ip|ansible|salt|pssh|pdsh|dsh|nsenter|vagrant)$/;

/** `sudo`, `xargs`, `ssh host`, `find -exec`: any of the words may be where the inner command begins. */
function wrapped(
  wrapper: string,
  args: readonly Word[],
  piped: boolean,
  depth: number,
): string | undefined {
  if (
    /^(?:kubectl|oc|k)$/.test(wrapper) &&
    !args.some(({ text }) => /^(?:exec|debug|run)$/.test(text))
  ) {
    return undefined;
  }
  let skip = NAMES_FIRST.test(wrapper) ? 1 : 0;
  for (let at = 0; at < Math.min(args.length, 40); at++) {
    const inner = args.slice(at);
    const first = inner[0];
    if (!first || first.dynamic || !/^[\w./+][\w./+-]*$/.test(first.text)) continue;
    if (skip-- > 0) continue;
    // `find .` is a place, not a file to be read in.
    if (first.text === '.') continue;
    const program = baseName(first.text);
    const texts = inner.slice(1).map(({ text }) => text);
    const own = dangerousCall(program, texts);
    if (own) return own;
    if (isInert(program, texts)) return undefined;
    if (isInterpreter(program) || isWrapper(program)) {
      return ofCommand({ words: inner, writes: [], piped }, depth + 1);
    }
  }
  return undefined;
}

const BEFORE_NAME = /^(?:[A-Za-z_]\w*\+?=.*|then|do|else|elif|if|while|until|!|time|in)$/s;

function withoutAssignments(words: readonly Word[]): readonly Word[] {
  const from = words.findIndex(({ text }) => !BEFORE_NAME.test(text));
  return from < 0 ? [] : words.slice(from);
}

/** `/bin/rm`, `RM.EXE` and `rm` are one. */
function baseName(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? path).toLowerCase().replace(/\.exe$/, '');
}

function runsFile(args: readonly Word[]): boolean {
  const first = args.find(({ text }) => !text.startsWith('-'));
  return first !== undefined && !args.some(({ text }) => text === '-s' || text === '-');
}

function isCode(args: readonly Word[], arg: Word): boolean {
  const at = args.indexOf(arg);
  return at === 0 || /^-\w*[ce]$/.test(args[at - 1]?.text ?? '');
}

function isForkBomb(line: string): boolean {
  const dense = line.replace(/\s+/g, '');
  const match = /([\w:.]{1,20})\(\)\{\1\|\1&\};?\1/.exec(dense);
  return match !== null || /%0\|%0/.test(dense);
}
