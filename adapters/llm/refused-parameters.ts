import { providerError, refusedParameter } from './provider-error.ts';

/** Asks with everything that is not refused yet. */
export type AskWithout<Name extends string> = <Answer>(
  attempt: (without: ReadonlySet<Name>) => Promise<Answer>,
) => Promise<Answer>;

/**
 * Models and servers refuse parameters that others want. One that is refused is left out, for good, and the request
 * is sent again; any other failure becomes ours.
 */
export function createAskWithout<Name extends string>(
  provider: string,
  optional: readonly Name[],
): AskWithout<Name> {
  const refused = new Set<Name>();
  return async (attempt) => {
    for (;;) {
      // Calls run side by side: what this one left out is not what was refused meanwhile.
      const without = new Set(refused);
      try {
        return await attempt(without);
      } catch (error) {
        const parameter = refusedParameter(error, optional);
        if (parameter === undefined || without.has(parameter)) throw providerError(provider, error);
        refused.add(parameter);
      }
    }
  };
}
