import { ChromaClient, ChromaNotFoundError } from 'chromadb';
import { AppError } from '../../src/domain/errors.ts';
import { within } from './within.ts';

/** A client of wherever Chroma answers at the moment of the call. */
export function createChromaClient(address: () => string | undefined): () => ChromaClient {
  let client: { address: string; chroma: ChromaClient } | undefined;
  return () => {
    const now = address();
    if (now === undefined) throw new AppError('unavailable', 'Chroma is away.');
    if (client?.address !== now) client = { address: now, chroma: connect(now) };
    return client.chroma;
  };
}

function connect(address: string): ChromaClient {
  const { protocol, hostname, port, username, password } = new URL(address);
  const ssl = protocol === 'https:';
  const secret = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return new ChromaClient({
    host: hostname,
    port: port === '' ? (ssl ? 443 : 80) : Number(port),
    ssl,
    // Named, because the client would ask the environment for them.
    tenant: 'default_tenant',
    database: 'default_database',
    ...(secret === ':'
      ? {}
      : { headers: { authorization: `Basic ${Buffer.from(secret).toString('base64')}` } }),
  });
}

/** What Chroma says, in time; its failures as ours. */
export async function guarded<Value>(ms: number, call: () => Promise<Value>): Promise<Value> {
  try {
    return await within(ms, call());
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (cause instanceof ChromaNotFoundError) {
      throw new AppError('not_found', 'Chroma does not have this collection.', { cause });
    }
    throw new AppError('unavailable', 'Chroma does not answer as it should.', { cause });
  }
}
