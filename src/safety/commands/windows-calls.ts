import { always, type Call, hasWord, when } from './arguments.ts';

/** What PowerShell and cmd have of their own. */
export const WINDOWS_CALLS: readonly Call[] = [
  when(
    /^(?:remove-item|ri|del|erase|rd|rmdir|clear-content|clear-item)$/,
    'What it deletes cannot be brought back.',
    (args) =>
      hasWord(args, /^(?:-r(?:e(?:c\w*)?)?|-fo\w*|\/s|\/q|\/f|-force|-recurse:?.*)$/i) ||
      hasWord(args, /[*]|^[A-Za-z]:\\?$/),
  ),
  when(
    /^(?:stop-process|stop-service|stop-vm|spps|stop-iisapppool)$/,
    'It ends programs by force.',
    (args) => hasWord(args, /^-f(?:o\w*)?$/i),
  ),
  always(
    /^(?:format|format-volume|clear-disk|initialize-disk|remove-partition|diskpart|cipher|remove-vm|clear-eventlog|remove-itemproperty|set-executionpolicy)$/,
    'It erases disks or machines.',
  ),
  when(
    /^(?:reg|bcdedit|vssadmin|wbadmin|wmic|schtasks|wevtutil|fsutil|net|sc|dism|icacls|takeown)$/,
    'It removes what Windows needs to run or recover.',
    (args) =>
      hasWord(
        args,
        /^(?:delete|\/delete|\/deletevalue|\/set|shadowcopy|deletejournal|cl|clear-log|\/reset|\/grant|stop|\/f)$/i,
      ),
  ),
  when(/^(?:powershell|pwsh)$/, 'It hides what it runs.', (args) =>
    hasWord(args, /^-e(?:c|n(?:c\w*)?)?$/i),
  ),
  when(
    /^(?:certutil|bitsadmin|mshta|regsvr32|rundll32)$/,
    'It runs what it fetches.',
    (args) => args.length > 0,
  ),
  when(/^(?:gpg|gpg2|ssh-keygen|openssl|keytool|certbot)$/, 'It removes keys.', (args) =>
    hasWord(args, /^(?:--delete-.*|-delete|delete|revoke)$/),
  ),
];
