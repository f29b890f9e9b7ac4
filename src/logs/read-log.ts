import type { LogAnalysis, Side } from './analysis.ts';
import { createLineCutter } from './reading/lines.ts';
import { unpack } from './reading/unpack.ts';

/** Feeds a whole log, packed or not, to the analysis. */
export async function readLog(
  source: AsyncIterable<Uint8Array>,
  analysis: LogAnalysis,
  side: Side = 'current',
): Promise<void> {
  analysis.begin(side);
  const cutter = createLineCutter(analysis.add);
  for await (const chunk of unpack(source)) cutter.write(chunk);
  cutter.end();
}
