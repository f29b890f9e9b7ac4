import type { Facts } from '../facts.ts';
import type { Fault } from './fault.ts';
import { blamesRoot } from './root.ts';
import type { Mention, Sentence } from './sentence.ts';

/**
 * There are more ways to blame something than anybody can list, and few to say that it was hurt. So a sentence
 * about parts that are not the root cause has to read as what happened to them, or it is not kept.
 */
const AFTER =
  /^(?:[’']s)?(?:\s+(?:service|system|component|team|users?|customers?|requests?|errors?|failures?|problems?|issues?|outage|transactions?|calls?|pages?))?(?:\s*\([^)]*\))?\s*(?:$|[.,;:)]|(?:also|then|itself|soon|eventually|finally|again|still|in turn|now)\s+)*(?:$|[.,;:)]|(?:could|can|did|does|do|was|were|is|are)(?:\s+not|n[’']t)\b|cannot\b|fail\w*|(?:was|were|is|are|became|got|went|stayed|remained|grew)\s+(?:\w+ly\s+|also\s+|very\s+|then\s+)*(?:slow\w*|down|unavailable|unreachable|affected|hit|impacted|hurt|disrupted|unable|overloaded|offline|degraded|unstable|unreliable|noticed|left|interrupted|back|restored|healthy|broken|not|no longer|denied|refused|rejected|reached)|slowed|stopp?ed|show(?:s|ed)|saw|see|sees|had\s+(?:\w+\s+){0,3}(?:errors?|problems?|troubles?|failures?|outage|delays?|issues?)|ha(?:s|ve)\s+(?:\w+\s+){0,3}(?:errors?|failures?|delays?|problems?)|return(?:s|ed)|reject(?:s|ed)|lost|experienc\w+|suffer\w+|struggl\w+|respond\w*|receiv\w+|times? out|timed out|crash\w*|works?\b|recover\w*|followed|spiked|rose|increased|dropped|pass(?:es|ed) (?:it|them|errors))/i;
const BEFORE =
  /(?:saw|met|failed|failing|slow|lost|missing|refused|broken|affect\w*|hit|hits|reach\w*|hurt\w*|impact\w*(?: on)?|disrupt\w*|use|used|uses|using|users of|people on|customers of|visitors of|rely on|relies on|(?:errors?|failures?|problems?|delays?|outage|disruption|trouble|slowdown|downtime|symptoms?) (?:was |were )?(?:in|at|of|on|with|seen (?:in|at)|visible (?:in|at))|(?:seen|noticed|visible|felt|reported|appeared|surfaced) (?:in|at|by|on)|not|such as|including|spread (?:\w+ ){0,4}to|(?:went|passed) (?:on |straight )?to|as far as)\s+(?:the\s+|our\s+|in\s+)*$/i;
const TO_BE_DONE =
  /^\W*(?:\d+\.\s+)?(?:please\s+)?(?:ask|check|add|put|make|ensure|confirm|verify|test|watch|monitor|review|restore|restart|investigate|look|inspect|improve|keep|contact|tell|protect|isolate|strengthen|implement|introduce|limit|update|audit|we (?:recommend|suggest|advise)|engineers should|the teams? (?:should|must|needs?)|our team checks)\b/i;
/** Guilt turns what would read as an effect into a cause. */
const GUILT =
  /\b(?:cause\w*|reasons?|blame\w*|guilt\w*|origin\w*|source|root|first|earliest|initial\w*|zero|culprit|responsib\w*|accountab\w*|(?:everything|everyone|nothing|none of|all else|the rest|the others|whole (?:incident|outage|chain))|attention|to mend|to fix|key to|why)\b/i;

/** A list item or a heading that names a part and says nothing of it blames nobody. */
const NAMES_ONLY = /^\W*(?:\d+\.\s+)?(?:the\s+|our\s+)?$/i;

export function checkRole(sentence: Sentence, facts: Facts): Fault[] {
  const { text, mentions } = sentence;
  const others = mentions.filter(({ node }) => !facts.root.has(node));
  const [first] = others;
  // With the root cause beside it, the order of the two was checked.
  if (facts.root.size === 0 || first === undefined || others.length < mentions.length) return [];
  // So was that of two others.
  if (new Set(others.map(({ node }) => node)).size > 1) return [];
  if (TO_BE_DONE.test(text) || blamesRoot(sentence, facts)) return [];
  const guilt = GUILT.exec(text);
  const isGuilty = guilt !== null && !sentence.isQuoted(guilt.index) && !isDenied(text);
  if (!isGuilty && others.some((mention) => readsAsEffect(sentence, mention))) return [];
  if (isDenied(text) || (!isGuilty && sentence.words.filter(({ quoted }) => quoted).length >= 4))
    return [];
  const said = text.slice(first.start, first.end);
  return [
    {
      kind: 'unclear-role',
      said,
      why: `This does not say plainly what happened to ${said}, which is not the root cause.`,
    },
  ];
}

function readsAsEffect({ text }: Sentence, { start, end }: Mention): boolean {
  const before = text.slice(0, start);
  return BEFORE.test(before) || (AFTER.test(text.slice(end)) && opensClause(before));
}

function opensClause(before: string): boolean {
  return (
    NAMES_ONLY.test(before) ||
    /(?:[,;:–—-]\s*|\b(?:and|that|where|when|while|as|then|so|but|utc|today|also)\s+)(?:the\s+|our\s+)*$/i.test(
      before,
    ) ||
    /\b(?:a\.m\.|p\.m\.|\d)\s+(?:the\s+|our\s+)?$/i.test(before)
  );
}

function isDenied(text: string): boolean {
  return /\b(?:not|never|isn[’']t|wasn[’']t|rather than)\s+(?:\w+\s+){0,2}(?:the\s+)?(?:root|cause|to blame|responsible|at fault|guilty|source|origin)\b/i.test(
    text,
  );
}
