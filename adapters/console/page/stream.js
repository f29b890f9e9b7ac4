import { api } from './api.js';

/** The server says something every 15 s. */
const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 500;
const MOST_WAIT_MS = 5_000;
/** A stream that just came up is believed for so long, whatever else fails. */
const BELIEF_MS = 10_000;

/**
 * Keeps the page up to date: the state once, then every change. When the connection breaks it asks for the
 * state again and goes on after the last change that it saw, so that nothing is missing in between.
 */
export function createStream({ onState, onMessage, onChannels, onStatus }) {
  let source;
  let seen;
  let wait = FIRST_WAIT_MS;
  let timer;
  let watch;
  let connecting = false;
  let openedAt = 0;

  async function connect() {
    if (connecting) return;
    connecting = true;
    clearTimeout(timer);
    try {
      const state = await api.state();
      const isOtherLog = seen !== undefined && state.change < seen;
      onState(state, { replace: isOtherLog });
      if (seen === undefined || isOtherLog) seen = state.change;
      open();
    } catch (error) {
      lose(error.status === 401 || error.status === 403 ? 'shut' : 'lost');
    } finally {
      connecting = false;
    }
  }

  function open() {
    source?.close();
    const mine = new EventSource(`/console/stream?since=${seen}`);
    source = mine;
    listen();
    mine.onopen = () => {
      wait = FIRST_WAIT_MS;
      openedAt = Date.now();
      heard();
      onStatus('live');
    };
    // EventSource gives up for good on some errors; reconnecting is ours alone.
    mine.onerror = () => source === mine && lose('lost');
    function listen() {
      mine.addEventListener('message', (event) => {
        heard();
        const message = JSON.parse(event.data);
        seen = Math.max(seen, message.change);
        onMessage(message);
      });
      mine.addEventListener('channels', (event) => {
        heard();
        onChannels(JSON.parse(event.data));
      });
      mine.addEventListener('beat', heard);
      mine.addEventListener('restart', () => void connect());
    }
  }

  /** A laptop that slept holds a connection that nobody is at the other end of. */
  function heard() {
    clearTimeout(watch);
    watch = setTimeout(() => lose('lost'), SILENCE_MS);
  }

  function lose(status) {
    source?.close();
    source = undefined;
    clearTimeout(watch);
    clearTimeout(timer);
    onStatus(status);
    timer = setTimeout(() => void connect(), wait);
    wait = Math.min(MOST_WAIT_MS, wait * 2);
  }

  const retryNow = () => {
    if (source || document.hidden) return;
    wait = FIRST_WAIT_MS;
    void connect();
  };
  addEventListener('online', retryNow);
  addEventListener('offline', () => lose('lost'));
  document.addEventListener('visibilitychange', retryNow);

  return {
    start: connect,
    refresh: connect,
    /** Something else could not reach the server: this connection may be dead without knowing it. */
    doubt() {
      if (source && Date.now() - openedAt > BELIEF_MS) lose('lost');
    },
  };
}
