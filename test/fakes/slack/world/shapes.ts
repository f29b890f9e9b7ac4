import type { JsonObject } from '../json.ts';
import { channelType } from './channels.ts';
import { isTopLevel } from './messages.ts';
import type { Channel, Message, StoredFile, User, View } from './records.ts';
import { APP_ID, type World } from './world.ts';

/** Records as Slack's own JSON, in answers and in events. */

export function messageShape(
  world: World,
  message: Message,
  origin: string,
  options: { metadata: boolean; thread?: boolean } = { metadata: false },
): JsonObject {
  const integration =
    message.botId === undefined ? undefined : world.integrations.get(message.botId);
  const ours = message.botId !== undefined && integration === undefined;
  const workspace = world.channels.byId(message.channel)?.workspace;
  const home = message.user === undefined ? undefined : world.users.get(message.user)?.workspace;
  const shape: JsonObject = {
    type: 'message',
    ...(message.subtype !== undefined && { subtype: message.subtype }),
    ...(message.user !== undefined && { user: message.user }),
    ts: message.ts,
    text: message.text,
    ...(home !== undefined && !integration && { team: home }),
    // Only who writes from another workspace, through a shared channel, is marked as from there.
    ...(home !== undefined && home !== workspace && { user_team: home, source_team: home }),
    ...(message.botId !== undefined && { bot_id: message.botId }),
    ...(ours && {
      app_id: APP_ID,
      bot_profile: botProfile(message.botId ?? '', 'Sitrep', APP_ID, workspace ?? ''),
    }),
    ...(integration && {
      app_id: integration.appId,
      username: integration.name,
      bot_profile: botProfile(integration.id, integration.name, integration.appId, workspace ?? ''),
    }),
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.attachments.length > 0 && { attachments: message.attachments }),
    ...(message.files.length > 0 && {
      files: message.files.map((file) => fileShape(world, file, origin)),
    }),
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    ...(message.editedTs !== undefined && {
      edited: { user: message.user ?? message.botId, ts: message.editedTs },
    }),
    ...(message.reactions.length > 0 && {
      reactions: message.reactions.map((each) => ({ ...each, count: each.users.length })),
    }),
    ...(options.metadata && message.metadata && { metadata: message.metadata }),
  };
  if (message.threadTs !== undefined && !isTopLevel(message)) {
    const parent = world.messages.find(message.channel, message.threadTs);
    if (parent?.user !== undefined) shape.parent_user_id = parent.user;
  }
  if (options.thread && isTopLevel(message)) {
    const replies = world.messages.repliesTo(message.channel, message.ts);
    if (replies.length > 0) {
      shape.thread_ts = message.ts;
      shape.reply_count = replies.length;
      shape.latest_reply = replies.at(-1)?.ts;
    }
  }
  return shape;
}

function botProfile(id: string, name: string, appId: string, team: string): JsonObject {
  return { id, name, app_id: appId, team_id: team, deleted: false, updated: 0, icons: {} };
}

export function userShape(user: User): JsonObject {
  return {
    id: user.id,
    team_id: user.workspace,
    name: user.name,
    deleted: false,
    real_name: user.realName,
    tz: 'Etc/UTC',
    tz_offset: 0,
    is_bot: user.isBot,
    is_app_user: false,
    profile: { real_name: user.realName, display_name: user.name, team: user.workspace },
  };
}

export function channelShape(channel: Channel, viewer: string): JsonObject {
  const shared = channel.sharedWith.length > 0;
  return {
    id: channel.id,
    ...(channel.kind === 'im'
      ? { user: [...channel.members].find((member) => member !== viewer) }
      : { name: channel.name, name_normalized: channel.name }),
    is_channel: channel.kind !== 'im',
    is_group: false,
    is_im: channel.kind === 'im',
    is_mpim: false,
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_member: channel.members.has(viewer),
    is_shared: shared,
    is_ext_shared: shared,
    is_org_shared: false,
    context_team_id: channel.workspace,
    shared_team_ids: [channel.workspace, ...channel.sharedWith],
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.size,
  };
}

export function fileShape(world: World, file: StoredFile, origin: string): JsonObject {
  const type = /\.(\w+)$/.exec(file.name)?.[1] ?? 'text';
  const privately = file.shares.filter(
    ({ channel }) => world.channels.get(channel).kind !== 'public',
  );
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: MIME_TYPES[type] ?? 'text/plain',
    filetype: type,
    pretty_type: type.toUpperCase(),
    user: file.user,
    user_team: file.workspace,
    editable: false,
    size: file.content.length,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    is_public: file.shares.length > privately.length,
    file_access: 'visible',
    url_private: `${origin}/files-pri/${file.workspace}-${file.id}/${encodeURIComponent(file.name)}`,
    url_private_download: `${origin}/files-pri/${file.workspace}-${file.id}/download/${encodeURIComponent(file.name)}`,
    permalink: `https://${world.workspace(file.workspace).domain}.slack.com/files/${file.user}/${file.id}/${file.name}`,
    channels: file.shares.map(({ channel }) => channel),
    groups: [],
  };
}

const MIME_TYPES: Record<string, string> = {
  json: 'application/json',
  gz: 'application/gzip',
  zip: 'application/zip',
  pdf: 'application/pdf',
  png: 'image/png',
  md: 'text/markdown',
};

export function viewShape(world: World, view: View, values: JsonObject = {}): JsonObject {
  const bot = world.workspace(view.workspace);
  return {
    id: view.id,
    team_id: view.workspace,
    app_id: APP_ID,
    app_installed_team_id: view.workspace,
    bot_id: bot.botId,
    callback_id: '',
    private_metadata: '',
    external_id: '',
    close: null,
    submit: null,
    clear_on_close: false,
    notify_on_close: false,
    ...view.view,
    hash: view.hash,
    root_view_id: view.root,
    previous_view_id: view.previous ?? null,
    state: { values },
  };
}

/** What events say about where they happened. */
export function placeShape(channel: Channel): JsonObject {
  return { channel: channel.id, channel_type: channelType(channel) };
}
