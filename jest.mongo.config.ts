import type { Config } from 'jest';
import { shared } from './jest.config.ts';

/** Tests over a connection to MongoDB or its emulator: `npm run test:mongo`. */
const config: Config = {
  ...shared,
  displayName: 'mongo',
  testMatch: ['**/*.mongo.test.ts'],
  testTimeout: 60_000,
};

export default config;
