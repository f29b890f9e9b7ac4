import { termsOf } from './terms.ts';

/**
 * Words that operations people use for one another, one group a line; two words with `_` between them are a
 * phrase. General vocabulary only: how a fault is spoken of, never which product has it.
 */
const SAME = `
  certificate cert certs
  kubernetes k8s kube
  database db databases
  configuration config configs conf cfg settings
  connection conn connections
  memory mem ram
  filesystem fs file_system
  directory dir folder
  replica replicas replication
  authentication auth authn login signin sign_in logon
  authorization authz authorisation
  environment env
  repository repo
  request requests req
  response responses resp
  error errors err errs
  message messages msg msgs
  server servers srv host
  service services svc
  address addr
  node nodes
  instance instances
  packet packets pkt
  transmit tx send
  receive rx
  interface interfaces iface nic
  network net
  password passwords passwd pwd
  application app apps
  deployment deploy deploys rollout
  namespace ns
  volume volumes pv
  persistentvolume persistent_volume pv pvc
  statefulset stateful_set sts
  daemonset daemon_set
  replicaset replica_set
  hpa horizontal_autoscaler autoscaler autoscaling
  cronjob cron_job
  loadbalancer load_balancer lb balancer
  oom out_memory oomkilled oomkill oomkiller memory_killed
  crashloop crashlooping crash_loop crashloopbackoff restart_loop keeps_restarting boot_loop
  ntp time_sync clock_sync chrony
  timeout timeouts timed_out time_out timedout
  latency latencies response_time
  throughput bandwidth
  failover fail_over switchover
  rollback roll_back rolled_back revert
  hostname host_name
  third_party vendor supplier partner provider external
  malware virus trojan worm antivirus infected infection
  laptop workstation desktop endpoint
  website site web_page page
  webhook callback
  invoice billing
  region zone availability_zone datacenter data_center az
  dimm memory_module memory_stick
  kernel_panic panic oops
  scheduler scheduling
  serializer deserializer serialization deserialization parse parsing parser
  multifactor mfa 2fa two_factor
  ddos denial_service dos
  ransomware ransom
  vulnerability vuln cve
  synchronise synchronize sync synchronisation synchronization synced syncing
  serialise serialize serialization
  optimise optimize
  initialise initialize init
  unauthorised unauthorized
  readonly read_only
  storage store
  garbage_collection gc garbage_collector
  virtual_machine vm
  operating_system os
  raid array
  uninterruptible_power ups
  power_supply psu
  io input_output iops
  cpu processor processors
  hard_disk hdd disk drive ssd
  inode inodes
  access_key apikey api_key
  cdn edge
  etc_hosts resolver dns name_resolution nameserver name_server
  bgp peering
  vpn tunnel ipsec
  mtu fragmentation
  tls ssl https
  api apis endpoint endpoints
  websocket web_socket
`;

