import { type Logger, LogLevel } from '@slack/bolt';

/** For clients of the SDK whose failures we translate ourselves: their log lines quote what was sent. */
export function silentLogger(): Logger {
  const nothing = () => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    setLevel: nothing,
    getLevel: () => LogLevel.ERROR,
    setName: nothing,
  };
}
