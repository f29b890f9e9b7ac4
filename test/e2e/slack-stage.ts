import { expect } from 'vitest';
import type { FakeSlack } from '../fakes/slack/index.ts';
import type { Person } from '../fakes/slack/people/actors.ts';
import type { Message, Workspace } from '../fakes/slack/world/records.ts';
import { shown } from './slack-harness.ts';

export const REPORT =
  'postgres deadlock on orders, replica lag is growing and every query times out';
export const VERDICT = /incident, (critical|high|medium|low) severity/;

let made = 0;

/** Rooms and eyes for scenarios that run side by side: each has its own channels and people. */
export function createStage(slack: () => FakeSlack) {
  /** Slack takes one message a second in each channel, so no two scenarios share one. */
  function channel(
    members: readonly Person[],
    prefix = 'team',
    where: { home?: Workspace; sharedWith?: readonly Workspace[] } = {},
  ): string {
    made += 1;
    const name = `${prefix}-${made}`;
    slack().channel(name, { members: members.map(({ id }) => id), ...where });
    return name;
  }

  function person(home?: Workspace): Person {
    made += 1;
    return slack().user(`U0PERSON${made}`, home);
  }

  const inThread = (thread: string | undefined) => (message: Message) =>
    message.botId !== undefined && (thread === undefined || message.threadTs === thread);

  function fits(message: Message, words: RegExp | string): boolean {
    return typeof words === 'string'
      ? `${message.text} ${JSON.stringify(message.blocks)}`.includes(words)
      : words.test(shown(message));
  }

  /** What we posted that says this. */
  function seen(name: string, words: RegExp | string, thread?: string): Promise<Message> {
    return slack().until(() =>
      slack()
        .messages(name)
        .filter(inThread(thread))
        .find((message) => fits(message, words)),
    );
  }

  /** What only this person is told next. */
  async function told(person: Person, act: () => Promise<unknown>): Promise<string> {
    const before = person.ephemerals().length;
    await act();
    return shown(await slack().until(() => person.ephemerals()[before]));
  }

  return {
    channel,
    person,
    seen,
    told,
    /** What we posted in a channel and its threads. */
    ours: (name: string): Message[] =>
      slack()
        .messages(name)
        .filter(({ metadata }) => metadata !== undefined),
    /** The card of a report by command. */
    async incidentIn(name: string, person: Person, text = REPORT): Promise<Message> {
      expect(await told(person, () => person.command(`/triage ${text}`, name))).toMatch(/n it\./);
      return seen(name, VERDICT);
    },
    /** The conversation of a person with the bot. */
    direct(person: Person): string {
      const { workspace, world } = slack();
      return world.channels.direct(workspace.id, workspace.botUser, person.id).name;
    },
  };
}
