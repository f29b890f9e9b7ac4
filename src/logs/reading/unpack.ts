import * as zlib from 'node:zlib';
import { AppError } from '../../domain/errors.ts';

type Chunks = AsyncIterable<Uint8Array>;

/** The bytes of a log, unpacked when the first of them say gzip or zstd. */
export async function* unpack(source: Chunks): Chunks {
  const iterator = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let ended = false;
  while (head.length < 4 && !ended) {
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else head = Buffer.concat([head, next.value]);
  }
  const whole = again(head, iterator, ended);
  if (head[0] === 0x1f && head[1] === 0x8b) yield* through(whole, zlib.createGunzip(), 'gzip');
  else if (head.length >= 4 && head.readUInt32LE(0) === ZSTD_MAGIC) {
    yield* through(whole, zstd(), 'zstd');
  } else yield* whole;
}

const ZSTD_MAGIC = 0xfd2fb528;

async function* again(head: Buffer, rest: AsyncIterator<Uint8Array>, ended: boolean): Chunks {
  if (head.length > 0) yield head;
  while (!ended) {
    const next = await rest.next();
    if (next.done === true) return;
    yield next.value;
  }
}

/** Node has zstd since 22.15 and 23.8; the types of the oldest Node that we run on do not know it. */
function zstd(): zlib.Gunzip {
  const create = (zlib as { createZstdDecompress?: () => zlib.Gunzip }).createZstdDecompress;
  if (create) return create();
  throw new AppError(
    'bad_request',
    `This log is packed with zstd, which Node ${process.versions.node} cannot read: unpack it with "zstd -dc", or use Node 22.15 or newer.`,
  );
}

async function* through(source: Chunks, unpacker: zlib.Gunzip, name: string): Chunks {
  const feeding = feed(source, unpacker);
  // The reader below is told of a failure on either side; this only keeps it from being unhandled.
  feeding.catch(() => undefined);
  try {
    for await (const chunk of unpacker) yield chunk as Uint8Array;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('bad_request', `The ${name} data is broken or cut short.`, { cause });
  } finally {
    unpacker.destroy();
  }
  await feeding;
}

async function feed(source: Chunks, unpacker: zlib.Gunzip): Promise<void> {
  try {
    for await (const chunk of source) {
      if (unpacker.destroyed) return;
      if (!unpacker.write(chunk)) await drained(unpacker);
    }
    unpacker.end();
  } catch (error) {
    unpacker.destroy(error instanceof Error ? error : new Error('reading failed'));
    throw error;
  }
}

function drained(unpacker: zlib.Gunzip): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      unpacker.off('drain', go).off('close', go).off('error', go);
      resolve();
    };
    unpacker.once('drain', go).once('close', go).once('error', go);
  });
}
