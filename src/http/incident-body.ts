import { z } from 'zod';
import { AppError } from '../domain/errors.ts';

const MOST_CHARACTERS = 100_000;

const incidentSchema = z.object({
  title: z.string().max(MOST_CHARACTERS).default(''),
  description: z.string().max(MOST_CHARACTERS).default(''),
  source: z.string().max(200).optional(),
});
/** The incident itself, or wrapped as the escalation contract wraps it. */
const bodySchema = z.union([
  z.object({ incident: incidentSchema }).transform(({ incident }) => incident),
  incidentSchema,
]);

/** The text of the incident in a request, and where it says that it comes from. */
export function readIncident(body: unknown): { text: string; source?: string } {
  const parsed = bodySchema.safeParse(body);
  const text = parsed.success ? `${parsed.data.title}\n${parsed.data.description}`.trim() : '';
  if (!parsed.success || text === '') {
    throw new AppError(
      'bad_request',
      `Send an incident with a title or a description of at most ${MOST_CHARACTERS} characters.`,
    );
  }
  const { source } = parsed.data;
  return { text, ...(source === undefined ? {} : { source }) };
}
