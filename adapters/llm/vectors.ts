import { z } from 'zod';
import { AppError } from '../../src/domain/errors.ts';

const vector = z.array(z.number()).min(1);
const answerSchema = z.array(z.union([vector, z.array(vector).min(1)]));

/** Unit-length vectors, one for each text, out of what an embedding server answered. */
export function readVectors(answer: unknown, count: number): number[][] {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success || parsed.data.length !== count) throw unreadable();
  const vectors = parsed.data.map((one) => unit(mean(one)));
  if (vectors.some((one) => one.length !== vectors[0]?.length)) throw unreadable();
  return vectors;
}

/** Models without a pooling of their own answer with one vector for each token. */
function mean(value: number[] | number[][]): number[] {
  const [first] = value;
  if (!Array.isArray(first)) return value as number[];
  const rows = value as number[][];
  return first.map((_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length);
}

function unit(value: number[]): number[] {
  const length = Math.hypot(...value);
  if (!Number.isFinite(length) || length === 0) throw unreadable();
  return value.map((part) => part / length);
}

function unreadable(): AppError {
  return new AppError('unavailable', 'The embedding server answered in an unknown form.');
}
