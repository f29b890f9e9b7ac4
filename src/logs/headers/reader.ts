import { isSpace } from '../characters.ts';
import { createHeaderTokens, TOKEN } from './header-tokens.ts';
import { applyLayout, type Header, type Layout, skipSpaces } from './layout.ts';
import { learnLayouts } from './learn.ts';
import { createTimeScanner } from './time.ts';

/** Every line tries them in turn: more sources than this in one log are not told apart. */
const MOST_LAYOUTS = 32;
const STAMP_WITHIN = 4;

/** Finds where the message of a line starts, by the layouts that it learned. */
export function createHeaderReader(assumedYear: number) {
  const tokens = createHeaderTokens(createTimeScanner(assumedYear));
  const header: Header = { message: 0, level: 0, ms: Number.NaN, complete: true };
  let layouts: Layout[] = [];
  let recent: Layout | undefined;

  return {
    learn(lines: readonly string[]): void {
      const known = new Set(layouts.map(({ steps }) => JSON.stringify(steps)));
      const found = learnLayouts(lines, tokens);
      const fresh = found.filter(({ steps }) => !known.has(JSON.stringify(steps)));
      layouts = [...layouts, ...fresh].slice(-MOST_LAYOUTS);
    },
    layouts: () => layouts,
    /** Whether a stamp stands at the start of a line that no layout explains. */
    isStrange(line: string): boolean {
      if (isSpace(line.charCodeAt(0))) return false;
      let at = 0;
      for (let i = 0; i < STAMP_WITHIN; i++) {
        const token = tokens(line, at);
        if (token.kind === TOKEN.time) return true;
        if (token.kind === TOKEN.end) return false;
        at = token.next;
      }
      return false;
    },
    /** Nothing when the line has no header. The answer is overwritten by the next call. */
    read(line: string): Header | undefined {
      const start = skipSpaces(line, 0);
      // Lines of one source come in runs.
      if (recent && applyLayout(recent, line, start, tokens, header) && header.complete)
        return header;
      let partly: Layout | undefined;
      for (const layout of layouts) {
        if (layout === recent || !applyLayout(layout, line, start, tokens, header)) continue;
        if (header.complete) {
          recent = layout.alone ? layout : undefined;
          return header;
        }
        partly ??= layout;
      }
      partly ??= recent;
      return partly && applyLayout(partly, line, start, tokens, header) ? header : undefined;
    },
  };
}
