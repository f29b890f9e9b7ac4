/**
 * What a log line may carry beside its static message. The set is closed on purpose: ids, codes and
 * numbers have a field, message bodies and secrets have none.
 */
export type LogFields = {
  requestId?: string;
  incidentId?: string;
  eventKey?: string;
  deliveryKey?: string;
  platform?: string;
  part?: string;
  provider?: string;
  model?: string;
  feature?: string;
  rung?: string;
  collection?: string;
  job?: string;
  jobId?: string;
  attempt?: number;
  code?: string;
  /** The name of a foreign error's class, never its message: messages quote their input. */
  errorName?: string;
  /** Where in our code it happened: file and line of the first frame that is ours. */
  at?: string;
  method?: string;
  route?: string;
  status?: number;
  port?: number;
  pid?: number;
  count?: number;
  ms?: number;
};

/** From `cause` a line takes the code, the class and where in our code it happened: never its message. */
type Log = (message: string, fields?: LogFields, cause?: unknown) => void;

export interface Logger {
  debug: Log;
  info: Log;
  warn: Log;
  error: Log;
}
