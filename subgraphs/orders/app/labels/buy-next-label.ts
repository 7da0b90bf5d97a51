import { blockedBy } from '../../domain/holds/hold.ts';
import type { LabelLocation, LabelRules } from '../../domain/labels/label-rules.ts';
import { needsLabel, toSendAt } from '../../domain/labels/parcel-label.ts';
import { findLine, type Order } from '../../domain/order.ts';
import type { ParcelAddress } from '../../../../schema/commands/outbound-parcels.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';
import { toldByHub } from '../told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'carriers' | 'addresses' | 'labelRules' | 'wms' | 'clock'>;

/**
 * Decides on the label of the next parcel that a location is putting together, where the rules say that the hub buys it.
 * @returns whether there was one
 * @throws {Obstacle} when nobody says what the parcel costs
 */
export async function buyNextLabel(services: Services, order: Order, cause: Cause): Promise<boolean> {
  const { labelRules, carriers, wms, addresses, store, clock } = services;
  const carrier = carriers.find(({ system }) => system === labelRules.system);
  if (!carrier || !order.hasAddress || blockedBy(order, 'SHIP')) return false;
  const rule = labelRules.locations.find(({ location }) => {
    return !wms.some(({ locations }) => locations.includes(location)) && needsLabel(order, location);
  });
  const to = rule && (await addresses.get(order.id));
  if (!rule || !to || !isOnTheLabel(to, order)) return false;
  const { location, from } = rule;
  const weightGrams = weightOf(order, rule, labelRules);
  const way = { fromCountry: rule.from.country, toCountry: to.country, weightGrams };
  const service = rule.service ?? (await carrier.quoteRates(way)).at(0)?.service ?? null;
  const told = toldByHub(clock.nowMs(), `label/${order.id}/${location}`);
  const about = { location, system: carrier.system, service, from, weightGrams, told };
  await store.change(order.id, { type: 'PlanLabel', ...about }, cause);
  return true;
}

/** An order that goes elsewhere by now is not sent to where it went before. */
function isOnTheLabel({ country, postalCode }: ParcelAddress, { destination }: Order): boolean {
  if (!destination || destination.postalCode === null) return true;
  const plain = (code: string): string => code.replaceAll(/\s/g, '').toUpperCase();
  return destination.country === country && plain(destination.postalCode) === plain(postalCode);
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
