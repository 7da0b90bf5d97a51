import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../../kernel/model/errors.ts';
import { testConfig } from '../../../kernel/testing/config.ts';
import type { ReserveStock } from '../../../schema/commands/inventory.ts';
import { auditState } from '../domain/audit-state.ts';
import { freeOf } from '../domain/availability.ts';
import type { LedgerCommand } from '../domain/ledger-command.ts';
import { MemoryLedger } from '../testing/memory-ledger.ts';
import { servableDemand } from '../testing/servable-flow.ts';

/*
 * Many ask at the same time, in the same turn and in turns that interleave with appends: several lines of one SKU, kits
 * that share a component, networks that overlap, and conversions, extensions and cancellations in the very instant in
 * which the reservation ends. The process may die with an append under way.
 */

const { propertyRuns, propertySeed } = testConfig();
/** Half of the usual number: one run is a whole history with crashes. */
const numRuns = Math.ceil(propertyRuns / 2);
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const NETWORKS = { WEB: ['L0', 'L1'], APP: ['L1', 'L2'] } as const;
const KITS = { K1: { A: 1, B: 2 }, K2: { B: 1 } } as const;
const LEASE_MS = 900_000;

const line = fc.record({
  sku: fc.constantFrom('A', 'A', 'B', 'K1', 'K2'),
  units: fc.integer({ min: 1, max: 3 }),
});
const request = fc.record({
  channel: fc.constantFrom('WEB', 'APP'),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  /** Turns of the event loop that pass before it is sent. */
  turns: fc.nat({ max: 3 }),
});
const stock = fc.array(fc.nat({ max: 8 }), { minLength: 6, maxLength: 6 });

/** A shop over storage that outlives it. */
class Shop {
  readonly memory = new MemoryLedger();
  #commands = 0;

  async open(units: readonly number[]): Promise<this> {
    await this.memory.open();
    const places = ['L0', 'L1', 'L2'];
    for (const location of places) {
      const place = { name: location, type: 'STORE', timeZone: 'Europe/London' } as const;
      await this.do({ type: 'register-location', request: { location, ...place, capabilities: ['SHIP'] } });
    }
    for (const sku of ['A', 'B']) await this.do({ type: 'register-sku', request: { sku, step: '1', categories: [] } });
    for (const [sku, parts] of Object.entries(KITS)) {
      const components = Object.entries(parts).map(([part, count]) => ({ sku: part, quantity: String(count) }));
      await this.do({ type: 'register-sku', request: { sku, step: '1', categories: [], components } });
    }
    for (const [id, locations] of Object.entries(NETWORKS)) {
      await this.do({ type: 'register-network', request: { id, locations } });
      await this.do({ type: 'register-channel', request: { id, network: id, currency: 'GBP', publishes: 'ATS' } });
    }
    for (const [index, count] of units.entries()) {
      if (count > 0) await this.receive(index % 2 === 0 ? 'A' : 'B', places[index >> 1] as string, count);
    }
    return this;
  }

  do(command: LedgerCommand, commandId?: string): Promise<unknown> {
    return this.memory.ledger.execute(command, commandId === undefined ? {} : { commandId });
  }

  receive(sku: string, location: string, units: number): Promise<unknown> {
    const data = { location, reference: 'po', lines: [{ lineId: '1', sku, quantity: String(units) }] };
    const source = { system: 'wms', eventId: `receipt-${sku}-${location}` };
    return this.do({ type: 'record-fact', fact: { type: 'goods-received', source, occurredAtMs: 1, data } });
  }

