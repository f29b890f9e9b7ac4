import type { Node } from '../facts.ts';
import { LONGEST_PHRASE, type Role, rolesOf } from './lexicon.ts';
import type { Mention, Sentence } from './sentence.ts';

/**
 * A sentence boiled down to what says who did what to whom: names, pauses, and words with the part that they play.
 * Words of no such meaning are left out; those that nobody has listed stay as `strange`.
 */
export type Mark = {
  node?: Node;
  roles: readonly (Role | 'passive' | 'pause' | 'colon' | 'strange' | 'opens')[];
  start: number;
  end: number;
};
export type Sign = Mark['roles'][number];

const PIECE = /[\p{L}\p{N}]+(?:[-’'][\p{L}\p{N}]+)*|->|=>|→|⇒|←|<-|[,;:()|–—]|\.{3}|…|\s-\s/gu;
const PAUSE = /^(?:[,;:()|–—…]|\.{3}|\s-\s)$/;
const FORWARD = /^(?:->|=>|→|⇒)$/;
const BACKWARD = /^(?:<-|←)$/;
/** Words between which and a name nothing is said. */
const SILENT =
  /^(?:the|a|an|our|its|their|his|her|very|own|service|services|system|systems|component|components|it|there|here|more|most|much|some|still|quite|so-called|utc|am|pm|\d.*|time|while|been|do|does|did|each|other|same|well|back|up|out|way|new|old|(?:second|minute|hour|day|week)s?|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty)$/;
/** Before a word that is a noun as well as a verb: "the cause", "a direct hit". */
const MAKES_A_NOUN =
  /^(?:the|a|an|this|that|its|their|our|root|main|underlying|likely|original|real|common|probable|whose|no|any|of|primary|true|actual|ultimate|direct|initial|sole|single|and|only|first|most|possible|suspected|confirmed|identified|same|business|serious|severe|customer|as|is|was|be|for|in|on|to|knock-on)$/;
const NOUN_TOO =
  /^(?:causes?|triggers?|sparks?|impacts?|hits?|leads?|breaks?|blocks?|strains?|damages?|halts?|delays?|drives?|harm|hurt|cost|costs|force|stall|jam|press|push|means|drop|drops|increase|rise|spread|path|chain|run|journey|flow|pass|move|jump|reach|start|beginning|end|answers?|return|lack|need|needs|request|requests|call|calls|trail|traces?|fall|upset|show|shows|result|results|use)$/;
const NO_AGENT =
  /^(?:used|operated|owned|run|called|served|needed|required|shared|provided|handled|managed|caught|noticed|reported|rated|measured|confirmed|supported|backed|shown|detected|seen|found|felt|reached|offered|accompanied|supplied|recorded|observed|used)$/;
const PARTICIPLE =
  /(?:ed|en|hit|hurt|put|led|set|brought|caught|taken|held|cut|thrown|swept|torn|beset|dealt|down|out|off|offline|over|back|under|about|up)$/;
const BE =
  /^(?:is|was|are|were|be|been|being|got|gets|get|became|becomes|have|has|had|having|not|also|then|soon|subsequently|severely|badly|heavily|directly|in|turn|later|quickly|eventually)$/;

type Piece = { text: string; start: number; end: number };

export function marksOf(sentence: Sentence): Mark[] {
  const { text, mentions, isQuoted } = sentence;
  const pieces: Piece[] = [...text.matchAll(PIECE)].map((match) => ({
    text: match[0].toLowerCase().replaceAll('’', "'"),
    start: match.index,
    end: match.index + match[0].length,
  }));
  const marks: Mark[] = [];
  for (let at = 0; at < pieces.length; ) {
    const piece = pieces[at];
    if (piece === undefined) break;
    const mention = mentions.find(({ start, end }) => piece.start >= start && piece.start < end);
    if (mention !== undefined) {
      marks.push(nodeMark(mention));
      while (at < pieces.length && (pieces[at]?.start ?? 0) < mention.end) at++;
      continue;
    }
    const taken = isQuoted(piece.start) ? 1 : wordMark(pieces, at, mentions, marks);
    at += Math.max(1, taken);
  }
  return marks;
}

const nodeMark = ({ node, start, end }: Mention): Mark => ({ node, roles: [], start, end });

/** Adds what the words from here on mean, and says how many of them were read. */
function wordMark(
  pieces: readonly Piece[],
  at: number,
  mentions: readonly Mention[],
  marks: Mark[],
): number {
  const piece = pieces[at];
  if (piece === undefined) return 1;
  const { text, start, end } = piece;
  if (PAUSE.test(text))
    return mark(marks, text === ':' ? ['pause', 'colon'] : ['pause'], start, end);
  if (FORWARD.test(text)) return mark(marks, ['cause'], start, end);
  if (BACKWARD.test(text)) return mark(marks, ['because'], start, end);
  const agent = agentBehind(pieces, at);
  if (agent > 0) {
    return mark(
      marks,
      NO_AGENT.test(text) ? ['which'] : ['passive'],
      start,
      pieces[at + agent - 1]?.end ?? end,
      agent,
    );
  }
  for (let length = Math.min(LONGEST_PHRASE, pieces.length - at); length > 0; length--) {
    const row = pieces.slice(at, at + length);
    const last = row.at(-1);
    if (last === undefined) continue;
    if (length > 1 && mentions.some((name) => name.start < last.end && name.end > start)) continue;
    const roles = rolesOf(row.map((one) => one.text).join(' '));
    if (roles.length === 0) continue;
    const meant = length > 1 ? roles : narrowed(roles, pieces, at);
    return mark(marks, meant, start, last.end, length);
  }
  if (!SILENT.test(text)) mark(marks, ['strange'], start, end);
  return 1;
}

function mark(marks: Mark[], roles: Mark['roles'], start: number, end: number, taken = 1): number {
  marks.push({ roles, start, end });
  return taken;
}

/** "Disrupted by", "brought down by", "made worse by": how many words it takes, with the "by". */
function agentBehind(pieces: readonly Piece[], at: number): number {
  const text = pieces[at]?.text ?? '';
  if (!PARTICIPLE.test(text) || text === 'followed' || text === 'led') return 0;
  for (let ahead = 1; ahead <= 3; ahead++) {
    const next = pieces[at + ahead]?.text;
    if (next === undefined || PAUSE.test(next)) return 0;
    if (next === 'by') return ahead + 1;
    if (
      !/^(?:down|out|off|offline|over|back|under|about|up|on|to|a|halt|in|part|large|directly|mainly|primarily|largely|entirely|solely|either|indirectly|badly)$/.test(
        next,
      )
    )
      return 0;
  }
  return 0;
}

function narrowed(roles: readonly Role[], pieces: readonly Piece[], at: number): Mark['roles'] {
  const text = pieces[at]?.text ?? '';
  const before = pieces[at - 1]?.text ?? '';
  const opens = before === '' || PAUSE.test(before);
  if (NOUN_TOO.test(text) && (opens || MAKES_A_NOUN.test(before))) {
    const nouns = roles.filter((role) => role !== 'cause' && role !== 'spread');
    return nouns.length > 0 ? nouns : ['trouble'];
  }
  if (roles.includes('cause')) {
    if (roles.includes('guilt') && /^(?:causes?|triggers?)$/.test(text)) return ['cause'];
    // "Was disrupted", "is slowed down": it happened to it.
    const isParticiple =
      PARTICIPLE.test(text) &&
      BE.test(before) &&
      pieces
        .slice(Math.max(0, at - 4), at)
        .some(({ text: word }) => /^(?:is|was|are|were|be|been|being|got|get)$/.test(word));
    if (isParticiple) return ['fail'];
  }
  return roles;
}
