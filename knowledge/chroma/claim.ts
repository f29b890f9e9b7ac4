import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { isRunning, type ProcessMark, processMarkSchema } from './process-mark.ts';

const claimSchema = z.object({
  /** The Sitrep process that runs the server on this folder. */
  owner: processMarkSchema,
  server: processMarkSchema.extend({ port: z.number().int().positive() }).optional(),
});
export type Claim = z.infer<typeof claimSchema>;

/** What the file says; a damaged one says nothing. */
export function readClaim(file: string): Claim | undefined {
  try {
    return claimSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** At once or not at all: a reader never sees half of it. */
export function writeClaim(file: string, claim: Claim): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(claim)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

export function dropClaim(file: string, owner: ProcessMark): void {
  if (isOf(readClaim(file), owner)) rmSync(file, { force: true });
}

export function isOf(claim: Claim | undefined, owner: ProcessMark): boolean {
  return claim?.owner.pid === owner.pid && claim.owner.startedAs === owner.startedAs;
}

/** Whether somebody else holds it who still runs. */
export function isForeign(claim: Claim, owner: ProcessMark): boolean {
  return !isOf(claim, owner) && isRunning(claim.owner);
}