const NEAR = `
  down unreachable unavailable offline dead gone disappeared missing absent lost outage unresponsive unreach
  down stopped crashed died exited not_running
  failed failing failure fails fail broken unsuccessful error errors faulty bad
  reject rejected refused denied refuse deny forbidden declined
  error exception fault problem issue trouble
  slow latency sluggish lag laggy delay delayed slowly takes_long too_long taking_long degraded
  behind lag lagging delay backlog late stale
  backlog queue piling pile growing depth pending buildup queued
  full exhausted filling fill saturated out_space no_space no_room space_left enospc low_space running_out used_up
  exhausted depleted maxed limit exceeded reached cap quota max maximum ran_out run_out
  limit quota threshold cap exceeded
  throttle throttled throttling rate_limit rate_limited 429 quota
  expire expired expiry expiration expiring outdated renew renewal validity valid
  high elevated spike spiking excessive increased surge rising growing too_many too_much
  low insufficient dropped less decreased few fewer not_enough
  flapping unstable bouncing intermittent changing toggling comes_goes up_down flaky
  restart restarting reboot rebooted restarts restarted bounce
  crash crashes crashed panic segfault abort aborted core_dump
  stuck hang hanging hung frozen blocked stalled deadlock waiting not_progressing
  lock locked locking deadlock contention blocked
  mismatch inconsistent different differ drift diverged out_sync not_match mismatched
  drop dropped dropping loss lost discard discarded
  corrupt corruption corrupted checksum damaged inconsistent broken
  leak leaked leaking exposed exposure disclosed
  compromise compromised hacked breach intrusion intruder attacker malicious stolen
  attack attacker flood brute_force
  exploit exploited vulnerability webshell backdoor cve
  suspicious unusual strange anomaly anomalous unexpected odd
  user users customer customers client clients
  query queries statement sql
  slow_query long_running query_plan
  replica standby secondary follower slave
  primary leader master
  election leader quorum majority split_brain
  not_ready unready notready not_healthy unhealthy
  schedule scheduled pending unschedulable
  deploy release rollout update upgrade version shipped
  disk storage space drive volume
  disk_failure bad_sectors smart failed_drive
  memory heap oom swap
  temperature overheating hot thermal heat fan cooling
  certificate tls ssl x509 handshake
  dns resolve resolution nxdomain servfail lookup
  login password credential credentials authentication sso oauth token
  permission permissions access rights role policy denied forbidden 403 rbac iam
  backup restore snapshot
  duplicate duplicated twice repeated
  timestamp clock time skew
  alert alerts notification notifications notify
  reload reloading refresh
  unbalanced imbalance uneven skewed hot_spot hotspot
  phishing spam mail email fake scam pretending impersonation mailbox
  scale scaling autoscaling capacity replicas
  cpu load compute
  gateway proxy 502 503 504 upstream
  500 5xx server_error internal_error
  route routing routes path hop
  collect scrape scraping collector
  connect connected connection connectivity reachable
  pool connections exhausted slots
  job task batch cron
  consumer consumers subscriber worker
  producer publisher publish
  topic partition partitions
  write writes insert update
  evict evicted eviction kicked
  invalid malformed bad wrong incorrect misconfigured
  misconfigured misconfiguration bad_config wrong_config
  delete deleted removed wiped erased
`;

export type Relation = {
  /** Another term for the same or a neighbouring thing. */
  term: string;
  /** 1 where one stands for the other. */
  nearness: number;
};

const SAME_NEARNESS = 0.8;
const NEAR_NEARNESS = 0.4;

type Group = { id: string; members: string[]; nearness: number };

/** As texts are read, so that `no_space` meets `not space`. */
const keyOf = (member: string) =>
  termsOf(member.replaceAll('_', ' '))
    .map(({ term }) => term)
    .join(' ');

const GROUPS: readonly Group[] = [
  ...groupsIn(SAME, 'same', SAME_NEARNESS),
  ...groupsIn(NEAR, 'near', NEAR_NEARNESS),
];

function groupsIn(lines: string, name: string, nearness: number): Group[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => [...new Set(line.trim().split(/\s+/).map(keyOf))])
    .map((members) => ({ id: `${name}:${members[0]}`, members, nearness }));
}

const RELATIONS = new Map<string, Relation[]>();
const CONCEPTS = new Map<string, { concept: string; nearness: number }[]>();
for (const { id, members, nearness } of GROUPS) {
  for (const member of members) {
    const others = members.filter((other) => other !== member);
    const known = RELATIONS.get(member) ?? [];
    for (const term of others) {
      const same = known.find((relation) => relation.term === term);
      if (same) same.nearness = Math.max(same.nearness, nearness);
      else known.push({ term, nearness });
    }
    RELATIONS.set(member, known);
    CONCEPTS.set(member, [...(CONCEPTS.get(member) ?? []), { concept: id, nearness }]);
  }
}

/** What else people say for this term, or for these two neighbours with a space between. */
export function relatedTo(term: string): readonly Relation[] {
  return RELATIONS.get(term) ?? [];
}

/** The groups that this term, or these two neighbours with a space between, are of. */
export function conceptsOf(term: string): readonly { concept: string; nearness: number }[] {
  return CONCEPTS.get(term) ?? [];
}
