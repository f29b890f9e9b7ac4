import { createComposer } from './composer.js';
import { arrange, el } from './dom.js';
import { emptyChannel } from './empty.js';
import { createMessage } from './message.js';
import { dayKey, dayWords } from './time.js';

/** Messages of one person in a row share one head, until the pause between them says otherwise. */
const SAME_BREATH_MS = 5 * 60_000;

/** The channel's messages, each with its thread beneath it: an incident is read in one place. */
export function createTimeline({ root, scroller, tools, onExample }) {
  const { state } = tools;
  let views = new Map();
  let days = new Map();
  let shown = '';
  let replying;

  function render() {
    const { roots, threads } = state.entries();
    const fresh = shown !== state.current();
    if (fresh) {
      views = new Map();
      days = new Map();
      replying = undefined;
      shown = state.current();
    }
    const pinned = fresh || isAtEnd();
    const before = new Set(views.keys());
    draw(roots, threads);
    for (const id of [...views.keys()]) if (!views.get(id).kept) views.delete(id);
    const added = fresh ? [] : [...views.keys()].filter((id) => !before.has(id));
    if (pinned) scrollToEnd(views.get(added[0])?.node);
    return added;
  }

  function draw(roots, threads) {
    for (const view of views.values()) view.kept = false;
    if (roots.length === 0) {
      arrange(root, [emptyChannel(state.current(), onExample)]);
      return;
    }
    const nodes = [];
    let previous;
    for (const entry of roots) {
      if (!previous || dayKey(previous.at) !== dayKey(entry.at)) nodes.push(dayNode(entry.at));
      const replies = threads.get(entry.id) ?? [];
      const follows =
        previous !== undefined && !previous.hasThread && isSameBreath(previous, entry);
      nodes.push(rootNode(entry, replies, follows));
      previous = { ...entry, hasThread: replies.length > 0 || replying === entry.id };
    }
    arrange(root, nodes);
  }

  function dayNode(at) {
    const key = dayKey(at);
    if (!days.has(key)) days.set(key, el('h2', { class: 'day' }, el('span', {})));
    days.get(key).firstChild.textContent = dayWords(at);
    return days.get(key);
  }

  function viewOf(entry, make) {
    let view = views.get(entry.id);
    // A message that was on its way becomes the stored one and keeps its place.
    if (!view) {
      view = make();
      views.set(entry.id, view);
    }
    view.kept = true;
    return view;
  }

  function rootNode(entry, replies, follows) {
    const view = viewOf(entry, () => createRoot(entry));
    view.message.update(entry, { follows });
    let previous;
    const nodes = replies.map((reply) => {
      const one = viewOf(reply, () => ({ message: createMessage(tools), node: el('li') }));
      const same = previous !== undefined && isSameBreath(previous, reply);
      one.message.update(reply, { follows: same });
      if (one.node.firstChild !== one.message.node) one.node.append(one.message.node);
      previous = reply;
      return one.node;
    });
    arrange(view.replies, nodes);
    view.update(entry, replies.length);
    return view.node;
  }

  function createRoot(entry) {
    const message = createMessage(tools);
    const replies = el('ol', { class: 'replies', 'aria-label': 'Replies' });
    const open = el('button', { class: 'quiet text-button reply-button', 'data-key': 'reply' });
    const foot = el('div', { class: 'thread-foot' }, open);
    const thread = el('div', { class: 'thread' }, replies, foot);
    const node = el('div', { class: 'entry' }, message.node, thread);
    let composer;
    const close = () => {
      replying = undefined;
      state.changed();
      open.focus();
    };
    open.addEventListener('click', () => {
      replying = entry.id;
      composer ??= createComposer({
        tools,
        place: () => ({ channel: entry.channel, thread: entry.id }),
        label: 'Reply in this thread',
        onEscape: close,
      });
      composer.follow('Reply in this thread');
      state.changed();
      requestAnimationFrame(() => composer.focus());
    });
    return {
      node,
      message,
      replies,
      update(now, count) {
        const stored = now.change !== undefined;
        const writing = stored && replying === now.id && composer;
        open.textContent = count > 0 ? 'Reply' : 'Reply in thread';
        arrange(foot, writing ? [composer.node] : stored ? [open] : []);
        thread.classList.toggle('has-replies', count > 0 || Boolean(writing));
      },
    };
  }

  /** The end, unless that would push the start of what is new out of sight. */
  function scrollToEnd(first) {
    scroller.scrollTop = scroller.scrollHeight;
    if (!first) return;
    const hidden = scroller.getBoundingClientRect().top + 8 - first.getBoundingClientRect().top;
    if (hidden > 0) scroller.scrollTop -= hidden;
  }

  function isAtEnd() {
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 90;
  }

  return { render, isAtEnd, nodeOf: (id) => views.get(id)?.node };
}

function isSameBreath(a, b) {
  const isPlain = (entry) => entry.text !== undefined;
  return (
    isPlain(a) &&
    isPlain(b) &&
    a.author.id === b.author.id &&
    a.author.name === b.author.name &&
    dayKey(a.at) === dayKey(b.at) &&
    Date.parse(b.at) - Date.parse(a.at) < SAME_BREATH_MS
  );
}
