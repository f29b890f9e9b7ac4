import { sql } from 'drizzle-orm';
import type { Part } from '../../src/ports/health.ts';
import type { Backend } from './backend.ts';

const PATIENCE_MS = 1_500;

export function createStorePart({ title, rows }: Backend): Part {
  return {
    name: 'store',
    needed: true,
    async health() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), PATIENCE_MS);
      });
      const asked = rows(sql`select 1`).then(
        () => true,
        () => false,
      );
      const answered = await Promise.race([asked, late]);
      clearTimeout(timer);
      return answered
        ? { status: 'up', detail: `${title}.` }
        : {
            status: 'down',
            detail: `${title} does not answer: nothing can be recorded until it does.`,
          };
    },
  };
}
