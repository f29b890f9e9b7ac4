import { type Call, hasFlag, operands } from './arguments.ts';

const REASON = 'It stops, drops or resets a database.';

/** Tools whose every other verb stops, restores or drops something: these are the verbs that do not. */
const LOOKS: readonly { names: RegExp; values: RegExp; verbs: RegExp }[] = [
  {
    names: /^pgbackrest$/,
    values: /^(?:--config|--log-level-console)$/,
    verbs: /^(?:info|check|verify|version|help|backup|repo-ls|repo-get)\b/,
  },
  {
    names: /^patronictl$/,
    values: /^(?:-c|--config-file|-d|--dcs-url|-f|--format)$/,
    verbs: /^(?:list|history|topology|version|show-config|dsn)\b/,
  },
  {
    names: /^pg_ctl$/,
    values: /^(?:-D|--pgdata|-t|--timeout|-l|--log|-o|--options)$/,
    verbs: /^(?:status|reload|start)$/,
  },
  {
    names: /^pg_ctlcluster$/,
    values: /^$/,
    verbs: /^\S+ \S+ (?:status|reload|start)$/,
  },
  {
    names: /^repmgr$/,
    values: /^(?:-f|--config-file|-h|--host|-d|--dbname|-U|--username)$/,
    verbs:
      /^(?:cluster (?:show|matrix|crosscheck|event)|(?:node|daemon|service) (?:check|status))$/,
  },
  {
    names: /^barman$/,
    values: /^(?:-c|--config|-f|--format)$/,
    verbs: /^(?:list-\S+|show-\S+|check\S*|status|diagnose|replication-status|verify\S*|backup)\b/,
  },
];

export const DATABASE_CALLS: readonly Call[] = LOOKS.map(({ names, values, verbs }) => ({
  names,
  reason: (args) => {
    const said = operands(args, values).join(' ');
    const asks = said === '' && hasFlag(args, 'V', '--help', '--version');
    return asks || verbs.test(said) ? undefined : REASON;
  },
}));
