import { type Args, type Call, hasFlag, hasWord, operands } from './arguments.ts';

const KUBECTL_VALUES =
  /^(?:-n|--namespace|--context|--cluster|--user|--kubeconfig|-s|--server|--token|--as|--request-timeout|-f|-l|--selector|-o|-c|--container)$/;
const HELM_VALUES = /^(?:-n|--namespace|--kube-context|--kubeconfig|-f|--values|--set|--version)$/;
const DOCKER_VALUES =
  /^(?:-H|--host|-c|--context|--config|-l|--log-level|-f|--file|-p|--project-name|--profile|--env-file)$/;

/** Clusters, containers, brokers, stores: tools whose first words say what they do. */
export const CLUSTER_CALLS: readonly Call[] = [
  { names: /^(?:kubectl|oc|k|kubecolor|kubectl-.*|microk8s\.kubectl)$/, reason: kubectl },
  {
    names: /^(?:microk8s|k3s|k0s|minikube|kind|k3d|kubeadm|rke|talosctl|rancher)$/,
    reason: (args) => {
      const [first, ...rest] = args;
      if (first === 'kubectl') return kubectl(rest);
      return hasWord(args, /^(?:reset|delete|stop|leave|uninstall|wipe|destroy|reboot|shutdown)$/)
        ? 'It takes a cluster down.'
        : undefined;
    },
  },
  {
    names: /^(?:helm|helmfile|helm3)$/,
    reason: (args) => {
      const [verb] = operands(args, HELM_VALUES);
      if (/^(?:uninstall|delete|del|un|destroy)$/.test(verb ?? ''))
        return 'It removes a whole release.';
      return verb === 'upgrade' && hasWord(args, /^--(?:force|reset-values|cleanup-on-fail)$/)
        ? 'It replaces what runs by force.'
        : undefined;
    },
  },
  { names: /^(?:docker|podman|nerdctl|docker-compose|podman-compose|crictl|ctr)$/, reason: docker },
  {
    names: /^(?:redis-cli|valkey-cli|keydb-cli)$/,
    reason: (args) => {
      const text = ` ${operands(args, /^(?:-h|-p|-a|-n|-u|--user|--pass)$/).join(' ')} `;
      if (
        / (?:flushall|flushdb|shutdown|slaveof|replicaof|migrate|eval|evalsha|fcall) | client (?:pause|kill (?:type|skipme|user|maxage|laddr)) | config (?:set|rewrite|resetstat)| script (?:flush|kill)| debug (?!object )| cluster (?:reset|forget|failover|flushslots|delslots)| acl deluser| module /i.test(
          text,
        )
      ) {
        return 'It empties a Redis or changes how it runs.';
      }
      // `… | xargs redis-cli del` names no key.
      return /^ (?:del|unlink)\s*$/i.test(text) ? 'It deletes keys in bulk.' : undefined;
    },
  },
  flagged(
    /^etcdctl$/,
    /^(?:del|rm|rmdir|--force-new-cluster|remove|restore|disable)$/,
    'It deletes what a cluster knows.',
  ),
  flagged(
    /^(?:zkcli(?:\.sh)?|zookeeper-shell(?:\.sh)?)$/,
    /^(?:delete|deleteall|rmr)$/,
    'It deletes what a cluster knows.',
  ),
  flagged(
    /^kafka-[a-z-]+(?:\.sh)?$/,
    /^(?:--delete.*|--remove|--reset-offsets|--unregister|--cancel)$/,
    'It deletes or rewinds messages.',
  ),
  flagged(
    /^(?:rabbitmqctl|rabbitmqadmin|rabbitmq-queues|nats|pulsar-admin|mosquitto_ctrl|rpk)$/,
    /^(?:reset|force_reset|purge(?:_queue)?|delete.*|rm|stop_app|stop|forget_cluster_node|shutdown|clear.*|eval|wipe)$/,
    'It deletes messages or stops a broker.',
  ),
  flagged(
    /^(?:hdfs|hadoop|yarn|mapred|hbase|accumulo|nodetool|cqlsh|scylla|clickhouse-keeper-client)$/,
    /^(?:-rm|-rmr|-rmdir|-format|-expunge|-delete.*|-kill|-skipTrash|decommission|removenode|assassinate|clearsnapshot|truncatehints|disable.*|drain|stopdaemon|resetlocalschema|rmr?)$/,
    'It deletes data or takes a node out.',
  ),
  flagged(
    /^(?:consul|vault|nomad|boundary|waypoint)$/,
    /^(?:delete|leave|force-leave|destroy|seal|restore|drain|disable|revoke|-purge|--purge|gc|purge|rekey|rotate|step-down|-force|stop)$/,
    'It removes secrets, services or members.',
  ),
  flagged(
    /^mysqladmin$/,
    /^(?:drop|shutdown|flush-.*|kill|password|reset.*|stop-.*)$/,
    'It stops or drops a database.',
  ),
  flagged(
    /^(?:pg_dropcluster|pg_resetwal|dropdb|dropuser|dropdb-\d+|initdb)$/,
    /^(?:--force|-f)$|^[^-].*$/,
    'It stops, drops or resets a database.',
  ),
  flagged(
    /^(?:pg_restore|mysqlimport|mongorestore)$/,
    /^(?:--clean|-c|--drop|--delete|-d)$/,
    'It replaces data that is there.',
  ),
  flagged(
    /^(?:rails|rake|php|artisan|python[0-9.]*|\.\/manage\.py|manage\.py|django-admin|prisma|sequelize|sequelize-cli|knex|typeorm|alembic|flyway|liquibase|drizzle-kit|mix|bin\/rails|dotnet|ecto|atlas)$/,
    /^(?:db:(?:drop|reset|purge|truncate\S*|setup|wipe|schema:load)|migrate:(?:fresh|reset|refresh)|flush|sqlflush|reset_db|reset|clean|dropAll|drop-all|schema:drop|ecto\.(?:drop|reset)|--force-reset|db:seed:undo:all|db:migrate:undo:all|downgrade|drop)$/,
    'It resets a database.',
  ),
  flagged(
    /^(?:argocd|flux|istioctl|linkerd|velero|cmctl|tkn|kn|eksctl|rosa|clusterctl|crossplane)$/,
    /^(?:delete|uninstall|purge|remove-from-mesh|terminate-op|--prune)$/,
    'It removes what runs in a cluster.',
  ),
  flagged(
    /^(?:npm|yarn|pnpm|cargo|gem|twine|pip[0-9.]*|poetry)$/,
    /^(?:unpublish|yank|owner|deprecate)$/,
    'It withdraws what others use.',
  ),
  flagged(
    /^(?:supervisorctl|pm2|monit|svc|sv|rc-service)$/,
    /^(?:shutdown|kill|delete|all)$/,
    'It stops everything at once.',
  ),
  flagged(
    /^(?:ansible|salt|fab|chef|knife|puppet)$/,
    /^(?:state=absent|cmd\.run.*reboot|system\.reboot|node\.delete|-m=reboot|reboot)$|\bstate=absent\b/,
    'It removes something on many machines.',
  ),
  flagged(
    /^(?:gh|glab|hub|bb)$/,
    /^(?:delete|archive)$/,
    'It removes a repository, release or run.',
  ),
];

