import type { Config } from 'jest';
import { shared } from './jest.config.ts';

/** Tests over a connection to a nats-server: `npm run test:nats`. */
const config: Config = {
  ...shared,
  displayName: 'nats',
  testMatch: ['**/*.nats.test.ts'],
  testTimeout: 180_000,
};

export default config;
