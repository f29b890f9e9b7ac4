const SMALLEST = 1 << 12;
/** Logs have some hundred kinds of lines; beyond this, remembering them costs more than working them out anew. */
const LARGEST = 1 << 18;

/** From the two hashes of a message to a small number: a table without objects, for it is asked every line. */
export function createSignatures() {
  let size = SMALLEST;
  let used = 0;
  let firsts = new Int32Array(size);
  let seconds = new Int32Array(size);
  let values = new Int32Array(size).fill(-1);

  function place(first: number, second: number): number {
    let at = (first ^ (second >>> 7)) & (size - 1);
    while (values[at] !== -1 && (firsts[at] !== first || seconds[at] !== second)) {
      at = (at + 1) & (size - 1);
    }
    return at;
  }

  function clear(to: number): void {
    size = to;
    used = 0;
    firsts = new Int32Array(size);
    seconds = new Int32Array(size);
    values = new Int32Array(size).fill(-1);
  }

  function grow(): void {
    const old = { firsts, seconds, values };
    clear(size * 2);
    for (let i = 0; i < old.values.length; i++) {
      const value = old.values[i] ?? -1;
      if (value !== -1) add(old.firsts[i] ?? 0, old.seconds[i] ?? 0, value);
    }
  }

  function add(first: number, second: number, value: number): void {
    const at = place(first, second);
    firsts[at] = first;
    seconds[at] = second;
    values[at] = value;
    used++;
  }

  return {
    /** -1 when it is not known. */
    get: (first: number, second: number): number => values[place(first, second)] ?? -1,
    /** False when the table was full and forgot everything first. */
    set(first: number, second: number, value: number): boolean {
      let kept = true;
      if (used * 2 >= size) {
        if (size < LARGEST) grow();
        else {
          clear(SMALLEST);
          kept = false;
        }
      }
      add(first, second, value);
      return kept;
    },
  };
}
