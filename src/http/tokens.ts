import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Hashed first, so that neither length nor content shows in how long the comparison takes. */
export function isSameSecret(left: string, right: string): boolean {
  return timingSafeEqual(sha256(left), sha256(right));
}

/** Looks at every token, so that the time does not tell which one came near. */
export function isOneOf(tokens: readonly string[], given: string): boolean {
  return tokens.filter((token) => isSameSecret(token, given)).length > 0;
}

const TWELVE_HOURS_MS = 12 * 60 * 60 * 1_000;

/**
 * A browser that signed in carries when that ends, signed with the token it signed in with: the cookie does
 * not hold the token, every process with the same configuration knows it, and taking a token out of the
 * configuration ends its sessions.
 */
export function createSession(token: string, now: Date): { value: string; maxAgeMs: number } {
  const expires = String(now.getTime() + TWELVE_HOURS_MS);
  return { value: `${expires}.${signature(token, expires)}`, maxAgeMs: TWELVE_HOURS_MS };
}

export function isLiveSession(tokens: readonly string[], value: string, now: Date): boolean {
  const [, expires, signed] = /^(\d{1,15})\.([\w-]{43})$/.exec(value) ?? [];
  if (expires === undefined || signed === undefined) return false;
  if (Number(expires) <= now.getTime()) return false;
  return isOneOf(
    tokens.map((token) => signature(token, expires)),
    signed,
  );
}

function signature(token: string, expires: string): string {
  return createHmac('sha256', token).update(`sitrep session ${expires}`).digest('base64url');
}
