import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { incidents } from './schema/index.ts';

type Place = Record<'platform' | 'workspace' | 'channel' | 'thread', SQLWrapper>;

/** Whether an incident lives in this thread that is open, or was until lately. */
export function livesSince({ platform, workspace, channel, thread }: Place, before: Date): SQL {
  const since = sql.param(before, incidents.resolvedAt);
  return sql`exists (
    select 1 from ${incidents}
    where ${incidents.platform} = ${platform} and ${incidents.workspace} = ${workspace}
      and ${incidents.channel} = ${channel} and ${incidents.thread} = ${thread}
      and (${incidents.resolvedAt} is null or ${incidents.resolvedAt} >= ${since}::timestamptz)
  )`;
}
