import { blockedBy } from '../../domain/holds/hold.ts';
import type { LabelLocation, LabelRules } from '../../domain/labels/label-rules.ts';
import { needsLabel, toSendAt } from '../../domain/labels/parcel-label.ts';
import { findLine, type Order } from '../../domain/order.ts';
import type { ParcelAddress } from '../../../../schema/commands/outbound-parcels.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';
import { toldByHub } from '../told-by.ts';
import { fetchAddress } from './fetch-address.ts';

type Services = Pick<
  OrdersServices,
  'store' | 'carriers' | 'addresses' | 'marketplaces' | 'labelRules' | 'wms' | 'clock'
>;

/**
 * Decides on the label of the next parcel that a location is putting together, where the rules say that the hub buys it.
 * @returns whether there was one
 * @throws {Obstacle} when nobody says what the parcel costs, or where it goes
 */
export async function buyNextLabel(services: Services, order: Order, cause: Cause): Promise<boolean> {
  const { labelRules, carriers, wms, store, clock } = services;
  const carrier = carriers.find(({ system }) => system === labelRules.system);
  if (!carrier || !(order.hasAddress || order.marketplace) || blockedBy(order, 'SHIP')) return false;
  const rule = labelRules.locations.find(({ location }) => {
    return !wms.some(({ locations }) => locations.includes(location)) && needsLabel(order, location);
  });
  const fetched = rule && (await fetchAddress(services, order, cause));
  if (!rule || !fetched) return false;
  const { location, from } = rule;
  const weightGrams = weightOf(order, rule, labelRules);
  const told = toldByHub(clock.nowMs(), `label/${order.id}/${location}`);
  const about = { type: 'PlanLabel', location, system: carrier.system, from, weightGrams, told } as const;
  if ('missingBecause' in fetched) {
    await store.change(order.id, { ...about, service: null, because: fetched.missingBecause }, cause);
    return true;
  }
  const { address: to } = fetched;
  if (!isWhereItGoes(to, order)) {
    await store.change(
      order.id,
      { ...about, service: null, because: 'it goes elsewhere than its address says' },
      cause,
    );
    return true;
  }
  const way = { fromCountry: rule.from.country, toCountry: to.country, weightGrams };
  const service = rule.service ?? (await carrier.quoteRates(way)).at(0)?.service ?? null;
  await store.change(order.id, { ...about, service }, cause);
  return true;
}

/** Whether an address is that of the order's destination, as far as one is told. Its marketplace alone knows better. */
function isWhereItGoes({ country, postalCode }: ParcelAddress, { destination, marketplace }: Order): boolean {
  if (marketplace || !destination) return true;
  if (destination.country !== country) return false;
  const plain = (code: string): string => code.replaceAll(/\s/g, '').toUpperCase();
  return destination.postalCode === null || plain(destination.postalCode) === plain(postalCode);
}

/** Whole grams, and never nothing. */
function weightOf(order: Order, { location }: LabelLocation, { gramsPerUnit, gramsBySku = {} }: LabelRules): number {
  const grams = toSendAt(order, location).reduce((sum, { line: id, quantity }) => {
    const line = findLine(order, id);
    const each = line && Object.hasOwn(gramsBySku, line.sku) ? gramsBySku[line.sku] : undefined;
    return sum + (quantity / 10 ** (line?.decimals ?? 0)) * (each ?? gramsPerUnit);
  }, 0);
  return Math.max(1, Math.ceil(grams));
}
