import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallFault, Faults } from '../faults.ts';
import { readBody, sendJson } from '../http.ts';
import { isObject, type JsonObject, parseJson, text } from '../json.ts';
import type { Pacing } from '../pacing.ts';
import type { Workspace } from '../world/records.ts';
import { accessMethods } from './access.ts';
import { Arguments, type Method, Refusal, type Surroundings } from './call.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { peopleMethods } from './people.ts';
import { viewMethods } from './views.ts';

/** One call of the Web API, as it came and as it ended. */
export type RecordedCall = {
  method: string;
  at: number;
  arguments: JsonObject;
  /** `ok`, Slack's word for the refusal, or the fault that was played. */
  outcome: string;
  /** It changed what this Slack shows, whatever the app was told. */
  tookEffect: boolean;
};

const RETRY_AFTER_SECONDS = 1;
const SERVER_ERROR = 500;

export type WebApi = {
  handle(request: IncomingMessage, response: ServerResponse, method: string): Promise<void>;
  calls: RecordedCall[];
};

export function createWebApi(
  surroundings: Surroundings,
  options: { faults: Faults; pacing: Pacing; appToken: string },
): WebApi {
  const { world } = surroundings;
  const { faults, pacing } = options;
  const methods: Record<string, Method> = {
    ...accessMethods(surroundings),
    ...chatMethods(surroundings),
    ...conversationMethods(surroundings),
    ...fileMethods(surroundings),
    ...peopleMethods(surroundings),
    ...viewMethods(surroundings),
  };
  const calls: RecordedCall[] = [];

  function authenticate(method: Method, token: string): Workspace {
    if (method.token === 'none') return NOBODY;
    if (token === '') throw new Refusal('not_authed');
    if (method.token === 'app') {
      if (token === options.appToken) return NOBODY;
      throw new Refusal(token.startsWith('xapp-') ? 'invalid_auth' : 'not_allowed_token_type');
    }
    const workspace = [...world.workspaces.values()].find((each) => each.botToken === token);
    if (!workspace) throw new Refusal('invalid_auth');
    if (workspace.refused !== undefined) throw new Refusal(workspace.refused);
    const needed = method.scopes;
    const granted = workspace.scopes;
    if (granted && needed && !needed.some((scope) => granted.has(scope))) {
      throw new Refusal('missing_scope', {
        needed: needed.join(','),
        provided: [...granted].join(','),
      });
    }
    return workspace;
  }

  function pace(name: string, values: Arguments): void {
    if (name !== 'chat.postMessage') return;
    const wait = pacing.take(values.text('channel') ?? '');
    if (wait !== undefined) throw new TooFast(wait);
  }

  return {
    calls,
    async handle(request, response, name) {
      const body = await readBody(request);
      const headers = headersOf(request);
      const values = new Arguments(argumentsOf(request, body));
      const record: RecordedCall = {
        method: name,
        at: world.now(),
        arguments: values.raw,
        outcome: 'ok',
        tookEffect: false,
      };
      calls.push(record);
      const fault = faults.ofCall(name);
      if (fault) record.outcome = describe(fault);
      if (fault && (!('when' in fault) || fault.when !== 'after')) {
        fail(response, fault);
        return;
      }
      let answer: JsonObject;
      try {
        const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
        if (!method) throw new Refusal('unknown_method', { req_method: name });
        const workspace = authenticate(method, tokenOf(headers, values));
        pace(name, values);
        answer = { ok: true, ...method.run({ arguments: values, workspace, headers }) };
        record.tookEffect = true;
      } catch (error) {
        if (error instanceof TooFast) {
          record.outcome = 'ratelimited';
          sendRateLimit(response, error.seconds);
          return;
        }
        if (!(error instanceof Refusal)) throw error;
        record.outcome = error.message;
        answer = { ok: false, error: error.message, ...error.details };
      }
      if (fault) fail(response, fault);
      else sendJson(response, 200, answer);
    },
  };
}

class TooFast extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super('ratelimited');
    this.seconds = seconds;
  }
}

/** Stands in where no workspace belongs to the token. */
const NOBODY: Workspace = {
  id: '',
  domain: '',
  name: '',
  olderPlan: false,
  organisation: undefined,
  botUser: '',
  botId: '',
  botToken: '',
  scopes: undefined,
  refused: undefined,
};

function fail(response: ServerResponse, fault: CallFault): void {
  switch (fault.kind) {
    case 'ratelimited':
      sendRateLimit(response, fault.retryAfter ?? RETRY_AFTER_SECONDS);
      break;
    case 'status':
      response.writeHead(fault.status ?? SERVER_ERROR).end('upstream error');
      break;
    case 'error':
      sendJson(response, 200, { ok: false, error: fault.error });
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'timeout':
      // Never answered: the caller has to give up by itself. Closing the server ends it.
      break;
  }
}

function describe(fault: CallFault): string {
  if (fault.kind === 'error') return fault.error;
  return 'when' in fault ? `${fault.kind} ${fault.when} the effect` : fault.kind;
}

function sendRateLimit(response: ServerResponse, seconds: number): void {
  response.setHeader('retry-after', String(seconds));
  sendJson(response, 429, { ok: false, error: 'ratelimited' });
}

function headersOf(request: IncomingMessage): Map<string, string> {
  return new Map(
    Object.entries(request.headers).map(([name, value]) => [name, text(value)] as const),
  );
}

function tokenOf(headers: Map<string, string>, values: Arguments): string {
  const bearer = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  return bearer ?? values.text('token') ?? '';
}

function argumentsOf(request: IncomingMessage, body: Buffer): JsonObject {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://slack').searchParams);
  const content = request.headers['content-type'] ?? '';
  if (content.startsWith('application/json')) {
    const parsed = parseJson(body.toString());
    return { ...query, ...(isObject(parsed) ? parsed : {}) };
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString())) };
}
