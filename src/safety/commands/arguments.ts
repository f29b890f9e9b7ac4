export type Args = readonly string[];

export type Call = {
  names: RegExp;
  /** Why this call is dangerous, if it is. */
  reason(args: Args, program: string): string | undefined;
};

/** Whether a short flag is among bundled ones (`-rf`), or a long one is there. */
export function hasFlag(args: Args, short: string, ...long: readonly string[]): boolean {
  return args.some(
    (arg) =>
      (short !== '' &&
        /^-[A-Za-z0-9]+$/.test(arg) &&
        [...short].some((flag) => arg.includes(flag, 1))) ||
      long.some((name) => arg === name || arg.startsWith(`${name}=`)),
  );
}

export function hasWord(args: Args, pattern: RegExp): boolean {
  return args.some((arg) => pattern.test(arg));
}

/** The words that are no options, nor the values of those options that take one. */
export function operands(args: Args, takesValue: RegExp = /^$/): string[] {
  const found: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (takesValue.test(arg)) at++;
    else if (!/^-./.test(arg)) found.push(arg);
  }
  return found;
}

/** Every call is dangerous. */
export function always(names: RegExp, reason: string): Call {
  return { names, reason: () => reason };
}
/** A call is dangerous when its arguments say so. */
export function when(names: RegExp, reason: string, test: (args: Args) => boolean): Call {
  return { names, reason: (args) => (test(args) ? reason : undefined) };
}
