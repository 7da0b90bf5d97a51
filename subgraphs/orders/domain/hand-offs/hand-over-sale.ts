import type { Steps } from '../../../../kernel/model/quantity.ts';
import { costOfCounts } from '../money/due-money.ts';
import { DEAD_STATES } from '../line-state.ts';
import type { Order } from '../order.ts';
import { enqueue } from '../pending-command.ts';
import { awaitsReferences, withReferences } from './line-references.ts';
import { isConfirmed } from './reached-milestones.ts';
import type { LineReservation, SaleLine } from './sale-hand-off.ts';
import type { Shipment } from '../parcels/shipment.ts';
import { countUnits } from '../units.ts';

/**
 * Has the ERP told of the order once nobody has still to say whether it may be served, of whatever is called off later, of
 * the reservations that its lines get anew, and of each parcel that leaves, which it invoices. What is asked of it goes in
 * this order.
 */
export function handOverSale(before: Order, order: Order): Order {
  const { sale } = order;
  if (!sale || order.origin !== 'PLACED') return order;
  const noted = withReferences(before, order, sale);
  if (sale.state === 'REFUSED' || (sale.state === 'NEW' && !isConfirmed(noted))) return noted;
  return requestInvoices(recordChanges(noted, before.sale?.reservations));
}

/** @param before the references that an ERP knows which was told of them before lines had their own */
function recordChanges(order: Order, before: readonly LineReservation[] | undefined): Order {
  const { sale } = order;
  if (!sale) return order;
  const { system, lines: told = [] } = sale;
  const toldOf = new Map(told.map((line) => [line.line, line]));
  const lines = order.lines.flatMap(({ id, ordered, units, unitPriceMinor }): SaleLine[] => {
    const quantity = ordered - countUnits(units, { states: DEAD_STATES });
    // What never was there when the ERP was told first it need not hear of.
    const reservations = namesOf(sale.reservations, id);
    return quantity > 0 || toldOf.has(id) ? [{ line: id, quantity, unitPriceMinor, reservations }] : [];
  });
  const totalMinor = costOfAlive(order);
  const isKnownSale = isKnown(lines, toldOf) && (sale.totalMinor ?? totalMinor) === totalMinor;
  if (isKnownSale && (isUnderWay(order) || areKnown(lines, { toldOf, before }))) return order;
  const asked = enqueue(order, (id) => ({ id, name: 'record-sales-order', system, lines, totalMinor }));
  return { ...asked, sale: { ...sale, lines, totalMinor, state: 'ASKED' } };
}

const isKnown = (lines: readonly SaleLine[], told: ReadonlyMap<string, SaleLine>): boolean =>
  lines.every(({ line, quantity, unitPriceMinor }) => {
    const known = told.get(line);
    return known?.quantity === quantity && known.unitPriceMinor === unitPriceMinor;
  });

/** References alone are told when the ERP has answered and the ledger has named them all: once for all that has changed. */
const isUnderWay = (order: Order): boolean =>
  awaitsReferences(order) || order.pending.some(({ name }) => name === 'record-sales-order');

interface KnownSale {
  readonly toldOf: ReadonlyMap<string, SaleLine>;
  readonly before: readonly LineReservation[] | undefined;
}

const areKnown = (lines: readonly SaleLine[], { toldOf, before }: KnownSale): boolean =>
  lines.every(({ line, reservations = [] }) => {
    const known = toldOf.get(line)?.reservations ?? namesOf(before, line);
    return known.length === reservations.length && known.every((name, at) => name === reservations[at]);
  });

const namesOf = (reservations: readonly LineReservation[] | undefined, line: string): readonly string[] =>
  (reservations ?? []).flatMap((each) => (each.line === line ? [each.reservation] : []));

const costOfAlive = (order: Order): number =>
  costOfCounts(
    order,
    order.lines.map(({ ordered, units }) => ordered - countUnits(units, { states: DEAD_STATES })),
  );

function requestInvoices(order: Order): Order {
  const { sale } = order;
  if (!sale || sale.invoices.length >= order.shipments.length) return order;
  return order.shipments.reduce((state, shipment, index) => {
    const isAsked = state.sale?.invoices.some((invoice) => invoice.shipment === shipment.id) ?? true;
    return isAsked ? state : requestInvoice(state, shipment, index);
  }, order);
}

/** What a parcel costs is what everything up to it costs, less what was asked for before: the parts sum to the whole. */
function requestInvoice(order: Order, shipment: Shipment, index: number): Order {
  const { sale } = order;
  if (!sale) return order;
  const costMinor = costOfCounts(order, countsOf(order, order.shipments.slice(0, index + 1)));
  const amountMinor = sale.invoices.reduce((rest, invoice) => rest - invoice.amountMinor, costMinor);
  const totalMinor = costOfAlive(order);
  const { system } = sale;
  const asked = enqueue(order, (id) => ({
    id,
    name: 'request-invoice',
    system,
    shipment: shipment.id,
    amountMinor,
    totalMinor,
  }));
  const invoice = { shipment: shipment.id, amountMinor, state: 'ASKED' } as const;
  return { ...asked, sale: { ...sale, invoices: [...sale.invoices, invoice] } };
}

function countsOf({ lines }: Order, shipments: readonly Shipment[]): readonly Steps[] {
  const inside = shipments.flatMap((shipment) => shipment.lines);
  return lines.map(({ id }) => inside.reduce((sum, { line, quantity }) => (line === id ? sum + quantity : sum), 0));
}
