import type { StoredFile } from '../world/records.ts';
import { fileShape } from '../world/shapes.ts';
import { type Call, type Method, Refusal, type Surroundings, visibleChannel } from './call.ts';
import { takeBlocks } from './drafts.ts';
import { tellPosted } from './message-events.ts';

/** An upload in three steps: an address, the bytes, and the message that shows it. */
export function fileMethods(surroundings: Surroundings): Record<string, Method> {
  const { world, origin } = surroundings;
  const fileOf = (id: string): StoredFile => {
    const file = world.files.get(id);
    if (!file) throw new Refusal('file_not_found');
    return file;
  };

  return {
    'files.getUploadURLExternal': {
      token: 'bot',
      scopes: ['files:write'],
      run(call) {
        const name = call.arguments.required('filename');
        if (!(Number(call.arguments.required('length')) > 0))
          throw new Refusal('invalid_arguments');
        const id = world.nextId('F');
        world.files.set(id, {
          id,
          name,
          title: name,
          user: call.workspace.botUser,
          workspace: call.workspace.id,
          content: Buffer.alloc(0),
          created: Math.floor(world.now() / 1000),
          shares: [],
        });
        return { upload_url: `${origin()}/upload/v1/${id}`, file_id: id };
      },
    },

    'files.completeUploadExternal': {
      token: 'bot',
      scopes: ['files:write'],
      run(call) {
        const uploaded = (call.arguments.list('files', 'invalid_arguments') ?? []).map((each) => {
          const file = fileOf(String(each.id));
          if (file.content.length === 0) throw new Refusal('file_not_found');
          if (typeof each.title === 'string') file.title = each.title;
          return file;
        });
        if (uploaded.length === 0) throw new Refusal('invalid_arguments');
        if (call.arguments.text('channel_id') !== undefined) share(surroundings, call, uploaded);
        return { files: uploaded.map((file) => fileShape(world, file, origin())) };
      },
    },

    'files.info': {
      token: 'bot',
      scopes: ['files:read'],
      run: (call) => ({
        file: fileShape(world, fileOf(call.arguments.required('file')), origin()),
        comments: [],
      }),
    },
  };
}

function share(surroundings: Surroundings, call: Call, files: StoredFile[]): void {
  const { world } = surroundings;
  const channel = visibleChannel(world, call, 'channel_id');
  if (!channel.members.has(call.workspace.botUser)) throw new Refusal('not_in_channel');
  const threadTs = call.arguments.text('thread_ts');
  if (threadTs !== undefined && !world.messages.find(channel.id, threadTs)) {
    throw new Refusal('thread_not_found');
  }
  const blocks = call.arguments.json('blocks', 'invalid_blocks_format');
  const message = world.messages.add({
    channel: channel.id,
    threadTs,
    user: call.workspace.botUser,
    botId: call.workspace.botId,
    text: call.arguments.text('initial_comment') ?? '',
    blocks: blocks === undefined ? [] : takeBlocks(world, call.workspace, blocks, 'message'),
    files,
  });
  for (const file of files) file.shares.push({ channel: channel.id, ts: message.ts });
  tellPosted(surroundings, channel, message);
}
