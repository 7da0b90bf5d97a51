import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphqlRequest } from '../../gateway/executor/graphql-engine.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { closedLoop, percentile } from '../measure/closed-loop.ts';
import { openLoop } from '../measure/open-loop.ts';
import { placeRequest } from './order-input.ts';

export interface PlaceArgument {
  readonly callers: number;
  readonly durationMs: number;
  /** Absent: every caller places the next order as soon as the last one is answered. */
  readonly perSecond?: number;
}

export interface PlaceLoad {
  readonly orders: number;
  /** Until the last answer. */
  readonly placedPerSecond: number;
  /** Until the last order was with its locations. */
  readonly releasedPerSecond: number;
  /** From the last answer until everything that follows from the orders is done, finding them included. */
  readonly behindMs: number;
  /** Of the mutation. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU time of the process, callers included, per order, to the end of all that follows. */
  readonly orderUs: number;
}

interface Placed {
  readonly data?: { readonly placeOrder?: { readonly order: { readonly id: string; readonly status: string } } };
}

/** Looking is not free: every durable is asked how much it has left. */
const POLL_MS = 50;

/** Places orders and sees to it that each of them was reserved and given to its locations. */
export class OrderDesk {
  readonly #platform: Platform;
  readonly #ask: (request: GraphqlRequest) => Promise<string>;
  #ordinal = 0;

  constructor(platform: Platform, ask: (request: GraphqlRequest) => Promise<string>) {
    this.#platform = platform;
    this.#ask = ask;
  }

  /** @throws when an order is refused, or is not released as a whole in the end */
  async load({ callers, durationMs, perSecond }: PlaceArgument): Promise<PlaceLoad> {
    const ids: string[] = [];
    const call = async (): Promise<void> => {
      ids.push(await this.#place());
    };
    const cpu = process.cpuUsage();
    const startedMs = performance.now();
    const { completed, elapsedMs, latenciesMs } =
      perSecond === undefined
        ? await closedLoop({ concurrency: callers, durationMs, call })
        : await openLoop({ perSecond, durationMs, call });
    const releasedMs = await this.#until('orders-fulfilment');
    const doneMs = await this.settle();
    const { user, system } = process.cpuUsage(cpu);
    await this.assertReleased(ids);
    return {
      orders: completed,
      placedPerSecond: (completed * 1_000) / elapsedMs,
      releasedPerSecond: (completed * 1_000) / (releasedMs - startedMs),
      behindMs: doneMs - startedMs - elapsedMs,
      p50Ms: percentile(latenciesMs, 0.5),
      p99Ms: percentile(latenciesMs, 0.99),
      orderUs: (user + system) / completed,
    };
  }

  /** Waits until nothing is left to be done. @returns when that was */
  async settle(): Promise<number> {
    return this.#until();
  }

  async #place(): Promise<string> {
    const text = await this.#ask(placeRequest(this.#ordinal++));
    const { data } = JSON.parse(text) as Placed;
    const order = data?.placeOrder?.order;
    if (!order) throw new Error(`The mutation was answered ${text.slice(0, 500)}`);
    return order.id;
  }

  /** Until everybody, or this durable, is through with what orders have published. */
  async #until(durable?: string): Promise<number> {
    const { documents, streams } = this.#platform;
    const stream = streamOf('orders');
    for (;;) {
      await documents.flushOutbox();
      const head = await streams.head(stream);
      const places = (await streams.consumers(stream)).filter(
        (each) => durable === undefined || each.durable === durable,
      );
      const areThrough = places.length > 0 && places.every(({ isThrough }) => isThrough);
      await documents.flushOutbox();
      if (areThrough && (await streams.head(stream)) === head) return performance.now();
      await sleep(POLL_MS);
    }
  }

  /** @throws unless each of them is with its locations as a whole */
  async assertReleased(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const text = await this.#ask({ query: STATES, variables: { id } });
      const states = [...text.matchAll(/"state":"([A-Z_]+)"/g)].map(([, state]) => state);
      if (states.length > 0 && states.every((state) => state === 'RELEASED')) continue;
      throw new Error(`An order is not released: ${text.slice(0, 500)}`);
    }
  }
}

const STATES = 'query States($id: ID!) { order(id: $id) { lines { states { state quantity } } } }';
