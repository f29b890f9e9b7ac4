/**
 * Phrasings that the checks were never adjusted to, so that their figures say what a new model would meet. Once a
 * check was changed because of one of them, it belongs to the others.
 */
export const UNSEEN_ROOT = [
  (r: string) => `The thread, once pulled, ends at ${r}.`,
  (r: string) => `It is ${r} that let everybody down.`,
  (r: string) => `A defect hiding in ${r} came to light and did the rest.`,
  (r: string) => `Remove ${r} from the picture and the story does not happen.`,
  (r: string) => `Our money is on ${r}.`,
  (r: string) => `Investigators closed the case with a finding against ${r}.`,
  (r: string) => `${r} lit the match.`,
  (r: string) => `The buck stops with ${r}.`,
  (r: string) => `Work backwards from the symptoms and you arrive at ${r}.`,
  (r: string) => `The incident opened with ${r} going wrong.`,
  (r: string) => `${r} was broken well before anybody complained.`,
  (r: string) => `The mistake was made in ${r}.`,
];

export const UNSEEN_ORDER = [
  (a: string, b: string) => `${a} coughed and ${b} caught the cold.`,
  (a: string, b: string) => `${b} never stood a chance after what happened at ${a}.`,
  (a: string, b: string) => `Pain in ${b} was pain that came over from ${a}.`,
  (a: string, b: string) => `The collapse of ${a} swept ${b} away.`,
  (a: string, b: string) => `${b} mirrored every fault of ${a} a little later.`,
  (a: string, b: string) => `Without a working ${a}, ${b} was helpless.`,
  (a: string, b: string) => `${a} infected ${b}.`,
  (a: string, b: string) => `Because of its ties to ${a}, ${b} was doomed.`,
  (a: string, b: string) => `The chain runs from ${a} over to ${b}.`,
  (a: string, b: string) => `It took ${a} to fail for ${b} to fail.`,
];

/** True of a part that is not to blame. */
export const UNSEEN_EFFECT = [
  (i: string) => `Anyone who opened ${i} met error pages.`,
  (i: string) => `${i} answered late or not at all.`,
  (i: string) => `Complaints about ${i} came in during the incident.`,
  (i: string) => `The visible damage was at ${i}.`,
  (i: string) => `${i} lost many requests.`,
  (i: string) => `Users of ${i} had to try again.`,
  (i: string) => `In the meantime ${i} was down.`,
  (i: string) => `${i} stopped serving people.`,
];
