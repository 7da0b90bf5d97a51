import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { mappingActivated, mappingWithdrawn } from '../../schema/events/operations.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { mapped } from './code-mapping.ts';
import { liveMapping } from './live-mapping.ts';
import { openMappingRegistry, type MappingRegistry } from './mapping-registry.ts';
import { UnmappedValue } from './unreadable.ts';

let clock: FakeClock;
let platform: TestPlatform;
let registry: MappingRegistry;
let changed: string[];

beforeEach(async () => {
  clock = new FakeClock();
  platform = await openTestPlatform({ clock });
  await open();
});

afterEach(async () => {
  await registry.close();
  await platform.close();
});

async function open({ listens = true } = {}): Promise<void> {
  changed = [];
  registry = await openMappingRegistry({ platform, limits: { refreshMs: 1_000 } });
  if (listens) listen();
}

function listen(): void {
  registry.onChanged(async (system) => {
    changed.push(system);
  });
}

const headOf = () => {
  const id = platform.ids.next();
  const atMs = clock.nowMs();
  const source = { system: 'operations', eventId: id };
  return { id, key: 'wms|reasons', source, occurredAtMs: atMs, recordedAtMs: atMs, correlationId: id };
};

async function activate(mappingVersion: number, rows: Record<string, string>, inMs = 0): Promise<void> {
  clock.advance(1);
  const decidedAt = new Date(clock.nowMs()).toISOString();
  const effectiveFrom = new Date(clock.nowMs() + inMs).toISOString();
  const data = { system: 'wms', domain: 'reasons', mappingVersion, effectiveFrom, decidedAt, rows };
  const { stream, subject, envelope } = publicationOf(mappingActivated, { ...headOf(), data });
  await platform.streams.publish(stream, subject, envelope);
}

async function withdraw(mappingVersion: number): Promise<void> {
  const data = { system: 'wms', domain: 'reasons', mappingVersion };
  const { stream, subject, envelope } = publicationOf(mappingWithdrawn, { ...headOf(), data });
  await platform.streams.publish(stream, subject, envelope);
}

const rows = () => registry.rowsOf('wms', 'reasons');

describe('the mapping sets that hold', () => {
  test('are none until one is decided, and then that one, also after a restart', async () => {
    expect(rows()).toBeUndefined();
    await activate(1, { LOST: 'LOST' });
    await waitFor(() => changed.length === 1);
    expect(rows()).toEqual({ LOST: 'LOST' });
    expect(registry.versionsOf('wms')).toEqual({ reasons: 1 });
    await registry.close();
    await open();
    expect(rows()).toEqual({ LOST: 'LOST' });
    expect(changed).toEqual([]);
  });

  test('change when a planned version is due, and that is told once', async () => {
    await activate(1, { A: 'LOST' });
    await waitFor(() => changed.length === 1);
    await activate(2, { B: 'FOUND' }, 60_000);
    await waitFor(async () => (await consumed()) === 2);
    expect(rows()).toEqual({ A: 'LOST' });
    clock.advance(60_000);
    expect(rows()).toEqual({ B: 'FOUND' });
    await waitFor(() => {
      clock.advance(1_000);
      return changed.length === 2;
    });
    clock.advance(10_000);
    expect(changed).toEqual(['wms', 'wms']);
  });

  test('are told to one who listens later, also when another process has taken them in meanwhile', async () => {
    await activate(1, { A: 'LOST' });
    await waitFor(() => changed.length === 1);
    await registry.close();
    await open({ listens: false });
    await activate(2, { B: 'FOUND' });
    await activate(3, { C: 'FOUND' }, 60_000);
    await waitFor(async () => (await consumed()) === 3);
    await registry.close();
    await open();
    await waitFor(() => changed.length === 1);
    await registry.close();
    // It fell due while nobody was there.
    clock.advance(60_000);
    await open();
    await waitFor(() => changed.length === 1);
    expect(rows()).toEqual({ C: 'FOUND' });
    await registry.close();
    await open();
    expect(changed).toEqual([]);
  });

  test('are told again when who listens did not get through with it', async () => {
    await registry.close();
    await open({ listens: false });
    let isDown = true;
    const heard: string[] = [];
    registry.onChanged(async (system) => {
      heard.push(system);
      if (isDown) throw new Error('The storage is away.');
    });
    await activate(1, { A: 'LOST' });
    await waitFor(() => heard.length > 0);
    isDown = false;
    const before = heard.length;
    await waitFor(() => {
      clock.advance(1_000);
      return heard.length === before + 1;
    });
    clock.advance(10_000);
    expect(heard).toHaveLength(before + 1);
  });

  test('stay when a planned version is withdrawn', async () => {
    await activate(1, { A: 'LOST' });
    await activate(2, { B: 'FOUND' }, 60_000);
    await withdraw(2);
    await waitFor(async () => (await consumed()) === 3);
    clock.advance(120_000);
    expect(rows()).toEqual({ A: 'LOST' });
  });

  test('are told to an adapter as they are at the moment, each value that lacks a meaning by its set', async () => {
    const mapping = liveMapping({ reasons: { A: 'LOST' }, timeZone: 'Europe/London' }, (domain) =>
      registry.rowsOf('wms', domain),
    );
    expect(mapped(mapping.reasons, 'A', 'reason')).toBe('LOST');
    await activate(1, { B: 'FOUND' });
    await waitFor(() => changed.length === 1);
    expect(mapped(mapping.reasons, 'B', 'reason')).toBe('FOUND');
    expect(mapping.timeZone).toBe('Europe/London');
    const unmapped = (() => {
      try {
        return mapped(mapping.reasons, 'A', 'reason');
      } catch (error) {
        return error;
      }
    })();
    expect(unmapped).toBeInstanceOf(UnmappedValue);
    expect((unmapped as UnmappedValue).word).toEqual({ domain: 'reasons', value: 'A' });
  });
});

/** Decisions that the registry has taken in. */
async function consumed(): Promise<number> {
  const head = await platform.streams.head('OPERATIONS_EVENTS');
  const probe = await platform.documents.collection<{ readonly id: string; readonly activations: readonly unknown[] }>({
    name: 'connector-mappings',
    indexes: [],
  });
  const set = await probe.get('wms|reasons');
  return (set?.version ?? 0) === head ? head : -1;
}
