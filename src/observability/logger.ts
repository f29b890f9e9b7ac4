import type { Clock } from '../ports/clock.ts';
import type { LogFields, Logger } from '../ports/logger.ts';
import { errorFields } from './error-fields.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type LogLevel = (typeof LEVELS)[number];

export type LoggerOptions = {
  /** Lines below this level are not written. */
  level: LogLevel;
  /** Takes one whole line, without its end. */
  write: (line: string) => void;
  clock: Clock;
};

/** Ids and codes are far shorter; what is longer is a body that strayed here. */
const LONGEST_TEXT = 200;

/** The closed set again, because a cast or a spread carries fields past the compiler. */
const FIELDS = {
  requestId: 'string',
  incidentId: 'string',
  eventKey: 'string',
  deliveryKey: 'string',
  platform: 'string',
  part: 'string',
  provider: 'string',
  model: 'string',
  feature: 'string',
  rung: 'string',
  collection: 'string',
  job: 'string',
  jobId: 'string',
  attempt: 'number',
  code: 'string',
  errorName: 'string',
  at: 'string',
  method: 'string',
  route: 'string',
  status: 'number',
  port: 'number',
  pid: 'number',
  count: 'number',
  ms: 'number',
} as const satisfies Record<keyof LogFields, 'string' | 'number'>;

/** One JSON object a line. */
export function createLogger({ level, write, clock }: LoggerOptions): Logger {
  const lowest = LEVELS.indexOf(level);
  const at = (lineLevel: LogLevel) => {
    if (LEVELS.indexOf(lineLevel) < lowest) return () => {};
    return (message: string, fields: LogFields = {}, cause?: unknown) => {
      const line = {
        time: clock.now().toISOString(),
        level: lineLevel,
        message: message.slice(0, LONGEST_TEXT),
        ...known(cause === undefined ? fields : { ...errorFields(cause), ...fields }),
      };
      write(escapeForTerminals(JSON.stringify(line)));
    };
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function known(fields: LogFields): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [name, type] of Object.entries(FIELDS)) {
    const value: unknown = fields[name as keyof LogFields];
    if (type === 'string' && typeof value === 'string') kept[name] = value.slice(0, LONGEST_TEXT);
    if (type === 'number' && Number.isFinite(value)) kept[name] = value as number;
  }
  return kept;
}

/**
 * JSON escapes line feeds and the other controls below U+0020. The C1 controls, line separators and
 * direction marks are legal JSON, yet can move a terminal's cursor or turn a line around.
 */
function escapeForTerminals(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
