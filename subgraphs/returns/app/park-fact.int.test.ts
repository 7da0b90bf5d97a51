import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { returnRecorded, type ReturnRecorded } from '../../../schema/events/inbox.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import { ruleReturnPolicy } from '../domain/rule-return-policy.ts';
import { openChangeLog } from './open-change-log.ts';
import { handleOrPark, unparkFacts } from './park-fact.ts';
import { RETURNS_LIMITS } from './returns-limits.ts';
import type { ReturnsParts } from './returns-parts.ts';
import { openReturnsStore, type KnownSku } from './returns-store.ts';

const FACT: ReturnRecorded = {
  channel: 'POS',
  externalId: 'T-1',
  location: 'S1',
  currency: 'GBP',
  lines: [{ lineId: '1', sku: 'NEW', quantity: '1', unitPriceMinor: 100, reason: 'OTHER' }],
  charges: [],
  refunds: [],
};

let platform: TestPlatform;

beforeEach(async () => {
  platform = await openTestPlatform();
});

afterEach(() => platform.close());

test('a fact in a unit that its SKU is not known by waits until it is, and is counted in base units', async () => {
  const store = await openReturnsStore(platform.documents);
  const log = await openChangeLog(platform, store);
  const parts: ReturnsParts = { platform, store, log, policy: ruleReturnPolicy(), limits: RETURNS_LIMITS };
  await store.locations.save({ id: 'S1', takesReturns: true }, 0);
  await store.skus.save({ id: 'NEW', decimals: 0 }, 0);
  const lines = FACT.lines.map((line) => ({ ...line, quantity: '0.5', unit: 'CS' }));
  const { envelope } = publicationOf(returnRecorded, {
    id: 'e1',
    key: 'T-1',
    source: { system: 'pos', eventId: 'e1' },
    occurredAtMs: 0,
    recordedAtMs: 0,
    correlationId: 'e1',
    data: { ...FACT, lines },
  });
  await handleOrPark(parts, envelope);
  await unparkFacts(parts, 'sku:NEW');
  expect((await store.parked.get('e1'))?.document.missing).toBe('sku:NEW');
  const conversions = [{ unit: 'CS', numerator: 12, denominator: 1 }];
  await store.skus.save({ id: 'NEW', decimals: 0, baseUnit: 'EA', conversions }, 1);
  await unparkFacts(parts, 'sku:NEW');
  expect((await store.returns.get('e1'))?.document.lines).toMatchObject([{ sku: 'NEW', steps: 6 }]);
  expect(await store.parked.get('e1')).toBeUndefined();
  await log.close();
});

test('a code that is registered between the look and the parking is not missed', async () => {
  const opened = await openReturnsStore(platform.documents);
  const log = await openChangeLog(platform, opened);
  const parts: ReturnsParts = { platform, store: opened, log, policy: ruleReturnPolicy(), limits: RETURNS_LIMITS };
  const sku: KnownSku = { id: 'NEW', decimals: 0 };
  // The registration comes whole, with its own look for parked facts, just before the fact is parked.
  const parked: typeof opened.parked = {
    get: (id) => opened.parked.get(id),
    getMany: (ids) => opened.parked.getMany(ids),
    find: (query) => opened.parked.find(query),
    delete: (id, version) => opened.parked.delete(id, version),
    save: async (document, version, outbox) => {
      await opened.skus.save(sku, 0);
      await unparkFacts(parts, 'sku:NEW');
      return opened.parked.save(document, version, outbox);
    },
  };
  await opened.locations.save({ id: 'S1', takesReturns: true }, 0);
  const { envelope } = publicationOf(returnRecorded, {
    id: 'e1',
    key: 'T-1',
    source: { system: 'pos', eventId: 'e1' },
    occurredAtMs: 0,
    recordedAtMs: 0,
    correlationId: 'e1',
    data: FACT,
  });
  await handleOrPark({ ...parts, store: { ...opened, parked } }, envelope);
  expect((await opened.returns.get('e1'))?.document.status).toBe('RECEIVED');
  expect(await opened.parked.get('e1')).toBeUndefined();
  await log.close();
});
