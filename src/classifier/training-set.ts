import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { actionSchema, categorySchema, severitySchema } from '../domain/taxonomy.ts';

/** Who speaks: people, monitors and machines write about the same incident in different words. */
const VOICES = [
  'chat',
  'alertmanager',
  'monitor',
  'pager',
  'support',
  'postmortem',
  'log',
] as const;

const labelledTextSchema = z.object({
  text: z.string().min(1),
  category: categorySchema,
  severity: severitySchema,
  action: actionSchema,
  voice: z.enum(VOICES),
});
export type LabelledText = z.infer<typeof labelledTextSchema>;

/** What people and their bots say in a channel for incidents; `report` is the one kind that reports trouble. */
const TALK_VOICES = [
  'report',
  'acknowledgement',
  'coordination',
  'discussion',
  'handover',
  'maintenance',
  'notice',
  'planning',
  'pointer',
  'progress',
  'question',
  'request',
  'resolved',
  'social',
] as const;

/** Ways of reporting in a few words. */
const SHORT_REPORT_VOICES = [
  'symptom',
  'headline',
  'hurried',
  'measured',
  'seen',
  'cause',
] as const;
/** Ways of talking about trouble in its own words without reporting any. */
const HARD_TALK_VOICES = [
  'asking',
  'status',
  'story',
  'intention',
  'hypothesis',
  'pointing',
  'courtesy',
  'explaining',
  'roundup',
] as const;

const voicesOfReports: readonly string[] = ['report', ...SHORT_REPORT_VOICES];
const voicesOfFewWords: readonly string[] = [...SHORT_REPORT_VOICES, ...HARD_TALK_VOICES];

const talkSchema = z.object({
  text: z.string().min(1),
  voice: z.enum([...TALK_VOICES, ...SHORT_REPORT_VOICES, ...HARD_TALK_VOICES]),
});
export type Talk = z.infer<typeof talkSchema>;

export function reportsTrouble({ voice }: Talk): boolean {
  return voicesOfReports.includes(voice);
}

/** Written to tell short reports from hard talk, and for nothing else. */
export function isFewWords({ voice }: Talk): boolean {
  return voicesOfFewWords.includes(voice);
}

export function parseTrainingSet(file: string, content: string): LabelledText[] {
  return parseLines(file, content, labelledTextSchema);
}

export function parseTalk(file: string, content: string): Talk[] {
  return parseLines(file, content, talkSchema);
}

/** One JSON object a line; the first that is not right is named with its file and line. */
function parseLines<T>(file: string, content: string, schema: z.ZodType<T>): T[] {
  return content.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const at = `${file}, line ${index + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new AppError('bad_request', `${at} is not JSON.`, { cause });
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return [parsed.data];
    const field = parsed.error.issues[0]?.path.join('.') || 'the line';
    throw new AppError('bad_request', `${at}: ${field} is missing or not one of the known values.`);
  });
}
