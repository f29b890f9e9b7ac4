import { setTimeout } from 'node:timers/promises';
import { createCircuit } from '../../src/domain/circuit.ts';
import { withRetries } from '../../src/domain/retry.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { SecondOpinionSource } from '../../src/ports/escalation.ts';
import { readAnswer, requestBody } from './contract.ts';
import { postJson } from './post-json.ts';

export type BackendOptions = {
  /** Without a path: the contract names it. */
  url: string;
  /** For one call; the caller's signal bounds all of them together. */
  timeoutMs: number;
  clock: Clock;
  random?: () => number;
};

const PATH = 'api/workflows/classify';
/** The contract: two retries. */
const ATTEMPTS = 3;
/** The multi-agent backend, asked over HTTP. */
export function createEscalationBackend(options: BackendOptions): SecondOpinionSource {
  const { url, timeoutMs, clock, random = Math.random } = options;
  const name = 'the multi-agent backend';
  const circuit = createCircuit({
    name: 'The multi-agent backend',
    now: () => clock.now().getTime(),
  });
  const address = new URL(PATH, url.endsWith('/') ? url : `${url}/`).href;
  return {
    name,
    async ask(question) {
      const { signal } = question;
      const body = requestBody(question);
      const call = () =>
        circuit.run(
          async () => {
            const said = { name: 'The multi-agent backend', timeoutMs, signal };
            return readAnswer(await postJson({ ...said, url: address, body }), name);
          },
          () => signal?.aborted === true,
        );
      return withRetries(call, {
        attempts: ATTEMPTS,
        firstMs: 250,
        mostMs: 5_000,
        pause: async (ms) => void (await setTimeout(ms, undefined, signal && { signal })),
        random,
      });
    },
  };
}
