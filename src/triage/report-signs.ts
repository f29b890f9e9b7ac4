import { normalise } from '../safety/index.ts';

/**
 * How a few words are meant, by their grammar: "kafka lag grows" and "how is kafka lag now?" share their
 * words, and only one of them reports trouble. Longer messages say it by their words alone.
 */
export type Signs = 'talk' | 'trouble' | 'none';

/** In more words than these the grammar of one clause says little about the whole. */
const MOST_WORDS = 14;
const MOST_CHARACTERS = 160;

export function isFewWords(text: string): boolean {
  return text.length <= MOST_CHARACTERS && text.split(/\s+/).length <= MOST_WORDS;
}

/** Asked whether others see it too or why it is so, and questions with an answer that tells of trouble. */
const ASKED_OF_TROUBLE = [
  /\b(?:anyone|anybody|someone) else\b|\bjust me\b|^why (?:is|are|am|do|does|can't)\b|\bgoing on with\b/,
  /^(?:is|are)\b(?!.*\b(?:still|already|yet|normal|any better)\b).*\b(?:down|broken|slow|gone|dead|hacked|attacked|ddos\w*|offline|stuck)\b/,
  /^(?:can|could) (?:you|someone|somebody|anyone|anybody) (?:please )?(?:help|(?:have a |take a )?look)\b.*,/,
  /\?\?|\?!|\?\s+\S.*\b(?:no(?!w| idea)|nothing|not|can't|errors?|fail\w*|dropped|times? out|down|loads? of|all|times the)\b/,
];

/** What people say of trouble without reporting any. */
const TALK = {
  question:
    /\?|^(?:(?:so|and|ok|but|hey|hi|hello|team|guys)[ ,]+)*(?:who|whose|what|where|which|how|does|do (?:we|you|they)|did|has|was|were|may|shall|should|would|can(?!'t)|could|any|anyone|anybody|anything)\b/,
  intention:
    /\b(?:will|won't be|going to|gonna|about to|plan(?:s|ned|ning)? to|planning|tomorrow|next (?:week|sprint|month|quarter|year|release|window)|todo|i want to|we want to|i'd|rather|needs a (?:follow|review|second|new)|before (?:summer|lunch|winter)|is due|runs out (?:end|in)|expires? (?:in|on|next)|(?:is|are) (?:ordered|planned|scheduled|due)|thinking about|proposal|i can(?!'t)|let me|let's|we should|we could|on my way|i'm taking|later today|goes? live|postponed|freeze)\b|^action\b|\b\w+'ll\b|\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day\b/,
  hypothesis:
    /\b(?:if|unless|in case|suppose|imagine|maybe|might|could (?:be|also|have|it)|would|had we|probably|unlikely|perhaps|worst case|as long as|my (?:guess|bet|theory|money)|i (?:doubt|suspect|assume|guess|don't think)|sounds like|smells like|looks more like|hard to tell|should the|doesn't prove|expect (?:brief|short|some|a few))\b|^once\b/,
  past: /\b(?:was(?! (?:just |probably )?(?:changed|stolen|deleted|wiped|leaked|encrypted|accessed|published|dropped|overwritten|tampered))|were|(?:it|we|they) used to|turned out|remember|back then|i once|last (?:time|week|month|year|spring|summer|autumn|winter|friday|monday|sunday)|the previous|this (?:morning's|week|month)|at my last|in (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|19\d\d|20\d\d))\b(?<!, was)|\bof (?:19|20)\d\d\b|^yesterday\b|\b(?:true story|in the old|earlier today|did the same|the first time|in hindsight|took us|both times|refunds were|i have seen|our competitor|ended)\b|, not us\b|\blast night (?:came|was|were)\b|\bwhen it died\b/,
  done: /^(?:(?:i|we)(?:'ve| have)? |have |has |also |then )*(?:just )?(?!fail|crash|leak|stopp|expir|degrad|overheat|overs|corrupt|phish|exhaust|bloat|overload|need|block|hack|unexpected|elevated|increased (?:error|lat|load|rate)|timed|duplicat|missed|noticed|delayed|unauthori|repeated|dropped|limited|lost|unhandled|under|stalled|infected|encrypted|mixed|unplanned|hundred|deleted|feed|speed|seed|shed|breed|embed|scheduled|managed|distributed|shared|reject|truncated|malformed|garbled|undelivered|unresolved|unexplained|uncontrolled|exposed|compromised|experienced|red\b|got (?:a|no|lots)\b)(?:\w+ed|found|took|put|made|sent|got|rolled|rebuilt|reran|raised|cut over)\b(?! (?:disk|power|host|api|secret|vol|node))|\b(?:\w+ed|\w+pt) (?:the|a) \w+, (?:\w+ing|errors?|no|\w+ is)\b|\b(?:swapped|replaced|patched|disabled|uploaded|started|taken|reinstalled),/,
  doing:
    /^(?:still |just |now |currently |i'm |we're )*(?:investigating|looking(?! like)|working|checking|waiting|reading|comparing|restoring|importing|restarting|rolling(?! update)|digging|deploying|reverting|watching|trying|testing|rebooting|running(?! out)|rebuilding|moving|shutting|planning|thinking|taking|joining|calling|paging|asking|adding|bisecting|tracing|collecting|preparing|merging|scaling|draining|switching|failing over|closing|handing|writing|updating|building|copying|freeing|upgrading|assigning)\b|\bso far\b|\bto go\b|\beta\b|\balready$|\b(?:is|are) (?:warming up|being (?!scan|attack|exploit|charg|log|ddos|block|reject|redirect|lock|abus|brute|flood|spam|kill|evict|throttl|overcharg)\w+)\b/,
  'well again':
    /(?<!not |n't |n't be |nothing |never |no longer |no |cannot be |fall |falls |fell )\b(?:back (?:to|up|on the|online|at|below|again|under)|(?:is|are|be|were|coming|now|and we're) back(?! and)|normal again|behaves|fine(?! on)|healthy|green|stable|recovered|recovery|(?:works?|working|readable|correct|up|good|quick|fast|ok|okay) again|works for|works? since|resolved|fixed|solved|(?<!ssh |force .*|attack .*|attempt.* )succeed(?:s|ed)|successful\w*|(?:is|are|all|both) done|finished|completed|in sync|caught up|resynced|restored|renewed|replaced|rebuilt|is new|confirmed|verified|mitigated|cleared|cleaned|reverted|repaired|again since|went (?:through|well)|passed|is over|all good|all clear|looks? (?:good|great|fine|ok|clean)|is falling|and falling|is dropping|are draining|is draining|(?:loads|runs?|flows?|delivered) again|go through|has been (?:delivered|identified)|reconnected|(?:is|are) ok|down to \d[\d.,]*|at zero|(?:have|has) stopped|stopped by (?:itself|themselves)|are gone|is gone (?:after|for|since)|faster|operational|halved|shrinks|(?:is|in) place|is merged|is paused|transfers run|is live|(?:is|are) normal|out of rotation|put it back|of the lost \w+ is running)\b(?! (?:checks? (?:red|fail)|but))|,\s*(?:done|fixed)$/,
  'no harm':
    /\b(?:no|zero|0|without|not an?|hurts?) (?:\w+ ){0,2}?(?:errors?|loss|impact|failures?|panics?|crash(?:es)?|incidents?|misuse|risk|harm|hurry|complaints|duplicates?|outages?|timeouts?|502s|5xx|nobody|fire|surprises|objections?|findings)\b(?! handling)|\b0 ?% loss\b|\bnothing (?:unusual|bad|broken|new|open|wrong|on fire|urgent|to worry|happened|points)\b|\b(?:by design|(?:is|as|are) expected|as planned|on purpose|known\b(?! host| address| key)|harmless|(?:is|are) (?:always|usually|normally|mostly|noisy)|are normal|always (?:slow|ji\w+)|false alarm|false positive|red herring|user error|drill|rehearsal|my dev|pentest|ignore|not urgent|can be deleted|we're safe|that's ok|lazily|anyway|should be plenty)\b|^expected\b|^(?!.*\b(?:prod|production|accident)\b).*\b(?:staging|sandbox|load test|game day)\b/,
  rule: /\b(?:so that|that's why|that's|whenever|means|without harm|as they should|at night|every (?:night|day|week|month|year|summer|monday|friday)|for \d+ days|in that chart|per key|per year|a year|is (?:issued|rate limited)|are reserved|handles it|don't notice|only (?:crashes|the first|shows|care)|we only|long before|is a better|must be reported|before it shows|the limit, the|one can|needs quorum|less than 0|once a client|shouldn't exist|must retry|our sla|the new slo|guarantees|in a row|per (?:customer|user|tenant|client|node|day|hour)|overnight|all day|tolerates|survives|belongs? to|only (?:slows|delays|affects|imports|empties)|gets? (?:a mail|a ticket|repeated|retried|skipped)|(?:is|are) (?:a|the) (?:crawler|backup|newsletter|batch|probe)|limits? us to|there only|doesn't (?:hurt|matter)|of (?:its|their) own)\b|\bon those \w+$/,
  pointer:
    /https?:\/\/|(?:^|\s)#[a-z][\w-]+|\b(?!ora-|cve-)[a-z]{2,6}-\d{3,5}\b|^(?:see|use|here|here's|attached|runbook|dashboard (?:for|of)|ticket|pr|docs?|screenshot|link|grep|kubectl|curl|dig|df|top|ping from|smartctl|select .*from|journalctl|query|slides|recording|minutes|timeline|article|commit|release notes|cve|per|note|status page|list of|contact list|export of|panel|same thing|gif|raw numbers)\b|\b(?:(?:is|are) in the (?:doc|sheet|ticket|bucket|repo|wiki|drive|safe)|on the wiki|wiki\/|see the ticket|in the ticket|is pinned|are documented|i linked|have a look|are here|land in|crash course)\b/,
  meeting:
    /\b(?:review|postmortem|retro|agenda|meeting|handover|training|survey|budget|on-call|forecast|shift|bounty|timeline|incident doc|open points|volunteers|scribe|incident commander|vendor (?:has|case)|carrier engineer|legal|privacy officer|the (?:board|press|insurer|auditors?) (?:wants?|asks?|has)|auditor|audit found|impact summary|weekly|scheduled downtime|patch day)\b|^update\b|\bupdate (?:\d+)?:|\bon the (?:phone|line)\b|\bin week \d|\b\d+ (?:january|february|march|april|june|july|august|september|october|november|december)\b/,
  courtesy:
    /^(?:thanks?|thank you|thx|ty|sorry|nice|great|cool|ok|okay|yes|yep|yeah|no,|nope|lol|haha|good|ack|\+1|oops|nvm|never mind|kudos|congrats|welcome|hope|glad|phew|agreed|my bad|classic|roger|cheers|happy|works for me|can't reproduce|it was me|all yours|copy|present|hi all|one sec|honestly|just an observation|my (?:keyboard|brain|train|wifi|dog|coffee|chair))\b|\b(?:thanks|thank you|thx|kudos|sorry|pizza|lunch)\b/,
  order:
    /^(?:let|try|check|ask|run|open (?:a|the)|stop (?!the)|call|add|don't|do not|restart|keep|wait|grab|move|take|split:|please (?!look|help))\b|\b(?:everybody|all) please\b|\bplease (?:hold|don't|mute|add|use|do|keep|send|check|review|extend|raise|log)\b|(?<!roll back|look|help), please$/,
  'to you':
    /\byou (?:see|want|know|get|need|have|kill|ship|do)\b|\byour (?:token|browser|side|desk|time|note|demo)\b/,
} as const;

const STATES =
  'down|dwn|dead|ded|broken|brok\\w*|broke|brick\\w*|fail\\w*|crash\\w*|time ?outs?|tim(?:ing|es|ed) out|slo+w\\w*|crawl\\w*|stuck|jam\\w*|hangs?|hanging|freezes?|frozen|unreachable|unavailable|refus\\w*|reject\\w*|los[ets]\\w*|losing|loss|missing|expi\\w*|corrupt\\w*|full|exhaust\\w*|deadlocks?|oom\\w*|evict\\w*|flap\\w*|degrad\\w*|offline|dying|die[sd]?|kill(?:s|ed)|gone|insane|crazy|on fire|destroyed|read.only|restarting|reboot(?:s|ing)|idle|bloat\\w*|eat(?:s|ing) (?:all|the|up)|drown\\w*|tripped|condensation|split brain|out of sync|unhealthy';
const FAULTS =
  'errors?|errs?|exceptions?|5xx|50[0-9]\\w*|4(?:01|03|04|29)\\w*|(?:endless|infinite|crash|login|redirect)\\w* ?(?:loop|redirect|retry)|panics?|resets?|denied|unauthori[sz]ed|invalid|wrong|twice|blank|empty|negative|duplicat\\w*|double|faulty|faults?|problems?|issues?|trouble|weird|off|garbage|stale|bugs?|race|conflicts?|warnings?|disagree|outage|cut|nxdomain|servfail|desync\\w*|never|unable|nothing|none';
const HARMS =
  'breach\\w*|attack\\w*|ransom\\w*|malware|phish\\w*|leak\\w*|stolen|hack\\w*|brute force|ddos\\w*|exploit\\w*|inject\\w*|suspicious|unknown|strangers?|miners?|exposes?|exposed|wiped|unusual|stuffing|backdoor|compromised|bypass\\w*|scrap\\w*|spam\\w*|flood\\w*|hammer\\w*|crypto|encrypted|found on|got into|opened .* from|passwords? (?:are|is) written|pii|private key';
const AMOUNTS =
  'behind|lag\\w*|backlog|grow\\w*|climb\\w*|rising|rises?|spik\\w*|piling|pile up|fill\\w*|saturat\\w*|through the roof|all over the place|high|drop\\w*|fell|fallen|doubled|tripled|swap|throttl\\w*|overheat\\w*|hot|smok\\w*|burn\\w*|fried|swollen|maxed|pegged|starv\\w*|degrees|forever|ages|latency|jitter|vanish\\w*|disconnect\\w*|skips?|stops?|stopped|block\\w*|iowait|unsubscribes|humidity';
const TROUBLE = new RegExp(
  [
    `\\b(?:${STATES}|${FAULTS}|${HARMS}|${AMOUNTS})\\b`,
    "\\b(?:no|zero|can'?t|cannot|won'?t|doesn'?t|didn'?t|don'?t|isn'?t|aren'?t|not|no longer|0 of) \\w+",
    '\\b\\d[\\d.,]* ?(?:%|percent|ms|s|sec\\w*|min\\w*|hours?|h|million|k|watts|bytes)(?!\\w)',
    '!!|\\bsince\\b|\\bright now\\b|\\brn\\b|\\bx\\d\\b|\\b\\d+x\\b|\\b\\d+ of \\d+\\b',
  ].join('|'),
);

const AGAIN = /\bagain\b/;
const OVER =
  /\b(?:errors|timeouts|crashes|resets|alerts?|loss|flood|attacks?|spikes?|5\w\ds?)\b.* (?:stopped|ended|ceased)\b/;

export function signsOf(text: string): Signs {
  const read = normalise(text).toLowerCase().replace(/[‘’]/g, "'").trim();
  const asked = ASKED_OF_TROUBLE.some((sign) => sign.test(read));
  const { question, hypothesis, order, ...rest } = TALK;
  const signs = asked ? Object.values(rest) : [question, hypothesis, order, ...Object.values(rest)];
  if (signs.some((sign) => sign.test(read))) return 'talk';
  if (OVER.test(read)) return 'talk';
  if (asked || TROUBLE.test(read)) return 'trouble';
  // What happens again and is no trouble is well again.
  return AGAIN.test(read) ? 'talk' : 'none';
}
