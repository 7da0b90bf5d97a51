import type { GraphqlRequest } from '../../gateway/executor/graphql-engine.ts';
import { closedLoop, percentile } from '../measure/closed-loop.ts';
import type { OrderDesk } from './order-desk.ts';
import { flashRequest, FLASH_SKU } from './order-input.ts';

export interface FlashSaleArgument {
  /** Orders that are asked for at any time. */
  readonly customers: number;
  /** On sale; no more was ever there. */
  readonly units: number;
  readonly durationMs: number;
}

/** What came of orders that were answered alike. */
export interface FlashOutcome {
  readonly orders: number;
  /** While they were given: acknowledgements until the last of them, refusals since the first of them. */
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface FlashSaleLoad {
  readonly accepted: FlashOutcome;
  readonly refused: FlashOutcome;
  /** Until the last unit was acknowledged; null when time was over before. */
  readonly soldOutMs: number | null;
  readonly left: number;
}

type Settling = Pick<OrderDesk, 'settle' | 'assertReleased'>;

interface Answer {
  readonly data?: { readonly placeOrder?: { readonly order: { readonly id: string } } | null } | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

interface Reply {
  readonly askedMs: number;
  readonly answeredMs: number;
}

/** Sells one SKU to more customers than there are units, and sees to it that each unit is sold once. */
export class FlashSaleDesk {
  readonly #desk: Settling;
  readonly #ask: (request: GraphqlRequest) => Promise<string>;
  readonly #available: () => Promise<ReadonlyMap<string, number>>;
  #ordinal = 0;

  constructor(
    desk: Settling,
    ask: (request: GraphqlRequest) => Promise<string>,
    available: () => Promise<ReadonlyMap<string, number>>,
  ) {
    this.#desk = desk;
    this.#ask = ask;
    this.#available = available;
  }

  /**
   * @throws when a unit was sold twice or is lost, an order that was acknowledged is not released in the end, or anything
   *   but a shortage keeps one from being taken
   */
  async sell({ customers, units, durationMs }: FlashSaleArgument): Promise<FlashSaleLoad> {
    const ids: string[] = [];
    const [accepted, refused]: [Reply[], Reply[]] = [[], []];
    const startedMs = performance.now();
    await closedLoop({
      concurrency: customers,
      durationMs,
      call: async () => {
        const askedMs = performance.now();
        const id = await this.#place();
        const reply = { askedMs, answeredMs: performance.now() };
        if (id !== undefined) ids.push(id);
        (id === undefined ? refused : accepted).push(reply);
      },
    });
    await this.#desk.settle();
    const left = await this.#assertSoldOnce(units, ids.length);
    await this.#desk.assertReleased(ids);
    const lastMs = accepted.at(-1)?.answeredMs ?? startedMs;
    const isSoldOut = left === 0;
    return {
      accepted: outcomeOf(accepted, lastMs - startedMs),
      refused: outcomeOf(refused, (refused.at(-1)?.answeredMs ?? 0) - (refused[0]?.askedMs ?? 0)),
      soldOutMs: isSoldOut ? lastMs - startedMs : null,
      left,
    };
  }

  /** @returns nothing when there are too few left */
  async #place(): Promise<string | undefined> {
    const text = await this.#ask(flashRequest(this.#ordinal++));
    const { data, errors = [] } = JSON.parse(text) as Answer;
    const id = data?.placeOrder?.order.id;
    if (id !== undefined && errors.length === 0) return id;
    if (errors[0]?.extensions?.code === 'INSUFFICIENT_STOCK') return undefined;
    throw new Error(`The mutation was answered ${text.slice(0, 500)}`);
  }

  async #assertSoldOnce(units: number, sold: number): Promise<number> {
    const left = (await this.#available()).get(FLASH_SKU);
    if (left !== undefined && sold + left === units) return left;
    const oversold = Math.max(0, sold - units);
    throw new Error(`${sold} of ${units} units were sold, ${String(left)} are left, ${oversold} oversold.`);
  }
}

function outcomeOf(replies: readonly Reply[], elapsedMs: number): FlashOutcome {
  const tookMs = replies.map(({ askedMs, answeredMs }) => answeredMs - askedMs).sort((a, b) => a - b);
  return {
    orders: replies.length,
    perSecond: elapsedMs > 0 ? (replies.length * 1_000) / elapsedMs : 0,
    p50Ms: percentile(tookMs, 0.5),
    p99Ms: percentile(tookMs, 0.99),
  };
}
