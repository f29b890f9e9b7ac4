import { AppError } from '../../src/domain/errors.ts';
import type { Page, Pager } from '../../src/ports/escalation.ts';

export type FakePager = Pager & {
  /** What rang, each dedupe key once. */
  pages(): Page[];
  failNext(error?: AppError): void;
};

/** A pager that remembers whom it woke. */
export function createFakePager(name = 'the pager'): FakePager {
  const rang = new Map<string, Page>();
  const failures: AppError[] = [];
  return {
    name,
    async page(page, signal) {
      signal?.throwIfAborted();
      const failure = failures.shift();
      if (failure) throw failure;
      if (!rang.has(page.dedupeKey)) rang.set(page.dedupeKey, page);
    },
    pages: () => [...rang.values()],
    failNext(error = new AppError('unavailable', 'The pager is away.')) {
      failures.push(error);
    },
  };
}
