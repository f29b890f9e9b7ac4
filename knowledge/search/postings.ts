const PAGE_BITS = 18;
const PAGE_SIZE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_SIZE - 1;
/** Most terms stand in one place only. */
const FIRST_BLOCK = 3;
const LARGEST_BLOCK = 1024;

const MOST_COUNT = 255;
const MOST_UNITS = 1 << 24;

/**
 * Which term stands how often in which unit, for many millions of them: lists of blocks that double in size,
 * in pages of plain numbers. A JavaScript array or typed array for each term would take several times as much.
 */
export type Postings = {
  /** The number of a term, given now if it has none yet. */
  termId(term: string): number;
  /** Undefined where no text has it. */
  find(term: string): number | undefined;
  /** Units come in ascending order. */
  add(termId: number, unit: number, count: number): void;
  each(termId: number, visit: (unit: number, count: number) => void): void;
  readonly terms: number;
  readonly bytes: number;
  names(): IterableIterator<[string, number]>;
};

export function createPostings(): Postings {
  const ids = new Map<string, number>();
  const pages: Uint32Array[] = [];
  // Address 0 means none, so the first number of the first page stays unused.
  let free = 1;
  let heads = new Uint32Array(1024);
  let tails = new Uint32Array(1024);
  let used = new Uint16Array(1024);
  let sizes = new Uint16Array(1024);

  function allocate(numbers: number): number {
    if ((free & PAGE_MASK) + numbers > PAGE_SIZE) free = (free + PAGE_SIZE) & ~PAGE_MASK;
    const page = free >>> PAGE_BITS;
    pages[page] ??= new Uint32Array(PAGE_SIZE);
    const address = free;
    free += numbers;
    return address;
  }

  function write(address: number, value: number): void {
    const page = pages[address >>> PAGE_BITS];
    if (page) page[address & PAGE_MASK] = value;
  }

  function grow(): void {
    const wider = heads.length * 2;
    heads = resized(new Uint32Array(wider), heads);
    tails = resized(new Uint32Array(wider), tails);
    used = resized(new Uint16Array(wider), used);
    sizes = resized(new Uint16Array(wider), sizes);
  }

  return {
    termId(term) {
      const known = ids.get(term);
      if (known !== undefined) return known;
      const id = ids.size;
      if (id >= heads.length) grow();
      ids.set(term, id);
      return id;
    },
    find: (term) => ids.get(term),
    add(termId, unit, count) {
      if (unit >= MOST_UNITS) throw new RangeError('more units than a posting can name');
      const size = sizes[termId] ?? 0;
      if (size === 0 || used[termId] === size) {
        const next = size === 0 ? FIRST_BLOCK : Math.min(LARGEST_BLOCK, size * 2);
        const address = allocate(next + 1);
        if (size === 0) heads[termId] = address;
        else write(tails[termId] ?? 0, address);
        tails[termId] = address;
        sizes[termId] = next;
        used[termId] = 0;
      }
      const place = (tails[termId] ?? 0) + 1 + (used[termId] ?? 0);
      write(place, ((unit << 8) | Math.min(MOST_COUNT, count)) >>> 0);
      used[termId] = (used[termId] ?? 0) + 1;
    },
    each(termId, visit) {
      let address = heads[termId] ?? 0;
      let size = FIRST_BLOCK;
      while (address !== 0) {
        const page = pages[address >>> PAGE_BITS];
        if (!page) return;
        const start = address & PAGE_MASK;
        const last = address === tails[termId];
        const end = start + 1 + (last ? (used[termId] ?? 0) : size);
        for (let i = start + 1; i < end; i++) {
          const posting = page[i] ?? 0;
          visit(posting >>> 8, posting & 0xff);
        }
        if (last) return;
        address = page[start] ?? 0;
        size = Math.min(LARGEST_BLOCK, size * 2);
      }
    },
    get terms() {
      return ids.size;
    },
    get bytes() {
      return pages.length * PAGE_SIZE * 4 + heads.length * 12;
    },
    names: () => ids.entries(),
  };
}

function resized<Numbers extends Uint32Array | Uint16Array>(
  wider: Numbers,
  from: Numbers,
): Numbers {
  wider.set(from);
  return wider;
}
