import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../fakes/slack/index.ts';
import { createRandom } from '../fakes/slack/random.ts';
import { sleep } from './sleep.ts';

/** Many people in many channels, who type a known number of reports a second. */
export type Drive = {
  slack: FakeSlack;
  /** Sends `count` reports at an even pace, however slowly they are answered; answers with their keys. */
  send(phase: string, count: number, everyMs: number, mentions: number): Promise<string[]>;
  /** The reports that the app acknowledged, at whichever attempt. */
  acknowledged(keys: readonly string[]): Set<string>;
  /** How many messages of our bot speak of each report. */
  cards(keys: readonly string[]): Map<string, number>;
  /** The most messages that one channel got: no channel takes more than one a second. */
  busiest(): number;
  /** Waits until as many reports have a card as there are going to be; answers when the last one came. */
  settled(keys: readonly string[], withinMs: number): Promise<number>;
};

const CHANNELS = 100;
const PEOPLE = 20;
const KEY = /bench-\w+-\d+/;
/** A card that takes longer than this after the others is not coming. */
const STILL_FOR_MS = 20_000;

export async function startDrive(options: FakeSlackOptions): Promise<Drive> {
  const slack = await startFakeSlack({
    // Slack forgives short bursts; anything steadier than one a second is written down.
    pacing: { messagesASecond: 1, burst: 2, enforce: true },
    ...options,
  });
  const random = createRandom(2);
  const people = Array.from({ length: PEOPLE }, (_, i) => slack.user(`U${i}`));
  const members = people.map((person) => person.id);
  const channels = Array.from({ length: CHANNELS }, (_, i) =>
    slack.channel(`inc-${i}`, { members }),
  );

  async function report(key: string, mention: boolean): Promise<void> {
    const person = random.pick(people);
    const channel = random.pick(channels).id;
    const text = `${key} checkout is timing out since 10:05, database connection pool exhausted`;
    if (mention) await person.says(channel, `<@${slack.workspace.botUser}> triage ${text}`);
    else await person.command(`/triage ${text}`, channel);
  }

  const cards = (keys: readonly string[]) => {
    const counts = new Map(keys.map((key) => [key, 0]));
    for (const message of slack.posted()) {
      const key = KEY.exec(message.text)?.[0] ?? KEY.exec(JSON.stringify(message.blocks))?.[0];
      const known = key === undefined ? undefined : counts.get(key);
      if (key !== undefined && known !== undefined) counts.set(key, known + 1);
    }
    return counts;
  };

  return {
    slack,
    cards,

    busiest() {
      const counts = new Map<string, number>();
      for (const { channel } of slack.posted()) counts.set(channel, (counts.get(channel) ?? 0) + 1);
      return Math.max(0, ...counts.values());
    },

    async send(phase, count, everyMs, mentions) {
      const keys = Array.from({ length: count }, (_, i) => `bench-${phase}-${i}`);
      const started = performance.now();
      const reports: Promise<void>[] = [];
      for (const [i, key] of keys.entries()) {
        await sleep(started + i * everyMs - performance.now());
        reports.push(report(key, random.chance(mentions)));
      }
      await Promise.all(reports);
      return keys;
    },

    acknowledged(keys) {
      const known = new Set(keys);
      const found = new Set<string>();
      for (const { delivery, acknowledged } of slack.receipts) {
        const { event } = delivery.body as { event?: { type: string; bot_id?: string } };
        // A mention is told twice: as a mention, and as a message that is not for us to answer.
        const asks = delivery.kind === 'command' || event?.type === 'app_mention';
        const key = asks ? KEY.exec(JSON.stringify(delivery.body))?.[0] : undefined;
        if (acknowledged && key !== undefined && known.has(key)) found.add(key);
      }
      return found;
    },

    async settled(keys, withinMs) {
      const until = performance.now() + withinMs;
      let shown = -1;
      let since = performance.now();
      while (performance.now() < until) {
        const now = [...cards(keys).values()].filter((count) => count > 0).length;
        if (now !== shown) since = performance.now();
        shown = now;
        if (shown === keys.length || performance.now() - since > STILL_FOR_MS) break;
        await sleep(500);
      }
      await slack.idle();
      return since;
    },
  };
}

/** The environment in which the product takes this Slack for the real one. */
export function environmentFor(slack: FakeSlack): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: slack.workspace.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.url,
  };
}
