import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  BOT_EVENTS,
  BOT_SCOPES,
  COMMAND,
  MOUNT,
  PATHS,
  SHORTCUTS,
} from '../../../adapters/slack/surface.ts';

const manifest = z
  .object({
    display_information: z.object({
      description: z.string().max(140),
      long_description: z.string().min(174).max(4_000),
    }),
    features: z.object({
      shortcuts: z.array(
        z.object({ name: z.string().max(24), type: z.literal('message'), callback_id: z.string() }),
      ),
      slash_commands: z.array(
        z.object({ command: z.string(), url: z.url(), should_escape: z.literal(true) }),
      ),
    }),
    oauth_config: z.object({
      redirect_urls: z.array(z.url()),
      scopes: z.strictObject({ bot: z.array(z.string()) }),
    }),
    settings: z.object({
      event_subscriptions: z.object({ request_url: z.url(), bot_events: z.array(z.string()) }),
      interactivity: z.object({ is_enabled: z.literal(true), request_url: z.url() }),
    }),
  })
  .parse(parse(readFileSync('manifest/slack/manifest.yaml', 'utf8')));

const { features, oauth_config, settings } = manifest;

describe("Slack's manifest and the code", () => {
  it('ask for the same scopes', () => {
    expect(oauth_config.scopes.bot).toEqual([...BOT_SCOPES].sort());
  });

  it('know the same events', () => {
    expect(settings.event_subscriptions.bot_events).toEqual([...BOT_EVENTS].sort());
  });

  it('know the same command and shortcuts', () => {
    expect(features.slash_commands.map(({ command }) => command)).toEqual([COMMAND]);
    expect(features.shortcuts.map(({ callback_id }) => callback_id).sort()).toEqual(
      Object.values(SHORTCUTS).sort(),
    );
  });

  it('name the same addresses', () => {
    const pathOf = (address: string) => new URL(address).pathname;
    expect(
      [
        ...features.slash_commands.map(({ url }) => url),
        settings.event_subscriptions.request_url,
        settings.interactivity.request_url,
      ].map(pathOf),
    ).toEqual(Array(3).fill(MOUNT + PATHS.events));
    expect(oauth_config.redirect_urls.map(pathOf)).toEqual([MOUNT + PATHS.redirect]);
  });
});

/** Which scope each event and each call of the Web API needs, as Slack's reference says. */
const NEEDED: Record<(typeof BOT_SCOPES)[number], RegExp> = {
  'app_mentions:read': /'app_mention'/,
  'channels:history': /conversations\.history/,
  'channels:join': /conversations\.join/,
  'channels:read': /conversations\.info/,
  'chat:write': /chat\.postMessage/,
  commands: /'\/triage'/,
  'files:read': /files\.info/,
  'files:write': /files\.completeUploadExternal/,
  'groups:history': /'message\.groups'/,
  'groups:read': /'group_rename'/,
  'im:history': /'message\.im'/,
  'reactions:read': /'reaction_added'/,
  'users:read': /users\.info/,
};

describe('every scope', () => {
  const sources = [
    'surface',
    'deliveries',
    'delivery-proof',
    'platform',
    'replies',
    'api/directory',
    'api/files',
  ]
    .map((file) => readFileSync(`adapters/slack/${file}.ts`, 'utf8'))
    .join('\n');

  it.each(Object.entries(NEEDED))('%s is needed', (_scope, use) => {
    expect(sources).toMatch(use);
  });
});
