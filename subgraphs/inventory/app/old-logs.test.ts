import { describe, expect, test } from '@jest/globals';
import { readOldLogs, tellOf, type OldLog } from '../testing/old-log.ts';
import { MemoryLedger } from '../testing/memory-ledger.ts';
import type { LedgerEvent } from '../domain/ledger-event.ts';
import type { CommandRecord } from '../../../kernel/engine/command-record.ts';
import { LEDGER_EVENT_VERSIONS } from '../domain/event-versions.ts';

const logs = readOldLogs();
const [oldest] = logs as [OldLog];

async function openOver(batches: readonly string[]): Promise<MemoryLedger> {
  const stock = new MemoryLedger();
  stock.log.batches.push(...batches);
  return stock.open();
}

type Batch = { readonly events: readonly CommandRecord<LedgerEvent>[] };

/** The log with one more batch, as a later version of the code would write it. */
function withLater(batches: readonly string[], change: (event: LedgerEvent) => object): readonly string[] {
  const last = batches.findLast((text) => (JSON.parse(text) as Batch).events.some(({ events }) => events.length > 0));
  const batch = JSON.parse(last ?? '{}') as Batch;
  const events = batch.events.map((record, index) => {
    return { ...record, commandId: `later-${index}`, events: record.events.map(change) };
  });
  return [...batches, JSON.stringify({ ...batch, batchId: 'later', events })];
}

describe('a log of an earlier version', () => {
  test('there is at least one, and it holds many kinds of events', () => {
    const kinds = new Set<string>();
    for (const text of oldest.batches) {
      for (const { events } of (JSON.parse(text) as Batch).events) for (const { type } of events) kinds.add(type);
    }
    expect(oldest.version).toBe('0.1.0');
    expect([...kinds].filter((kind) => !(kind in LEDGER_EVENT_VERSIONS))).toEqual([]);
    expect(kinds.size).toBeGreaterThan(15);
  });

  test.each(logs)('of $version is read to what it said then, at the start and by whoever follows it', async (log) => {
    const stock = await openOver(log.batches);
    expect(tellOf(stock)).toEqual(log.told);
    let followed = 0;
    for await (const { events } of stock.ledger.history(0)) followed += events.length;
    expect(followed).toBe(stock.events().length);
    await stock.ledger.close();
  });
});

describe('a log that a later version has written to', () => {
  test.each([
    ['an event type', () => ({ type: 'stock-teleported', sku: 'A' })],
    ['a version of an event', (event: LedgerEvent) => ({ ...event, v: 2 })],
  ])('keeps a process from starting that does not know %s, and says so', async (_, change) => {
    const opening = openOver(withLater(oldest.batches, change));
    await expect(opening).rejects.toMatchObject({ code: 'LOG_OF_LATER_VERSION' });
    await expect(opening).rejects.toThrow('update this process');
  });
});
