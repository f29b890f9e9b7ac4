/** One simple command of a line: its words, where it writes to, and what it is fed. */
export type SimpleCommand = {
  words: Word[];
  /** Files that `>` empties or overwrites; `>>` only adds. */
  writes: string[];
  /** Whether the output of the command before it is its input. */
  piped: boolean;
};

export type Word = {
  text: string;
  /** Whether part of it is only known when it runs: a variable or a substitution. */
  dynamic: boolean;
  quoted: boolean;
};

export type Parsed = {
  commands: SimpleCommand[];
  /** What stands in `$(…)`, backticks and `<(…)`: command lines of their own. */
  nested: string[];
};

/** Reads a command line as a POSIX shell would, as far as it matters for telling what it runs. */
export function parseShell(line: string): Parsed {
  const parsed: Parsed = { commands: [], nested: [] };
  let command: SimpleCommand = { words: [], writes: [], piped: false };
  let word: Word | undefined;
  let redirect = false;
  let at = 0;

  const endWord = () => {
    if (!word) return;
    if (redirect) command.writes.push(word.text);
    else command.words.push(...expandBraces(word));
    redirect = false;
    word = undefined;
  };
  const endCommand = (piped: boolean) => {
    endWord();
    if (command.words.length > 0 || command.writes.length > 0) parsed.commands.push(command);
    command = { words: [], writes: [], piped };
  };
  const open = (): Word => {
    word ??= { text: '', dynamic: false, quoted: false };
    return word;
  };
  const nest = (from: number, close: string, opener: string) => {
    const end = closing(line, from, opener, close);
    parsed.nested.push(line.slice(from, end));
    open().dynamic = true;
    return end + 1;
  };

  while (at < line.length) {
    const rest = line.slice(at, at + 8);
    const c = line[at] ?? '';
    if (c === '\\') {
      if (line[at + 1] !== '\n') open().text += line[at + 1] ?? '';
      at += 2;
    } else if (c === "'") {
      const end = endOf(line, "'", at + 1);
      const current = open();
      current.quoted = true;
      current.text += line.slice(at + 1, end);
      at = end + 1;
    } else if (rest.startsWith("$'")) {
      const end = endOf(line, "'", at + 2);
      const current = open();
      current.quoted = true;
      current.text += unescapeAnsi(line.slice(at + 2, end));
      at = end + 1;
    } else if (c === '"') {
      at = doubleQuoted(at + 1);
    } else if (/^\$\{?IFS\b/.test(rest)) {
      endWord();
      at += rest.startsWith('${') ? closing(line, at + 2, '{', '}') - at + 1 : 4;
      if (/^\$[0-9@*]/.test(line.slice(at, at + 2))) at += 2;
    } else if (rest.startsWith('$(') || rest.startsWith('<(') || rest.startsWith('>(')) {
      at = nest(at + 2, ')', '(');
    } else if (c === '`') {
      const end = endOf(line, '`', at + 1);
      parsed.nested.push(line.slice(at + 1, end));
      open().dynamic = true;
      at = end + 1;
    } else if (c === '$' && /[\w{@*]/.test(line[at + 1] ?? '')) {
      at = variable(at);
    } else if (c === '>' || rest.startsWith('&>') || /^[0-9]>/.test(rest)) {
      at = redirection(at);
    } else if (c === '<') {
      endWord();
      // A here-string is input that reads like a command; a here-document follows as lines of its own.
      at += rest.startsWith('<<<') ? 3 : rest.startsWith('<<') ? 2 : 1;
    } else if (/\s/.test(c)) {
      endWord();
      if (c === '\n') endCommand(false);
      at++;
    } else if (c === '|') {
      endCommand(line[at + 1] !== '|');
      at += /^\|[|&]/.test(rest) ? 2 : 1;
    } else if (
      ';&()'.includes(c) ||
      ((c === '{' || c === '}') && !word && /^[{}](?:[\s;)]|$)/.test(rest))
    ) {
      endCommand(false);
      at++;
    } else if (c === '#' && !word && command.words.length > 0) {
      const end = line.indexOf('\n', at);
      at = end < 0 ? line.length : end;
    } else {
      open().text += c;
      at++;
    }
  }
  endCommand(false);
  return parsed;

  function doubleQuoted(from: number): number {
    const current = open();
    current.quoted = true;
    let i = from;
    while (i < line.length && line[i] !== '"') {
      if (line[i] === '\\') {
        current.text += line[i + 1] ?? '';
        i += 2;
      } else if (line.startsWith('$(', i)) {
        i = nest(i + 2, ')', '(');
      } else if (line[i] === '`') {
        const end = endOf(line, '`', i + 1);
        parsed.nested.push(line.slice(i + 1, end));
        current.dynamic = true;
        i = end + 1;
      } else if (line[i] === '$' && /[\w{@*]/.test(line[i + 1] ?? '')) {
        i = variable(i);
      } else {
        current.text += line[i];
        i++;
      }
    }
    return i + 1;
  }

  function variable(from: number): number {
    const current = open();
    current.dynamic = true;
    const end =
      line[from + 1] === '{'
        ? closing(line, from + 2, '{', '}') + 1
        : from + 1 + (/^(?:\w+|[@*])/.exec(line.slice(from + 1, from + 65))?.[0].length ?? 1);
    current.text += line.slice(from, end);
    return end;
  }

  function redirection(from: number): number {
    if (!/^[0-9]>/.test(line.slice(from, from + 2)) || word === undefined) endWord();
    const sign = /^(?:[0-9]|&)?>(?:>|\||&(?=[0-9-]))?/.exec(line.slice(from, from + 4))?.[0] ?? '>';
    // `2>&1` and `>>` empty nothing.
    if (sign.endsWith('&')) return from + sign.length + 1;
    redirect = !sign.endsWith('>>');
    if (!redirect) return from + sign.length;
    return from + sign.length;
  }
}

function endOf(line: string, quote: string, from: number): number {
  const end = line.indexOf(quote, from);
  return end < 0 ? line.length : end;
}

function closing(line: string, from: number, opener: string, close: string): number {
  let depth = 1;
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === opener) depth++;
    else if (line[at] === close && --depth === 0) return at;
  }
  return line.length;
}

/** `$'\x72\x6d'` is `rm`. */
function unescapeAnsi(text: string): string {
  return text
    .replace(/\\x([0-9a-fA-F]{1,2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replace(/\\u([0-9a-fA-F]{1,4})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replace(/\\0?([0-7]{1,3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    )
    .replace(/\\(.)/g, (_, c: string) => ({ n: '\n', t: '\t', r: '\r' })[c] ?? c);
}

/** `{rm,-rf,/}` is three words. */
function expandBraces(word: Word): Word[] {
  const match = word.quoted ? null : /^\{([^{}]*,[^{}]*)\}$/.exec(word.text);
  if (!match?.[1]) return [word];
  return match[1].split(',').map((text) => ({ ...word, text }));
}