function flagged(names: RegExp, words: RegExp, reason: string): Call {
  return { names, reason: (args) => (args.some((arg) => words.test(arg)) ? reason : undefined) };
}

function kubectl(args: Args): string | undefined {
  const before = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const [verb = '', second = ''] = operands(before, KUBECTL_VALUES);
  if (verb === 'delete') return 'It deletes from the cluster.';
  if (verb === 'drain') return 'It evicts everything from a node.';
  if (verb === 'replace' && hasFlag(before, '', '--force')) return 'It deletes and creates anew.';
  if (verb === 'apply' && hasFlag(before, '', '--prune', '--force'))
    return 'It deletes what the file does not name.';
  if ((verb === 'scale' || verb === 'autoscale') && hasWord(before, /^--replicas=0$/))
    return 'It scales to nothing.';
  if (verb === 'scale' && before[before.indexOf('--replicas') + 1] === '0')
    return 'It scales to nothing.';
  if (verb === 'taint' && hasWord(before, /:NoExecute$/))
    return 'It evicts everything from a node.';
  if (
    verb === 'patch' &&
    hasWord(before, /finalizers|"\$patch"\s*:\s*"delete"|"op"\s*:\s*"remove"|replicas"?\s*:\s*0/)
  )
    return 'It removes parts of what runs.';
  if (verb === 'adm' && /^(?:drain|prune|taint)$/.test(second)) return 'It evicts or prunes.';
  if (verb === 'debug' && second.startsWith('node/'))
    return 'It opens a shell with all rights on a node.';
  return undefined;
}

function docker(args: Args, program: string): string | undefined {
  const words = operands(args, DOCKER_VALUES);
  const [first = '', second = ''] = words[0] === 'compose' ? ['compose', words[1]] : words;
  const compose = program.endsWith('-compose') || first === 'compose';
  const verb = program.endsWith('-compose') ? first : second;
  if (compose) {
    const down = verb === 'down' && hasFlag(args, 'v', '--volumes', '--rmi');
    const removes = verb === 'rm' && hasFlag(args, 'fsv', '--force', '--stop', '--volumes');
    return down || removes ? 'It removes containers with their data.' : undefined;
  }
  if (second === 'prune' || first === 'prune')
    return 'It removes everything that is not in use right now.';
  if (
    /^(?:rm|rmi|rmp)$/.test(first) &&
    hasFlag(args, 'fva', '--force', '--volumes', '--all', '--prune')
  )
    return 'It removes containers or images by force.';
  if (
    /^(?:volume|network|secret|config|service|stack|node|context|swarm|machine|plugin|pod|system|container|image)$/.test(
      first,
    )
  ) {
    if (/^(?:rm|remove|leave|reset|down)$/.test(second)) return 'It removes what others may use.';
  }
  // `docker kill $(docker ps -q)`: whatever it is that runs.
  if (/^(?:kill|stop|rm|restart)$/.test(first) && args.includes('')) {
    return 'It stops whatever runs.';
  }
  if (/^(?:run|exec|create)$/.test(first)) {
    const text = ` ${args.join(' ')} `;
    if (
      / --privileged| --pid[ =]host| (?:-v|--volume|--mount)[ =]?\S*(?:^|[ =])\/(?::|,)| -v ?\/:/.test(
        text,
      )
    )
      return 'It opens the whole machine to a container.';
  }
  return undefined;
}
