import { z } from 'zod';
import { environment, loadConfig } from '../config.ts';
import { AppError } from '../domain/errors.ts';

/** Asks the running product: what is embedded can be opened by that process only. */
export async function askProduct(
  method: string,
  path: string,
  content?: unknown,
): Promise<unknown> {
  const { server } = loadConfig(environment());
  const host = ['0.0.0.0', '::'].includes(server.host) ? '127.0.0.1' : server.host;
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${server.port ?? 3000}`;
  const [token] = server.tokens;
  let response: Response;
  try {
    response = await fetch(base + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    });
  } catch (cause) {
    throw new AppError('unavailable', `No Sitrep answers at ${base}: start it first.`, { cause });
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  const said = z.object({ message: z.string() }).safeParse(body);
  throw new AppError(
    'unavailable',
    said.success ? said.data.message : `Sitrep answered with status ${response.status}.`,
  );
}
