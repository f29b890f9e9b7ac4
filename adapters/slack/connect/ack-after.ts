import type { App, Receiver } from '@slack/bolt';

type ReceiverEvent = Parameters<App['processEvent']>[0];

/**
 * Bolt acknowledges events before anybody has seen them. Here nothing is acknowledged before it is safe, and
 * what fails is not acknowledged at all, so that Slack delivers it again.
 */
function acknowledgingAfter(app: App): Pick<App, 'processEvent'> {
  return {
    async processEvent(event: ReceiverEvent) {
      let answer: unknown;
      const ack: ReceiverEvent['ack'] = async (response) => {
        answer = response;
      };
      await app.processEvent({ ...event, ack });
      await event.ack(answer);
    },
  };
}

/** The receiver as Bolt's app is to see it: alone, without an installer that wants to authorise by itself. */
export function receiverOf(receiver: Pick<Receiver, 'init'>): Receiver {
  return {
    // Of the app, receivers call `processEvent` and nothing else.
    init: (app) => receiver.init(acknowledgingAfter(app) as App),
    start: async () => undefined,
    stop: async () => undefined,
  };
}
