import { Type } from '@sinclair/typebox';
import type { Clock } from '../../../kernel/ports/clock.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import { isSurelyUndone, UpstreamRejected, UpstreamTimeout } from '../../runtime/upstream-errors.ts';
import type { RecordId, TrytonApi } from '../../systems/tryton/tryton-api.ts';
import { wireDate } from '../../systems/tryton/wire-values.ts';
import type { BinStock, PositionKey, Redirection, Release, Wms } from '../port.ts';
import type { ReleasedWork, ReleasedWorkRegister } from './released-work.ts';
import { addressOf } from './tryton-addresses.ts';
import {
  cancelShipment,
  consigneeOf,
  draftShipment,
  productsOf,
  redirectShipment,
  shipmentsOf,
  startShipments,
  type Consignee,
  type DraftShipment,
} from './tryton-shipments.ts';
import type { TrytonBin, TrytonWarehouses } from './tryton-warehouses.ts';

export interface TrytonWmsParts {
  readonly api: TrytonApi;
  readonly warehouses: TrytonWarehouses;
  readonly releases: ReleasedWorkRegister;
  /** The party that shipments are made out to. */
  readonly customer: RecordId;
  readonly clock: Clock;
}

const OnHand = Type.Object({ code: Type.String(), quantity: Type.Union([Type.Number(), Type.Null()]) });
const SKUS_MAX = 500;
/** All that Tryton shows lies there to be sold; it has no statuses. */
const STATUS = 'storage';
/** Longer than any call: until then whoever is making a shipment may still succeed. */
const MAKING_MS = 90_000;
/** How long Tryton may go on with a call whose answer was lost; what remains of MAKING_MS after the longest call. */
const DOUBT_MS = 30_000;
const WAIT_MS = 100;
const WAITS_MAX = 1_000;

/** Warehouses that are worked with Tryton: releases are customer shipments. */
export class TrytonWms implements Wms {
  readonly system: string;
  readonly locations: readonly string[];
  readonly #parts: TrytonWmsParts;
  #consignee: Promise<Consignee> | undefined;

  constructor(parts: TrytonWmsParts) {
    this.system = parts.api.system;
    this.locations = parts.warehouses.locations;
    this.#parts = parts;
  }

  async lookUpBins(keys: readonly PositionKey[]): Promise<ReadonlyMap<string, readonly BinStock[]>> {
    const bins = new Map<string, BinStock[]>();
    const asked = Map.groupBy(
      keys.filter(({ location }) => this.locations.includes(location)),
      ({ location }) => location,
    );
    for (const [location, positions] of asked) {
      const warehouse = await this.#parts.warehouses.at(location);
      const skus = [...new Set(positions.map(({ sku }) => sku))];
      for (const bin of warehouse.bins) {
        for (const [sku, quantity] of await this.#onHand(bin, skus)) {
          const key = `${sku}|${location}`;
          bins.set(key, [...(bins.get(key) ?? []), { bin: bin.name, quantity, status: STATUS }]);
        }
      }
    }
    return bins;
  }

  async release(release: Release): Promise<void> {
    const registered = await this.#parts.releases.add(release);
    if (!registered) {
      const words = `The key ${release.idempotencyKey} belongs to other work.`;
      throw new UpstreamRejected(this.system, { status: 409, words });
    }
    for (let wait = 1; ; wait++) {
      const claim = await this.#parts.releases.claim(release.order, registered.reference, MAKING_MS);
      if (claim === 'MADE') return;
      if (claim === 'CANCELLED') {
        throw new UpstreamRejected(this.system, {
          status: 409,
          words: `${registered.reference} was cancelled before.`,
        });
      }
      if (claim === 'CLAIMED') return this.#make(release, registered);
      if (wait >= WAITS_MAX) throw new UpstreamTimeout(this.system, { limit: 'MAKING_MS' });
      await this.#pause();
    }
  }

