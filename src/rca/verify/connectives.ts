/**
 * How sentences say what made what happen. `forward`: the cause stands before, `backward`: after. A soft one
 * also joins things that merely came next, so that only the reverse of what the analysis says is a fault.
 */
export type Connective = {
  start: number;
  end: number;
  direction: 'forward' | 'backward';
  soft: boolean;
};

const NOT_BY =
  'used|operated|owned|run|called|served|needed|required|shared|followed|provided|handled|managed|caught|noticed|reported|rated|measured|confirmed|supported|backed|shown|detected|seen|found|felt|reached|increased|supplied|offered';

const PATTERNS: { text: string; direction: Connective['direction']; soft?: boolean }[] = [
  // Passives and "of" before the verbs that they are made of.
  { text: 'followed by', direction: 'forward', soft: true },
  {
    text: `(?!(?:${NOT_BY})\\b)(?:\\w+ed|broken|hit|hurt|driven|led|set off|brought (?:about|down|on)|taken (?:down|out)|held (?:up|back)|cut off|thrown off|dragged down|knocked (?:out|over|offline|down)|put) by`,
    direction: 'backward',
  },
  {
    text: 'because(?: of)?|due to|owing to|thanks to|on account of|(?:as |was |were |is )?(?:a|the) (?:direct )?(?:result|consequence|symptom|side effect|by-?product|victim) of|as a (?:direct )?(?:result|consequence) of|(?:the )?(?:knock-on effects?|fallout|ripples?|aftershocks?) (?:of|from)|stem(?:s|med|ming)? from|aris(?:es?|ing)(?: out)? from|arose (?:out of|from)|result(?:s|ed|ing)? from|(?:came|comes|coming|flow(?:s|ed)) from|grew out of|trac(?:e[sd]?|ing) (?:\\w+ ){0,3}?(?:back )?to|attribut(?:ed|able) to|blamed? (?:\\w+ )?on|(?:boil(?:s|ed)|c[oa]mes?) down to|goes back to|at the hands of|in the wake of|on the heels of|in response to|courtesy of|pulled down with|downstream of|inherit(?:ed|s) (?:\\w+ ){0,2}from|suffer(?:ed|s)? from|victim to|reacti(?:on|ng) to|(?:errors|failures|trouble|problems|delays) (?:coming )?from|by way of|in line (?:behind|after)|pa(?:id|ys|y|ying) (?:the|a) \\w+ for|inherit(?:s|ed) the \\w+ of|(?:receiv|get|gett)\\w* (?:\\w+ ){0,3}from',
    direction: 'backward',
  },
  {
    text: '(?:depend(?:s|ed|ing|ent)?|rel(?:ies|ied|y|ying|iant)|counts?|leans?|leaned|waits?|waited|waiting) (?:heavily )?(?:on|upon|for)|needs?|needed|starved of|cut off from|followed(?! by)|lags?|lagged|trail(?:s|ed)|downstream from|since|(?:handed|passed|given|sent) to (?:it|them) by|(?:cannot|could not|couldn.t|can.t|unable to|failed to|no longer) (?:\\w+ )?(?:reach|connect to|talk to|sign in to|authenticate to|call|contact|use|access|get (?:\\w+ ){1,3}from|receive (?:\\w+ ){1,3}from|load (?:\\w+ ){0,3}from)|without (?:an answer|answers|help|data|the data|support) from|no (?:answers?|data|reply|replies|response|responses) (?:\\w+ )?from',
    direction: 'backward',
    soft: true,
  },
  {
    text: '(?:only |soon |shortly |right |just |minutes? |seconds? )?after(?! that| this|wards)|following|once|as soon as|in turn from',
    direction: 'backward',
  },
  {
    text: '(?:led|leads?|leading)(?: on)?(?: directly)? to|gave rise to|giv(?:es|ing) rise to|result(?:s|ed|ing)? in|end(?:s|ed|ing)? (?:up )?in|trigger(?:s|ed|ing)?|set(?:s|ting)? (?:off|in motion)|spark(?:s|ed|ing)?|provok(?:es?|ed|ing)|prompt(?:s|ed|ing)|br(?:oke|eaks|eaking)|(?:took|takes|taking|brought|brings|bringing|dragg?(?:ed|s|ing)|pull(?:ed|s|ing)|knock(?:ed|s|ing))(?=(?: [\\w-]+){0,6}? (?:down|out|over|offline|along))|brought about|brought(?=(?: [\\w-]+){0,6}? to (?:its|their) knees)|cost(?:s|ing)?(?= .{1,60}? (?:its|their) )|(?:feed|fed|send|sent|hand|pass)\\w* (?:\\w+ ){1,3}to|put (?:too much |heavy )?(?:on|pressure on|strain on|load on)|passe[sd]? (?:\\w+ ){0,3}on to|show(?:s|ed) up (?:at|in)|rippl(?:es?|ed|ing) through(?: in)?(?: to)?|upstream of|explains? why|to blame for|behind|responsible for|at the root of|the (?:reason|cause) (?:for|of|behind)|why|made|makes|making|forc(?:es?|ed|ing)|left|leav(?:es|ing)|prevent(?:s|ed|ing)?|stopp?(?:s|ed|ing)?|block(?:s|ed|ing)?|slow(?:s|ed|ing)?(?: down)?|affect(?:s|ed|ing)?|impact(?:s|ed|ing)?(?: on)?|hurt(?:s|ing)?|disrupt(?:s|ed|ing)?|hit(?:s|ting)?|harm(?:s|ed|ing)?|damag(?:es|ed|ing)|crippl(?:es?|ed|ing)|overwhelm(?:s|ed|ing)?|overload(?:s|ed|ing)?|flood(?:s|ed|ing)?|starv(?:es?|ed|ing)(?! of)|chok(?:es?|ed|ing)|strain(?:s|ed|ing)?|weaken(?:s|ed|ing)?|upset(?:s|ting)?|dragged|pulled|spill(?:s|ed|ing) (?:over )?(?:in)?to|preced(?:es?|ed|ing)|came before|ahead of|earlier than|prior to|long before|before|led|caus(?:es?|ed|ing)|cascad(?:es?|ed|ing) (?:in)?to|ripple[sd]? (?:through )?(?:in)?to|(?:spread|spill|flow|travel|propagat|mov|pass|escalat|jump)\\w* (?:on |over |out |through |up |down |along )*(?:in)?to|so that|which meant(?: that)?|meant(?: that)?|mean(?:s|ing)(?: that)?|hence|thus|therefore|consequently|and as a result|as a result(?! of)|in turn',
    direction: 'forward',
  },
  { text: '(?:reach(?:es|ed|ing)?)|and then|, then|then|, so', direction: 'forward', soft: true },
];

