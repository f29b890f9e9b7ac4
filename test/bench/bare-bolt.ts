/** The least that a Bolt app can do with a report: acknowledge it and post it back. */
import type { AddressInfo } from 'node:net';
import { App, LogLevel } from '@slack/bolt';

const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL } = process.env;
const app = new App({
  token: SLACK_BOT_TOKEN ?? '',
  signingSecret: SLACK_SIGNING_SECRET ?? '',
  clientOptions: { slackApiUrl: SLACK_API_URL ?? '' },
  logLevel: LogLevel.ERROR,
});
app.command('/triage', async ({ ack, command, client }) => {
  await ack();
  await client.chat.postMessage({ channel: command.channel_id, text: command.text });
});
app.event('app_mention', async ({ event, client }) => {
  await client.chat.postMessage({
    channel: event.channel,
    text: event.text,
    thread_ts: event.ts,
  });
});
app.event('message', async () => undefined);
const server = (await app.start(0)) as { address(): unknown };
process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
