import { expect, test } from '@jest/globals';
import { readNatsSettings } from './read-nats-settings.ts';

test('without NATS_URL there is none', () => {
  const faults: string[] = [];
  expect(readNatsSettings({ NATS_REPLICAS: 'x' }, faults)).toBeUndefined();
  expect(faults).toEqual([]);
});

test('names every server, how each is watched, and who asks', () => {
  const faults: string[] = [];
  const settings = readNatsSettings(
    {
      NATS_URL: 'nats://nats-1:4222, nats://nats-2:4222',
      NATS_MONITOR_URL: 'http://nats-1:8222,http://nats-2:8222,',
      NATS_USER: 'hub',
      NATS_PASSWORD: 'a',
      NATS_SYSTEM_USER: 'system',
      NATS_SYSTEM_PASSWORD: 'b',
      NATS_REPLICAS: '3',
      NATS_LEASE_TTL_MS: '5000',
      NATS_PREFIX: 'test-',
    },
    faults,
  );
  expect(settings).toEqual({
    servers: ['nats://nats-1:4222', 'nats://nats-2:4222'],
    monitorUrls: ['http://nats-1:8222', 'http://nats-2:8222'],
    credentials: { user: 'hub', pass: 'a' },
    systemCredentials: { user: 'system', pass: 'b' },
    limits: { replicas: 3, leaseTtlMs: 5_000 },
    prefix: 'test-',
  });
  expect(faults).toEqual([]);
});

test('tells every fault', () => {
  const faults: string[] = [];
  const wrong = { NATS_MONITOR_URL: 'not an address', NATS_REPLICAS: '9', NATS_LEASE_TTL_MS: '999' };
  readNatsSettings({ NATS_URL: 'nats://nats-1', ...wrong }, faults);
  expect(faults).toEqual([
    'NATS_URL and NATS_MONITOR_URL hold addresses, not "not an address".',
    'NATS_REPLICAS must be 1, 3 or 5.',
    'NATS_LEASE_TTL_MS must be 1000 to 60000.',
  ]);
});
