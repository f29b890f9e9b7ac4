import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, sendJson } from '../http.ts';
import { isObject, type JsonObject, parseJson, text } from '../json.ts';
import { Arguments, Refusal } from '../web-api/call.ts';
import { type Content, isEmpty, readContent } from '../web-api/drafts.ts';
import { tellChanged, tellDeleted, tellPosted } from '../web-api/message-events.ts';
import type { Channel, Message, Workspace } from '../world/records.ts';
import { messageShape } from '../world/shapes.ts';
import type { World } from '../world/world.ts';

/** Where an answer to one command or click may go. */
type Place = {
  workspace: Workspace;
  channel: Channel;
  user: string;
  /** The message that was clicked on; a command has none. */
  message: Message | undefined;
  madeAt: number;
  uses: number;
};

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const MOST_USES = 5;
const GOOD_FOR_MS = 30 * 60_000;

type Telling = Parameters<typeof tellPosted>[0];

export type ResponseUrls = {
  make(place: Omit<Place, 'madeAt' | 'uses'>): string;
  handle(request: IncomingMessage, response: ServerResponse, id: string): Promise<void>;
  /** Shows what came as the answer to a command itself. */
  show(place: Omit<Place, 'madeAt' | 'uses'>, answer: JsonObject): void;
};

export function createResponseUrls(telling: Telling): ResponseUrls {
  const { world } = telling;
  const places = new Map<string, Place>();

  return {
    make(place) {
      const id = world.nextId('R');
      places.set(id, { ...place, madeAt: world.now(), uses: 0 });
      return `${telling.origin()}/response/${id}`;
    },

    show: (place, answer) => show(telling, place, answer),

    async handle(request, response, id) {
      const body = parseJson((await readBody(request)).toString());
      const place = places.get(id);
      const expired = place && world.now() - place.madeAt > GOOD_FOR_MS;
      if (!place || expired || place.uses >= MOST_USES) {
        sendJson(response, 404, { ok: false, error: expired ? 'expired_url' : 'used_url' });
        return;
      }
      if (!isObject(body)) {
        sendJson(response, 400, { ok: false, error: 'invalid_payload' });
        return;
      }
      try {
        show(telling, place, body);
        place.uses += 1;
        response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        sendJson(response, 400, { ok: false, error: error.message, ...error.details });
      }
    },
  };
}

function show(telling: Telling, place: Omit<Place, 'madeAt' | 'uses'>, answer: JsonObject): void {
  const { world } = telling;
  const { workspace, channel, user, message } = place;
  if (answer.delete_original === true && message) {
    const before = messageShape(world, message, telling.origin());
    world.messages.remove(message);
    tellDeleted(telling, channel, message, before);
    return;
  }
  const content = readContent(world, workspace, new Arguments(answer));
  if (isEmpty(content)) throw new Refusal('no_text');
  if (answer.replace_original === true && message) {
    const before = messageShape(world, message, telling.origin());
    world.messages.edit(message, content);
    tellChanged(telling, channel, message, before);
    return;
  }
  const threadTs = text(answer.thread_ts) || undefined;
  if (answer.response_type === 'in_channel') {
    const posted = world.messages.add({ ...authored(place, content), threadTs });
    tellPosted(telling, channel, posted);
    return;
  }
  remember(world, { channel: channel.id, user, threadTs, content });
}

function authored({ channel, workspace }: Omit<Place, 'madeAt' | 'uses'>, content: Content) {
  return {
    channel: channel.id,
    user: workspace.botUser,
    botId: workspace.botId,
    text: content.text ?? '',
    blocks: content.blocks ?? [],
    attachments: content.attachments ?? [],
  };
}

function remember(
  world: World,
  note: { channel: string; user: string; threadTs: string | undefined; content: Content },
): void {
  world.ephemerals.push({
    channel: note.channel,
    user: note.user,
    ts: world.nextTs(),
    threadTs: note.threadTs,
    text: note.content.text ?? '',
    blocks: note.content.blocks ?? [],
  });
  world.messages.changed();
}
