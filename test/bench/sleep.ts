export function sleep(milliseconds: number): Promise<undefined> {
  return new Promise((done) => setTimeout(() => done(undefined), Math.max(0, milliseconds)));
}
