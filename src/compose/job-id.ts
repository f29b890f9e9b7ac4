import { createHash } from 'node:crypto';

/** Equal for equal keys; a hash, as event keys hold characters that job ids may not. */
export function jobId(purpose: string, key: string): string {
  return `${purpose}-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}
