/** Programs that hand statements to a database. */
export function speaksSql(word: string): boolean {
  const name = (word.split('/').at(-1) ?? word).toLowerCase();
  return /^(?:psql|mysql|mariadb|mysqlsh|sqlite3?|sqlplus|sqlcmd|clickhouse(?:-client)?|cqlsh|duckdb|bq|trino|presto|hive|beeline|impala-shell|snowsql|snow|cockroach|vsql|usql|mongo|mongosh|redis-cli|valkey-cli|keydb-cli|influx|pgcli|mycli|litecli|isql|tsql|dbcli|mclient|ksql|rails|heroku|supabase|turso|wrangler|neo4j|cypher-shell|dgraph)$/.test(
    name,
  );
}

const STATEMENT =
  /^\s*(?:--[^\n]*\n\s*|\/\*.{0,400}?\*\/\s*)*(?:drop|truncate|delete|update|alter|grant|revoke|insert|replace|create|select|with|begin|merge|exec|execute|call|set|reset|purge|shutdown|kill|vacuum|lock|flushall|flushdb|config|db\.|use|start|commit|rename|detach|optimize|explain|load|copy|do)\b/is;

export function isStatement(line: string): boolean {
  return STATEMENT.test(line);
}

/** Brackets and stars of a query are not a shell's. */
export function isQuery(line: string): boolean {
  return /^\s*(?:select|with|insert|explain|create|update|delete|alter|merge|call|begin|db\.)\b/i.test(
    line,
  );
}

/** A statement that destroys data or takes a database away, in SQL, Redis' or Mongo's language. */
export function dangerousStatement(text: string): string | undefined {
  const plain = text
    .replace(/\/\*!?[0-9]{0,6}(.{0,400}?)\*\//gs, ' $1 ')
    .replace(/--(?=\s)[^\n]*/g, ' ')
    .replace(/\s+/g, ' ')
    // `DR` || `OP` and quotes around names say the same.
    .replace(/["'`[\]\\]/g, (c) => (c === "'" || c === '"' ? ' ' : ' '))
    .replace(/ {2,}/g, ' ');
  for (const [pattern, reason] of STATEMENTS) if (pattern.test(plain)) return reason;
  for (const statement of plain.split(';')) {
    if (/\bdelete from\b|\bupdate [\w.$# ]{1,120} set\b/i.test(statement) && !narrows(statement)) {
      return 'It changes every row of a table: it has no WHERE that narrows it.';
    }
  }
  return undefined;
}

const DROP = 'It drops what cannot be brought back without a backup.';
const STATEMENTS: readonly (readonly [RegExp, string])[] = [
  [
    /\bdrop (?:if exists )?(?:table|database|schema|index|view|materialized|user|role|keyspace|collection|tablespace|column|constraint|partition|sequence|function|procedure|trigger|type|extension|server|publication|subscription|measurement|series|retention|stream|topic|dictionary|graph|login|owned|foreign|event|temporary|all|pluggable|global|profile)\b/i,
    DROP,
  ],
  [/\btruncate(?: table)? [\w.$#]/i, 'It empties a table.'],
  [
    /\balter (?:table|database|keyspace|user|role)\b.{0,200}\b(?:drop|disable|delete|discard)\b/i,
    DROP,
  ],
  [/\bdetach (?:table|database|partition)\b/i, DROP],
  [/\bgrant all\b|\bsuperuser\b/i, 'It gives away every right.'],
  [
    /\b(?:reset (?:master|slave|replica)|purge (?:binary|master) logs|pg_drop_replication_slot|pg_resetwal)\b/i,
    'It throws replication or recovery data away.',
  ],
  [/\bpg_terminate_backend\b[^;]*\bfrom\b/i, "It throws away many people's work in progress."],
  [/\b(?:flushall|flushdb)\b/i, 'It empties a Redis.'],
  [
    /\bconfig (?:set|rewrite|resetstat)\b|\bdebug (?:segfault|sleep|reload|crash)|\bscript flush\b|\bcluster (?:reset|flushslots)\b|\b(?:slaveof|replicaof) \w/i,
    'It changes how a Redis runs.',
  ],
  [
    /\bshutdown(?: (?:nosave|save|immediate|abort|normal|with))?\s*(?:;|$)/i,
    'It shuts a database down.',
  ],
  [
    /\b(?:dropDatabase|dropCollection|dropIndexes|dropUser|dropAllUsers|shutdownServer|\.drop) ?\(/i,
    DROP,
  ],
  [
    /\b(?:deleteMany|remove|deleteOne|updateMany) ?\( ?\{ ?\}/i,
    'It changes every document of a collection.',
  ],
  [/\bdetach delete\b/i, DROP],
  [
    /\bxp_cmdshell\b|\bcopy\b.{0,200}\b(?:from|to) program\b|\bsys_exec\b/i,
    'It runs a program on the database server.',
  ],
  [/\bmerge\b.{0,400}\bthen delete\b/i, 'It deletes rows in bulk.'],
  [
    /\bexecute immediate\b|\bexec ?\( ?@|\bprepare \w+ from\b/i,
    'What it runs is put together when it runs.',
  ],
];

/** A WHERE of its own, not one in brackets, and not one that is always true. */
function narrows(statement: string): boolean {
  let own = statement;
  for (let depth = 0; depth < 4; depth++) own = own.replace(/\([^()]*\)/g, ' x ');
  const where = /\bwhere\b(.*)$/i.exec(own)?.[1]?.trim();
  if (!where) return false;
  return (
    !/^(?:1 ?= ?1|true|1|0 ?= ?0|not false|1 ?<> ?0|\w+ ?= ?\w+ or 1 ?= ?1)\b(?! and)/i.test(
      where,
    ) &&
    !/\bor (?:1 ?= ?1|true)\b/i.test(where) &&
    !/^(\w+) ?= ?\1\b(?! and)/i.test(where)
  );
}
