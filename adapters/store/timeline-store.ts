import { asc, eq } from 'drizzle-orm';
import type { TimelineStore } from '../../src/ports/timeline-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { timeline } from './schema/index.ts';

export function createTimelineStore({ orm }: Database): TimelineStore {
  return atBorder<TimelineStore>({
    async add({ incidentId, eventKey, author, text, at }) {
      const added = await orm
        .insert(timeline)
        .values({
          incidentId,
          eventKey,
          authorId: author.id,
          authorName: author.name,
          authorIsBot: author.isBot,
          text,
          at,
        })
        .onConflictDoNothing({ target: timeline.eventKey })
        .returning({ position: timeline.position });
      return added.length > 0;
    },

    async ofIncident(incidentId) {
      const found = await orm
        .select()
        .from(timeline)
        .where(eq(timeline.incidentId, incidentId))
        .orderBy(asc(timeline.position));
      return found.map((row) => ({
        incidentId: row.incidentId,
        eventKey: row.eventKey,
        author: { id: row.authorId, name: row.authorName, isBot: row.authorIsBot },
        text: row.text,
        at: row.at,
      }));
    },
  });
}
