/**
 * Passes an answer on as it comes, to somebody who must not hear it twice: once a piece was heard, another
 * attempt goes on in silence and its caller gets the whole text in the end.
 */
export type Stream = (signal: AbortSignal) => ((piece: string) => void) | undefined;

export function createStream(onText: (piece: string) => void): Stream {
  let heard = false;
  return (signal) =>
    heard
      ? undefined
      : skipThoughts((piece) => {
          if (signal.aborted) return;
          heard = true;
          try {
            onText(piece);
          } catch {
            // A listener that fails does not cost the answer.
          }
        });
}

const OPEN = '<think>';
const CLOSE = '</think>';

/** As `withoutThoughts` does it, without waiting for the end. */
function skipThoughts(pass: (piece: string) => void): (piece: string) => void {
  let held: string | undefined = '';
  return (piece) => {
    if (held === undefined) {
      pass(piece);
      return;
    }
    held += piece;
    const begun = held.trimStart();
    if (OPEN.startsWith(begun.slice(0, OPEN.length)) && !begun.includes(CLOSE)) return;
    const text = begun.startsWith(OPEN)
      ? begun.slice(begun.indexOf(CLOSE) + CLOSE.length).trimStart()
      : held;
    // Blanks behind the thoughts may come in pieces of their own.
    if (text === '') return;
    held = undefined;
    pass(text);
  };
}
