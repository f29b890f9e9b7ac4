import { asc, eq, lt } from 'drizzle-orm';
import type { AuditStore } from '../../src/ports/audit-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { forgetRows } from './forget.ts';
import { audit } from './schema/index.ts';

export function createAuditStore(database: Database): AuditStore {
  const { orm } = database;
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

    forget: (before) => forgetRows(database, audit, lt(audit.at, before)),
  });
}
