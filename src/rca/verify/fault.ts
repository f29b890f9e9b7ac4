const FAULT_KINDS = [
  'unknown-name',
  'wrong-number',
  'wrong-time',
  'wrong-root-cause',
  'wrong-order',
  'unclear-order',
  'unknown-cause',
] as const;

/** What in a sentence could not be traced to the analysis. */
export type Fault = { kind: (typeof FAULT_KINDS)[number]; said: string; why: string };
