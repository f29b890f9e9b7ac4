/**
 * Who may import whom, as docs/develop.md explains. TypeScript 7 has no JavaScript API, so the files are
 * read with swc: without it dependency-cruiser would cruise nothing and pass.
 */
const CORE = 'triage|classifier|logs|rca|answers|learning|safety|delivery';
const INNER = '^src/(domain|ports)/';
const OURS = '^(src|adapters|handlers|jobs|knowledge|prompts|test|dist)/';
const PRODUCT = '^(src|adapters|handlers|jobs|knowledge|prompts)/';
const ROOMS = [
  `^src/(domain|ports|${CORE}|http|observability|commands|compose)/`,
  '^src/(main|compose|config|settings|system)\\.ts$',
  '^adapters/[^/]+/',
  '^(handlers|jobs|knowledge|prompts)/',
];

/** Files at `from` may import nothing of ours but what `to` matches. */
const only = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: OURS, pathNot: to },
});

/** A package has one home. */
const home = (name, packages, homes) => ({
  name: `${name}-has-one-home`,
  severity: 'error',
  from: { path: PRODUCT, pathNot: homes },
  to: { path: `node_modules/(@types/)?(${packages})(/|$)` },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    only('domain-imports-nothing-of-ours', '^src/domain/', '^src/domain/'),
    only('ports-import-domain', '^src/ports/', INNER),
    only('prompts-import-domain', '^prompts/', '^(src/domain|prompts)/'),
    only(
      'core-imports-inner-and-core',
      `^src/(${CORE})/`,
      `^(src/(domain|ports|${CORE})|prompts)/`,
    ),
    {
      name: 'core-rooms-meet-through-their-index',
      severity: 'error',
      from: { path: `^src/(${CORE})/` },
      to: { path: `^src/(${CORE})/`, pathNot: [`^src/$1/`, `^src/(${CORE})/index\\.ts$`] },
    },
    {
      name: 'rooms-enter-the-core-through-its-index',
      severity: 'error',
      from: { path: '^(handlers|jobs|src/http)/' },
      to: { path: `^src/(${CORE})/`, pathNot: `^src/(${CORE})/index\\.ts$` },
    },
    only('handlers-import-the-core', '^handlers/', `^(src/(domain|ports|${CORE})|handlers)/`),
    only('jobs-import-the-core', '^jobs/', `^(src/(domain|ports|${CORE})|jobs)/`),
    {
      name: 'adapters-import-inner-and-themselves',
      severity: 'error',
      from: { path: '^adapters/([^/]+)/' },
      to: {
        path: OURS,
        pathNot: ['^adapters/$1/', INNER],
      },
    },
    only('knowledge-imports-inner', '^knowledge/', ['^knowledge/', INNER]),
    only('observability-imports-inner', '^src/observability/', ['^src/observability/', INNER]),
    only('http-imports-inner-and-core', '^src/http/', `^src/(http|domain|ports|${CORE})/`),
    {
      name: 'nothing-imports-the-roots',
      severity: 'error',
      from: { pathNot: '^src/(main|compose)\\.ts$|^src/(commands|compose)/' },
      to: { path: '^src/(main|compose|config|system)\\.ts$|^src/(commands|compose)/' },
    },
    {
      name: 'settings-are-read-by-config',
      severity: 'error',
      from: { pathNot: '^src/(main|compose|config)\\.ts$|^src/(commands|compose)/' },
      to: { path: '^src/settings\\.ts$' },
    },
    {
      name: 'files-live-in-a-room',
      comment: 'A file elsewhere, or a new room, has no rules yet: name it in this file.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: ROOMS },
      to: {},
    },
    {
      name: 'product-never-imports-tests-or-its-own-build',
      severity: 'error',
      from: { path: PRODUCT },
      to: { path: '^(test|dist)/' },
    },
    {
      name: 'product-runs-on-its-dependencies',
      comment: 'What is installed for development only, or by accident, is missing in production.',
      severity: 'error',
      from: { path: PRODUCT },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
    },
    home('slack', '@slack', '^adapters/slack/'),
    home('botbuilder', '(botbuilder|botframework)[^/]*', '^adapters/teams/'),
    home('llm-sdks', 'openai|@anthropic-ai|@huggingface', '^adapters/llm/'),
    home('chromadb', 'chromadb', '^knowledge/'),
    home('bullmq', 'bullmq', '^adapters/queue/'),
    home('ioredis', 'ioredis', '^adapters/(cache|queue)/'),
    home('database', 'drizzle-orm|@electric-sql|pg', '^adapters/store/'),
    home('prom-client', 'prom-client', '^src/observability/'),
    home('express', 'express', '^(src/http|adapters/(slack|teams|console))/'),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
