/** Where a Chroma server is expected to answer. */
export type Place = {
  address: string;
  /** For people, after "Chroma is": `at http://host:8000`. */
  described: string;
  pid?: number;
  port?: number;
  /** Settles when it is certain that nobody answers there any more. */
  gone: Promise<unknown>;
  /** So long may it be silent before another place is looked for. */
  patienceMs: number;
  /** Leaves nothing of ours behind. */
  leave(): Promise<void>;
};

/** Rejects with an `AppError` whose sentence says why there is none; one that is not retryable is final. */
export type FindPlace = (signal: AbortSignal) => Promise<Place>;

export const NEVER: Promise<never> = new Promise(() => undefined);

/** A server that somebody else runs. */
export function remotePlace(url: string): FindPlace {
  return async () => ({
    address: url,
    // The rest of the address may hold a password.
    described: `at ${new URL(url).origin}`,
    gone: NEVER,
    patienceMs: Number.POSITIVE_INFINITY,
    leave: async () => undefined,
  });
}
