/* Who may tell what: a register of operations, held at the door. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { feedHeartbeatRecorded, itemRecorded, type ItemRecorded } from '../../schema/events/inbox.ts';
import { ownershipChanged, type OwnershipChanged } from '../../schema/events/operations.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { openOwnershipRegistry, type OwnershipRegistry } from './ownership-registry.ts';

let platform: TestPlatform;
let registry: OwnershipRegistry;
let inbox: Inbox;

beforeEach(async () => {
  platform = await openTestPlatform();
  registry = await openOwnershipRegistry(platform);
  inbox = await createInbox({ platform, ownerOf: (place) => registry.ownerOf(place) });
});

afterEach(async () => {
  await inbox.close();
  await registry.close();
  await platform.close();
});

const EVERYWHERE = { location: null, channel: null };
let version = 0;

async function rule(change: Partial<OwnershipChanged>): Promise<void> {
  const id = platform.ids.next();
  const data: OwnershipChanged = {
    domain: 'ITEM',
    quantity: 'RECORD',
    location: null,
    writerSystem: 'erp',
    ruleVersion: ++version,
    ...change,
  };
  const nowMs = platform.clock.nowMs();
  const source = { system: 'operations', eventId: id };
  const told = { id, key: 'rule', source, occurredAtMs: nowMs, recordedAtMs: nowMs, correlationId: id, data };
  const { stream, subject, envelope } = publicationOf(ownershipChanged, told);
  await platform.streams.publish(stream, subject, envelope);
}

const DATA: ItemRecorded = {
  sku: 'A-1',
  title: 'A',
  product: { id: 'A', title: 'A' },
  baseUnit: 'EA',
  step: '1',
  tracking: 'NONE',
  categories: [],
  attributes: [],
  lifecycle: 'ACTIVE',
  prices: [],
};

const item = async (source: string, eventId: string) => {
  const message = { eventId, definition: itemRecorded, occurredAtMs: platform.clock.nowMs(), data: DATA };
  const [outcome] = await inbox.receive(source, [message]);
  return outcome?.outcome;
};

async function told(type: string) {
  await platform.documents.flushOutbox();
  const messages = await platform.streams.read(streamOf('inbox'), 0, 100);
  return messages.filter(({ envelope }) => envelope.type === type).map(({ envelope }) => envelope);
}

describe('what a system tells that another one owns', () => {
  test('is evidence, told as one exception for system, domain and place, and never applied', async () => {
    expect(await item('pim', 'before')).toBe('ACCEPTED');
    await rule({});
    await waitFor(() => registry.ownerOf({ domain: 'ITEM', ...EVERYWHERE }) === 'erp');
    expect(await item('pim', 'i-1')).toBe('FOREIGN');
    expect(await item('pim', 'i-1')).toBe('FOREIGN');
    expect(await item('pim', 'i-2')).toBe('FOREIGN');
    expect(await item('erp', 'i-1')).toBe('ACCEPTED');
    expect((await told('item-recorded')).map(({ source }) => source)).toMatchObject([
      { system: 'pim', eventId: 'before' },
      { system: 'erp', eventId: 'i-1' },
    ]);
    const kept = await told('foreign-write-kept');
    expect(kept.map(({ data }) => data)).toMatchObject([
      { system: 'pim', eventId: 'i-1', domain: 'ITEM', owner: 'erp' },
      { eventId: 'i-2' },
    ]);
    expect(new Set(kept.map(({ key }) => key)).size).toBe(1);
  });

  test('is taken in when it comes again after its system became the owner', async () => {
    await rule({});
    await waitFor(() => registry.ownerOf({ domain: 'ITEM', ...EVERYWHERE }) === 'erp');
    await item('pim', 'i-1');
    await rule({ writerSystem: 'pim' });
    await waitFor(() => registry.ownerOf({ domain: 'ITEM', ...EVERYWHERE }) === 'pim');
    expect(await item('pim', 'i-1')).toBe('ACCEPTED');
  });

  test('depends on the location before the channel, and on the channel before everywhere', async () => {
    await rule({ domain: 'SALE', writerSystem: 'pos' });
    await rule({ domain: 'SALE', channel: 'WEB', writerSystem: 'shop' });
    await rule({ domain: 'SALE', location: 'LEEDS', writerSystem: null });
    await waitFor(() => registry.ownerOf({ domain: 'SALE', location: 'LEEDS', channel: 'WEB' }) === null);
    expect(registry.ownerOf({ domain: 'SALE', location: 'YORK', channel: 'WEB' })).toBe('shop');
    expect(registry.ownerOf({ domain: 'SALE', location: 'YORK', channel: 'OTHER' })).toBe('pos');
    expect(registry.ownerOf({ domain: 'ITEM', ...EVERYWHERE })).toBeNull();
  });

  test('is known after a restart, and facts of other domains pass', async () => {
    await rule({});
    await waitFor(() => registry.ownerOf({ domain: 'ITEM', ...EVERYWHERE }) === 'erp');
    await registry.close();
    registry = await openOwnershipRegistry(platform);
    expect(await item('pim', 'i-1')).toBe('FOREIGN');
    const data = { location: 'LEEDS' };
    const occurredAtMs = platform.clock.nowMs();
    const heartbeat = { eventId: 'h-1', definition: feedHeartbeatRecorded, occurredAtMs, data };
    expect((await inbox.receive('pim', [heartbeat]))[0]?.outcome).toBe('ACCEPTED');
  });
});
