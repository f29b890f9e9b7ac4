import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { AppError } from '../../src/domain/errors.ts';
import type { DocumentStore, KnownChunk, KnownDocument } from '../../src/ports/document-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { present } from './present.ts';
import { chunks, documentChanges, documents, removedDocuments } from './schema/index.ts';

/** Whoever is further behind reads everything anew, which by then is hardly more work. */
const REMOVALS_KEPT_FOR_CHANGES = 50_000;

/**
 * Takes the next number and keeps its row locked until the transaction has ended, so changes appear in the
 * order of their numbers. Every other part of a statement draws from it: no two writers wait for each other.
 */
const NUMBER = sql`number as (
  insert into ${documentChanges} (one, last, forgotten) values (true, 1, 0)
  on conflict (one) do update set last = ${documentChanges.last} + 1,
    forgotten = greatest(${documentChanges.forgotten}, ${documentChanges.last} + 1 - ${REMOVALS_KEPT_FOR_CHANGES}::bigint)
  returning last, forgotten
)`;

/**
 * One parameter however many there are. As an array, because it is known before the plan is run: `in (select ...)`
 * reads the whole table where nobody has analysed it.
 */
const among = (column: PgColumn, values: readonly string[]): SQL =>
  sql`${column} = any(array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb)))`;

export function createDocumentStore({ orm, rows }: Database): DocumentStore {
  return atBorder<DocumentStore>({
    async put({ document, chunks: given }) {
      const { id } = document;
      await orm.transaction(async (inside) => {
        await inside.execute(upsert(document));
        // A statement of its own: it sees what others committed while this one waited for its number.
        const kept = await inside.execute(sql`
          with given as (
            select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
              as given (id text, position integer, section jsonb, text text, line integer, checksum text)
          ),
          restored as (delete from ${removedDocuments} where ${eq(removedDocuments.id, id)}),
          gone as (
            delete from ${chunks}
            where ${eq(chunks.documentId, id)} and ${chunks.id} not in (select id from given)
          )
          insert into ${chunks} (id, document_id, position, section, text, line, checksum)
          select id, ${id}::text, position, section, text, line, checksum from given
          on conflict (id) do update set position = excluded.position, section = excluded.section,
            text = excluded.text, line = excluded.line, checksum = excluded.checksum
          where ${chunks.documentId} = excluded.document_id
          returning 1`);
        const written = (kept as { rows: unknown[] }).rows.length;
        if (written < given.length) {
          throw new AppError('conflict', `A chunk of document ${id} belongs to another document.`);
        }
      });
    },

    async remove(documentIds) {
      if (documentIds.length === 0) return;
      await rows(sql`
        with ${NUMBER},
        old as (
          delete from ${removedDocuments} using number
          where ${removedDocuments.change} <= number.forgotten
        ),
        gone as (
          delete from ${documents} using number where ${among(documents.id, documentIds)}
          returning ${documents.id} as id, number.last as change
        )
        insert into ${removedDocuments} (id, change) select id, change from gone`);
    },

    counts: () =>
      rows(sql`
        select ${documents.collection} as collection, count(*)::integer as documents,
          coalesce(sum(parts.count), 0)::integer as chunks
        from ${documents} left join (
          select ${chunks.documentId} as id, count(*) as count from ${chunks} group by 1
        ) parts on parts.id = ${documents.id}
        group by 1 order by 1`),

    async list(collection) {
      const found = await orm
        .select()
        .from(documents)
        .where(collection === undefined ? undefined : eq(documents.collection, collection))
        .orderBy(sql`${documents.source} collate "C"`, sql`${documents.collection} collate "C"`);
      return found.map(toDocument);
    },

    chunks({ collection, after, limit }) {
      const inCollection =
        collection === undefined
          ? undefined
          : sql`exists (select 1 from ${documents} where ${documents.id} = ${chunks.documentId} and ${eq(documents.collection, collection)})`;
      return orm
        .select()
        .from(chunks)
        .where(and(after === undefined ? undefined : gt(chunks.id, after), inCollection))
        .orderBy(asc(chunks.id))
        .limit(limit);
    },

    chunksById: (chunkIds) => orm.select().from(chunks).where(among(chunks.id, chunkIds)),

    async change() {
      const [row] = await orm.select({ last: documentChanges.last }).from(documentChanges);
      return row?.last ?? 0;
    },

    async changedSince(seen) {
      // One statement: the number and the ids are of the same moment.
      const [row] = await rows<Changes>(sql`
        with reader as (
          select last, ${seen}::bigint < forgotten or ${seen}::bigint > last as lost
          from ${documentChanges}
        )
        select last, lost,
          (select json_agg(${documents.id} order by ${documents.change}) from ${documents}
            where lost or ${documents.change} > ${seen}::bigint) as put,
          (select json_agg(${removedDocuments.id} order by ${removedDocuments.change}, ${removedDocuments.id}) from ${removedDocuments}
            where not lost and ${removedDocuments.change} > ${seen}::bigint) as removed
        from reader`);
      if (!row) return { change: 0, put: [], removed: [], reset: seen > 0 };
      return {
        change: Number(row.last),
        put: row.put ?? [],
        removed: row.removed ?? [],
        reset: row.lost,
      };
    },

    async load(documentIds) {
      const found = await orm
        .select()
        .from(documents)
        .where(among(documents.id, documentIds))
        .orderBy(asc(documents.change));
      const parts = new Map<string, KnownChunk[]>(found.map(({ id }) => [id, []]));
      const all = await orm
        .select()
        .from(chunks)
        .where(among(chunks.documentId, documentIds))
        .orderBy(asc(chunks.documentId), asc(chunks.position), asc(chunks.id));
      for (const chunk of all) parts.get(chunk.documentId)?.push(chunk);
      return found.map((row) => ({ document: toDocument(row), chunks: parts.get(row.id) ?? [] }));
    },
  });
}

type Changes = {
  last: string | number;
  lost: boolean;
  put: string[] | null;
  removed: string[] | null;
};

function upsert(document: KnownDocument): SQL {
  const { href, category, severity, action, service, incident } = document;
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
  const maybe = (value: string | undefined) => sql`${value ?? null}::text`;
  return sql`
    with ${NUMBER}
    insert into ${documents} (id, collection, source, kind, title, checksum, href, category, severity,
      action, service, tags, incident, ingested_at, change)
    select ${document.id}::text, ${document.collection}::text, ${document.source}::text,
      ${document.kind}::text, ${document.title}::text, ${document.checksum}::text, ${maybe(href)},
      ${maybe(category)}, ${maybe(severity)}, ${maybe(action)}, ${maybe(service)},
      ${json(document.tags)}, ${incident === undefined ? sql`null::jsonb` : json(incident)},
      ${sql.param(document.ingestedAt, documents.ingestedAt)}::timestamptz, last
    from number
    on conflict (id) do update set collection = excluded.collection, source = excluded.source,
      kind = excluded.kind, title = excluded.title, checksum = excluded.checksum, href = excluded.href,
      category = excluded.category, severity = excluded.severity, action = excluded.action,
      service = excluded.service, tags = excluded.tags, incident = excluded.incident,
      ingested_at = excluded.ingested_at, change = excluded.change`;
}

function toDocument(row: typeof documents.$inferSelect): KnownDocument {
  const { change: _, incident, ...document } = row;
  return {
    ...present(document),
    ...(incident === null
      ? {}
      : { incident: { ...incident, resolvedAt: new Date(incident.resolvedAt) } }),
  };
}
