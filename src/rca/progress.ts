/** Hears how far it is, from 0 to 1, never less than before. */
export type OnProgress = (share: number) => void;

/** The steps of telling, in shares of the whole: most of the time goes by while the model writes. */
const ASKED = 0.3;
const WRITTEN = 0.8;
/** About what 250 words have. */
const USUAL_LENGTH = 1_600;
/** Who listens may write each step down. */
const LEAST_STEP = 0.05;

export function createProgress(tell: OnProgress | undefined) {
  let last = 0;
  let heard = 0;
  const reach = (share: number) => {
    if (share < last + LEAST_STEP) return;
    last = share;
    tell?.(share);
  };
  return {
    asked: () => reach(ASKED),
    /** Words come; nobody sees them before they are checked. */
    heard(piece: string) {
      heard += piece.length;
      reach(ASKED + (WRITTEN - ASKED) * Math.min(1, heard / USUAL_LENGTH));
    },
    checking: () => reach(WRITTEN),
  };
}
