import { parseDocument } from 'yaml';
import { z } from 'zod';
import { actionSchema, categorySchema, severitySchema } from '../../src/domain/taxonomy.ts';
import type { Labels } from './page.ts';

const FENCE = /^---[ \t]*\n([\s\S]*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)/;
/** Front matter is some lines; a larger one is a page that begins with a ruler. */
const LONGEST = 16_384;

const words = z.union([z.string(), z.number()]).transform((value) => String(value).trim());
const line = words.pipe(z.string().min(1).max(300)).transform((text) => text.replace(/\s+/g, ' '));

/** Some backends have another word for one of ours. */
const CATEGORY_WORDS: Readonly<Record<string, string>> = { infrastructure: 'Hardware' };

const FIELDS = {
  title: line,
  category: words
    .transform((text) => CATEGORY_WORDS[text.toLowerCase()] ?? capitalised(text))
    .pipe(categorySchema),
  severity: words.transform((text) => text.toLowerCase()).pipe(severitySchema),
  action: words.transform((text) => text.toLowerCase().replace(/[\s-]+/g, '_')).pipe(actionSchema),
  service: line.transform((text) => text.toLowerCase()),
  tags: z
    .union([z.array(line), words.transform((text) => text.split(',').map((tag) => tag.trim()))])
    .transform((tags) => [...new Set(tags.filter(Boolean).map((tag) => tag.toLowerCase()))])
    .pipe(z.array(z.string().max(100)).max(50)),
  href: words.pipe(z.url({ protocol: /^https?$/ })),
  url: words.pipe(z.url({ protocol: /^https?$/ })),
};

export type FrontMatter = {
  labels: Labels;
  /** The rest of the text, and how many lines stand before it. */
  body: string;
  skipped: number;
  notes: string[];
};

/** Reads the labels at the top of a page; what they say is a hint for search, never an order. */
export function readFrontMatter(text: string): FrontMatter {
  const found = FENCE.exec(text.slice(0, LONGEST));
  if (!found) return { labels: { tags: [] }, body: text, skipped: 0, notes: [] };
  const body = text.slice(found[0].length);
  const skipped = found[0].split('\n').length - (found[0].endsWith('\n') ? 1 : 0);
  const { value, notes } = readYaml(found[1] ?? '');
  // Words between two rulers.
  if (value === undefined) return { labels: { tags: [] }, body: text, skipped: 0, notes };
  const labels: Labels = { tags: [] };
  for (const [name, schema] of Object.entries(FIELDS)) {
    if (value[name] === undefined || value[name] === null) continue;
    const parsed = schema.safeParse(value[name]);
    if (parsed.success) Object.assign(labels, { [name === 'url' ? 'href' : name]: parsed.data });
    else notes.push(`its ${name} is none that is known here and was ignored`);
  }
  return { labels, body, skipped, notes };
}

function readYaml(source: string): { value?: Record<string, unknown>; notes: string[] } {
  try {
    const document = parseDocument(source, { logLevel: 'silent' });
    // Aliases are refused: a few of them can grow into gigabytes.
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    if (document.errors.length === 0) {
      if (value === null) return { value: {}, notes: [] };
      return typeof value === 'object'
        ? { value: value as Record<string, unknown>, notes: [] }
        : { notes: [] };
    }
  } catch {
    // Reported below.
  }
  return { value: {}, notes: ['its front matter cannot be read and was ignored'] };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}
