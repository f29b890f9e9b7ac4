/**
 * What people can type after `/triage`; anything else is a report. `rest` says what may follow the word: with
 * anything else behind it the whole is a report too, so that "status page is down" is not a question.
 */
export type CommandDefinition = {
  name: string;
  usage: string;
  summary: string;
  rest: 'nothing' | 'words' | 'maybe words' | 'maybe off' | 'a name' | 'maybe lines';
};

export const COMMANDS = [
  { name: 'help', usage: 'help', summary: 'What you can ask for', rest: 'nothing' },
  { name: 'status', usage: 'status', summary: 'Open incidents, newest first', rest: 'nothing' },
  {
    name: 'ask',
    usage: 'ask <question>',
    summary: 'An answer from the runbooks and past incidents, with its sources',
    rest: 'words',
  },
  {
    name: 'search',
    usage: 'search <words>',
    summary: 'The runbooks and past incidents that fit, for you alone',
    rest: 'words',
  },
  {
    name: 'logs',
    usage: 'logs [lines]',
    summary: 'What matters in pasted log lines, or in those of this thread',
    rest: 'maybe lines',
  },
  {
    name: 'rca',
    usage: 'rca [JSON]',
    summary: 'This incident, or a root cause analysis, in plain words for leadership',
    rest: 'maybe lines',
  },
  {
    name: 'similar',
    usage: 'similar',
    summary: 'Past incidents like this one and what fixed them',
    rest: 'nothing',
  },
  {
    name: 'escalate',
    usage: 'escalate',
    summary: 'Ask for a second opinion, or call somebody',
    rest: 'nothing',
  },
  {
    name: 'resolve',
    usage: 'resolve [what fixed it]',
    summary: 'Mark this incident as resolved and remember what helped',
    rest: 'maybe words',
  },
  {
    name: 'catchup',
    usage: 'catchup',
    summary: 'What happened so far, for you alone',
    rest: 'nothing',
  },
  {
    name: 'postmortem',
    usage: 'postmortem',
    summary: 'A draft with timeline, cause, fix and actions, as a file',
    rest: 'nothing',
  },
  {
    name: 'watch',
    usage: 'watch [off]',
    summary: 'Treat every new message in this channel as a report',
    rest: 'maybe off',
  },
  {
    name: 'oncall',
    usage: 'oncall <@somebody|off>',
    summary: 'Whom to call about incidents in this channel',
    rest: 'a name',
  },
  {
    name: 'quiet',
    usage: 'quiet',
    summary: 'In this channel: one card an incident and nothing else (as at first)',
    rest: 'nothing',
  },
  {
    name: 'verbose',
    usage: 'verbose',
    summary: 'In this channel: also say in the thread when a verdict changes',
    rest: 'nothing',
  },
  {
    name: 'off',
    usage: 'off',
    summary: 'In this channel: only answer when asked',
    rest: 'nothing',
  },
] as const satisfies readonly CommandDefinition[];

export type CommandName = (typeof COMMANDS)[number]['name'];
