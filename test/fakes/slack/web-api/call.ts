import { isObject, type JsonObject, parseJson } from '../json.ts';
import type { BlockProblem } from '../limits/blocks.ts';
import type { Channel, Workspace } from '../world/records.ts';
import type { World } from '../world/world.ts';

/** A refusal in Slack's words: answered with status 200 and `ok: false`. */
export class Refusal extends Error {
  readonly details: JsonObject;
  constructor(error: string, details: JsonObject = {}) {
    super(error);
    this.details = details;
  }
}

export function refuse(problem: BlockProblem): Refusal {
  const { error, details } = problem;
  if (details.length === 0) return new Refusal(error);
  return new Refusal(error, {
    errors: details,
    response_metadata: { messages: details.map((each) => `[ERROR] ${each}`) },
  });
}

/** Arguments come as a form, with JSON in its fields, or as one JSON object. */
export class Arguments {
  readonly raw: JsonObject;
  constructor(raw: JsonObject) {
    this.raw = raw;
  }

  text(name: string): string | undefined {
    const value = this.raw[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : String(value);
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') {
      throw new Refusal('invalid_arguments', {
        response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
      });
    }
    return value;
  }

  flag(name: string): boolean {
    return ['true', '1'].includes(this.text(name) ?? '');
  }

  number(name: string): number | undefined {
    const value = Number(this.text(name));
    return this.text(name) === undefined || Number.isNaN(value) ? undefined : value;
  }

  /** Undefined when absent; `broken` is the error for what is not JSON. */
  json(name: string, broken: string): unknown {
    const value = this.raw[name];
    if (typeof value !== 'string') return value ?? undefined;
    const parsed = parseJson(value);
    if (parsed === undefined) throw new Refusal(broken);
    return parsed;
  }

  list(name: string, broken: string): JsonObject[] | undefined {
    const value = this.json(name, broken);
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || !value.every(isObject)) throw new Refusal(broken);
    return value;
  }

  object(name: string, broken: string): JsonObject | undefined {
    const value = this.json(name, broken);
    if (value === undefined) return undefined;
    if (!isObject(value)) throw new Refusal(broken);
    return value;
  }
}

/** One call of a method, by a token that was found good. */
export type Call = { arguments: Arguments; workspace: Workspace; headers: Map<string, string> };

/** What the methods work on. */
export type Surroundings = {
  world: World;
  /** This server's address, for links that lead back to it. */
  origin(): string;
  /** Tells the app, as Slack's Events API does. */
  tell(workspace: Workspace, event: JsonObject, channel?: Channel): void;
  oauth: { clientId: string; clientSecret: string; codes: Map<string, string> };
  /** The address of a WebSocket that takes one connection. */
  socketUrl(): string;
  /** The user who may still open a modal with this trigger, once and for three seconds. */
  takeTrigger(id: string): string;
};

export type Method = {
  /** `app`: the app-level token of Socket Mode; `none`: neither. */
  token: 'bot' | 'app' | 'none';
  /** Any of these is enough. */
  scopes?: readonly string[];
  run(call: Call): JsonObject;
};

/** The channel an argument names, if this workspace's bot can see it. */
export function visibleChannel(world: World, call: Call, name = 'channel'): Channel {
  const id = call.arguments.text(name) ?? '';
  const { workspace } = call;
  const found =
    world.channels.byId(id) ??
    world.channels
      .all()
      .find((each) => each.workspace === workspace.id && each.name === id.replace(/^#/, ''));
  const inReach = found?.workspace === workspace.id || found?.sharedWith.includes(workspace.id);
  const seen = found?.kind === 'public' || found?.members.has(workspace.botUser);
  if (!found || !inReach || !seen) throw new Refusal('channel_not_found');
  return found;
}

/** One page and the cursor of the next one. */
export function page<Item>(
  call: Call,
  items: readonly Item[],
  limits: { usual: number; most: number },
): { items: Item[]; more: boolean; cursor: string } {
  const limit = call.arguments.number('limit') ?? limits.usual;
  if (limit < 1 || limit > limits.most) throw new Refusal('invalid_limit');
  const cursor = call.arguments.text('cursor') ?? '';
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString().slice(5));
  if (!Number.isInteger(start) || start < 0) throw new Refusal('invalid_cursor');
  const end = start + limit;
  const more = end < items.length;
  return {
    items: items.slice(start, end),
    more,
    cursor: more ? Buffer.from(`next:${end}`).toString('base64') : '',
  };
}
