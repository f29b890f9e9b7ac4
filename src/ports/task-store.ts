export const TASK_STATES = ['waiting', 'running', 'done', 'failed'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** Work that somebody asked for over HTTP and polls. */
export type Task = {
  id: string;
  kind: string;
  state: TaskState;
  /** 0 to 1. */
  progress: number;
  /** What is to be done, JSON. */
  request: unknown;
  /** When done: the response; when failed: `{ error, message }`. */
  result?: unknown;
  createdAt: Date;
  updatedAt: Date;
};

export interface TaskStore {
  /** A task whose id is there already is returned as it is. */
  add(task: Task): Promise<Task>;
  byId(id: string): Promise<Task | undefined>;
  /** False when the task is over already. */
  advance(
    id: string,
    change: Pick<Task, 'state' | 'progress' | 'result' | 'updatedAt'>,
  ): Promise<boolean>;
  /** Forgets tasks last touched before. */
  forget(before: Date): Promise<void>;
}