  async cancelRelease(order: string, location: string): Promise<'CANCELLED' | 'REFUSED'> {
    let outcome: 'CANCELLED' | 'REFUSED' = 'CANCELLED';
    for (const { reference, isCancelled } of await this.#parts.releases.at(order, location)) {
      if (isCancelled) continue;
      if (await this.#cancelAll(reference)) await this.#parts.releases.markCancelled(order, reference);
      else outcome = 'REFUSED';
    }
    return outcome;
  }

  async redirect({ order, location, shipTo }: Redirection): Promise<'REDIRECTED' | 'REFUSED'> {
    const { api, releases, customer } = this.#parts;
    const address = await addressOf(api, customer, shipTo);
    let outcome: 'REDIRECTED' | 'REFUSED' = 'REDIRECTED';
    for (const { reference, isCancelled } of await releases.at(order, location)) {
      for (const shipment of isCancelled ? [] : await shipmentsOf(api, reference)) {
        if (!(await redirectShipment(api, shipment, address))) outcome = 'REFUSED';
      }
    }
    return outcome;
  }

  /** By the claim only one does this at a time; what one before may have made is found by its reference. */
  async #make(release: Release, { reference }: ReleasedWork): Promise<void> {
    const { api, releases } = this.#parts;
    const { found, ...draft } = await this.#prepared(release, reference);
    const shipments = found.length > 0 ? found : [await this.#draft({ ...draft, release, reference })];
    try {
      await startShipments(api, shipments);
    } catch (error) {
      // The shipment is there and is found: nobody has to wait for the end of the claim.
      await releases.giveUp(release.order, reference);
      throw error;
    }
    const made = await releases.markMade(release.order, reference);
    // Whoever cancelled it meanwhile may have found nothing to cancel.
    if (made?.isCancelled === true) await this.#cancelAll(reference);
  }

  async #draft({ release, ...draft }: Omit<DraftShipment, 'lines'> & { readonly release: Release }): Promise<RecordId> {
    try {
      return await draftShipment(this.#parts.api, { ...draft, lines: release.lines });
    } catch (error) {
      // Anything else may have made it nevertheless: it is looked for when that is over.
      const doubtMs = isSurelyUndone(error) ? 0 : DOUBT_MS;
      await this.#parts.releases.giveUp(release.order, draft.reference, doubtMs);
      throw error;
    }
  }

  async #prepared(release: Release, reference: string) {
    const { api, warehouses, releases } = this.#parts;
    try {
      const shipments = await shipmentsOf(api, reference);
      const found: readonly RecordId[] = shipments.map(({ id }) => id);
      const warehouse = await warehouses.at(release.location);
      const products = await productsOf(api, release.lines);
      return { found, warehouse, products, consignee: await this.#consigneeOf(release) };
    } catch (error) {
      await releases.giveUp(release.order, reference);
      throw error;
    }
  }

  async #consigneeOf({ shipTo }: Release): Promise<Consignee> {
    const consignee = await this.#usualConsignee();
    if (!shipTo) return consignee;
    return { ...consignee, address: await addressOf(this.#parts.api, consignee.customer, shipTo) };
  }

  #usualConsignee(): Promise<Consignee> {
    this.#consignee ??= consigneeOf(this.#parts.api, this.#parts.customer).catch((error: unknown) => {
      this.#consignee = undefined;
      throw error;
    });
    return this.#consignee;
  }

  async #cancelAll(reference: string): Promise<boolean> {
    const { api } = this.#parts;
    const shipments = await shipmentsOf(api, reference);
    const outcomes = await Promise.all(shipments.map((shipment) => cancelShipment(api, reference, shipment)));
    return outcomes.every(Boolean);
  }

  /** What lies in one bin today, of the SKUs that have something there. */
  async #onHand(
    bin: TrytonBin,
    skus: readonly string[],
  ): Promise<readonly (readonly [sku: string, quantity: string])[]> {
    const { api, clock } = this.#parts;
    const stock_date_end = wireDate(new Date(clock.nowMs()).toISOString().slice(0, 10));
    const found: (readonly [string, string])[] = [];
    for (let from = 0; from < skus.length; from += SKUS_MAX) {
      const asked = {
        domain: [['code', 'in', skus.slice(from, from + SKUS_MAX)]],
        fields: ['code', 'quantity'],
        context: { locations: [bin.id], with_childs: false, stock_date_end },
      };
      for (const { code, quantity } of await api.search('product.product', asked, OnHand)) {
        if (quantity) found.push([code, decimalText(quantity, 'quantity')]);
      }
    }
    return found;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => void this.#parts.clock.after(WAIT_MS, resolve));
  }
}
