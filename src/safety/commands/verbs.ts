import type { Args } from './arguments.ts';

const DESTRUCTIVE =
  /^(?:delete|del|destroy|purge|uninstall|wipe|terminate|nuke|erase|obliterate|deleteall|rmr|flushall|flushdb|drop|force-delete|factory-reset|dropdb|decommission|deprovision|force_reset)$/;
const DESTRUCTIVE_COMPOUND =
  /^(?:delete|destroy|terminate|purge|remove|deregister|wipe|drop|erase|force-remove|batch-delete|bulk-delete|revoke|detach)[-_:]|-deletion$|[-_:](?:delete|destroy|purge|wipe|terminate|reset|drop|truncate|flush|wipe-all|uninstall)$/;
const CLOUDS =
  /^(?:aws|awslocal|gcloud|gsutil|bq|az|azcopy|doctl|ibmcloud|oci|linode-cli|hcloud|scw|exo|openstack|nova|neutron|cinder|glance|swift|fly|flyctl|heroku|eksctl|kops|rosa|vultr-cli|civo|aliyun|tccli|yc|s3cmd|s5cmd|mc|rclone|b2|wrangler|vercel|netlify|railway|render|cf|dokku|supabase|neonctl|pscale|atlas|confluent|databricks|snow|firebase|amplify|copilot|cdk|sam|sls|serverless|pulumi|terraform|tofu|terragrunt|terraform\.exe)$/;
const CLOUD_VERB = /^(?:rm|rb|remove|reset|deallocate|prune|mirror-delete|nuke|teardown|del|down)$/;

const LOOKS_ONLY =
  /^(?:get|list|ls|describe|show|explain|help|logs?|status|inspect|search|grep|view|top|history|diff)$/;

export function cloudCall(program: string, args: Args): string | undefined {
  if (!CLOUDS.test(program)) return undefined;
  const verb = positional(args).find(
    (word) => DESTRUCTIVE.test(word) || DESTRUCTIVE_COMPOUND.test(word) || CLOUD_VERB.test(word),
  );
  if (verb) return `It removes cloud resources (${verb}).`;
  const text = ` ${args.join(' ')} `;
  if (/"action"\s*:\s*"delete"/i.test(text)) return 'It removes cloud resources (DELETE).';
  if (/ (?:--delete(?:-\w+)?|-destroy|--destroy|--delete-excluded) /.test(text)) {
    return 'It removes what is there.';
  }
  if (
    / (?:--desired-(?:count|capacity)|--num-nodes|--min-size|--size|--replicas)[ =]0 /.test(text)
  ) {
    return 'It scales to nothing.';
  }
  if (/ -auto-approve | --auto-approve | --yes --skip-preview /.test(text)) {
    return 'It applies changes that nobody has seen.';
  }
  if (/ state (?:rm|push) | force-unlock /.test(text))
    return 'It changes the record of what exists.';
  return undefined;
}

/** Whatever the program: a first or second word like `destroy` says what it does. */
export function genericCall(program: string, args: Args): string | undefined {
  const words = positional(args);
  // `auth can-i delete`, `help destroy`; and a Redis key is one of many.
  if (
    LOOKS_ONLY.test(words[0] ?? '') ||
    words[1] === 'can-i' ||
    /^(?:redis|valkey)-cli$/.test(program)
  ) {
    return undefined;
  }
  const verb = words
    .slice(0, 3)
    .find(
      (word) =>
        DESTRUCTIVE.test(word) ||
        /^(?:delete|destroy|purge|terminate|wipe)[-_:]\w|^\w+:(?:drop|reset|wipe|destroy|purge|fresh|truncate)$/.test(
          word,
        ),
    );
  if (verb) return `It removes something for good (${program} ${verb}).`;
  if (DESTRUCTIVE.test(program) && program !== 'delete' && args.length > 0 && program !== 'drop') {
    return `It removes something for good (${program}).`;
  }
  return undefined;
}

function positional(args: Args): string[] {
  return args
    .filter((arg) => !arg.startsWith('-') && !arg.includes('='))
    .map((arg) => arg.toLowerCase());
}
