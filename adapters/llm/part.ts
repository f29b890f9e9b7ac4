import type { Part, PartHealth } from '../../src/ports/health.ts';
import type { Budget } from './budget.ts';
import type { Chain } from './chain.ts';
import type { Link } from './link.ts';

const NAME = 'language model';

export function noModelPart(): Part {
  return {
    name: NAME,
    needed: false,
    async health() {
      const detail = 'None is configured: the local model and the local narrator do the work.';
      return { status: 'up', detail };
    },
  };
}

/** Says how the last calls went: asking a provider just to know would cost money. */
export function createPart({
  links,
  chain,
  budget,
}: {
  links: readonly [Link, ...Link[]];
  chain: Chain;
  budget: Budget;
}): Part {
  return {
    name: NAME,
    needed: false,
    async health(): Promise<PartHealth> {
      const last = chain.last();
      const resting = links.filter((link) => link.state() === 'open');
      if (resting.length === links.length) {
        return {
          status: 'down',
          detail: `${names(resting)}: failing, and left alone for a moment.`,
        };
      }
      const spent = budget.usedUp();
      if (spent !== undefined) return { status: 'degraded', detail: spent };
      if (last && 'failure' in last) {
        return { status: 'degraded', detail: `The last call failed. ${last.failure.message}` };
      }
      if (resting.length > 0) {
        const detail = `${names(resting)}: failing, and left alone for a moment; the next in order answers.`;
        return { status: 'degraded', detail };
      }
      const [first] = links;
      if (last && last.answeredBy !== first.provider.name) {
        const detail = `${last.answeredBy} answered the last call in place of ${names([first])}.`;
        return { status: 'degraded', detail };
      }
      const asked = last ? 'the last call was answered' : 'not asked yet';
      return { status: 'up', detail: `${names(links)}; ${asked}.` };
    },
  };
}

function names(links: readonly Link[]): string {
  return links.map(({ provider }) => `${provider.name} ${provider.model}`).join(', then ');
}
