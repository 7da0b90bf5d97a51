/**
 * The import rules of docs/architecture.md. `scripts/architecture.test.ts` runs them and plants one breach per rule to
 * prove that each is seen.
 */
const TEST = '(\\.(test|int\\.test|property\\.test|e2e|contract)\\.ts$|/testing/)';

/** A rule that says: what lies under `folder` may import nothing but these paths, packages and itself. */
function only(name, folder, allowed, { packages } = {}) {
  const own = [`^${folder}/`, ...allowed].map((path) => path);
  return {
    name,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: TEST },
    to: {
      pathNot: [...own, ...(packages ?? ['^node_modules/', 'node_modules/']), '^node:', '^[a-z_]+(/[a-z_]+)?$'],
    },
  };
}

const CONTEXTS = ['inventory', 'orders', 'products', 'returns'];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('schema-imports-nothing', 'schema', []),
    only('model-knows-only-error-codes', 'kernel/model', ['^schema/errors\\.ts$']),
    only('ports-know-only-the-model', 'kernel/ports', ['^kernel/model/']),
    only('adapters-know-only-ports', 'kernel/adapters', ['^kernel/(ports|model)/']),
    only('engine-knows-only-ports', 'kernel/engine', ['^kernel/(ports|model)/']),
    only('kernel-graphql-knows-only-ports', 'kernel/graphql', ['^kernel/(ports|model)/']),
    only('telemetry-knows-only-ports', 'kernel/telemetry', ['^kernel/(ports|model)/']),
    {
      name: 'drivers-only-in-their-adapter',
      severity: 'error',
      from: { pathNot: ['^kernel/adapters/', '^bench/', TEST] },
      to: { path: '^(node:sqlite|sqlite)$|node_modules/(@nats-io|nats|mongoose|mongodb)/' },
    },
    {
      name: 'kernel-testing-only-in-tests',
      severity: 'error',
      from: { pathNot: [TEST, '^kernel/testing/', '^bench/', '^test/'] },
      to: { path: '^kernel/testing/' },
    },
    only('simulators-know-nothing-of-the-hub', 'connectors/simulators', []),
    {
      name: 'connectors-know-kernel-and-schema',
      severity: 'error',
      from: { path: '^connectors/(?!simulators/)', pathNot: TEST },
      to: { path: '^(subgraphs|gateway|scripts|bench|test|console|connectors/simulators)/' },
    },
    {
      name: 'connector-kinds-meet-only-in-the-runtime',
      severity: 'error',
      from: { path: '^connectors/(?!runtime/|simulators/)([^/]+)/', pathNot: TEST },
      to: { path: '^connectors/', pathNot: ['^connectors/runtime/', '^connectors/$1/'] },
    },
    ...CONTEXTS.flatMap((context) => [
      {
        name: `${context}-meets-no-other-context`,
        severity: 'error',
        from: { path: `^subgraphs/${context}/` },
        to: { path: '^(subgraphs|gateway|scripts|bench|console)/', pathNot: `^subgraphs/${context}/` },
      },
      only(`${context}-domain-is-pure`, `subgraphs/${context}/domain`, ['^kernel/model/', '^schema/'], {
        packages: ['^$'],
      }),
      only(`${context}-app-knows-ports`, `subgraphs/${context}/app`, [
        `^subgraphs/${context}/domain/`,
        '^kernel/(model|ports|engine)/',
        '^kernel/graphql/(create-loader|stale-while-revalidate)\\.ts$',
        '^connectors/[^/]+/port\\.ts$',
        '^schema/',
      ]),
      only(`${context}-graphql-decides-nothing`, `subgraphs/${context}/graphql`, [
        `^subgraphs/${context}/(app|domain)/`,
        '^kernel/(graphql|model)/',
        '^schema/',
      ]),
      only(`${context}-main-composes-its-own`, `subgraphs/${context}`, [
        '^kernel/',
        '^connectors/[^/]+/port\\.ts$',
        '^schema/',
      ]),
    ]),
    only('gateway-knows-subgraphs-as-handles', 'gateway', ['^kernel/', '^schema/']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(data|coverage)/|^bench/peers/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    parser: 'swc',
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.cjs', '.mjs', '.json'] },
  },
};
