import { BOT_EVENTS, BOT_SCOPES } from '../../adapters/slack/surface.ts';
import { readBlocks } from '../contract/slack-reading.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/index.ts';
import type { Message } from '../fakes/slack/world/records.ts';
import { type RunningProduct, startSitrep, usedFolder } from '../fixtures/product.ts';

export type StartedInSlack = {
  slack: FakeSlack;
  product: RunningProduct;
  /** Where the product keeps what it keeps. */
  folder: string;
  /** How often this was written to the log. */
  logged(message: string): number;
  stop(): Promise<void>;
};

/** The compiled product with a Slack of its own, which grants no more than the manifest asks for. */
export async function startInSlack({
  socket = false,
  oauth = false,
} = {}): Promise<StartedInSlack> {
  const slack = await startFakeSlack({ scopes: BOT_SCOPES, events: BOT_EVENTS });
  const folder = usedFolder();
  const product = await startSitrep({
    cwd: folder.path,
    env: {
      ...(oauth
        ? {
            SLACK_CLIENT_ID: slack.oauth.clientId,
            SLACK_CLIENT_SECRET: slack.oauth.clientSecret,
            SITREP_PUBLIC_URL: 'https://sitrep.example.com',
            SITREP_ENCRYPTION_KEY: '0123456789abcdef'.repeat(4),
          }
        : { SLACK_BOT_TOKEN: slack.workspace.botToken }),
      SLACK_API_URL: slack.url,
      SITREP_ON_CALL: 'oncall-*=U0GRACE',
      ...(socket
        ? { SLACK_APP_TOKEN: slack.appToken }
        : { SLACK_SIGNING_SECRET: slack.signingSecret }),
    },
  });
  if (!socket) slack.deliverTo(`${product.address}/slack/events`);
  return {
    slack,
    product,
    folder: folder.path,
    logged: (message) => product.stderr().split(message).length - 1,
    async stop() {
      await product.stop();
      await slack.close();
      folder.remove();
    },
  };
}

/** What a reader sees of one of our messages. */
export function shown({ text, blocks }: Pick<Message, 'text' | 'blocks'>): string {
  return blocks.length === 0 ? text : readBlocks(blocks);
}
