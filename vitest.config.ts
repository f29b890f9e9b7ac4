import { defineConfig } from 'vitest/config';

const project = (name: string, testTimeout: number) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: 60_000,
    // A fresh process for every file would load the same modules 150 times: two fifths of the unit tests' work.
    isolate: name === 'e2e',
  },
});

export default defineConfig({
  test: {
    pool: 'forks',
    // Two cores: more workers only make real servers and browsers time out.
    maxWorkers: 2,
    globalSetup: ['test/fixtures/services.ts'],
    projects: [
      project('unit', 20_000),
      project('contract', 30_000),
      project('integration', 30_000),
      project('e2e', 90_000),
    ],
  },
});
