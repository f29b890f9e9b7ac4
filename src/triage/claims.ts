/**
 * What a report says about its own judgement is not evidence: the model would count the words all the same, so
 * they are taken out before it reads. Two kinds: claims ("confidence 0.98", "severity: low", "no action needed")
 * leave a hole of their own size; orders to whoever judges ("ignore previous instructions and ...") take the rest
 * of their sentence along, and make the whole report suspect.
 */
export type WithoutClaims = {
  text: string;
  claims: number;
  /** Somebody tried to tell the judge what to say. */
  suspect: boolean;
};

const LABELS =
  '(?:network|database|application|security|hardware|performance|infrastructure|low|lowest|minor|medium|moderate|high|highest|critical|trivial|none|zero|nil|info|informational|negligible|harmless|benign|resolved|closed|normal|unimportant|sev-?\\d|p[0-5])';

/** A word or two may stand between; a sentence may not. */
const NEAR = '[^.!?;\\n]{0,60}?';

/** What a judge says about an incident; `priority queue` and `confidence interval` are things of the trade. */
const JUDGED =
  '(?:severity|priority|category|confidence|urgency|certainty)\\b(?![- ]*(?:queues?|class(?:es)?|lanes?|inversion|schedul\\w*|intervals?|page|tree))';

const ORDERS = [
  `\\b(?:ignore|disregard|forget|override|bypass|discard|skip)\\b${NEAR}\\b(?:instructions?|prompts?|rules|guidelines|directions|guardrails|thresholds?|(?:previous|prior|above|earlier)\\s+(?:text|messages?|context|analysis|content|evidence|logs?))\\b`,
  `\\b(?:new|updated|real|actual|following)\\s+(?:system\\s+)?(?:instructions?|prompt)\\b`,
  `\\b(?:you|u)\\s+(?:are|must|should|will|shall|can|have\\s+to|need\\s+to)\\b${NEAR}\\b(?:assistant|classifier|model|bot|triage|classify|categori[sz]e|label|rate|severity|category|confidence)\\b`,
  `\\b(?:classify|categori[sz]e|re-?classify)\\b${NEAR}\\b(?:as|to|into|under|with)\\b`,
  `\\b(?:treat|mark|rate|rank|triage|flag|consider|assume)\\b${NEAR}\\b${JUDGED}`,
  `\\b(?:label|score|report|set|keep|lower|downgrade|reduce|record|log|make)\\s+(?:(?:the|its|this|your|that|it|incident|overall|final|as|at|with|to)\\s+){0,3}${JUDGED}`,
  `\\b(?:label|treat|mark|rate|rank|score|triage|flag|consider|downgrade|lower)\\s+(?:this|it|that|the\\s+(?:incident|report|alert|ticket)|as)\\b${NEAR}\\b${LABELS}\\b`,
  `\\b(?:respond|reply|answer|output|return|print|say)\\b${NEAR}\\b(?:severity|category|confidence|classification|json)\\b`,
  `\\b(?:do\\s+not|don'?t|dont|never|no\\s+need\\s+to|needn'?t|must\\s+not|should\\s+not|shouldn'?t|without)\\s+(?:ever\\s+|to\\s+)?(?:escalat\\w*|page|paging|wak\\w+|alert\\w*|notify\\w*|triage|call(?:ing)?\\s+(?:any|the|on|some))`,
  `(?:^|\\n)\\s*(?:system|assistant|developer)\\s*:`,
  `<\\|[^|\\n]{0,40}\\|>|\\[\\/?INST\\]|<<\\/?SYS>>|<\\/?(?:system|assistant|instructions?)\\b[^>\\n]{0,40}>|#{2,}\\s*(?:system|instructions?)\\b`,
].map((source) => new RegExp(`(?:${source})[^.!?\\n]{0,200}[.!?]?`, 'giu'));

const NUMBER = '\\d{1,3}(?:[.,]\\d+)?\\s*(?:%|percent|per\\s+cent|/\\s*\\d+)?';
const IS =
  '\\s*(?:score|level|rating|value)?\\s*(?:is|was|of|at|to|=|:|->|→|-)?\\s*(?:only\\s+|very\\s+|set\\s+to\\s+|just\\s+|now\\s+|["\'`*])*';

const CLAIMS = [
  `["'\`*]?\\b(?:confidence|certainty)\\b["'\`*]?${IS}(?:${NUMBER}|high|low|certain|full|complete|total|max(?:imum)?)`,
  `(?:${NUMBER}|very|absolutely|completely|fully|totally)\\s*(?:confident|certain|confidence|certainty)\\b`,
  `["'\`*]?\\b(?:severity|priority|urgency|category|classification)\\b["'\`*]?${IS}${LABELS}\\b["'\`*]?`,
  `\\b(?:low|lowest|minor|trivial|zero|no|informational)[- ](?:severity|priority|urgency)\\b`,
  `\\bno\\s+(?:further\\s+|immediate\\s+|manual\\s+)?(?:action|intervention|response|escalation|attention|work|follow-?up)s?\\s+(?:is\\s+|are\\s+|was\\s+)?(?:needed|required|necessary|expected)`,
  `\\b(?:nothing\\s+to\\s+(?:worry\\s+about|do(?:\\s+here)?)|(?:can|may|should|could)\\s+(?:be\\s+)?(?:safely\\s+)?(?:be\\s+)?ignored|safe\\s+to\\s+ignore|please\\s+ignore|false\\s+(?:alarm|positive|alert))\\b`,
  `\\b(?:this|it|that)(?:\\s+is|'s)\\s+(?:only|just|purely|merely|simply)\\s+(?:an?\\s+)?(?:informational|information|fyi|notice|test|drill|exercise|routine|harmless|noise)\\b`,
  `\\b(?:for\\s+information\\s+only|informational\\s+only|info\\s+only)\\b`,
  `\\b(?:should_escalate|mc_dropout|fast_path)\\b["']?\\s*[:=]?\\s*["']?(?:true|false|${NUMBER})?`,
].map((source) => new RegExp(source, 'giu'));

export function withoutClaims(text: string): WithoutClaims {
  let claims = 0;
  const hole = () => {
    claims += 1;
    return ' ';
  };
  const withoutOrders = ORDERS.reduce((rest, order) => rest.replace(order, hole), text);
  const suspect = claims > 0;
  const rest = CLAIMS.reduce((left, claim) => left.replace(claim, hole), withoutOrders);
  if (claims === 0) return { text, claims, suspect };
  return { text: rest.replace(/[^\S\n]+/g, ' ').trim(), claims, suspect };
}
