import { asc, eq } from 'drizzle-orm';
import type { AuditStore } from '../../src/ports/audit-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { audit } from './schema/index.ts';

export function createAuditStore({ orm }: Database): AuditStore {
  return atBorder<AuditStore>({
    async add(entry) {
      await orm.insert(audit).values(entry);
    },

    async ofSubject(subject) {
      const found = await orm
        .select()
        .from(audit)
        .where(eq(audit.subject, subject))
        .orderBy(asc(audit.position));
      return found.map(({ at, actor, action, detail }) => ({
        at,
        actor,
        action,
        subject,
        ...(detail === null ? {} : { detail }),
      }));
    },
  });
}
