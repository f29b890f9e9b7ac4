import { Router } from 'express';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { analyseText, logAnalysisResultSchema } from '../logs/index.ts';
import type { Clock } from '../ports/clock.ts';
import type { AdviseOnLogs } from '../triage/index.ts';
import { jsonBody } from './json-body.ts';
import { methodNotAllowed } from './problems.ts';

/** Some hundred thousand lines; a larger file belongs to `sitrep logs`, which streams it. */
const MOST_BYTES = 32 * 1_048_576;

/** A line, or an entry that some other program took apart. */
const entrySchema = z.union([
  z.string(),
  z
    .object({
      timestamp: z.union([z.string(), z.number()]).optional(),
      level: z.string().optional(),
      service: z.string().optional(),
      source: z.string().optional(),
      message: z.string(),
    })
    .transform(({ timestamp, level, service, source, message }) =>
      [timeOf(timestamp), level?.toUpperCase(), service ?? source, message]
        .filter((part) => part !== undefined && part !== '')
        .join(' '),
    ),
]);
const logsSchema = z.union([z.string(), z.array(entrySchema)]);
const bodySchema = z.union([
  z.object({ logs: logsSchema }).transform(({ logs }) => logs),
  logsSchema,
]);

export type AnalyzeLogsOptions = { clock: Clock; adviseOnLogs: AdviseOnLogs };

/** Analyses the lines that are sent; nothing of them is kept. */
export function analyzeLogsRoutes({ clock, adviseOnLogs }: AnalyzeLogsOptions): Router {
  const router = Router();
  router
    .route('/analyze-logs')
    .post(jsonBody(MOST_BYTES), async (request, response) => {
      const parsed = bodySchema.safeParse(request.body);
      const text = !parsed.success
        ? ''
        : typeof parsed.data === 'string'
          ? parsed.data
          : parsed.data.join('\n');
      if (text.trim() === '') {
        throw new AppError(
          'bad_request',
          'Send {"logs": ...}: one string of lines, or a list of lines or of entries with a message.',
        );
      }
      const result = await adviseOnLogs(await analyseText(text, clock.now()));
      response.json(logAnalysisResultSchema.parse(result));
    })
    .all(methodNotAllowed('POST'));
  return router;
}

/** Seconds or milliseconds since 1970 become what a log would say. */
function timeOf(timestamp: string | number | undefined): string | undefined {
  if (typeof timestamp !== 'number') return timestamp;
  const date = new Date(timestamp < 100_000_000_000 ? timestamp * 1_000 : timestamp);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
