import { AppError, type ErrorCode } from '../../../src/domain/errors.ts';

type Meaning = { code: ErrorCode; message: string; retryable?: boolean };

const GONE = 'The message, or the one whose thread this is in, was deleted in Slack.';
const TOKEN = "Slack no longer accepts Sitrep's token: install the app again.";
const NOT_IN = 'Sitrep is not in this channel: invite it with /invite @Sitrep.';

/**
 * What the codes of Slack's answers mean to us. `not_found` is kept for messages and threads that are gone, so
 * that whoever posts can say so in the channel; a channel out of reach is `forbidden`.
 */
const MEANINGS: Record<string, Meaning> = {
  message_not_found: { code: 'not_found', message: GONE },
  thread_not_found: { code: 'not_found', message: GONE },
  file_not_found: { code: 'not_found', message: 'The file was deleted in Slack.' },
  file_deleted: { code: 'not_found', message: 'The file was deleted in Slack.' },
  channel_not_found: { code: 'forbidden', message: NOT_IN },
  not_in_channel: { code: 'forbidden', message: NOT_IN },
  user_not_in_channel: { code: 'forbidden', message: 'This person is not in the channel.' },
  is_archived: { code: 'forbidden', message: 'The channel is archived: report it in another one.' },
  restricted_action: { code: 'forbidden', message: 'The workspace does not let Sitrep post here.' },
  cant_update_message: { code: 'forbidden', message: 'The message is not one of Sitrep.' },
  edit_window_closed: { code: 'forbidden', message: 'The workspace no longer allows this edit.' },
  missing_scope: {
    code: 'forbidden',
    message: 'Sitrep lacks a permission in Slack: install the app again with the current manifest.',
  },
  invalid_auth: { code: 'unauthorized', message: TOKEN },
  not_authed: { code: 'unauthorized', message: TOKEN },
  account_inactive: { code: 'unauthorized', message: TOKEN },
  token_revoked: { code: 'unauthorized', message: TOKEN },
  token_expired: { code: 'unauthorized', message: TOKEN },
  ratelimited: { code: 'rate_limited', message: 'Slack asked Sitrep to slow down.' },
  rate_limited: { code: 'rate_limited', message: 'Slack asked Sitrep to slow down.' },
  internal_error: { code: 'unavailable', message: 'Slack has a problem of its own.' },
  fatal_error: { code: 'unavailable', message: 'Slack has a problem of its own.' },
  service_unavailable: { code: 'unavailable', message: 'Slack has a problem of its own.' },
  team_added_to_org: { code: 'unavailable', message: 'The workspace is being moved by Slack.' },
  request_timeout: { code: 'timeout', message: 'Slack did not get the whole request.' },
};

/** Blocks that this workspace does not take; the same card without them may pass. */
const REFUSED_BLOCKS = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']);

/** What Slack itself answered, when it was Slack that refused. */
export class SlackRefusal extends AppError {
  readonly answer: string;
  readonly refusedBlocks: boolean;

  constructor(answer: string, retryAfterMs: number | undefined, cause: unknown) {
    const meaning = MEANINGS[answer] ?? {
      code: 'internal',
      message: 'Slack refused what Sitrep asked for.',
      retryable: false,
    };
    super(meaning.code, meaning.message, {
      ...(meaning.retryable === undefined ? {} : { retryable: meaning.retryable }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      cause,
    });
    this.answer = answer;
    this.refusedBlocks = REFUSED_BLOCKS.has(answer);
  }
}

/** Of the SDK's errors only codes and numbers: their messages and bodies quote what was sent. */
export function translate(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code, data, retryAfter, statusCode, original } = fieldsOf(error);
  const answer = fieldsOf(data).error;
  if (code === 'slack_webapi_platform_error' && typeof answer === 'string') {
    return new SlackRefusal(
      answer,
      milliseconds(fieldsOf(fieldsOf(data).response_metadata).retryAfter),
      error,
    );
  }
  if (code === 'slack_webapi_rate_limited_error') {
    return new SlackRefusal('ratelimited', milliseconds(retryAfter), error);
  }
  if (code === 'slack_webapi_http_error') {
    const isOurFault = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
    return new AppError('unavailable', 'Slack answered with an error of its server.', {
      retryable: !isOurFault,
      cause: error,
    });
  }
  const isTimeout = original instanceof Error && original.name === 'TimeoutError';
  return isTimeout
    ? new AppError('timeout', 'Slack did not answer in time.', { cause: error })
    : new AppError('unavailable', 'Slack cannot be reached.', { cause: error });
}

function milliseconds(seconds: unknown): number | undefined {
  return typeof seconds === 'number' ? seconds * 1000 : undefined;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