  /** The ids that were promised; none when it was refused. */
  async reserve(asked: Pick<ReserveStock, 'channel' | 'lines'>, commandId = `c${this.#commands++}`): Promise<string[]> {
    try {
      const command = { type: 'reserve-stock', request: { commandId, kind: 'CART', ...asked } } as const;
      const { reservations } = await this.memory.ledger.execute(command, { commandId });
      return reservations.map(({ id }) => id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [];
    }
  }

  expectSound(): void {
    const { state } = this.memory.ledger;
    expect(auditState(state)).toEqual([]);
    for (const sku of ['A', 'B']) {
      const { demand, served } = servableDemand(state, state.skuIds.find(sku) as number);
      expect(served).toBe(demand);
    }
    for (let row = 0; row < state.positions.size; row++) expect(freeOf(state, row)).toBeGreaterThanOrEqual(0);
  }
}

type Request = typeof request extends fc.Arbitrary<infer R> ? R : never;

function linesOf({ lines }: Request): ReserveStock['lines'] {
  return lines.map(({ sku, units }, index) => ({ lineRef: String(index), sku, quantity: String(units) }));
}

type Way = 'convert' | 'cancel' | 'extend' | 'expire';

/** The status and what is allocated, when the ways are taken one after the other. */
function endOf(ways: readonly Way[]): readonly [string, number] {
  let isExtended = false;
  for (const way of ways) {
    if (way === 'convert') return ['CONVERTED', 5];
    if (way === 'cancel') return ['CANCELLED', 0];
    if (way === 'expire' && !isExtended) return ['EXPIRED', 0];
    isExtended ||= way === 'extend';
  }
  return ['ACTIVE', 0];
}

async function turnsPass(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('reservations that are asked for at the same time', () => {
  test('can all be served together, however they interleave', async () => {
    await fc.assert(
      fc.asyncProperty(stock, fc.array(request, { minLength: 2, maxLength: 12 }), async (units, requests) => {
        const shop = await new Shop().open(units);
        const all = await Promise.all(
          requests.map(async (asked) => {
            await turnsPass(asked.turns);
            return shop.reserve({ channel: asked.channel, lines: linesOf(asked) });
          }),
        );
        shop.expectSound();
        const active = [...shop.memory.ledger.state.reservations.active()].map(({ id }) => id);
        expect(active.toSorted()).toEqual(all.flat().toSorted());
        await shop.memory.ledger.close();
      }),
      parameters,
    );
  });

  test('sell exactly the stock, no more and no less, and again once all of them have ended', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 12 }), fc.integer({ min: 1, max: 12 }), async (there, excess) => {
        const shop = await new Shop().open([there]);
        const one = { channel: 'WEB', lines: [{ lineRef: '1', sku: 'A', quantity: '1' }] };
        const sellOut = async (): Promise<number> => {
          const asked = Array.from({ length: there + excess }, async (_, index) => {
            await turnsPass(index % 3);
            return shop.reserve(one);
          });
          return (await Promise.all(asked)).flat().length;
        };
        expect(await sellOut()).toBe(there);
        shop.memory.clock.advance(LEASE_MS);
        await shop.do({ type: 'expire-reservations' });
        expect(await sellOut()).toBe(there);
        await shop.memory.ledger.close();
      }),
      parameters,
    );
  });

  test('end in one way only, though all ways are taken in the instant in which their time is up', async () => {
    const way = fc.constantFrom<Way>('convert', 'convert', 'cancel', 'extend', 'expire');
    await fc.assert(
      fc.asyncProperty(fc.array(way, { minLength: 2, maxLength: 8 }), async (ways) => {
        const shop = await new Shop().open([5]);
        const [id = ''] = await shop.reserve({ channel: 'WEB', lines: [{ lineRef: '1', sku: 'A', quantity: '5' }] });
        shop.memory.clock.advance(LEASE_MS);
        const work = { orderLine: '1', reservation: id, location: 'L0', sku: 'A', quantity: '5' };
        const commands: Readonly<Record<Way, LedgerCommand>> = {
          convert: { type: 'allocate-stock', request: { commandId: 'a', order: 'o', lines: [work] } },
          cancel: { type: 'cancel-reservations', request: { commandId: 'c', reservations: [id] } },
          extend: { type: 'extend-reservation', request: { commandId: 'x', reservation: id } },
          expire: { type: 'expire-reservations' },
        };
        await Promise.all(
          ways.map((each) =>
            shop.do(commands[each]).catch((error: unknown) => {
              if (!(error instanceof Refusal)) throw error;
            }),
          ),
        );
        shop.expectSound();
        const { state } = shop.memory.ledger;
        const allocated = [...state.allocations.all()].reduce((sum, { steps }) => sum + steps, 0);
        expect([state.reservations.get(id)?.status, allocated]).toEqual(endOf(ways));
        await shop.memory.ledger.close();
      }),
      parameters,
    );
  });

  test('are there whenever they were answered, and once however often they are asked for, across crashes', async () => {
    const round = fc.record({
      requests: fc.array(request, { minLength: 1, maxLength: 5 }),
      crash: fc.constantFrom('WRITTEN', 'NOT_WRITTEN', 'NONE'),
    });
    await fc.assert(
      fc.asyncProperty(stock, fc.array(round, { minLength: 1, maxLength: 4 }), async (units, rounds) => {
        const shop = await new Shop().open(units);
        const answered = new Map<string, readonly string[]>();
        for (const [index, { requests, crash }] of rounds.entries()) {
          const ask = () =>
            Promise.all(
              requests.map(async (asked, n) => {
                const key = `key-${index}-${n}`;
                const ids = await shop.reserve({ channel: asked.channel, lines: linesOf(asked) }, key);
                expect(answered.get(key) ?? ids).toEqual(ids);
                answered.set(key, ids);
              }),
            );
          if (crash === 'NONE') await ask();
          else await shop.memory.crash(ask, { isWritten: crash === 'WRITTEN' });
          // Whoever got no answer asks again, and whoever got one, too.
          await ask();
          const active = [...shop.memory.ledger.state.reservations.active()].map(({ id }) => id);
          expect(active.toSorted()).toEqual([...answered.values()].flat().toSorted());
          shop.expectSound();
        }
        await shop.memory.ledger.close();
      }),
      parameters,
    );
  });
});
