import { eq, lt } from 'drizzle-orm';
import type { InboxStore } from '../../src/ports/inbox-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { forgetRows } from './forget.ts';
import { inbox } from './schema/index.ts';

export function createInboxStore(database: Database): InboxStore {
  const { orm } = database;
  return atBorder<InboxStore>({
    async has(eventKey) {
      const found = await orm
        .select({ eventKey: inbox.eventKey })
        .from(inbox)
        .where(eq(inbox.eventKey, eventKey));
      return found.length > 0;
    },

    async note(eventKey, at) {
      await orm.insert(inbox).values({ eventKey, at }).onConflictDoNothing();
    },

    forget: (before) => forgetRows(database, inbox, lt(inbox.at, before)),
  });
}
