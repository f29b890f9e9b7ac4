import { and, eq, lt, notInArray } from 'drizzle-orm';
import type { Task, TaskStore } from '../../src/ports/task-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { forgetRows } from './forget.ts';
import { tasks } from './schema/index.ts';

export function createTaskStore(database: Database): TaskStore {
  const { orm } = database;
  const byId = async (id: string) => {
    const [row] = await orm.select().from(tasks).where(eq(tasks.id, id));
    return row && toTask(row);
  };

  return atBorder<TaskStore>({
    async add(task) {
      const [added] = await orm
        .insert(tasks)
        .values(task)
        .onConflictDoNothing({ target: tasks.id })
        .returning();
      if (added) return toTask(added);
      const known = await byId(task.id);
      if (!known) throw new Error('A conflicting task vanished.');
      return known;
    },

    byId,

    async advance(id, { state, progress, result, updatedAt }) {
      const advanced = await orm
        .update(tasks)
        .set({ state, progress, result, updatedAt })
        .where(and(eq(tasks.id, id), notInArray(tasks.state, ['done', 'failed'])))
        .returning({ id: tasks.id });
      return advanced.length > 0;
    },

    forget: (before) => forgetRows(database, tasks, lt(tasks.updatedAt, before)),
  });
}

function toTask({ result, ...task }: typeof tasks.$inferSelect): Task {
  return result === null ? task : { ...task, result };
}
