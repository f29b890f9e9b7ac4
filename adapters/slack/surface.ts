/**
 * All names that Slack must know beforehand. manifest/slack/manifest.yaml says the same to Slack; a test compares
 * them.
 */
export const COMMAND = '/triage';

export const SHORTCUTS = { triage: 'triage_message', explain: 'explain_message' } as const;

export const FORMS = {
  report: 'report_form',
  correction: 'correction_form',
  settings: 'settings_form',
} as const;

export const BOT_EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_rename',
  'group_rename',
  'member_joined_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'reaction_added',
  'reaction_removed',
  'tokens_revoked',
] as const;

/** Each is here for a reason; Slack shows them to whoever installs the app. */
export const BOT_SCOPES = [
  // Mentions are the twin of the slash command in threads.
  'app_mentions:read',
  // Reports and evidence in channels, and finding our own messages again.
  'channels:history',
  'groups:history',
  'im:history',
  // A command in a public channel that we are not in yet.
  'channels:join',
  // Names of channels, by which incident channels are known.
  'channels:read',
  'groups:read',
  'chat:write',
  'commands',
  // Log files shared in threads; long answers.
  'files:read',
  'files:write',
  // Thumbs as votes.
  'reactions:read',
  // Names of people in cards and timelines.
  'users:read',
] as const;

/** Below the mount of the router, which is `/slack`. */
export const PATHS = {
  events: '/events',
  install: '/install',
  redirect: '/oauth_redirect',
} as const;
export const MOUNT = '/slack';
