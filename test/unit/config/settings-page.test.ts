import { expect, it } from 'vitest';
import { z } from 'zod';
import { configSchema } from '../../../src/settings.ts';

type Row = { group: string; env: string; key: string; fallback: string; expects: string };

function rowsOf(schema: z.ZodObject, path: string[] = []): Row[] {
  return Object.entries(schema.shape).flatMap(([name, child]) => {
    const key = [...path, name];
    if (child instanceof z.ZodObject) return rowsOf(child, key);
    const { env = '', expects = '' } = ((child as z.ZodType).meta() ?? {}) as Partial<Row>;
    const group = path.join('.') || 'general';
    return [{ group, env, key: key.join('.'), fallback: fallbackOf(child as z.ZodType), expects }];
  });
}

function fallbackOf(schema: z.ZodType): string {
  const value: unknown = schema.safeParse(undefined).data;
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => `\`${String(item)}\``).join(', ');
  return typeof value === 'object' ? '' : `\`${String(value)}\``;
}

/** `npx vitest run -u --project unit test/unit/config/settings-page.test.ts` writes the page anew. */
it('every setting is on its page, as the code has it', async () => {
  const rows = rowsOf(configSchema);
  const groups = [...new Set(rows.map(({ group }) => group))];
  const page = [
    '# Settings',
    '',
    'From the environment, or from `sitrep.yaml` in the folder where Sitrep starts (or the file that `SITREP_CONFIG`',
    'names). The environment wins. Secrets belong into the environment; the file takes them by name:',
    '`databaseUrl: postgres://app:${DB_PASSWORD}@db/sitrep`. Times are shown in milliseconds and given as `30s` or `2h`.',
    ...groups.flatMap((group) => [
      '',
      `## ${group}`,
      '',
      '| variable | in `sitrep.yaml` | without it | must be |',
      '|---|---|---|---|',
      ...rows
        .filter((row) => row.group === group)
        .map(
          ({ env, key, fallback, expects }) =>
            `| \`${env}\` | \`${key}\` | ${fallback} | ${expects} |`,
        ),
    ]),
    '',
  ].join('\n');
  for (const { env, expects } of rows) expect([env, expects]).not.toContain('');
  await expect(page).toMatchFileSnapshot('../../../docs/settings.md');
});
