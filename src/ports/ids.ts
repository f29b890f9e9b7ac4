/** Makes ids that sort by time and are safe in a URL, a job id and a log line: `inc_01J9…`. */
export interface Ids {
  next(prefix: string): string;
}
