import { type Product, ROLES, type Role, startProduct } from '../compose.ts';
import { environment, loadConfig } from '../config.ts';
import {
  type CommandLine,
  packageRoot,
  packageVersion,
  readArguments,
  WrongUse,
} from './command-line.ts';

/** Runs until a signal; the first drains, a second ends at once. */
export const runStart: CommandLine = async (args) => {
  const { values } = readArguments({
    args,
    options: { role: { type: 'string', default: 'all' }, port: { type: 'string' } },
  });
  const role = ROLES.find((known) => known === values.role);
  if (!role) throw new WrongUse(`--role ${String(values.role)} is none of ${ROLES.join(', ')}.`);
  if (values.port !== undefined && !/^\d{1,5}$/.test(values.port)) {
    throw new WrongUse(`--port ${values.port} is not a port number.`);
  }
  const config = loadConfig(
    values.port === undefined ? environment() : { ...environment(), PORT: values.port },
  );
  const stopped = signalled();
  const root = packageRoot();
  const product = await startProduct(config, role, {
    packageRoot: root,
    version: packageVersion(root),
    writeLog: (line) => void process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${readyLine(product, role)}\n`);
  await stopped;
  await product.close();
  return 0;
};

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}

function readyLine(product: Product, role: Role): string {
  const what = { all: 'web and worker', web: 'web', worker: 'worker' }[role];
  const embedded = Object.entries(product.embedded)
    .filter(([, inside]) => inside)
    .map(([part]) => part);
  const parts = embedded.length > 0 ? `embedded: ${embedded.join(', ')}` : 'nothing embedded';
  const platforms = product.platforms.length > 0 ? product.platforms.join(', ') : 'none';
  const open =
    role === 'worker' ? `health at ${product.address}/readyz` : `open ${product.address}`;
  return `Sitrep is ready: ${what}; ${parts}; platforms: ${platforms}; ${open}`;
}
