import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { RpcConnection } from '../../kernel/adapters/socket/rpc-connection.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { changesSinceOf } from '../../schema/commands/change-log.ts';
import { reserveStock } from '../../schema/commands/inventory.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import { markMoved } from '../migrate/moved-mark.ts';
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
});

test('a hub does not start on data that was moved to servers', async () => {
  const directory = await temporaryDirectory();
  const config = { ...readConfig({ STOCKWIRE_DATA_DIR: directory.path }, process.cwd()), port: 0 };
  await markMoved(directory.path, 'nats://nats-1');
  const opening = openHub({ config, telemetry: createTelemetry({ level: 'error', processMetrics: false }) });
  await expect(opening).rejects.toThrow('was moved to nats://nats-1');
  await directory.remove();
});

test('another process asks the ledger over a socket when the hub is told to listen', async () => {
  const directory = await temporaryDirectory();
  const path = join(directory.path, 'rpc.sock');
  const env = { STOCKWIRE_DATA_DIR: join(directory.path, 'data'), STOCKWIRE_RPC_LISTEN: `unix:${path}` };
  const config = { ...readConfig(env, process.cwd()), port: 0 };
  const hub = await openHub({ config, telemetry: createTelemetry({ level: 'error', processMetrics: false }) });
  const connection = new RpcConnection({
    endpoint: { kind: 'unix', path },
    clock: new SystemClock(),
    ids: new UuidV7Ids(),
  });
  const options = { timeoutMs: 20_000, correlationId: 'c' };
  try {
    const changes = rpcSubjectOf('inventory', changesSinceOf('inventory').name);
    const asked = { event: 'availability-changed', filter: {} };
    await expect(connection.request(changes, asked, options)).resolves.toMatchObject({ records: [] });
    const reserve = rpcSubjectOf(reserveStock.context, reserveStock.name);
    const lines = [{ lineRef: '0', sku: 'A', quantity: '1' }];
    const request = { commandId: 'c-1', kind: 'ORDER', channel: 'NOWHERE', lines };
    const refused: unknown = await connection.request(reserve, request, options).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({ code: 'UNKNOWN_CHANNEL' });
  } finally {
    await connection.close();
    await hub.close();
  }
  expect(existsSync(path)).toBe(false);
  await directory.remove();
});
