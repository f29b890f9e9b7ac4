/** What this browser remembers. Where storage is switched off or full, it lasts as long as the page. */
const PREFIX = 'sitrep.';
const memory = new Map();

export function recall(name) {
  if (memory.has(name)) return memory.get(name);
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    memory.delete(name);
  } catch {
    memory.set(name, value);
  }
}

export function forget(name) {
  memory.delete(name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Then there is nothing to forget either.
  }
}

/** The names that start with `prefix`. */
export function remembered(prefix) {
  const names = new Set([...memory.keys()].filter((name) => name.startsWith(prefix)));
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX + prefix)) names.add(key.slice(PREFIX.length));
    }
  } catch {
    // Only what memory holds.
  }
  return [...names];
}
