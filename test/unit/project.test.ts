import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPlantedProject, projectRoot } from '../fixtures/planted.ts';

type Manifest = {
  engines: { node: string };
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
type Locked = {
  version?: string;
  resolved?: string;
  integrity?: string;
  optional?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

const text = (path: string) => readFile(join(projectRoot, path), 'utf8');

async function manifest(): Promise<Manifest> {
  return JSON.parse(await text('package.json'));
}

async function locked(): Promise<Record<string, Locked>> {
  const lock: { packages: Record<string, Locked> } = JSON.parse(await text('package-lock.json'));
  return lock.packages;
}

describe('the project', () => {
  it('has the rooms of the design and no others', async () => {
    const made = new Set(['node_modules', 'dist', 'var', 'coverage']);
    const entries = await readdir(projectRoot, { withFileTypes: true });
    const folders = entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .filter((name) => !made.has(name));
    expect(folders.sort()).toEqual(
      [
        ...['src', 'adapters', 'handlers', 'jobs', 'prompts', 'knowledge'],
        ...['test', 'manifest', 'deploy', 'docs'],
      ].sort(),
    );
  });

  it('runs from Node 20.19 on', async () => {
    expect((await manifest()).engines.node).toBe('>=20.19');
  });

  it("has the scripts that the README's two commands start", async () => {
    const readme = await text('README.md');
    const { scripts } = await manifest();
    for (const script of ['start', 'test']) {
      expect(readme).toContain(`npm ci && npm ${script}`);
      expect(scripts[script]).toBeTruthy();
    }
  });

  it('pins every dependency in the lock, with what to check it by', async () => {
    const { dependencies, devDependencies } = await manifest();
    const packages = await locked();
    expect(packages['']?.dependencies).toEqual(dependencies);
    expect(packages['']?.devDependencies).toEqual(devDependencies);
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      const entry = packages[`node_modules/${name}`];
      expect(entry?.version, name).toMatch(/^\d+\.\d+\.\d+/);
    }
    // A registry that lags behind can withhold the checksum of another platform's package, never of ours.
    const unchecked = Object.entries(packages)
      .filter(([path, { integrity, optional }]) => path !== '' && !integrity && !optional)
      .map(([path]) => path);
    expect(unchecked).toEqual([]);
  });

  it('names the packages of every platform in the lock: without them npm ci refuses it', async () => {
    const packages = await locked();
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  it('takes packages from the npm registry alone', async () => {
    const elsewhere = Object.values(await locked())
      .map(({ resolved }) => resolved)
      .filter((address) => address !== undefined)
      .filter((address) => !address.startsWith('https://registry.npmjs.org/'));
    expect(elsewhere).toEqual([]);
  });

  it('refuses tests that hide others, or themselves', async () => {
    const project = await createPlantedProject();
    try {
      const imported = "import { it } from 'vitest';\n\n";
      await project.plant(
        'test/unit/only.test.ts',
        `${imported}it.only('runs alone', () => {});\n`,
      );
      await project.plant(
        'test/unit/skip.test.ts',
        `${imported}it.skip('never runs', () => {});\n`,
      );
      const { status, stderr } = await project.run('check:format', ['--colors=off']);
      expect(status).not.toBe(0);
      expect(stderr).toMatch(/only\.test\.ts.*noFocusedTests/);
      expect(stderr).toMatch(/skip\.test\.ts.*noSkippedTests/);
    } finally {
      await project.remove();
    }
  });
});
