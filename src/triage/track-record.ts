/** How often verdicts of about this confidence were right, on texts that nothing was fitted to. */
export type Reliability = readonly { confidence: number; accuracy: number; count: number }[];

/** What each rung's confidence meant when it was measured. */
export type TrackRecords = { fast: Reliability; retrieval: Reliability };

/** Printed by `npm run bench:ladder`: voices that neither the model nor the pool's fit had seen. */
export const AFTER_READING: Reliability = [
  { count: 157, confidence: 0.33, accuracy: 0.338 },
  { count: 157, confidence: 0.415, accuracy: 0.541 },
  { count: 157, confidence: 0.473, accuracy: 0.535 },
  { count: 157, confidence: 0.52, accuracy: 0.561 },
  { count: 157, confidence: 0.574, accuracy: 0.643 },
  { count: 157, confidence: 0.63, accuracy: 0.662 },
  { count: 157, confidence: 0.687, accuracy: 0.752 },
  { count: 157, confidence: 0.742, accuracy: 0.822 },
  { count: 157, confidence: 0.793, accuracy: 0.879 },
  { count: 157, confidence: 0.861, accuracy: 0.917 },
];

/** Fewer texts say nothing about how often something is right. */
const FEWEST = 30;

/** For the card: how often such confidence was right, in words; undefined where that is not known. */
export function trackRecord(record: Reliability, confidence: number): string | undefined {
  const known = record.filter(({ count }) => count >= FEWEST);
  const [nearest] = known.toSorted(
    (a, b) => Math.abs(a.confidence - confidence) - Math.abs(b.confidence - confidence),
  );
  if (!nearest) return undefined;
  const inTen = Math.round(nearest.accuracy * 10);
  return inTen >= 10
    ? 'Such confidence was right nearly every time on reports it had not seen.'
    : `Such confidence was right ${inTen} times in 10 on reports it had not seen.`;
}
