import { createActions, followOutbox } from './actions.js';
import { createAnnouncer } from './announcer.js';
import { createComposer } from './composer.js';
import { el } from './dom.js';
import { createIdentity } from './identity.js';
import { createOutbox } from './outbox.js';
import { createChannelList, createYou } from './sidebar.js';
import { createState } from './state.js';
import { createStream } from './stream.js';
import { keepTimesFresh } from './time.js';
import { createTimeline } from './timeline.js';

const at = (id) => document.getElementById(id);
const START = 'general';
const roomy = matchMedia('(min-width: 48rem)');

const state = createState();
const identity = createIdentity();
const outbox = createOutbox({ ...followOutbox(state), onUnreachable: () => stream.doubt() });
const actions = createActions({ state, identity, outbox });
const tools = { state, actions };
const announcer = createAnnouncer(at('announcer'));
const scroller = at('scroll');
// Not every browser lets the keyboard scroll what cannot be focused.
scroller.tabIndex = 0;
// The scrollbar takes room from the messages alone; what is written below them should still line up.
new ResizeObserver(() => {
  at('dock').style.paddingInlineEnd = `${scroller.offsetWidth - scroller.clientWidth}px`;
}).observe(scroller);

const composer = createComposer({
  tools,
  place: () => ({ channel: state.current() }),
  label: 'Message',
  boxId: 'message-box',
});
at('composer').append(composer.node);

const timeline = createTimeline({
  root: at('timeline'),
  scroller,
  tools,
  onExample: composer.write,
});
const channelList = createChannelList({
  list: at('channels'),
  adder: at('add-channel'),
  state,
  onOpen: (name) => {
    location.hash = encodeURIComponent(name);
  },
});
createYou({ root: at('you'), identity });
roomy.addEventListener('change', state.changed);

/** New messages that are out of sight; the button brings them into it. */
let missed = [];

state.onChange(() => {
  const channel = state.current();
  at('channel-title').textContent = `#${channel}`;
  composer.follow(roomy.matches ? `Message #${channel}, or / for commands` : `Message #${channel}`);
  channelList.render();
  noticeNew(timeline.render());
  const unread = state.channels().reduce((sum, name) => sum + state.unread(name), 0);
  document.title = `${unread > 0 ? `(${unread}) ` : ''}#${channel} · Sitrep`;
});

function noticeNew(ids) {
  for (const id of ids) {
    const entry = state.message(id) ?? state.aside(id);
    const mine = entry?.status !== undefined || entry?.author?.id === identity.me().id;
    if (mine) timeline.nodeOf(id)?.scrollIntoView({ block: 'nearest' });
    else if (!isInView(timeline.nodeOf(id))) missed.push(id);
  }
  drawJump();
}

function isInView(node) {
  if (!node) return false;
  const [box, frame] = [node.getBoundingClientRect(), scroller.getBoundingClientRect()];
  return box.bottom > frame.top + 8 && box.top < frame.bottom - 8;
}

function drawJump() {
  missed = missed.filter((id) => timeline.nodeOf(id) && !isInView(timeline.nodeOf(id)));
  const jump = at('jump');
  jump.hidden = missed.length === 0;
  if (jump.hidden) return;
  const above =
    timeline.nodeOf(missed[0]).getBoundingClientRect().top < scroller.getBoundingClientRect().top;
  const words = missed.length === 1 ? '1 new message' : `${missed.length} new messages`;
  jump.textContent = `${words} ${above ? '↑' : '↓'}`;
}

at('jump').addEventListener('click', () => {
  timeline.nodeOf(missed[0])?.scrollIntoView({ block: 'center', behavior: motion() });
  scroller.focus({ preventScroll: true });
});
scroller.addEventListener('scroll', () => missed.length > 0 && drawJump(), { passive: true });

function motion() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
}

let loaded = false;
const stream = createStream({
  onState({ channels, messages, commands, bot }, { replace }) {
    if (replace) state.clear();
    state.commands = commands;
    state.bot = bot;
    state.addChannels(channels);
    for (const message of messages) state.put(message);
    if (!loaded) {
      loaded = true;
      openFromAddress();
      outbox.resume();
    }
    at('app').classList.add('ready');
  },
  onMessage(message) {
    const isNew = state.put(message);
    if (!isNew || message.author.id === identity.me().id) return;
    const here = message.channel === state.current() && !document.hidden;
    if (here) announcer.message(message);
    else state.countUnread(message.channel);
    // A reply to a message older than what the page was given: ask for it.
    if (message.thread && !state.message(message.thread)) void stream.refresh();
  },
  onChannels: state.addChannels,
  onStatus: showStatus,
});

const STATUS = {
  live: 'Live',
  lost: 'Connection lost. Reconnecting… What you send now is kept and goes out then.',
};

function showStatus(status) {
  document.documentElement.dataset.connection = status;
  const banner = at('banner');
  at('connection').textContent = status === 'live' ? STATUS.live : 'Offline';
  if (status === 'live') {
    banner.replaceChildren();
    void outbox.flush();
  } else if (status === 'shut') {
    banner.replaceChildren('You need to sign in. ', el('a', { href: '/sign-in' }, 'Sign in'));
  } else {
    banner.textContent = STATUS.lost;
  }
}

function openFromAddress() {
  let name = START;
  try {
    name = decodeURIComponent(location.hash.slice(1)) || START;
  } catch {
    // Not an address of ours.
  }
  const known = state.channels().includes(name);
  state.open(known ? name : START);
  missed = [];
  showMenu(false);
  // On a phone the keyboard would hide what one came to read.
  if (roomy.matches) composer.focus();
}
addEventListener('hashchange', openFromAddress);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) state.readAll(state.current());
});

function showMenu(open) {
  at('app').classList.toggle('menu-open', open);
  at('menu').setAttribute('aria-expanded', String(open));
}
at('menu').addEventListener('click', () => {
  showMenu(at('menu').getAttribute('aria-expanded') !== 'true');
  if (at('menu').getAttribute('aria-expanded') === 'true')
    at('channels').querySelector('a')?.focus();
});
// The address names the channel, so this link may not change it.
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  composer.focus();
});
at('veil').addEventListener('click', () => showMenu(false));
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && at('menu').getAttribute('aria-expanded') === 'true') {
    showMenu(false);
    at('menu').focus();
  }
});
keepTimesFresh();
void stream.start();
