import { newId } from './identity.js';

/** What a person can do. Everything leaves through the outbox, with an id made here. */
export function createActions({ state, identity, outbox }) {
  const place = ({ channel, thread }) => ({ channel, ...(thread ? { thread } : {}) });

  function send(kind, path, where, said, extra = {}) {
    const id = newId(kind);
    const body = { id, ...place(where), ...said, actor: identity.me() };
    outbox.send({
      id,
      kind,
      path: `/console/${path}`,
      body,
      at: new Date().toISOString(),
      ...extra,
    });
  }

  /** A click on a card; `surface` is the card on this page, `key` the control on it. */
  function click(kind, path, surface, key, said) {
    if (state.clicks(surface.id).busy.length > 0) return;
    send(kind, path, surface, said, { surface: surface.id, slot: surface.slot, key });
  }

  return {
    say: (where, text) => send('message', 'messages', where, { text }),
    command: (where, text) => send('command', 'commands', where, { text }),
    act: (surface, key, said) => click('action', 'actions', surface, key, said),
    vote: (surface, key, said) => click('vote', 'votes', surface, key, said),
    retry: (id) => outbox.retry(id),
    discard: (id) => outbox.discard(id),
    dismiss: (id) => state.dropAside(id),
    dismissAnswer: (slot) => state.putClicks(slot, { answer: undefined }),
  };
}

/** Shows what became of what was said. */
export function followOutbox(state) {
  return {
    onChange(item) {
      const { channel, thread, text } = item.body;
      const { id, status, problem } = item;
      if (status === 'discarded') state.dropAside(id);
      else if (item.kind === 'message') {
        if (state.message(id)) return;
        state.putAside({ id, channel, thread, text, author: item.body.actor, status, problem });
      } else if (item.kind === 'command') {
        state.putAside({ id, channel, thread, command: text, status, problem });
      } else {
        const failed = status === 'failed';
        state.putClicks(item.surface, {
          busy: failed ? [] : [item.key],
          waiting: status === 'waiting',
        });
        if (failed) state.putClicks(item.slot, { answer: { problem } });
      }
    },
    onAnswer(item, { message, reply }) {
      const { id, kind, body } = item;
      if (message) state.put(message);
      if (kind === 'command') state.putAside({ id, status: 'done', reply: reply?.card });
      if (kind === 'command' && !reply) state.dropAside(id);
      if (kind === 'message' && reply) {
        const { channel, thread } = message;
        state.putAside({
          id: `${id}~reply`,
          channel,
          thread: thread ?? id,
          status: 'done',
          reply: reply.card,
        });
      }
      if (kind === 'vote') state.vote(body.incidentId, body.value);
      if (kind === 'vote' || kind === 'action') {
        state.putClicks(item.surface, { busy: [], waiting: false });
        state.putClicks(item.slot, { answer: reply && { card: reply.card } });
      }
    },
  };
}
