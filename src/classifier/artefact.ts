import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { createLinearModel } from './linear-model.ts';
import { type CalibratedHead, HEAD_NAMES, type HeadName, type Model } from './train.ts';
import { CONTRACT_THRESHOLDS } from './uncertainty.ts';

/** Counted up when features or the file's layout change: weights for other features mean nothing here. */
const FORMAT = 2;

const headSchema = z.object({
  labels: z.array(z.string()),
  temperature: z.number().positive(),
  heldOut: z.object({
    accuracy: z.number(),
    calibrationError: z.number(),
    reliability: z.array(
      z.object({ count: z.number(), confidence: z.number(), accuracy: z.number() }),
    ),
  }),
  scale: z.number().positive(),
  weights: z.base64(),
  biases: z.array(z.number()),
});

const bodySchema = z.object({
  format: z.literal(FORMAT),
  trainedOn: z.object({ texts: z.number(), hash: z.string(), seed: z.number() }),
  hashes: z.base64(),
  idf: z.base64(),
  heads: z.record(z.enum(HEAD_NAMES as [HeadName, ...HeadName[]]), headSchema),
});
type Body = z.infer<typeof bodySchema>;

const fileSchema = z.object({ checksum: z.string(), model: z.unknown() });

export type ReadModel = { model: Model; version: string };

/** One file: weights as bytes, what they were trained on, how well they did, and a checksum over all. */
export function writeArtefact(model: Model): string {
  const body: Body = {
    format: FORMAT,
    trainedOn: model.trainedOn,
    hashes: bytesOf(Uint32Array.from(model.vocabulary.index.keys())),
    idf: bytesOf(model.vocabulary.idf),
    heads: Object.fromEntries(
      HEAD_NAMES.map((name) => [name, packHead(model.heads[name])]),
    ) as Body['heads'],
  };
  return `${JSON.stringify({ checksum: checksumOf(body), model: body }, undefined, 1)}\n`;
}

/** Refuses what is broken, foreign, or does not answer a first question sensibly. */
export function readArtefact(content: string): ReadModel {
  const body = parse(content);
  const hashes = new Uint32Array(buffer(body.hashes));
  const model: Model = {
    vocabulary: {
      index: new Map(Array.from(hashes, (hash, column) => [hash, column])),
      idf: new Float32Array(buffer(body.idf)),
    },
    heads: Object.fromEntries(
      HEAD_NAMES.map((name) => [name, unpackHead(body.heads[name], hashes.length)]),
    ) as Model['heads'],
    trainedOn: body.trainedOn,
  };
  const version = `linear-${FORMAT}-${checksumOf(body).slice(0, 8)}`;
  const classifier = createLinearModel(model, version, CONTRACT_THRESHOLDS);
  const { category, confidence } = classifier.classify('DNS resolution fails for all services');
  if (category !== 'Network' || !(confidence > 1 / 6)) throw refused('fails its smoke test');
  return { model, version };
}

function parse(content: string): Body {
  let file: z.infer<typeof fileSchema>;
  try {
    file = fileSchema.parse(JSON.parse(content));
  } catch (cause) {
    throw refused('is not a model file', cause);
  }
  const parsed = bodySchema.safeParse(file.model);
  if (!parsed.success) throw refused('is of another format than this program reads', parsed.error);
  if (checksumOf(parsed.data) !== file.checksum) throw refused('does not match its checksum');
  return parsed.data;
}

/** Weights as signed bytes of one scale a head: 127 steps are finer than what training leaves to chance. */
function packHead(head: CalibratedHead) {
  const { labels, temperature, heldOut, biases } = head;
  const most = head.weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), 1e-9);
  const scale = most / 127;
  const weights = Int8Array.from(head.weights, (weight) => Math.round(weight / scale));
  return {
    labels: [...labels],
    temperature,
    heldOut,
    scale,
    weights: bytesOf(weights),
    biases: Array.from(biases),
  };
}

function unpackHead(packed: z.infer<typeof headSchema>, columns: number): CalibratedHead {
  const { labels, temperature, heldOut, scale } = packed;
  const bytes = new Int8Array(buffer(packed.weights));
  if (bytes.length !== columns * labels.length) throw refused('has weights missing');
  return {
    labels,
    temperature,
    heldOut,
    weights: Float32Array.from(bytes, (byte) => byte * scale),
    biases: Float32Array.from(packed.biases),
  };
}

function checksumOf(body: Body): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

function bytesOf(values: Uint32Array | Float32Array | Int8Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

/** A copy that begins at zero: typed arrays refuse to start in the middle of a pool. */
function buffer(base64: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(base64, 'base64')).buffer;
}

function refused(why: string, cause?: unknown): AppError {
  return new AppError('config', `The model file ${why}: restore it, or train a new one.`, {
    cause,
  });
}
