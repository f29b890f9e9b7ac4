import { openKnowledge } from '../compose/knowledge.ts';
import { environment, loadConfig } from '../config.ts';
import { packageRoot, packageVersion } from './command-line.ts';

type OpenKnowledge = Awaited<ReturnType<typeof openKnowledge>>;

const LOOK_EVERY_MS = 25;

/** Opens what the knowledge needs, and closes it whatever happens. */
export async function withKnowledge(
  use: (opened: OpenKnowledge) => Promise<number>,
): Promise<number> {
  const root = packageRoot();
  const opened = await openKnowledge(loadConfig(environment()), {
    packageRoot: root,
    version: packageVersion(root),
    writeLog: () => undefined,
  });
  try {
    return await use(opened);
  } finally {
    await opened.closing.run();
  }
}

/** False when it did not come in time. */
export async function waitForChroma(
  chroma: OpenKnowledge['chroma'],
  patienceMs: number,
): Promise<boolean> {
  for (const until = Date.now() + patienceMs; chroma.address() === undefined; ) {
    if (Date.now() >= until) return false;
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
  return true;
}
