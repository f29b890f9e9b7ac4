/**
 * Words that say nothing about an incident. What turns a meaning round or says a state stays in: not, no, down,
 * up, out, off, over, too, full, after, before.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above again all also am an and any are as at be because been being but by can could did do does
   doing each else etc for from further get gets getting got had has have having he her here hers him his how i
   if in into is it its itself just let like may me might mine more most much must my of on once only onto or
   other our ours own per please put same shall she should since so some someone something such than that the
   their them then there these they thing things this those through thus to us very via was we were what when
   where whether which while who whom whose why will with within would yes yet you your yours
   actually anything bit give idea know lot made make maybe need probably put really seem seems tell want way
   today yesterday tonight tomorrow morning noon afternoon evening
   hey hi hello thanks thank pls btw fyi guys folks team anyone everyone anybody everybody ok okay
   s t re ve ll d m ll im ive dont`
    .split(/\s+/)
    .filter(Boolean),
);

/** However it is said, it is the same: something is not so. */
export const NEGATIONS: ReadonlySet<string> = new Set([
  'no',
  'not',
  'non',
  'never',
  'cannot',
  'cant',
  'without',
  'neither',
  'nor',
  'none',
  'nobody',
  'isnt',
  'arent',
  'wont',
  'doesnt',
  'didnt',
  'dont',
  'wasnt',
  'werent',
  'hasnt',
  'havent',
  'couldnt',
  'wouldnt',
]);
