import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { readConfig } from './config.ts';
import { openHub } from './open-hub.ts';

test('regression: a hub that cannot listen lets go of all that it had opened', async () => {
  const directory = await temporaryDirectory();
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const config = readConfig({ STOCKWIRE_PORT: String(port), STOCKWIRE_DATA_DIR: directory.path }, process.cwd());
  const telemetry = createTelemetry({ level: 'error', processMetrics: false });

  await expect(openHub({ config, telemetry })).rejects.toThrow('EADDRINUSE');
  await new Promise((resolve) => taken.close(resolve));

  // The data directory is free again, or this would be refused.
  const hub = await openHub({ config, telemetry });
  await hub.close();
  await directory.remove();
}, 60_000);
