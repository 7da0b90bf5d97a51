import { describe, test } from '@jest/globals';
import { locateNatsServer } from './locate-nats-server.ts';
import { versionOf } from './nats-server.ts';

const SKIPPED = 'skipped: no nats-server is on the PATH or was built before; npm run test:nats gets one';

/** Tests with a real server; without one they are skipped and say so. */
export function describeNats(name: string, define: (binary: string) => void): void {
  const binary = locateNatsServer();
  const title = binary === undefined ? name : `${name} on nats-server ${versionOf(binary)}`;
  if (binary === undefined) console.warn(`${name}: ${SKIPPED}`);
  describe(title, () => {
    if (binary === undefined) test.todo(SKIPPED);
    else define(binary);
  });
}
