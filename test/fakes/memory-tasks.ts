import type { Task, TaskStore } from '../../src/ports/task-store.ts';

/** Tasks in this process's memory. */
export function createMemoryTasks(): TaskStore {
  const tasks = new Map<string, Task>();
  return {
    async add(task) {
      const known = tasks.get(task.id);
      if (known) return structuredClone(known);
      tasks.set(task.id, structuredClone(task));
      return structuredClone(task);
    },
    async byId(id) {
      return structuredClone(tasks.get(id));
    },
    async advance(id, change) {
      const task = tasks.get(id);
      if (task === undefined || task.state === 'done' || task.state === 'failed') return false;
      tasks.set(id, structuredClone({ ...task, ...change }));
      return true;
    },
    async forget(before) {
      for (const [id, { updatedAt }] of tasks) if (updatedAt < before) tasks.delete(id);
    },
  };
}
