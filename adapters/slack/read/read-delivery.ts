import { type Delivery, type Identity, ignored } from './delivery.ts';
import { readHappening } from './happenings.ts';
import {
  readBlockActions,
  readCommandPayload,
  readShortcut,
  readViewSubmission,
} from './interactions.ts';

/** Anything that Slack delivers, verified by its signature or its socket, in our own shape. */
export function readDelivery(
  body: Record<string, unknown>,
  identity: Identity,
  now: Date,
): Delivery {
  if (typeof body.command === 'string') return readCommandPayload(body, identity, now);
  switch (body.type) {
    case 'event_callback':
      return readHappening(body, identity);
    case 'block_actions':
      return readBlockActions(body, identity, now);
    case 'message_action':
      return readShortcut(body, identity, now);
    case 'view_submission':
      return readViewSubmission(body, identity, now);
    default:
      return ignored('unknown');
  }
}
