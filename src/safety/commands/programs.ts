import type { Args } from './arguments.ts';
import { CALLS } from './calls.ts';
import { cloudCall, genericCall } from './verbs.ts';

/** These only show what they are given, whatever words that has. */
const INERT =
  /^(?:echo|printf|cat|less|more|head|tail|grep|egrep|fgrep|zgrep|rg|ag|wc|sort|uniq|cut|tr|jq|yq|man|which|whereis|type|ls|ll|dir|stat|file|ps|top|htop|pgrep|df|du|free|uptime|w|who|whoami|id|date|cal|uname|hostname|env|printenv|pwd|cd|dig|nslookup|host|ping|traceroute|mtr|ss|netstat|lsof|vmstat|iostat|sar|mpstat|dmesg|journalctl|history|test|\[\[?|true|false|sleep|wait|diff|cmp|md5sum|sha256sum|strings|hexdump|xxd|base64|tcpdump|logger|notify-send|awk|gawk|mawk|nawk|original-awk|bpftrace|get-content|select-string|write-host|write-output|get-childitem|get-process|get-service)$/;
const WRAPPERS =
  /^(?:sudo|doas|pkexec|runuser|su|env|nohup|time|nice|ionice|timeout|command|exec|builtin|xargs|watch|parallel|stdbuf|setsid|chroot|nsenter|unshare|ssh|mosh|pssh|pdsh|clush|dsh|kubectl|oc|k|docker|podman|nerdctl|crictl|ctr|lxc|docker-compose|busybox|toybox|find|fd|ansible|salt|tmux|screen|script|start|cmd|flock|strace|ltrace|gdb|firejail|systemd-run|at|batch|trap|alias|vagrant|multipass|gcloud|aws|az|fly|flyctl|heroku|wsl|npx|retry|unbuffer|caffeinate|chpst|gosu|su-exec|setpriv|prlimit|taskset|numactl|cgexec|ip|nomad|consul|make|then|do|else)$/;
/** The wrappers that have no verbs of their own. */
const PREFIXES =
  /^(?:sudo|doas|env|nohup|time|nice|ionice|timeout|command|exec|builtin|xargs|watch|parallel|stdbuf|setsid|find|fd|ssh|strace|flock|then|do|else)$/;
const INTERPRETERS =
  /^(?:sh|bash|zsh|dash|ksh|ash|fish|csh|tcsh|rbash|pwsh|powershell|cmd|python[0-9.]*|perl|ruby|node|php|lua|osascript|source|\.|deno|bun)$/;

export function isInert(program: string, args: Args): boolean {
  if (program === 'git')
    return !/^(?:push|reset|clean|branch)$/.test(args[0] ?? '') && !args.includes('-c');
  // `env` and `history` with arguments run or change something; `tail` and the like never do.
  if (program === 'env') return args.length === 0;
  return INERT.test(program);
}

export function isWrapper(program: string): boolean {
  return WRAPPERS.test(program);
}

export function isInterpreter(program: string): boolean {
  return INTERPRETERS.test(program);
}

export function dangerousCall(program: string, args: Args): string | undefined {
  for (const { names, reason } of CALLS) {
    if (!names.test(program)) continue;
    const found = reason(args, program);
    if (found) return found;
  }
  const cloud = cloudCall(program, args);
  if (cloud) return cloud;
  // What a wrapper runs is looked at by itself.
  return isInert(program, args) || PREFIXES.test(program) ? undefined : genericCall(program, args);
}

const DEVICE =
  /^\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|mapper\/|dm-|md|disk|loop|mem|kmem|port|sg|zd|rbd)/;
const SYSTEM_FILE =
  /^(?:\/(?:etc|boot|bin|sbin|lib|lib64|usr|root|var\/lib|var\/spool\/cron|proc\/sysrq-trigger|sys)(?:\/|$)|~\/\.(?:ssh|bashrc|profile|bash_history|zsh_history)|.*\.bash_history$|[A-Za-z]:\\Windows)/i;

export function dangerousWrite(target: string): string | undefined {
  if (DEVICE.test(target)) return 'It writes over a disk.';
  if (SYSTEM_FILE.test(target)) return 'It writes over a file of the system.';
  return undefined;
}
