import { afterEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../../kernel/model/errors.ts';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { openTestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import type { RunOutcome } from './advance-order.ts';
import { goOn } from './go-on.ts';
import { OrderWork } from './order-work.ts';
import { ORDERS_LIMITS, type OrdersLimits } from './orders-limits.ts';
import type { OrdersServices } from './orders-services.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** Work on orders whose runs end as `run` says, on a clock that the test moves. */
async function openBench(run: (order: string, no: number) => RunOutcome, limits: Partial<OrdersLimits> = {}) {
  const clock = new FakeClock();
  const platform = await openTestPlatform({ clock });
  opened.push(() => platform.close());
  const runs: string[] = [];
  const told: (readonly [string, string | null])[] = [];
  const work = await OrderWork.open({
    platform,
    limits: { ...ORDERS_LIMITS, ...limits },
    run: async (order) => run(order, runs.push(order)),
    tellStuck: async (order, because) => {
      told.push([order, because]);
    },
  });
  work.start();
  opened.push(() => work.stop());
  const runTo = async (count: number): Promise<void> => {
    await waitFor(() => {
      clock.advance(1_000);
      return runs.length >= count;
    }, `${count} runs`);
  };
  return { work, runs, told, runTo, platform };
}

describe('work that fails for reasons of its own', () => {
  test('is told of once, is tried again, and is told of again when it passes', async () => {
    const bench = await openBench((_order, no) => {
      if (no <= 8) throw new Error(`fault ${no}`);
      return 'DONE';
    });
    await bench.work.schedule('order-1');
    await bench.runTo(9);
    await waitFor(() => bench.told.length === 2, 'the end of it');
    expect(bench.told).toEqual([
      ['order-1', 'Error: fault 5'],
      ['order-1', null],
    ]);
  });

  test('is not told of while it only has to wait', async () => {
    const bench = await openBench((_order, no) => {
      if (no % 3 === 0) throw new Error('now and then');
      return no < 20 ? 'AGAIN' : 'DONE';
    });
    await bench.work.schedule('order-1');
    await bench.runTo(20);
    expect(bench.told).toEqual([]);
  });

  test('is told of when it is given up', async () => {
    const bench = await openBench(() => 'AGAIN', { workTriesMax: 3 });
    await bench.work.schedule('order-1');
    await waitFor(async () => {
      await bench.runTo(bench.runs.length);
      return bench.told.length > 0;
    }, 'the end of the tries');
    expect(bench.told).toEqual([['order-1', expect.stringContaining('tried too often')]]);
  });
});

describe('what a change sets off', () => {
  /** Orders that cannot be read. */
  const services = (error: Error, platform: Pick<OrdersServices, 'telemetry' | 'clock'>): OrdersServices =>
    ({
      ...platform,
      limits: ORDERS_LIMITS,
      store: {
        async get() {
          throw error;
        },
      },
    }) as unknown as OrdersServices;

  test('is tried again later when it fails for reasons of its own, and holds no other order up', async () => {
    const { work, platform, runTo, runs } = await openBench(() => 'DONE');
    await goOn(services(new Error('a fault'), platform), { work, order: 'order-1' }, { correlationId: 'c' });
    await runTo(1);
    expect(runs).toEqual(['order-1']);
  });

  test('comes again when something is in the way of all', async () => {
    const { work, platform } = await openBench(() => 'DONE');
    const away = services(new Obstacle('CONTEXT_UNAVAILABLE', 'away'), platform);
    await expect(goOn(away, { work, order: 'order-1' }, { correlationId: 'c' })).rejects.toThrow(Obstacle);
  });
});
