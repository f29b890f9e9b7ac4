import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  actionSchema,
  CATEGORIES,
  categorySchema,
  severitySchema,
} from '../../src/domain/taxonomy.ts';
import { assessCommand, clean } from '../../src/safety/index.ts';
import { projectRoot } from '../fixtures/planted.ts';

const folder = join(projectRoot, 'knowledge/runbooks');
const HEADINGS = ['Meaning', 'Impact', 'Diagnosis', 'Mitigation', 'Verify'];

const frontMatter = z.strictObject({
  title: z.string().min(10),
  category: categorySchema,
  severity: severitySchema,
  action: actionSchema,
  service: z.string().min(2),
  tags: z.array(z.string()).min(3),
});

const runbooks = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .sort()
  .map(read);

function read(path: string) {
  const text = readFileSync(join(folder, path), 'utf8');
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const sections = new Map(
    body
      .split(/^## /m)
      .slice(1)
      .map((part) => {
        const [heading = '', ...lines] = part.split('\n');
        return [heading, lines.join('\n')] as const;
      }),
  );
  return { path, text, body, sections, labels: frontMatter.safeParse(parse(head)) };
}

function steps(section = ''): string[] {
  return section.split(/^(?=\d+\. )/m).filter((part) => /^\d+\. /.test(part));
}

function commands(section = ''): string[] {
  return [...section.matchAll(/^ *```(?:sh|sql)\n([\s\S]*?)^ *```/gm)].map(([, block = '']) =>
    block.trim(),
  );
}

describe('the seed runbooks', () => {
  it('number at least eight in each category', () => {
    for (const category of CATEGORIES) {
      const inIt = runbooks.filter(({ path }) => dirname(path) === category.toLowerCase());
      expect(inIt.length, category).toBeGreaterThanOrEqual(8);
    }
    expect(runbooks.length).toBeGreaterThanOrEqual(48);
  });

  it('have titles of their own', () => {
    const titles = runbooks.map(({ labels }) => labels.data?.title);
    expect(new Set(titles).size).toBe(runbooks.length);
  });

  it.each(runbooks)('$path is labelled as its folder and its heading say', (runbook) => {
    expect(runbook.labels.error).toBeUndefined();
    expect(runbook.labels.data?.category.toLowerCase()).toBe(dirname(runbook.path));
    expect(runbook.body.trim().split('\n')[0]).toBe(`# ${runbook.labels.data?.title}`);
    expect(basename(runbook.path, '.md')).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)+$/);
  });

  it.each(runbooks)('$path has the one shape and a readable length', ({ body, sections }) => {
    expect([...sections.keys()]).toEqual(HEADINGS);
    const words = body.split(/\s+/).length;
    expect(words).toBeGreaterThanOrEqual(250);
    expect(words).toBeLessThanOrEqual(600);
  });

  it.each(runbooks)(
    '$path diagnoses in numbered steps, with commands that change nothing',
    ({ sections }) => {
      const diagnosis = sections.get('Diagnosis');
      const numbers = steps(diagnosis).map((step) => Number.parseInt(step, 10));
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      expect(numbers.length).toBeGreaterThanOrEqual(3);
      expect(diagnosis?.match(/^ *```[a-z]+$/gm)?.length).toBeGreaterThanOrEqual(2);
      const dangerous = commands(diagnosis).filter((command) => assessCommand(command).dangerous);
      expect(dangerous).toEqual([]);
    },
  );

  it.each(runbooks)(
    '$path says of each remedy how to check it, its risk and its way back',
    ({ sections }) => {
      const remedies = steps(sections.get('Mitigation'));
      expect(remedies.length).toBeGreaterThanOrEqual(2);
      for (const [index, remedy] of remedies.entries()) {
        expect(Number.parseInt(remedy, 10)).toBe(index + 1);
        for (const label of ['Check', 'Risk', 'Undo']) {
          const lines = remedy.split('\n').filter((line) => line.startsWith(`   **${label}:** `));
          expect(lines, `${label} of: ${remedy}`).toHaveLength(1);
        }
      }
    },
  );

  it.each(runbooks)('$path holds nothing that redaction would take out', ({ text }) => {
    expect(clean(text)).toBe(text);
  });
});

const writtenIncident = z.strictObject({
  id: z.string().regex(/^inc-\d{3}$/),
  text: z.string(),
  paraphrases: z.tuple([z.string(), z.string()]),
  category: categorySchema,
  severity: severitySchema,
  service: z.string().regex(/^[a-z0-9-]+$/),
  fix: z.string().min(15),
});

const incidents = readFileSync(join(projectRoot, 'test/fixtures/knowledge/incidents.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => writtenIncident.parse(JSON.parse(line)));

function words(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[a-z0-9]+/g) ?? []);
}

/** The share of the words of both that they have in common. */
function likeness(one: Set<string>, other: Set<string>): number {
  const common = [...one].filter((word) => other.has(word)).length;
  return common / (one.size + other.size - common);
}

describe('the written incidents', () => {
  it('number two hundred, at least thirty in each category', () => {
    expect(incidents.map(({ id }) => id)).toEqual(
      Array.from({ length: 200 }, (_, index) => `inc-${String(index + 1).padStart(3, '0')}`),
    );
    for (const category of CATEGORIES) {
      const inIt = incidents.filter((incident) => incident.category === category);
      expect(inIt.length, category).toBeGreaterThanOrEqual(30);
    }
  });

  it('say nothing twice', () => {
    const said = incidents.flatMap(({ text, paraphrases }) => [text, ...paraphrases]);
    expect(new Set(said.map((text) => text.toLowerCase())).size).toBe(600);
  });

  it('tell at first in two to four sentences what is wrong', () => {
    const odd = incidents.filter(({ text }) => {
      const sentences = text.match(/[.!?]"?(?=\s|$)/g)?.length ?? 0;
      return sentences < 2 || sentences > 4 || words(text).size < 15;
    });
    expect(odd.map(({ text }) => text)).toEqual([]);
  });

  it('come back in other words', () => {
    const copied = incidents.flatMap(({ id, text, paraphrases: [first, second] }) =>
      [
        likeness(words(text), words(first)),
        likeness(words(text), words(second)),
        likeness(words(first), words(second)),
      ].some((alike) => alike > 0.5)
        ? [id]
        : [],
    );
    expect(copied).toEqual([]);
  });

  it('are different incidents, not one with its nouns changed', () => {
    const sets = incidents.map(({ id, text }) => ({ id, set: words(text) }));
    const twins = sets.flatMap((one, index) =>
      sets
        .slice(index + 1)
        .filter((other) => likeness(one.set, other.set) > 0.35)
        .map((other) => `${one.id} ${other.id}`),
    );
    expect(twins).toEqual([]);
  });

  it('hold near misses: one service with several faults, each with a remedy of its own', () => {
    const faults = new Map<string, number>();
    for (const { service } of incidents) faults.set(service, (faults.get(service) ?? 0) + 1);
    const shared = [...faults].filter(([, count]) => count >= 3);
    expect(shared.length).toBeGreaterThanOrEqual(15);
    expect(new Set(incidents.map(({ fix }) => fix)).size).toBe(200);
  });
});
