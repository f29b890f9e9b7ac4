import { recall, remember } from './storage.js';

const NO_CLICKS = { busy: [] };

/**
 * What the page knows. Messages come from the server alone; beside them stands what only this browser has:
 * what was said and not yet stored, answers meant for this person, and how they voted.
 */
export function createState() {
  const listeners = new Set();
  const messages = new Map();
  const asides = new Map();
  const said = new Map();
  const unread = new Map();
  let votes = recall('votes') ?? {};
  let channels = [];
  let current = '';
  let queued = false;

  /** Many changes at once are one drawing. A hidden page gets no animation frames, but must keep its title. */
  function changed() {
    if (queued) return;
    queued = true;
    const draw = () => {
      queued = false;
      for (const listener of listeners) listener();
    };
    if (document.hidden) setTimeout(draw, 50);
    else requestAnimationFrame(draw);
  }

  function addChannels(names) {
    const all = new Set([...channels, ...names]);
    if (all.size === channels.length) return;
    // Where one starts stays on top.
    channels = [...all].sort((a, b) => (b === 'general') - (a === 'general') || a.localeCompare(b));
    changed();
  }

  return {
    commands: [],
    onChange: (listener) => listeners.add(listener),
    changed,
    channels: () => channels,
    addChannels,
    current: () => current,
    unread: (channel) => unread.get(channel) ?? 0,
    message: (id) => messages.get(id),
    votes: () => votes,

    open(channel) {
      current = channel;
      unread.delete(channel);
      changed();
    },
    countUnread(channel) {
      unread.set(channel, (unread.get(channel) ?? 0) + 1);
      changed();
    },
    readAll(channel) {
      if (unread.delete(channel)) changed();
    },
    clear() {
      messages.clear();
      changed();
    },
    /** True when the message is new to this page. */
    put(message) {
      const known = messages.get(message.id);
      if (known && known.change >= message.change) return false;
      messages.set(message.id, message);
      asides.delete(message.id);
      addChannels([message.channel]);
      changed();
      return !known;
    },

    /** Entries that only this person sees: a message on its way, a command and its answer. */
    aside: (id) => asides.get(id),
    putAside(entry) {
      const at = asides.get(entry.id)?.at ?? afterNewest(entry.channel);
      asides.set(entry.id, { ...asides.get(entry.id), ...entry, at });
      changed();
    },
    dropAside(id) {
      if (asides.delete(id)) changed();
    },

    /** What happened to the clicks on one card: which are under way, and what was answered. */
    clicks: (surface) => said.get(surface) ?? NO_CLICKS,
    putClicks(surface, clicks) {
      said.set(surface, { busy: [], ...said.get(surface), ...clicks });
      changed();
    },
    vote(incidentId, value) {
      votes = { ...votes, [incidentId]: value };
      remember('votes', votes);
      changed();
    },

    /** The entries of the current channel: those in the channel itself, and by thread. */
    entries() {
      const roots = [];
      const threads = new Map();
      for (const entry of [...messages.values(), ...asides.values()]) {
        if (entry.channel !== current) continue;
        if (entry.thread === undefined) roots.push(entry);
        else threads.set(entry.thread, [...(threads.get(entry.thread) ?? []), entry]);
      }
      const byTime = (a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id);
      for (const replies of threads.values()) replies.sort(byTime);
      return { roots: roots.sort(byTime), threads };
    },
  };

  /** This browser's clock may be behind the server's, and what one just said belongs at the end. */
  function afterNewest(channel) {
    let newest = new Date().toISOString();
    for (const message of messages.values()) {
      if (message.channel === channel && message.at > newest) newest = message.at;
    }
    return newest;
  }
}
