import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { anthropicWire } from './anthropic.ts';
import type { Answer, Behaviour, Dialect, ProviderCall, ProviderDouble } from './behaviour.ts';
import { isEmbedding, openAiWire, writeEmbeddings } from './openai.ts';
import type { Said, Wire } from './wire.ts';

/** Where the dialect lives on its host. */
const PATHS: Record<Dialect, string> = {
  openai: '/v1',
  anthropic: '',
  huggingface: '/v1',
  ollama: '',
  vllm: '',
};

const ANSWER: Answer = { text: 'All is well.' };

export async function startProviderDouble(dialect: Dialect): Promise<ProviderDouble> {
  const wire = dialect === 'anthropic' ? anthropicWire : openAiWire(dialect);
  const calls: ProviderCall[] = [];
  let script: Behaviour[] = [ANSWER];
  const server = createServer(async (request, response) => {
    // Whoever hangs up early is none of the double's business.
    response.on('error', () => undefined);
    const call = await readCall(request);
    calls.push(call);
    let behaviour = (script.length > 1 ? script.shift() : script[0]) ?? ANSWER;
    while (typeof behaviour === 'function') behaviour = behaviour(call);
    await behave(behaviour, call, wire, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${PATHS[dialect]}`,
    calls,
    say(...behaviours) {
      script = behaviours;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readCall(request: IncomingMessage): Promise<ProviderCall> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const body = JSON.parse(text) as Record<string, unknown>;
  const { authorization = '', 'x-api-key': own } = request.headers;
  const messages = (body.messages ?? []) as { content: string }[];
  return {
    path: request.url ?? '',
    headers: request.headers,
    key: typeof own === 'string' ? own : authorization.replace(/^Bearer /, ''),
    body,
    isStream: body.stream === true,
    prompt: [body.system ?? '', ...messages.map(({ content }) => content)].join('\n'),
  };
}

async function behave(
  behaviour: Exclude<Behaviour, (call: ProviderCall) => Behaviour>,
  call: ProviderCall,
  wire: Wire,
  response: ServerResponse,
): Promise<void> {
  if (behaviour === 'hang') return;
  if (behaviour === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (behaviour === 'garbage') {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<html><body>Please sign in</body></html>');
    return;
  }
  if (typeof behaviour === 'object' && 'status' in behaviour) {
    const { status, headers = {}, message = 'It went wrong.' } = behaviour;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(wire.error(status, message)));
    return;
  }
  if (typeof behaviour === 'object') {
    const refused = behaviour.refuses?.find((parameter) => parameter in call.body);
    if (refused !== undefined) {
      const message = `Unsupported parameter: '${refused}' is not supported with this model.`;
      await behave({ status: 400, message }, call, wire, response);
      return;
    }
    if (behaviour.slowMs !== undefined) await setTimeout(behaviour.slowMs);
  }
  if (isEmbedding(call)) writeEmbeddings(call, behaviour === 'empty', response);
  else await write(wire, said(behaviour), call, response);
}

function said(behaviour: Answer | 'cut' | 'unfinished' | 'refusal' | 'empty'): Said {
  const plain = {
    text: 'The pool is full and nobody gives back.',
    stop: 'end',
    counts: true,
  } as const;
  if (behaviour === 'refusal')
    return { ...plain, text: 'I cannot help with that.', stop: 'refusal' };
  if (behaviour === 'empty') return { ...plain, text: '' };
  if (behaviour === 'cut' || behaviour === 'unfinished') return { ...plain, broken: behaviour };
  return {
    ...('text' in behaviour ? { text: behaviour.text } : { value: behaviour.value, text: '' }),
    stop: behaviour.stop ?? 'end',
    counts: behaviour.silent !== true,
  };
}

async function write(
  wire: Wire,
  what: Said,
  call: ProviderCall,
  response: ServerResponse,
): Promise<void> {
  if (!call.isStream) {
    const body = JSON.stringify(wire.whole(what, call));
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    };
    response.writeHead(200, what.broken ? headers : { 'content-type': 'application/json' });
    if (what.broken) response.write(body.slice(0, body.length / 2), () => response.destroy());
    else response.end(body);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const events = wire.events(what, call);
  const kept = what.broken ? events.slice(0, Math.ceil(events.length / 2)) : events;
  for (const { name, data } of kept) {
    response.write(`${name === undefined ? '' : `event: ${name}\n`}data: ${data}\n\n`);
    // So that they arrive one by one.
    await setTimeout(1);
  }
  if (what.broken === 'cut') response.destroy();
  else response.end();
}
