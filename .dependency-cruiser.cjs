/**
 * The import rules of docs/architecture.md. `scripts/architecture.test.ts` runs them and plants one breach per rule to
 * prove that each is seen. A layer's rule binds its production code; its tests are bound by the rule of the whole part,
 * which besides lets them use kernel/testing.
 */
const TEST = ['\\.(test|contract)\\.ts$', '\\.e2e\\.ts$', '/testing/'];
const PACKAGES = ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];
const CONTEXTS = ['inventory', 'operations', 'orders', 'products', 'returns'];

/** What lies under `folder` imports nothing of the project but itself and `allowed`. */
function only(name, folder, allowed, { tests = 'free' } = {}) {
  return {
    name,
    severity: 'error',
    from: { path: `^${folder}/`, ...(tests === 'free' && { pathNot: TEST }) },
    to: { pathNot: [`^${folder}/`, ...allowed], dependencyTypesNot: PACKAGES },
  };
}

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('schema-imports-nothing', 'schema', []),
    only('model-knows-only-error-codes', 'kernel/model', ['^schema/errors\\.ts$']),
    only('ports-know-only-the-model', 'kernel/ports', ['^kernel/model/']),
    only('adapters-know-only-ports', 'kernel/adapters', ['^kernel/(ports|model)/']),
    only('engine-knows-only-ports', 'kernel/engine', ['^kernel/(ports|model)/']),
    only('kernel-graphql-knows-only-ports', 'kernel/graphql', ['^kernel/(ports|model)/', '^schema/errors\\.ts$']),
    only('telemetry-knows-only-ports', 'kernel/telemetry', ['^kernel/(ports|model)/']),
    only('kernel-knows-no-part-above-it', 'kernel', ['^schema/'], { tests: 'bound' }),
    {
      name: 'drivers-only-in-their-adapter',
      severity: 'error',
      from: { pathNot: ['^kernel/adapters/', '^bench/', ...TEST] },
      to: { path: '^(node:)?sqlite$|node_modules/(@nats-io|nats|mongoose|mongodb)/' },
    },
    {
      name: 'kernel-testing-only-in-tests',
      severity: 'error',
      from: { pathNot: [...TEST, '^bench/', '^test/'] },
      to: { path: '^kernel/testing/' },
    },
    only('simulators-know-nothing-of-the-hub', 'connectors/simulators', [], { tests: 'bound' }),
    {
      name: 'connectors-know-kernel-and-schema',
      severity: 'error',
      from: { path: '^connectors/', pathNot: ['^connectors/simulators/', ...TEST] },
      to: { pathNot: ['^connectors/', '^kernel/', '^schema/'], dependencyTypesNot: PACKAGES },
    },
    {
      name: 'simulators-only-in-tests-and-scripts',
      severity: 'error',
      from: { path: '^(connectors|subgraphs|gateway|kernel)/', pathNot: ['^connectors/simulators/', ...TEST] },
      to: { path: '^connectors/simulators/' },
    },
    {
      name: 'connector-kinds-meet-only-in-the-runtime',
      severity: 'error',
      from: { path: '^connectors/(erp|wms|pos|file)/', pathNot: TEST },
      to: { path: '^connectors/', pathNot: ['^connectors/(runtime|systems)/', '^connectors/$1/'] },
    },
    ...CONTEXTS.flatMap((context) => [
      only(
        `${context}-composes-its-own`,
        `subgraphs/${context}`,
        ['^kernel/', '^connectors/[^/]+/port\\.ts$', '^schema/'],
        {
          tests: 'bound',
        },
      ),
      only(`${context}-domain-is-pure`, `subgraphs/${context}/domain`, ['^kernel/model/', '^schema/']),
      {
        name: `${context}-domain-uses-no-package`,
        severity: 'error',
        from: { path: `^subgraphs/${context}/domain/`, pathNot: TEST },
        to: { dependencyTypes: PACKAGES },
      },
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
    ]),
    only('gateway-knows-subgraphs-as-handles', 'gateway', ['^kernel/', '^schema/'], { tests: 'bound' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(data|coverage)/|^bench/peers/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json'],
    },
  },
};
