import { createHash } from 'node:crypto';
import type { Request } from 'express';

/** 132 bits: two tokens never meet. */
const HASH_LETTERS = 22;

/** The guard has checked the token; without one, clients are told apart by their address. */
export function clientOf(request: Request): string {
  const token = /^bearer +(\S+) *$/i.exec(request.get('authorization') ?? '')?.[1];
  if (token === undefined) return `address ${request.socket.remoteAddress ?? ''}`;
  // Hashed: what tells clients apart is written to places that are not for tokens.
  return `token ${createHash('sha256').update(token).digest('base64url').slice(0, HASH_LETTERS)}`;
}
