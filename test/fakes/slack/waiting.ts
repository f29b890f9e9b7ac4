/** Waits for what should come to be seen, and says what was seen instead when it does not come. */
export type Waiting = {
  until<Found>(look: () => Found | undefined | false, withinMs?: number): Promise<Found>;
};

const WITHIN_MS = 10_000;

export function createWaiting(
  onChange: (listener: () => void) => () => void,
  describe: () => string,
): Waiting {
  return {
    until(look, withinMs = WITHIN_MS) {
      return new Promise((resolve, reject) => {
        const check = () => {
          const found = look();
          if (found === undefined || found === false) return;
          stop();
          resolve(found as Exclude<typeof found, false>);
        };
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`It was not seen within ${withinMs} ms. ${describe()}`));
        }, withinMs);
        const off = onChange(check);
        const stop = () => {
          clearTimeout(timer);
          off();
        };
        check();
      });
    },
  };
}
