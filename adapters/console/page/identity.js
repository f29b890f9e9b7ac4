import { recall, remember } from './storage.js';

/** `crypto.randomUUID` is missing where the page comes over plain HTTP from another machine. */
export function newId(prefix) {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${prefix}_${Date.now().toString(36)}${hex}`;
}

export function createIdentity() {
  const listeners = new Set();
  let me = recall('me');
  if (typeof me?.id !== 'string' || typeof me?.name !== 'string') {
    me = { id: newId('person'), name: 'Guest' };
    remember('me', me);
  }
  return {
    me: () => me,
    rename(name) {
      const line = name.replace(/\s+/g, ' ').trim().slice(0, 80);
      if (line === '') return;
      me = { ...me, name: line };
      remember('me', me);
      for (const listener of listeners) listener(me);
    },
    onChange: (listener) => listeners.add(listener),
  };
}
