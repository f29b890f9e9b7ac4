/**
 * Words of which names are made that are written without a break: `diskspacelow`, `highcpuusage`. A name is taken
 * apart only if all of it is made of these. Words that are whole by themselves, as `timeout` and `database`,
 * stand here too, so that they stay whole.
 */
const PARTS = new Set(
  `access active address age agent alert alive api app archive array attach auth availability available
   backend backlog backup bad balance balancer bandwidth batch battery block blocked bloat broker bucket budget
   buffer build burn bus busy cache capacity cert certificate check client clock close cluster commit config
   connection connections connector conntrack consumer container controller core corrupt count cpu crash cron
   cursor daemon data database dead deadlock deadletter death delay delivery deny depth descriptor device dhcp
   directory disk dns down drift drive drop dropped edge election email endpoint entries error errors eviction
   evictions exceeded exhausted exhaustion expired expiry export exporter fail failed failing failover failure
   failures fan feed file filesystem firewall flap flapping flow freeze frozen full gateway group growth handle
   health heap heartbeat high hit host hot image index inode input instance interface invalid io job kernel key
   kubelet lag lagging latency leader leak lease limit link load lock locked log logs login loop loss low mail
   master memory message metrics migration mirror miss missing mount network node nodes offline offset open
   outage output overflow overload overloaded packet packets page panic partition password peer pending percent
   permission persistent pipeline pod pods pool port power pressure primary probe process processes proxy queue
   quorum quota raid ram rate ratio read ready rebalance reboot reboots record refused rejected reload replica
   replicas replication request requests reset resolver response restart restarts restore retention retransmits
   retry rollback route router saturation scheduler schema scope scrape sector secret segment server service
   session shard sync size skew slow snapshot socket space speed spike split stale standby stalled start status
   steal stopped storage storm stream stuck sync system table target task temperature thread threads throttled
   throttling throughput time timeout timeouts token topic traffic transaction unavailable unhealthy unreachable
   update upstream uptime usage used user volume wait warning watermark worker write zombie zone
   countdown download downsize downstream downtime dropdown payload percentage slowdown timestamp timetable upload
   workload
   api db ssl tls tcp udp vm ip gc oom sql http ntp bgp vpn ssd iops nfs jvm ups gpu slo`.split(
    /\s+/,
  ),
);
const SHORTEST_NAME = 8;
/** Whatever is longer is no name, and would take long. */
const LONGEST_NAME = 48;
const LONGEST_PART = 12;
const SHORTEST_PART = 2;

const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 20_000;

/** The words that a name is made of, if it is made of two or more; in lower case, as the name. */
export function partsOfCompound(name: string): readonly string[] {
  const isName = name.length >= SHORTEST_NAME && name.length <= LONGEST_NAME;
  if (!isName || PARTS.has(name) || !/^[a-z]+$/.test(name)) return [];
  const before = known.get(name);
  if (before) return before;
  const parts = fewestParts(name);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(name, parts);
  return parts;
}

/** The longest parts win: of all ways to cut the name, the one with the fewest. */
function fewestParts(name: string): readonly string[] {
  const best: (readonly string[] | undefined)[] = [[]];
  for (let end = SHORTEST_PART; end <= name.length; end++) {
    for (let start = Math.max(0, end - LONGEST_PART); start <= end - SHORTEST_PART; start++) {
      const head = best[start];
      if (!head || !PARTS.has(name.slice(start, end))) continue;
      const parts = [...head, name.slice(start, end)];
      if (parts.length < (best[end]?.length ?? Number.POSITIVE_INFINITY)) best[end] = parts;
    }
  }
  return best[name.length] ?? [];
}
