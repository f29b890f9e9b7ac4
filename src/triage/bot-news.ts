/**
 * What bots tell beside alerts: builds, deployments, backups, reminders, pull requests. Only known shapes are
 * news, and any word of trouble in them is heard: an alert that falls silent costs more than an answer too many.
 */
export function isNews(first: string, text: string): boolean {
  if (HANDLED.test(first)) return true;
  if (ROUTINE.test(first)) return !URGENT.test(text);
  const rest = text.replace(NONE, ' ');
  const isWell = rest !== text || WELL.test(text) || GOES_ON.test(first);
  return isWell && !TROUBLE.test(rest.replace(INNOCENT, ' '));
}

const HANDLED =
  /^(?:acknowledged|assigned|reassigned|escalated (?:by|to)|snoozed|silenced|muted|priority changed|note added)\b|\b(?:acknowledged|snoozed|silenced)\s+(?:by|alert)\b|\bwas (?:re)?assigned to\b|\bnew note\b/i;

/** Work and meetings: these name troubles without having any. */
const ROUTINE = new RegExp(
  [
    '^reminder\\b',
    '^(?:daily |weekly )?stand-?up\\b',
    '\\b(?:update|answers?) (?:for|to|in) (?:the )?(?:daily |weekly )?stand-?up\\b',
    '^(?:new )?(?:poll|survey)\\b',
    '^(?:your )?(?:daily|weekly|monthly) (?:\\w+ )?(?:report|digest|summary)\\b',
    '^(?:new |draft )?(?:pull|merge) request\\b',
    '\\b(?:opened|merged|approved|closed|reviewed|commented on|requested (?:a )?review on) (?:an? |the |your )?(?:pull|merge) request\\b',
    '\\b\\d+ (?:new )?commits? (?:was |were )?pushed\\b',
    '\\b(?:new )?comment on (?:issue|pull|merge)\\b',
    '^release notes\\b|^(?:new )?release v?\\d[\\w.-]* (?:of|is)\\b|^changelog\\b',
    '^on-?call (?:shift|schedule|rotation|handover)\\b|\\b(?:is|are) (?:now )?on[ -]call\\b',
    '\\b(?:joined|left) the (?:\\w+ ){0,4}channel\\b',
    '\\b(?:meeting|review|stand-?up|retro\\w*|call) (?:starts|begins) in\\b',
    '^(?:jira\\W+)?[A-Z]+-\\d+ (?:was )?moved (?:from|to)\\b',
  ].join('|'),
  'i',
);
const URGENT =
  /\b(?:firing|triggered|critical|unacknowledged|escalat\w+|(?:is|are|still) (?:down|open|failing)|expir\w+|sev-?[12]|p[12]|unresolved)\b/i;

/** What came out well; of backups and scans also that they found nothing. */
const WELL =
  /\b(?:passed|passing|succeeded|success(?! rate)|successful|successfully|completed?|deployed|merged|finished|published|released|renewed|is ready|healthy|operational|enabled for|added \d+ (?:nodes?|replicas?))\b/i;
const NONE =
  /\b(?:no|zero|0|without(?: any)?) (?:(?:new|known|open|critical|high|severe) )*(?:errors?|failures?|failed|warnings?|findings?|alerts?|incidents?|issues?|problems?|vulnerabilit\w+|conflicts?|regressions?|downtime)\b/gi;
/** Under way as intended. */
const GOES_ON =
  /^(?:deploying|deploy(?:ment)? (?:of|to)|roll-?out of|rolling out|scheduled maintenance|maintenance (?:window|of)|build (?:#|started)|pipeline .* started|starting)\b/i;

/** Words that hold a word of trouble by chance. */
const INNOCENT =
  /\bsuccessful(?:ly)?\b|\bflags?\b|\b(?:vulnerability|security) scans?\b|\bwork-?flows?\b|\bairflow\b|\bfollow\w*|\ballow\w*/gi;
const TROUBLE = new RegExp(
  [
    'fail|error|down|critical|warn|alert|exceed|time[d ]?-?\\s?out|unreachable|refus|crash|denied|expire|firing',
    'problem|high|low|full|los[st]|lag|latenc|degrad|unhealthy|incident|broken|stuck|slow|missing|missed|corrupt',
    'leak|attack|outage|issues?\\b|violation|unknown|unauthori|suspicious|breach|malware|vulnerab|anomal|threshold',
    'burn|cannot|unable|never|back-?off|evict|kill|roll(?:ed)?[ -]?back|no data|heartbeat|drop|exhaust|saturat',
    'overload|overheat|throttl|reject|flap|delay|behind|expos|public|brute|panic|abort|cancel|skipped|unstable',
    'invalid|disconnect|offline|partial|login|pending|spike|surge|fraud|stop|degree|temperature|outdated|revoked',
    'fell\\b|\\brate\\b|\\bratio\\b|in the last \\d|usually|instead of|only \\d',
    "\\bnot\\b|n't\\b|\\b(?:p[1-5]|sev-?\\d|oom)\\b|\\b0 (?:bytes|files|rows|records|[kmg]b)\\b|\\b5\\d\\d\\b|5xx",
  ].join('|'),
  'i',
);
