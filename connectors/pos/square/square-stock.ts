import { createHash } from 'node:crypto';
import { invariant } from '../../../kernel/model/errors.ts';
import { reversed } from '../../runtime/code-mapping.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import { STOCK_CHANGES_MAX, type PosStock, type StockChange, type StockRecord } from '../stock-port.ts';
import type { InventoryApi } from './inventory-api.ts';
import { ECHO_PREFIX, type SquareMapping } from './square-mapping.ts';

/** Source: `idempotency_key` of BatchChangeInventoryRequest. */
const KEY_LENGTH_MAX = 128;
const NOT_FOUND = 404;

/** The stock of a Square account's stores. What leaves for another reason than a sale is waste to Square. */
export class SquareStock implements PosStock {
  readonly system: string;
  readonly #api: InventoryApi;
  readonly #mapping: Pick<SquareMapping, 'locations'>;

  constructor(api: InventoryApi, mapping: Pick<SquareMapping, 'locations'>) {
    this.system = api.system;
    this.#api = api;
    this.#mapping = mapping;
  }

  async recordStock({ idempotencyKey, changes }: StockRecord): Promise<void> {
    invariant(
      changes.length > 0 && changes.length <= STOCK_CHANGES_MAX,
      'A record has 1 to STOCK_CHANGES_MAX changes.',
    );
    const variations = await this.#api.variations(changes.map(({ sku }) => sku));
    const places = reversed(this.#mapping.locations);
    const written = changes.map((change) => {
      const variation = variations.get(change.sku);
      const [place] = places.get(change.location) ?? [];
      if (variation === undefined) throw this.#unknown(change.sku);
      if (place === undefined) throw this.#unknown(change.location);
      return changeObject(change, { variation, place, reference: `${ECHO_PREFIX}${idempotencyKey}` });
    });
    await this.#api.create(shortened(idempotencyKey), written);
  }

  #unknown(code: string): UpstreamRejected {
    return new UpstreamRejected(this.system, { status: NOT_FOUND, words: `${code} is not known.` });
  }
}

function changeObject(
  { kind, quantity, occurredAt }: StockChange,
  at: { readonly variation: string; readonly place: string; readonly reference: string },
): unknown {
  const facts = {
    reference_id: at.reference,
    catalog_object_id: at.variation,
    location_id: at.place,
    quantity: quantity.replace(/^-/, ''),
    occurred_at: occurredAt,
  };
  if (kind === 'COUNT') return { type: 'PHYSICAL_COUNT', physical_count: { ...facts, quantity, state: 'IN_STOCK' } };
  const [from_state, to_state] = quantity.startsWith('-') ? ['IN_STOCK', 'WASTE'] : ['NONE', 'IN_STOCK'];
  return { type: 'ADJUSTMENT', adjustment: { ...facts, from_state, to_state } };
}

function shortened(key: string): string {
  return key.length <= KEY_LENGTH_MAX ? key : createHash('sha256').update(key).digest('base64url');
}
