import { z } from 'zod';
import { AppError } from './errors.ts';

/** Names longer than this are no names. */
const LONGEST_NAME = 300;
const LONGEST_DETAIL = 10_000;

const blankIsMissing = (value: unknown) =>
  value === null || (typeof value === 'string' && value.trim() === '') ? undefined : value;

/** Other programs leave a field out, or send null or an empty text for it: all three mean that they do not know. */
const known = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(blankIsMissing, schema.optional());

const name = (expects: string) =>
  known(z.string(expects).trim().max(LONGEST_NAME, `a name of at most ${LONGEST_NAME} characters`));

const SHARE = 'a number from 0 to 1';
const share = known(
  z
    .union(
      [
        z.number(),
        z
          .string()
          .regex(/^\d*\.?\d+$/)
          .transform(Number),
      ],
      SHARE,
    )
    .pipe(z.number(SHARE).min(0, SHARE).max(1, SHARE)),
);

const TIME = 'a time such as 2025-12-03T07:30:00Z';
const HAS_ZONE = /(?:z|[+-]\d{2}:?\d{2})$/i;
/** A time without a zone is in UTC: what it would be on this machine helps nobody. */
const time = known(
  z
    .string(TIME)
    .regex(/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/, TIME)
    .transform((text) => new Date(HAS_ZONE.test(text) ? text : `${text.replace(' ', 'T')}Z`))
    .refine((date) => !Number.isNaN(date.getTime()), TIME)
    .transform((date) => date.toISOString()),
);

const list = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => value ?? [], z.array(item, 'a list'));

const group = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((value) => value ?? {}, z.object(shape, 'an object'));

const evidenceSchema = z.object(
  {
    type: name('a text'),
    details: known(
      z.string('a text').max(LONGEST_DETAIL, `a text of at most ${LONGEST_DETAIL} characters`),
    ),
  },
  'an object with type and details',
);

const stepSchema = z.object(
  { kpiName: name('a text'), service: name('a text'), suspicionScore: share },
  'an object with kpiName, service and suspicionScore',
);

const chainSchema = z.object(
  {
    score: share,
    durationHops: known(z.number('a number').int('a whole number').min(0, 'a whole number')),
    steps: list(stepSchema),
  },
  'an object with score and steps',
);

const ringSchema = z.object(
  { ringName: name('a text'), relativeStart: name('a text'), relativeEnd: name('a text') },
  'an object with ringName, relativeStart and relativeEnd',
);

const NAMES_NOTHING =
  'The analysis does not name a single service, so there is nothing to explain.';

const rcaSchema = z
  .object(
    {
      impact: group({
        impactService: name('a text'),
        metricName: name('a text'),
        severity: share,
        timeStartStr: time,
        timeEndStr: time,
      }),
      rootCause: group({
        service: name('a text'),
        component: name('a text'),
        evidence: list(evidenceSchema),
      }),
      chains: list(chainSchema),
      diagnostics: group({
        timeRings: group({ strategy: name('a text'), definitions: list(ringSchema) }),
      }),
    },
    'an object with impact, rootCause and chains',
  )
  .superRefine(({ impact, rootCause, chains }, context) => {
    const { timeStartStr: start, timeEndStr: end } = impact;
    if (start !== undefined && end !== undefined && end < start) {
      const message = 'a time that is not before timeStartStr';
      context.addIssue({ code: 'custom', path: ['impact', 'timeEndStr'], message });
    }
    const steps = chains.flatMap((chain) => chain.steps);
    const named = [impact.impactService, rootCause.service, ...steps.map(({ service }) => service)];
    if (named.every((service) => service === undefined)) {
      const message = NAMES_NOTHING;
      context.addIssue({ code: 'custom', path: [], message });
    }
  });

/** What a root cause analysis found. What it does not know is missing here, and never made up. */
export type Rca = z.infer<typeof rcaSchema>;
export type RcaChain = Rca['chains'][number];
export type RcaStep = RcaChain['steps'][number];

export const AUDIENCES = ['executive', 'customer', 'engineer'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Reads an analysis as it comes over the wire: the whole response of the analyser, or what its `data` holds. */
export function parseRca(value: unknown): Rca {
  const { data, path } = unwrapped(value);
  const parsed = rcaSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.message === NAMES_NOTHING) throw new AppError('bad_request', NAMES_NOTHING);
  const where = [...path, ...(issue?.path ?? [])].reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${String(part)}`,
    '',
  );
  throw new AppError(
    'bad_request',
    `${where || 'The analysis'} must be ${issue?.message ?? 'valid'}.`,
  );
}

function unwrapped(value: unknown): { data: unknown; path: string[] } {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { data: value, path: [] };
  }
  if ('status' in value && value.status === 'error') {
    throw new AppError('bad_request', 'The analysis failed, so there is nothing to explain.');
  }
  return 'data' in value ? { data: value.data, path: ['data'] } : { data: value, path: [] };
}
