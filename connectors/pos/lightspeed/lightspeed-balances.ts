import { Type } from '@sinclair/typebox';
import { skuId } from '../../../kernel/model/codes.ts';
import type { Clock } from '../../../kernel/ports/clock.ts';
import type { Balance, BalancePage, BalanceSource } from '../../runtime/balance-source.ts';
import { reversed } from '../../runtime/code-mapping.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import type { PosMapping } from '../pos-mapping.ts';
import type { LightspeedApi } from './lightspeed-api.ts';

export interface LightspeedBalanceParts {
  readonly api: LightspeedApi;
  readonly http: HttpClient;
  readonly mapping: PosMapping;
  readonly clock: Clock;
}

const Level = Type.Object({
  outlet_id: Type.String(),
  product_id: Type.String(),
  current_amount: Type.Union([Type.String(), Type.Number()]),
});
const LevelPage = Type.Object({
  data: Type.Array(Level),
  version: Type.Object({ max: Type.Union([Type.Integer(), Type.Null()]) }),
});

const LEVELS_PER_PAGE = 1_000;
const PAGES_MAX = 1_000;

/** What Lightspeed counts in stores: one list of all outlets, in the order of the last change, that cannot be narrowed. */
export class LightspeedBalances implements BalanceSource {
  readonly figure = 'SELLABLE';
  readonly locations: readonly string[];
  readonly #parts: LightspeedBalanceParts;
  readonly #outlets: ReadonlyMap<string, readonly string[]>;

  constructor(parts: LightspeedBalanceParts) {
    this.#parts = parts;
    this.#outlets = reversed(parts.mapping.locations);
    this.locations = [...this.#outlets.keys()];
  }

  async list(location: string, after: string | undefined): Promise<BalancePage> {
    const { api, http, clock } = this.#parts;
    const asOfMs = clock.nowMs();
    const path = `/api/2.0/inventory?after=${after ?? '0'}&page_size=${LEVELS_PER_PAGE}`;
    const { json } = await http.request({ method: 'GET', path, isIdempotent: true });
    const { data, version } = parseAnswer(api.system, LevelPage, json);
    const outlets = this.#outlets.get(location) ?? [];
    const levels = data.filter(({ outlet_id: outlet }) => outlets.includes(outlet));
    const skus = await api.skus(levels.map(({ product_id: product }) => product));
    const balances = levels.flatMap(({ product_id: product, current_amount: amount }) => {
      const sku = skus.get(product);
      // A product that was deleted is none that the hub could hold.
      return sku === undefined ? [] : [{ sku: skuId(sku), quantity: decimalText(amount, 'current_amount') }];
    });
    const isLast = version.max === null || data.length < LEVELS_PER_PAGE;
    return { asOfMs, balances, ...(!isLast && { next: String(version.max) }) };
  }

  /** The whole list once more; its time is that of its beginning. */
  async lookUp(location: string, skus: readonly string[]): Promise<BalancePage> {
    const wanted = new Set(skus);
    const balances: Balance[] = [];
    let asOfMs: number | undefined;
    let after: string | undefined;
    for (let page = 1; page <= PAGES_MAX; page++) {
      const read = await this.list(location, after);
      asOfMs ??= read.asOfMs;
      balances.push(...read.balances.filter(({ sku }) => wanted.has(sku)));
      after = read.next;
      if (after === undefined) return { asOfMs, balances };
    }
    throw new UpstreamUnavailable(this.#parts.api.system, { limit: 'pagesMax', pagesMax: PAGES_MAX });
  }
}
