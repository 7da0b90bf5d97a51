import type { Config } from 'jest';
import { testConfig } from './kernel/testing/config.ts';

/** Ends a test that hangs. No test is failed for being slow: a busy machine takes many times as long as an idle one. */
const HANGING_AFTER_MS = 180_000;
/** Runs and rounds for which that is meant. */
const USUAL = testConfig({});

const { propertyRuns, killRounds } = testConfig();

export const shared: Config = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/test/strip-types-transform.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/data/', '<rootDir>/bench/peers/'],
};

/** Without a realm for each file: the files that one worker runs share its modules, and those of packages are Node's. */
const native: Config = {
  ...shared,
  testEnvironment: '<rootDir>/scripts/test/native-environment.ts',
  runtime: '<rootDir>/scripts/test/native-runtime.ts',
};

/**
 * The suffix of a test tells its cost: `.test.ts` is in memory and quick, `.int.test.ts` opens files, sockets or
 * processes, `.e2e.ts` starts the hub and uses its public API alone. Those that need a server of their own run apart:
 * `.nats.test.ts` by `npm run test:nats`, `.mongo.test.ts` by `npm run test:mongo`, `.distributed.test.ts` by
 * `npm run test:distributed`, `.tryton.test.ts` by `npm run test:tryton`.
 */
const config: Config = {
  coverageProvider: 'v8',
  // Jest looks of itself only at what its own runtime has loaded.
  collectCoverageFrom: ['{connectors,gateway,kernel,schema,scripts,subgraphs}/**/*.ts', '!**/*.{test,contract}.ts'],
  // One for each core: most of the time of a test of processes is spent waiting for them.
  maxWorkers: '100%',
  globalSetup: '<rootDir>/scripts/test/compile-once.ts',
  testSequencer: '<rootDir>/scripts/test/longest-first.ts',
  testTimeout:
    HANGING_AFTER_MS * Math.ceil(Math.max(1, propertyRuns / USUAL.propertyRuns, killRounds / USUAL.killRounds)),
  projects: [
    {
      ...native,
      displayName: 'unit',
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(int|nats|mongo|distributed|tryton)\\.test\\.ts$'],
    },
    {
      ...native,
      displayName: 'int',
      testMatch: ['**/*.int.test.ts'],
      // Templates are tested as the connectors that are made from them, in scripts/connector.
      testPathIgnorePatterns: ['/node_modules/', '/connectors/[a-z]+/template/'],
    },
    { ...native, displayName: 'e2e', testMatch: ['**/*.e2e.ts'] },
  ],
};

export default config;
