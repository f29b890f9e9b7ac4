import type { Event, VoteValue } from '../../../src/domain/event.ts';

/** Who we are in the workspace that a delivery comes from. */
export type Identity = {
  workspace: string;
  enterprise?: string | undefined;
  botUserId: string;
  botId?: string | undefined;
};

/** Where an answer for the acting person alone goes. */
export type ReplyTo = {
  channel: string;
  user: string;
  thread?: string | undefined;
  responseUrl?: string | undefined;
  /** The body of the acknowledgement is shown to the person: a slash command. */
  inline?: boolean | undefined;
  /** What was clicked on was for this person alone, and its answer takes its place. */
  replaces?: boolean | undefined;
  /** Between the person and us alone: an ordinary message is as private there. */
  direct?: boolean | undefined;
};

/** What a form is about; Slack keeps it while the form is open. */
export type FormAbout = {
  /** Absent where it was opened in no channel: then the form asks for one. */
  channel?: string | undefined;
  thread?: string | undefined;
  incidentId?: string | undefined;
  /** Where the answer to the sent form goes. */
  responseUrl?: string | undefined;
};

export type Reaction = {
  channel: string;
  message: string;
  user: string;
  value: VoteValue;
  removed: boolean;
  occurrence: string;
};

/** What one delivery of Slack comes to. */
export type Delivery =
  | {
      kind: 'event';
      event: Event;
      reply?: ReplyTo | undefined;
      /** The event carries ids where people expect names. */
      lookUp?: { actor?: boolean; channel?: boolean } | undefined;
      /** Opens a form; with `formAfter` once the event is safe, else instead of the event. */
      form?:
        | { name: 'report' | 'correction' | 'settings'; trigger: string; about: FormAbout }
        | undefined;
      formAfter?: boolean | undefined;
    }
  /** A form that lacks something: what, by the names of its fields. */
  | { kind: 'incomplete'; errors: Record<string, string> }
  | { kind: 'reaction'; reaction: Reaction }
  | { kind: 'renamed'; channel: string; name: string }
  /** We are in this channel from now on. */
  | { kind: 'invited'; channel: string }
  | { kind: 'ignored'; because: keyof typeof IGNORED };

/** One log line each. */
export const IGNORED = {
  unknown: 'Slack sent something of a kind that is not for us; it was ignored.',
  malformed: 'Slack sent something of an unknown shape; it was ignored.',
  foreign: 'Somebody of another workspace acted; it was ignored.',
  /** Every message of ours comes back to us: no news. */
  ourselves: undefined,
  silent: undefined,
} as const;

export const ignored = (because: keyof typeof IGNORED): Delivery => ({ kind: 'ignored', because });
