import { describe, expect, test } from '@jest/globals';
import { ConfigFaults, readConfig } from './config.ts';
import { operationsLimitsOf } from './read-operations-config.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('the configuration', () => {
  test('needs nothing for a start on a laptop', () => {
    expect(readConfig({}, '/srv')).toEqual({
      host: '127.0.0.1',
      port: 4000,
      publicUrl: 'http://127.0.0.1:4000',
      isProduction: false,
      dataDirectory: '/srv/data',
      logLevel: 'info',
      issuer: { kind: 'development' },
      cacheBytesMax: 0,
      folders: [],
      operations: { fourEyesAboveMinor: 100_000, escalateAfterMs: { LOW: 7 * DAY_MS, MEDIUM: DAY_MS, HIGH: HOUR_MS } },
      orders: { placementTtlMs: 900_000 },
      retention: {
        facts: 30 * DAY_MS,
        commands: 30 * DAY_MS,
        products: 30 * DAY_MS,
        inventory: 30 * DAY_MS,
        orders: 90 * DAY_MS,
        returns: 90 * DAY_MS,
        operations: 90 * DAY_MS,
        exceptions: 365 * DAY_MS,
        audit: 2_555 * DAY_MS,
      },
    });
  });

  test('says what is kept how long, what needs a second person, and when what nobody answers matters more', () => {
    const { operations, retention } = readConfig(
      {
        STOCKWIRE_RETENTION_DAYS: 'facts=7, audit=3650',
        STOCKWIRE_FOUR_EYES_ABOVE_MINOR: '0',
        STOCKWIRE_ESCALATE_HOURS: 'HIGH=0.5',
      },
      '/srv',
    );
    expect(retention).toMatchObject({ facts: 7 * DAY_MS, commands: 30 * DAY_MS, audit: 3_650 * DAY_MS });
    expect(operations).toEqual({
      fourEyesAboveMinor: 0,
      escalateAfterMs: { LOW: 7 * DAY_MS, MEDIUM: DAY_MS, HIGH: HOUR_MS / 2 },
    });
    expect(operationsLimitsOf({ operations, retention })).toMatchObject({
      fourEyesAboveMinor: 0,
      closedExceptionKeptMs: 365 * DAY_MS,
      auditKeptMs: 3_650 * DAY_MS,
    });
  });

  test('says for how long an order may be placed again that was not claimed', () => {
    expect(readConfig({}, '/srv').orders).toEqual({ placementTtlMs: 900_000 });
    expect(readConfig({ STOCKWIRE_PLACEMENT_TTL_MINUTES: '2.5' }, '/srv').orders).toEqual({ placementTtlMs: 150_000 });
  });

  test.each([
    ['STOCKWIRE_RETENTION_DAYS', 'everything=1'],
    ['STOCKWIRE_RETENTION_DAYS', 'facts=0'],
    ['STOCKWIRE_RETENTION_DAYS', 'facts=1,facts=2'],
    ['STOCKWIRE_RETENTION_DAYS', 'facts'],
    ['STOCKWIRE_PLACEMENT_TTL_MINUTES', '0'],
    ['STOCKWIRE_PLACEMENT_TTL_MINUTES', 'soon'],
    ['STOCKWIRE_ESCALATE_HOURS', 'URGENT=1'],
    ['STOCKWIRE_ESCALATE_HOURS', 'HIGH=soon'],
    ['STOCKWIRE_FOUR_EYES_ABOVE_MINOR', '9.5'],
    ['STOCKWIRE_FOUR_EYES_ABOVE_MINOR', ''],
  ])('refuses %s with %s', (variable, value) => {
    expect(() => readConfig({ [variable]: value }, '/srv')).toThrow(variable);
  });

  test('reports all faults at once', () => {
    const faulty = {
      STOCKWIRE_PORT: 'x',
      STOCKWIRE_LOG_LEVEL: 'loud',
      STOCKWIRE_IDENTITY_SECRET: 'short',
      STOCKWIRE_ISSUER: 'i',
    };

    expect(() => readConfig(faulty, '/srv')).toThrow(ConfigFaults);
    expect(() => readConfig(faulty, '/srv')).toThrow(/PORT[\s\S]*LOG_LEVEL[\s\S]*IDENTITY_SECRET[\s\S]*go together/);
  });

  test('refuses the development issuer in production', () => {
    expect(() => readConfig({ NODE_ENV: 'production' }, '/srv')).toThrow(/development issuer is refused/);
  });

  test('accepts a real issuer in production', () => {
    const env = {
      NODE_ENV: 'production',
      STOCKWIRE_ISSUER: 'https://id.example',
      STOCKWIRE_AUDIENCE: 'stockwire',
      STOCKWIRE_JWKS_URL: 'https://id.example/jwks',
    };

    expect(readConfig(env, '/srv').issuer).toEqual({
      kind: 'external',
      issuer: 'https://id.example',
      audience: 'stockwire',
      jwksUrl: 'https://id.example/jwks',
    });
  });

  test('lets no other process ask unless it is told where', () => {
    const rpcOf = (env: Record<string, string>) => readConfig(env, '/srv').rpc;
    const secret = 's'.repeat(32);

    expect(rpcOf({ STOCKWIRE_RPC_SECRET: secret })).toBeUndefined();
    expect(rpcOf({ STOCKWIRE_RPC_LISTEN: 'unix:/run/stockwire.sock' })).toEqual({
      endpoint: { kind: 'unix', path: '/run/stockwire.sock' },
    });
    expect(rpcOf({ STOCKWIRE_RPC_LISTEN: 'tcp:0.0.0.0:4100', STOCKWIRE_RPC_SECRET: secret })).toEqual({
      endpoint: { kind: 'tcp', host: '0.0.0.0', port: 4100 },
      secret,
    });
    expect(() => rpcOf({ STOCKWIRE_RPC_LISTEN: 'tcp:0.0.0.0:4100' })).toThrow(/needs STOCKWIRE_RPC_SECRET/);
    expect(() => rpcOf({ STOCKWIRE_RPC_LISTEN: 'somewhere', STOCKWIRE_RPC_SECRET: 'short' })).toThrow(
      /RPC_LISTEN must[\s\S]*RPC_SECRET must/,
    );
  });

  test('reads the folders that are watched, each for a source', () => {
    expect(readConfig({ STOCKWIRE_FOLDERS: 'wms-south=in/wms, pos=/in/pos' }, '/srv').folders).toEqual([
      { source: 'wms-south', directory: '/srv/in/wms' },
      { source: 'pos', directory: '/in/pos' },
    ]);
    for (const text of ['wms', 'Not A Source=/in', 'a=/x,a=/y']) {
      expect(() => readConfig({ STOCKWIRE_FOLDERS: text }, '/srv')).toThrow(/STOCKWIRE_FOLDERS/);
    }
  });
});
