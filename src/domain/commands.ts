/** What people can type after `/triage`; anything else is a report. */
export const COMMANDS = [
  { name: 'help', usage: 'help', summary: 'What you can ask for' },
  { name: 'status', usage: 'status', summary: 'Open incidents, newest first' },
  { name: 'resolve', usage: 'resolve', summary: 'Mark the incident of this thread as resolved' },
] as const;
