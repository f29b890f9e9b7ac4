import type { App, Receiver } from '@slack/bolt';

type ReceiverEvent = Parameters<App['processEvent']>[0];

/** What an acknowledgement shows goes this way when there is no connection left to send it over. */
export type SayLater = (responseUrl: string, answer: object) => Promise<void>;

/**
 * Bolt acknowledges events before anybody has seen them. Here nothing is acknowledged before it is safe, and
 * what fails is not acknowledged at all, so that Slack delivers it again.
 */
function acknowledgingAfter(app: App, sayLater: SayLater): Pick<App, 'processEvent'> {
  return {
    async processEvent(event: ReceiverEvent) {
      let answer: unknown;
      const ack: ReceiverEvent['ack'] = async (response) => {
        answer = response;
      };
      await app.processEvent({ ...event, body: withoutNulls(event.body), ack });
      try {
        await event.ack(answer);
      } catch (error) {
        // A socket that was closed meanwhile. Commands are not delivered again, so their answer takes another way.
        const url: unknown = event.body.response_url;
        if (typeof answer !== 'object' || answer === null || typeof url !== 'string') throw error;
        await sayLater(url, answer);
      }
    },
  };
}

/** Bolt looks into what is null in an event, such as the person behind an alert, and fails. */
function withoutNulls(body: ReceiverEvent['body']): ReceiverEvent['body'] {
  const { event } = body;
  if (typeof event !== 'object' || event === null) return body;
  const known = Object.entries(event).filter(([, value]) => value !== null);
  return { ...body, event: Object.fromEntries(known) };
}

/** The receiver as Bolt's app is to see it: alone, without an installer that wants to authorise by itself. */
export function receiverOf(receiver: Pick<Receiver, 'init'>, sayLater: SayLater): Receiver {
  return {
    // Of the app, receivers call `processEvent` and nothing else.
    init: (app) => receiver.init(acknowledgingAfter(app, sayLater) as App),
    start: async () => undefined,
    stop: async () => undefined,
  };
}
