import { api } from './api.js';
import { forget, recall, remember, remembered } from './storage.js';

const PREFIX = 'outbox.';
const FIRST_WAIT_MS = 1_000;
const MOST_WAIT_MS = 15_000;

/**
 * Everything that a person does goes through here and is kept until the server has answered. A repeat
 * carries the same id, so the server knows it for the same thing.
 */
export function createOutbox({ onChange, onAnswer, onUnreachable }) {
  /** What was said: { id, path, body, at } with what became of it so far. */
  const items = new Map();

  function send(item) {
    items.set(item.id, { ...item, status: 'sending', tries: 0 });
    remember(PREFIX + item.id, item);
    void attempt(item.id);
  }

  async function attempt(id) {
    const item = items.get(id);
    if (!item || item.busy) return;
    clearTimeout(item.timer);
    item.busy = true;
    item.tries += 1;
    onChange(item);
    try {
      const answer = await api.post(item.path, item.body);
      drop(id);
      onAnswer(item, answer);
    } catch (error) {
      item.busy = false;
      if (error.status === 0) onUnreachable();
      if (error.passing) wait(item, error.retryAfterMs);
      else Object.assign(item, { status: 'failed', problem: error.message });
      onChange(item);
    }
  }

  function wait(item, askedFor) {
    item.status = 'waiting';
    const pause = askedFor ?? FIRST_WAIT_MS * 2 ** Math.min(item.tries - 1, 5);
    item.timer = setTimeout(() => void attempt(item.id), Math.min(pause, MOST_WAIT_MS));
  }

  function drop(id) {
    clearTimeout(items.get(id)?.timer);
    items.delete(id);
    forget(PREFIX + id);
  }

  return {
    send,
    items: () => [...items.values()],
    /** The server is back: what waits goes out now, in the order in which it was said. */
    async flush() {
      for (const item of [...items.values()]) if (item.status === 'waiting') await attempt(item.id);
    },
    retry(id) {
      const item = items.get(id);
      if (!item) return;
      item.status = 'sending';
      void attempt(id);
    },
    discard(id) {
      const item = items.get(id);
      drop(id);
      if (item) onChange({ ...item, status: 'discarded' });
    },
    /** What an earlier visit could not deliver any more. */
    resume() {
      const left = remembered(PREFIX).map((name) => recall(name));
      for (const item of left.sort((a, b) => (a.at < b.at ? -1 : 1))) {
        if (!items.has(item.id)) send(item);
      }
    },
  };
}
