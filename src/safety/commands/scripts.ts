import { type Args, type Call, hasWord, operands } from './arguments.ts';

const RUNS = 'Its script deletes files or runs other programs.';
const REWRITES = 'It rewrites a file of the system.';
const SYSTEM_FILE =
  /^\/(?:etc|boot|bin|sbin|lib|lib64|usr|root|sys|proc|var\/lib|var\/spool\/cron)\//;

/** Languages whose conditions and bars are not a shell's: each is read as what it is. */
export const SCRIPT_CALLS: readonly Call[] = [
  { names: /^(?:awk|gawk|mawk|nawk|original-awk)$/, reason: awk },
  { names: /^(?:sed|gsed|ssed)$/, reason: sed },
  {
    names: /^(?:perl|ruby)$/,
    reason: (args) =>
      hasWord(args, /^-[A-Za-z0-9]*i/) && args.some((arg) => SYSTEM_FILE.test(arg))
        ? REWRITES
        : undefined,
  },
  {
    names: /^bpftrace$/,
    reason: (args) => (hasWord(args, /^--unsafe$|\bsystem\s*\(/) ? RUNS : undefined),
  },
];

/** `print | "sh"`, `"date" | getline`, `@f()`: only what sorts, and nothing joined to it, may be handed lines. */
const AWK_RUNS =
  /\bsystem\s*\(|@\w+|\|&|(?<!\|)\|\s*"(?!sort(?: -[rnkuVhg0-9,.]+)*"\s*(?:[;})]|$))|(?<!\|)\|\s*getline\b|\bprintf?\b[^}|]*(?<!\|)\|\s*[A-Za-z_]/;
const AWK_WRITES = />\s*"([^"]*)"/g;

function awk(args: Args): string | undefined {
  if (hasWord(args, AWK_RUNS)) return RUNS;
  const inPlace = args.includes('inplace') && args.some((arg) => SYSTEM_FILE.test(arg));
  const writes = args.some((arg) =>
    [...arg.matchAll(AWK_WRITES)].some(([, file = '']) => SYSTEM_FILE.test(file)),
  );
  return inPlace || writes ? REWRITES : undefined;
}

/** GNU's `e` runs the line, or what follows, as a command. */
const SED_RUNS = /(?:^|[;{]|[0-9$/])\s*e(?:\s|$|;)|[/|#,][gpiI0-9]*e[gpiI0-9]*\s*(?:;|$)/;

function sed(args: Args): string | undefined {
  const scripts = args.filter((_, at) => /^(?:-e|--expression)$/.test(args[at - 1] ?? ''));
  const script = scripts.length > 0 ? scripts : operands(args).slice(0, 1);
  if (script.some((text) => SED_RUNS.test(text))) return RUNS;
  const inPlace = hasWord(args, /^(?:-[nErsz]*i|--in-place)/);
  const named = inPlace && args.some((arg) => SYSTEM_FILE.test(arg));
  return named || script.some((text) => /\bw\s*\/(?:etc|boot|usr)\//.test(text))
    ? REWRITES
    : undefined;
}
