import { storable } from '../../adapters/store/border.ts';
import type { Card } from '../../src/domain/card.ts';
import type { ConsoleLog, ConsoleMessage } from '../../src/ports/console-log.ts';

/** The console's log in memory, by the rules of the real one. */
export function createMemoryConsoleLog(): ConsoleLog {
  /** In order of change: an edited message moves to the end. */
  const messages = new Map<string, ConsoleMessage>();
  const names = new Set<string>();
  let changes = 0;

  const find = (matches: (message: ConsoleMessage) => boolean) => {
    const found = [...messages.values()].find(matches);
    return found && structuredClone(found);
  };

  return {
    async add(message) {
      const { id, deliveryKey } = message;
      const known = find(
        (other) =>
          other.id === id || (deliveryKey !== undefined && other.deliveryKey === deliveryKey),
      );
      if (known) return known;
      names.add(message.channel);
      const added = { ...structuredClone(message), edited: false, change: ++changes };
      const body = structuredClone(storable(message.body)) as ConsoleMessage['body'];
      messages.set(id, { ...added, body });
      return added;
    },
    async editCard(id, card) {
      const message = messages.get(id);
      if (!message || !('card' in message.body)) return false;
      messages.delete(id);
      const body = { card: structuredClone(storable(card)) as Card };
      messages.set(id, { ...message, body, edited: true, change: ++changes });
      return true;
    },
    async byDeliveryKey(key) {
      return find((message) => message.deliveryKey === key);
    },
    async byId(id) {
      return find((message) => message.id === id);
    },
    async after(change, limit) {
      const later = [...messages.values()].filter((message) => message.change > change);
      return structuredClone(later.slice(0, limit));
    },
    async recent(limit) {
      return structuredClone([...messages.values()].slice(-limit));
    },
    async channels() {
      return [...names].sort();
    },
    async addChannel(name) {
      names.add(name);
    },
    async forget(before) {
      const root = (message: ConsoleMessage) => message.thread ?? message.id;
      const all = [...messages.values()];
      const young = new Set(all.filter(({ createdAt }) => createdAt >= before).map(root));
      for (const message of all) if (!young.has(root(message))) messages.delete(message.id);
    },
  };
}
