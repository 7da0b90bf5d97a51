import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../../kernel/testing/config.ts';
import { openTestPlatform, type TestPlatform } from '../../../../kernel/testing/open-test-platform.ts';
import type { Order } from '../../domain/order.ts';
import { NodeCapacity } from './node-capacity.ts';

/* Orders and the days of locations by contract: what is counted has to be right whoever counts, how often and when. */

const DAY = '2026-01-05';
const KEY = `DC|${DAY}`;
const { propertyRuns, propertySeed } = testConfig();

const opened: TestPlatform[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((platform) => platform.close()));
});

/** Orders that wait for the answers to their commands. */
class Waiting {
  readonly #pending = new Map<string, Set<string>>();

  ask(order: string, command: string): void {
    this.#pending.set(order, (this.#pending.get(order) ?? new Set()).add(command));
  }

  hear(order: string, command: string): void {
    this.#pending.get(order)?.delete(command);
  }

  readonly ordersOf = async (ids: readonly string[]) =>
    new Map(
      ids.map((id): [string, Pick<Order, 'pending'>] => [
        id,
        { pending: [...(this.#pending.get(id) ?? [])].map((command) => ({ id: command }) as Order['pending'][number]) },
      ]),
    );
}

async function openDesk(processes = 1) {
  const platform = await openTestPlatform();
  opened.push(platform);
  const orders = new Waiting();
  const { ordersOf } = orders;
  const { documents } = platform;
  const open = () => NodeCapacity.open({ documents, conflictRetriesMax: 50, ordersOf });
  return { platform, orders, open, desks: await Promise.all(Array.from({ length: processes }, open)) };
}

const claimOf = (units: number, orders = 1) => ({ location: 'DC', day: DAY, orders, units });
const limits = (ordersMax: number | null, unitsMax: number | null) => () => ({ ordersMax, unitsMax });

async function takenOf(desk: NodeCapacity) {
  const { orders = 0, units = 0 } = (await desk.loadsOf([KEY])).get(KEY) ?? {};
  return { orders, units };
}

describe('the day of a location', () => {
  test('is taken up to its limits and no further, and again when something was given back', async () => {
    const { orders, desks } = await openDesk();
    const [desk] = desks as [NodeCapacity];
    const take = async (order: string, units: number) => {
      orders.ask(order, `${order}/1`);
      const answer = await desk.take({ command: `${order}/1`, order, claim: claimOf(units) }, limits(2, 5));
      orders.hear(order, `${order}/1`);
      return answer;
    };
    expect([await take('a', 3), await take('b', 3), await take('c', 2), await take('d', 0)]).toEqual([
      'TAKEN',
      'FULL',
      'TAKEN',
      'FULL',
    ]);
    orders.ask('a', 'a/2');
    const back = { command: 'a/2', order: 'a', claim: claimOf(3) };
    await desk.giveBack(back);
    await desk.giveBack(back);
    orders.hear('a', 'a/2');
    expect(await takenOf(desk)).toEqual({ orders: 1, units: 2 });
    expect(await take('e', 3)).toBe('TAKEN');
  });

  test('counts a command once, also when its answer was lost and another process asks again after a restart', async () => {
    const { orders, open } = await openDesk();
    orders.ask('a', 'a/1');
    const asked = { command: 'a/1', order: 'a', claim: claimOf(4) };
    await (await open()).take(asked, limits(1, null));
    const restarted = await open();
    expect(await restarted.take(asked, limits(1, null))).toBe('TAKEN');
    orders.hear('a', 'a/1');
    // Somebody who was slow sends what was answered long ago.
    expect(await restarted.take(asked, limits(1, null))).toBe('TAKEN');
    expect(await takenOf(restarted)).toEqual({ orders: 1, units: 4 });
  });

  test('forgets commands that were answered, and counts none of them again', async () => {
    const { orders, desks, platform } = await openDesk();
    const [desk] = desks as [NodeCapacity];
    const names = Array.from({ length: 200 }, (_, at) => `o${at}`);
    for (const order of names) {
      orders.ask(order, `${order}/1`);
      await desk.take({ command: `${order}/1`, order, claim: claimOf(1) }, limits(null, null));
      orders.hear(order, `${order}/1`);
    }
    for (const order of names) {
      await desk.take({ command: `${order}/1`, order, claim: claimOf(1) }, limits(null, null));
    }
    expect(await takenOf(desk)).toEqual({ orders: 200, units: 200 });
    const days = await platform.documents.collection<{ id: string; recent: readonly unknown[] }>({
      name: 'orders-node-capacity',
      indexes: [{ paths: ['limitedOn'] }],
    });
    expect((await days.get(KEY))?.document.recent.length).toBeLessThanOrEqual(64);
  });

  test('may have a limit of its own, which all learn of', async () => {
    const { desks } = await openDesk(2);
    const [one, other] = desks as [NodeCapacity, NodeCapacity];
    await one.limit({ location: 'DC', day: DAY }, { ordersMax: 0, unitsMax: null }, []);
    expect([one.isLimited('DC', DAY), other.isLimited('DC', DAY)]).toEqual([true, false]);
    await other.lookAtLimits(DAY);
    expect(other.isLimited('DC', DAY)).toBe(true);
    await one.limit({ location: 'DC', day: DAY }, { ordersMax: null, unitsMax: null }, []);
    expect(one.isLimited('DC', DAY)).toBe(false);
  });

  test('is exact whatever orders ask at the same time, twice, in several processes, and give back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ units: fc.integer({ min: 0, max: 4 }), twice: fc.boolean(), back: fc.boolean() }), {
          minLength: 1,
          maxLength: 25,
        }),
        fc.integer({ min: 0, max: 10 }),
        fc.integer({ min: 0, max: 20 }),
        async (asked, ordersMax, unitsMax) => {
          const { orders, desks } = await openDesk(2);
          const at = (index: number): NodeCapacity => desks[index % 2] as NodeCapacity;
          const kept = await Promise.all(
            asked.map(async ({ units, twice, back }, index) => {
              const order = `o${index}`;
              const claim = claimOf(units);
              const take = { command: `${order}/1`, order, claim };
              orders.ask(order, take.command);
              const answers = await Promise.all(
                (twice ? [0, 1] : [0]).map((more) => at(index + more).take(take, limits(ordersMax, unitsMax))),
              );
              const isTaken = answers.includes('TAKEN');
              // As orders do: only what was told as taken is held, and what is no longer needed goes back.
              orders.hear(order, take.command);
              if (!isTaken || !back) return isTaken ? { orders: 1, units } : { orders: 0, units: 0 };
              const giveBack = { command: `${order}/2`, order, claim };
              orders.ask(order, giveBack.command);
              await Promise.all([at(index).giveBack(giveBack), at(index + 1).giveBack(giveBack)]);
              orders.hear(order, giveBack.command);
              return { orders: 0, units: 0 };
            }),
          );
          const taken = await takenOf(at(0));
          expect(taken.orders).toBe(kept.reduce((sum, each) => sum + each.orders, 0));
          expect(taken.units).toBe(kept.reduce((sum, each) => sum + each.units, 0));
          expect(taken.orders).toBeLessThanOrEqual(ordersMax);
          expect(taken.units).toBeLessThanOrEqual(unitsMax);
        },
      ),
      { numRuns: Math.max(3, Math.ceil(propertyRuns / 20)), ...(propertySeed !== undefined && { seed: propertySeed }) },
    );
  });
});
