import { Type, type Static } from '@sinclair/typebox';
import type { Clock } from '../../../kernel/ports/clock.ts';
import { reversed } from '../../runtime/code-mapping.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import type { RecordId, TrytonApi } from '../../systems/tryton/tryton-api.ts';
import type { TrytonWmsMapping } from './tryton-wms-mapping.ts';

export interface TrytonBin {
  readonly id: RecordId;
  readonly name: string;
}

/** A warehouse that the hub knows as a location. */
export interface TrytonWarehouse {
  readonly id: RecordId;
  readonly code: string;
  readonly location: string;
  readonly storage: RecordId;
  readonly input: RecordId;
  readonly output: RecordId;
  /** The storage zone and every place in it. */
  readonly bins: readonly TrytonBin[];
}

const Row = Type.Object({
  id: Type.Integer(),
  code: Type.String(),
  storage_location: Type.Integer(),
  input_location: Type.Integer(),
  output_location: Type.Integer(),
});
type Row = Static<typeof Row>;
const Bin = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  code: Type.Union([Type.String(), Type.Null()]),
});
const LOCATION = 'stock.location';
/** How long a new place in a warehouse may stay unknown. */
const STALE_MS = 300_000;

/** How the warehouses are laid out; it seldom changes. */
export class TrytonWarehouses {
  readonly locations: readonly string[];
  readonly #api: TrytonApi;
  readonly #mapping: TrytonWmsMapping;
  readonly #clock: Clock;
  #known: { readonly warehouses: Promise<readonly TrytonWarehouse[]>; readonly staleAtMs: number } | undefined;

  constructor(api: TrytonApi, mapping: TrytonWmsMapping, clock: Clock) {
    this.#api = api;
    this.#mapping = mapping;
    this.#clock = clock;
    this.locations = [...reversed(mapping.locations).keys()];
  }

  async all(): Promise<readonly TrytonWarehouse[]> {
    const nowMs = this.#clock.nowMs();
    if (!this.#known || this.#known.staleAtMs <= nowMs) {
      const warehouses = this.#read();
      this.#known = { warehouses, staleAtMs: nowMs + STALE_MS };
      warehouses.catch(() => (this.#known = undefined));
    }
    return this.#known.warehouses;
  }

  /** @throws {UpstreamRejected} when Tryton has no such warehouse */
  async at(location: string): Promise<TrytonWarehouse> {
    const found = (await this.all()).find((warehouse) => warehouse.location === location);
    if (found) return found;
    throw new UpstreamRejected(this.#api.system, { status: 404, words: `There is no warehouse for ${location}.` });
  }

  async #read(): Promise<readonly TrytonWarehouse[]> {
    const { locations } = this.#mapping;
    const domain = [
      ['type', '=', 'warehouse'],
      ['code', 'in', Object.keys(locations)],
    ];
    const fields = ['code', 'storage_location', 'input_location', 'output_location'];
    const rows: readonly Row[] = await this.#api.search(LOCATION, { domain, fields }, Row);
    return Promise.all(
      rows.map(async ({ id, code, storage_location: storage, input_location: input, output_location: output }) => {
        const location = locations[code] as string;
        return { id, code, location, storage, input, output, bins: await this.#binsOf(storage) };
      }),
    );
  }

  async #binsOf(storage: RecordId): Promise<readonly TrytonBin[]> {
    const domain = [
      ['parent', 'child_of', [storage], 'parent'],
      ['type', '=', 'storage'],
    ];
    const rows = await this.#api.search(LOCATION, { domain, fields: ['name', 'code'] }, Bin);
    return rows.map(({ id, name, code }) => ({ id, name: code || name }));
  }
}
