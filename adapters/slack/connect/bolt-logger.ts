import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from '../../../src/ports/logger.ts';

/** What the library says that operators should know, in our words: its own quote what was sent. */
const LINES: readonly (readonly [start: string, line: string | undefined])[] = [
  ['Request verification failed', 'A request that Slack did not sign was refused.'],
  ['Parsing request body failed', 'A request with a broken body was refused.'],
  ['Failed to read request body', 'A request ended before its body did.'],
  ['Request body exceeded', 'A request with too large a body was refused.'],
  ['Could not determine the type', 'Slack sent something of an unknown kind; it was ignored.'],
  // Whoever decides about these errors logs them.
  ['Authorization of incoming event', undefined],
  ['Failed to retrieve a new WSS URL', undefined],
  ['WebSocket error', undefined],
];

export function createBoltLogger(logger: Logger): BoltLogger {
  const say = (level: 'warn' | 'error') => (first: unknown) => {
    const text = typeof first === 'string' ? first : '';
    const known = LINES.find(([start]) => text.startsWith(start));
    const line = known ? known[1] : "Slack's library reported a problem.";
    if (line !== undefined) logger[level](line, { platform: 'slack', ...codeIn(text) });
  };
  const nothing = () => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: say('warn'),
    error: say('error'),
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  };
}

function codeIn(text: string): { code?: string } {
  const code = /\(code: (slack_\w{1,60})/.exec(text)?.[1];
  return code === undefined ? {} : { code };
}
