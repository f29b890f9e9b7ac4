import { termsOf } from './terms.ts';

/**
 * Words that operations people use for one another, one group a line; two words with `_` between them are a
 * phrase. General vocabulary only: how a fault is spoken of, and what products are called for short, never
 * which product has which fault.
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
  postgres postgresql pg pgsql psql
  elasticsearch elastic es
  rabbitmq rabbit amqp
  mongodb mongo
  javascript js
  nodejs node_js
  typescript ts
  identity_provider idp
  health_check healthcheck probe liveness readiness
  dead_letter dlq deadletter
  redeliver redelivered redelivery
  file_descriptor fd open_files descriptor ulimit nofile
  power_supply psu power_feed
  air_conditioning aircon hvac chiller cooling
  wireless wifi wi_fi wlan access_point
  time_zone timezone tz utc
  daylight_saving dst summer_time clock_change
  message_broker broker
  key_value redis
  block_storage block_device volume
  object_store object_storage blob bucket s3
  machine host box
  cloud_provider hyperscaler
  mirror mirrored mirroring raid
  standby follower replica read_copy hot_standby
  artefact artifact
  picture image photo
  mobile phone smartphone handset
  quota allowance
  parameter setting
  regex regular_expression regexp
  iops disk_throughput
  steal overbooked overcommit overcommitted
  hypervisor kvm esx vmware libvirt
  control_plane apiserver api_server masters
  customer shopper buyer
  checkout basket cart
  payment pay paid paying
  traffic_spike burst surge
  percentile p99 p95 p90
  uninterruptible d_state
  conntrack connection_tracking
  retransmit retransmission retrans
  synchronisation resync resynchronise resynchronize
  webshell web_shell
  bot bots botnet
  idempotency idempotent
  heartbeat keepalive
  eviction evict throws_away thrown_off thrown_out
  reclaim reclaimed freeing
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
  revert undo rollback go_back back_out previous_version last_known_good former
  deploy release shipped push pushed rolled_out went_out new_version build
  feature_flag toggle experiment beta switch
  switched_on enabled turned_on active
  switched_off disabled turned_off suspended paused
  exit exited terminated quit died killed
  killed terminated oom
  vanish disappeared missing gone lost
  sluggish crawling slow dead_slow takes_ages takes_forever seconds
  ages forever slow latency
  freeze frozen hang stall unresponsive pause
  pause stop_world freeze
  hit reached maxed limit
  nearly almost close low
  wrong incorrect mismatch off
  stale old outdated behind yesterday
  retry retries retried repeat repeated again_again
  amplification amplified multiplied storm
  overload overloaded overwhelmed overrun saturated melt melts
  capacity resources room insufficient
  placed place schedule scheduled pending
  wait waits waiting queue queued pending backlog
  pile pile_up backlog queue growing
  transfer send sending forward outgoing
  arrive arrived delivered delivery received
  deliver delivery delivered sent bounce undeliverable
  unverified verify verification validation signature
  signature signed signing hmac jwt
  forged invalid tampered
  token jwt session credential
  secret credential password token key
  published posted public exposed leaked committed
  commit committed checked_in pushed repository
  guess brute_force stuffing spray
  flood volumetric ddos syn_flood
  bot automated crawler scraper scanner
  trust trusted unknown_authority untrusted chain root
  certificate_authority ca issuer authority root
  attachment link lure
  encrypted ransom renamed locked_files
  infected malware beacon command_control c2
  country location travel impossible_travel
  exported export dump download exfiltration
  admin administrator root privileged superuser
  account user identity login
  locked_out lockout blocked disabled_account
  mailbox mail inbox
  early late hour shifted
  timestamp date calendar month leap year
  unexpected unforeseen strange weird never_expected
  input payload request body
  parse parsing decode encoding unicode utf8
  exception stack_trace traceback null_pointer throw throws
  field attribute column property
  schema contract interface incompatible breaking
  migration alter_table ddl flyway liquibase
  rename renamed move moved
  vacuum bloat dead_rows dead_tuples
  sequence identifier ids integer_overflow
  index indexes seq_scan full_scan table_scan explain planner
  wal transaction_log redo binlog
  archive archived backup cartridge tape
  restore recover recovery point_time
  corrupt damaged unreadable bad_sectors medium_error
  disk drive flash nvme ssd spindle
  wear worn end_life write_cycles
  controller battery bbu cache_battery
  cable transceiver sfp optic fibre
  link port carrier uplink
  bond bonding lacp lag_member
  router switch gateway
  peer neighbor neighbour peering session
  prefix route announce announcement withdrawn
  hop path mtr traceroute
  crc retransmit packet_loss loss
  firewall security_group acl packet_filter rule
  deny denied drop blocked turned_away
  lease dhcp address_pool subnet cidr
  lookup resolve getaddrinfo eai_again name_resolution
  edge cdn purge cache_invalidation
  origin upstream backend
  pool target_group targets backends members
  rotation taken_out unhealthy removed
  sidecar envoy proxy mesh istio
  phase_1 ike ipsec psk
  throttle cfs quota limits
  collect collection gc heap
  heap old_generation metaspace
  growing grows leak increasing rss
  event_loop blocked synchronous single_thread
  thread worker executor pool
  tenant neighbour customer hypervisor shared
  budget objective slo burn
  p99 percentile latency response_time
  hit_ratio miss misses cold_cache
  expire evict ttl
  fetch download pull
  pull image registry
  upload uploaded put
  placeholder template render rendering
  stock inventory warehouse
  charge charged billing payment
  card psp acquirer declined
  quote price market
  duty on_call pager page
  woken paged notification pages
  graph dashboard panel metrics
  sample samples scrape metric
  trace traces span spans sampling
  log logs log_line
  power mains battery outage
  breaker current overload
  room rack server_room datacenter
  remote_console bmc ipmi ilo idrac
  guest virtual_machine instance
  hypervisor host node
  launch launching create start boot
  agent agents heartbeat silent
  silent quiet missing no_data not_report
  reboot restarts_itself power_cycle
  zombie defunct process_table
  socket sockets connection port
  share smb nfs mount export
  stale_handle nfs mount
  skew imbalance badly_spread
  leadership leader controller election
  offset offsets commit committed lag
  poison unprocessable undecodable
  isolated quarantine aside
  scheduled timer cron batch nightly
  nightly night batch
  missed overdue not_run never_started
  twice duplicate double two_times
  vendor supplier partner outside_company
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
