import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';
import { testConfig } from '../../kernel/testing/config.ts';
import type { FactOutcomesReply } from '../../schema/commands/inventory.ts';
import { goodsReceived, storeSaleRecorded } from '../../schema/events/inbox.ts';
import { InventoryBench } from './testing/inventory-bench.ts';

/*
 * Who follows the change feed and repairs what it missed holds what the ledger answers, and who consumes the durable
 * stream is told of everything in order: whatever happens, and however often the process dies.
 */

const { propertyRuns, propertySeed } = testConfig();
// Each run opens a store on disk, several times.
const parameters = { numRuns: Math.ceil(propertyRuns / 4), ...(propertySeed !== undefined && { seed: propertySeed }) };
const EVENTS = ['position-changed', 'availability-changed', 'node-availability-changed'] as const;
const RUN_MS_MAX = 60_000;
const HEARTBEAT_MS = 5_000;

const place = fc.constantFrom('S1', 'S2');
const units = fc.integer({ min: 1, max: 5 });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constantFrom('receive', 'sell', 'sell'), place, units }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('reserve'), place, units }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('kill', 'restart'), place, units }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Holds the newest record of every key, as a gateway does for its subscribers. */
class Follower {
  readonly held = new Map<string, ChangeRecord>();
  readonly #bench: InventoryBench;
  #read = 0;
  #at: { epoch: string; seq: number } = { epoch: '', seq: 0 };

  constructor(bench: InventoryBench) {
    this.#bench = bench;
  }

  async follow(): Promise<void> {
    for (; this.#read < this.#bench.messages.length; this.#read++) {
      const message = this.#bench.messages[this.#read];
      if (!message || message.seq <= this.#at.seq) continue;
      if (message.prevSeq === this.#at.seq) {
        for (const record of message.records) this.#take(record);
        this.#at = { epoch: this.#at.epoch, seq: message.seq };
      } else await this.repair();
    }
  }

  /** Asks for what it has missed. */
  async repair(): Promise<void> {
    const replies = await Promise.all(
      EVENTS.map((event) => this.#bench.changesSince(event, {}, this.#at.epoch === '' ? undefined : this.#at)),
    );
    for (const { records } of replies) for (const record of records) this.#take(record);
    const [{ epoch, seq } = this.#at] = replies.toSorted((a, b) => a.seq - b.seq);
    this.#at = { epoch, seq };
  }

  #take(record: ChangeRecord): void {
    const key = `${record.event} ${record.key}`;
    const former = this.held.get(key);
    // What was fetched together with something newer may come again.
    if (!former || former.version <= record.version) this.held.set(key, record);
    if (former && former.version === record.version) expect(record.value).toEqual(former.value);
  }
}

async function run(bench: InventoryBench, made: Step, id: string): Promise<void> {
  const { place: location, units: count } = made;
  const line = { lineId: '1', sku: 'A', quantity: String(count) };
  if (made.type === 'kill') return bench.killAndStart();
  if (made.type === 'restart') {
    await bench.stop();
    return bench.start();
  }
  if (made.type === 'reserve') {
    await bench.query(`mutation { reserveStock(input: { idempotencyKey: "${id}", channel: "WEB",
      lines: [{ sku: "A", quantity: "${count}" }] }) { reservations { id } } }`);
    return undefined;
  }
  if (made.type === 'receive') {
    await bench.publish(goodsReceived, { location, reference: 'po', lines: [line] }, { eventId: id });
  } else {
    const sale = { channel: 'TILL', externalId: id, location, currency: 'GBP', charges: [], tenders: [] };
    const lines = [{ ...line, unitPriceMinor: 1 }];
    await bench.publish(storeSaleRecorded, { ...sale, lines }, { eventId: id });
  }
  await bench.until(async () => {
    const reply = await bench.request('fact-outcomes', { system: 'pos', eventIds: [id] });
    return (reply as FactOutcomesReply).outcomes[0]?.state === 'RECORDED';
  }, 'the fact');
}

/** What the tills told beyond what lay there, in their order. */
function shortagesOf(steps: readonly Step[]): readonly string[] {
  const lying = new Map<string, number>();
  return steps.flatMap(({ type, place: location, units: count }) => {
    if (type !== 'receive' && type !== 'sell') return [];
    const left = (lying.get(location) ?? 0) + (type === 'receive' ? count : -count);
    lying.set(location, left);
    return type === 'sell' && left < 0 ? [`${location} ${-left}`] : [];
  });
}

test(
  'every change is published in order, versions never go back, and repairs and kills leave no difference',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const bench = await InventoryBench.open();
        try {
          const follower = new Follower(bench);
          await follower.repair();
          for (const [index, made] of steps.entries()) {
            await run(bench, made, `step-${index}`);
            if (index % 3 === 0) await follower.follow();
          }
          // The heartbeat carries the head, so that the loss of the last message is seen, too.
          const told = bench.messages.length;
          bench.clock.advance(HEARTBEAT_MS);
          await bench.until(
            () => bench.messages.slice(told).some(({ records }) => records.length === 0),
            'a heartbeat',
          );
          await follower.follow();
          const wanted = await Promise.all(EVENTS.map((event) => bench.changesSince(event, {})));
          for (const record of wanted.flatMap(({ records }) => records as ChangeRecord[])) {
            const held = follower.held.get(`${record.event} ${record.key}`);
            expect([record.event, record.key, held?.value]).toEqual([record.event, record.key, record.value]);
            expect(held?.version).toBeLessThanOrEqual(record.version);
          }
          await bench.until(
            async () => {
              const messages = await bench.platform.streams.read('INVENTORY_EVENTS', 0, 1_000);
              const told = messages.filter(({ envelope }) => envelope.type === 'shortage-recorded');
              const shortages = told.map(({ envelope }) => envelope.data as { location: string; short: string });
              return (
                JSON.stringify(shortages.map(({ location, short }) => `${location} ${short}`)) ===
                JSON.stringify(shortagesOf(steps))
              );
            },
            `the shortages ${shortagesOf(steps).join(', ')}`,
          );
        } finally {
          await bench.close();
        }
      }),
      parameters,
    );
  },
  RUN_MS_MAX + parameters.numRuns * 10_000,
);