const ALL = PATTERNS.map((pattern) => ({
  ...pattern,
  expression: new RegExp(`(?<![\\w-])(?:${pattern.text})(?![\\w-])`, 'gi'),
}));
const ARROW = { direction: 'forward' as const, soft: false, expression: /->|→|=>|⇒/g };

/** A noun, not something that happened: "the root cause", "the impact was". */
const NOUN =
  /(?:\b(?:the|a|an|this|its|that|their|root|main|underlying|likely|original|real|common|probable|whose|no|any|business|some|customer|of|s)\s+)$/i;
const NOUN_WORDS =
  /^(?:cause|causes|impact|impacts|hit|hits|trigger|left|strain|block|breaks|need|needs|spark|slow|stop|stops|lag|damages|flood|hurt|count|counts|made|reach|led|wait|waits|affects|set|upset)$/i;
/** What did not happen orders nothing: "could not reach", "without affecting". */
const NEGATED =
  /(?:\bnot|n[’']t|\bnever|\bcannot|\bunable to|\bwithout|\bfail(?:s|ed)? to|\bno longer|\bstopped)\s+(?:\w+ly\s+)?$/i;

export function connectivesIn(text: string): Connective[] {
  const taken: Connective[] = [];
  for (const { expression, direction, soft = false } of [...ALL, ARROW]) {
    for (const match of text.matchAll(expression)) {
      const start = match.index;
      const end = start + match[0].length;
      if (taken.some((other) => start < other.end && end > other.start)) continue;
      const before = text.slice(0, start);
      if (NOUN_WORDS.test(match[0]) && NOUN.test(before)) continue;
      if (NEGATED.test(before) && !/^(?:because|due|after|owing)/i.test(match[0])) continue;
      taken.push({ start, end, direction, soft });
    }
  }
  return taken.sort((a, b) => a.start - b.start);
}
