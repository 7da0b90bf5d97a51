import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { Steps } from '../../../../kernel/model/quantity.ts';
import { newPayment } from '../capture-order.ts';
import { busyOf, takeableOf, takeUnits, type TakeRules, type Taking } from '../changes/take-units.ts';
import { BY_HUB, endAwaiting } from '../holds/hold.ts';
import { repriced } from '../money/billed-units.ts';
import { checkPrices } from '../money/check-prices.ts';
import { billedOf, totalsOf } from '../money/totals.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import type { OrderLine } from '../order-line.ts';
import type { Order } from '../order.ts';
import { note } from '../timeline.ts';
import { MARKETPLACE_PAYMENT } from './accept-unpaid-order.ts';
import type { SoldLine } from './marketplace-terms.ts';

type Sale = CommandOf<'RecordMarketplaceSale'>;

/** Nothing of the order was handed to anybody who would have to be asked. */
const RULES: TakeRules = { into: 'CANCELLED', wmsLocations: [] };

/**
 * The customer of an order has paid the marketplace: now it is told what the order costs and where it goes, and the order
 * goes on. Units that are no part of it any more are taken out. An order that is paid for already stays as it is.
 */
export function recordMarketplaceSale(order: Order, command: Sale): Transition | RefusalValue {
  const { marketplace } = order;
  if (!marketplace?.isUnpaid) return { state: order, events: [] };
  const wrong = checkPrices(command.lines, command.charges) ?? checkLines(order, command.lines);
  if (wrong) return wrong;
  const { isUnpaid: _, ...terms } = marketplace;
  const { told, capture, shipByMs } = command;
  const soldOf = soldLinesOf(order, command.lines);
  const taken = takeUnits({ ...order, marketplace: terms }, surplusOf(order, command.lines), RULES);
  const asSold = priced(taken, command, (line) => asSoldAt(line, soldOf(line)));
  const state: Order = {
    ...priced(taken, command, (line) => withoutGone(asSoldAt(line, soldOf(line)), line)),
    marketplace: {
      ...terms,
      ...(shipByMs !== undefined && { shipByMs }),
      calledOff: terms.calledOff.map((known, index) => {
        const line = order.lines[index];
        return line ? Math.max(known, line.ordered - (soldOf(line)?.ordered ?? 0)) : known;
      }),
    },
  };
  // What the marketplace gives away costs nothing, and bears no payment.
  const { grandMinor: amountMinor } = totalsOf(asSold);
  const tender = { tender: 'MARKETPLACE', amountMinor, capture } as const;
  const payments = amountMinor > 0 ? [newPayment({ id: order.id, told }, tender, 1)] : [];
  const end = {
    state: 'RESOLVED',
    by: BY_HUB,
    authority: terms.system,
    reason: 'Its customer has paid.',
    told,
  } as const;
  const freed = endAwaiting({ ...state, payments }, MARKETPLACE_PAYMENT, end);
  const entry = { type: 'MARKETPLACE_PAID', summary: `${terms.system} has been paid.`, told } as const;
  return { state: note(freed, { ...entry, visibility: 'CUSTOMER' }), events: [] };
}

/** Whether units that are no part of the order any more can be taken out only when their claim is known. */
export function awaitsClaim(order: Order, lines: readonly SoldLine[]): boolean {
  return surplusOf(order, lines, busyOf).length > 0;
}

function priced(order: Order, command: Sale, priceOf: (line: OrderLine) => OrderLine): Order {
  const { contentHash, currency, charges, pricesIncludeTax, destination, acknowledgeByMs, handOffs } = command;
  return {
    ...order,
    ...handOffs,
    contentHash,
    currency,
    charges,
    lines: order.lines.map((line, index) => (index < lineIdsOf(order).length ? priceOf(line) : line)),
    ...(pricesIncludeTax === false && { pricesIncludeTax }),
    ...(destination && { destination }),
    ...(acknowledgeByMs !== undefined && { acknowledgeByMs }),
  };
}

/** The price is for what the marketplace still counts as sold. */
function asSoldAt(line: OrderLine, sold: SoldLine | undefined): OrderLine {
  const { discounts: _, taxes: __, ...bare } = line;
  const unbilled = line.ordered - (sold?.ordered ?? 0);
  const { unitPriceMinor = 0, discounts = [], taxes = [] } = sold ?? {};
  return repriced({ ...bare, unitPriceMinor: 0 }, { unbilled, unitPriceMinor, discounts, taxes });
}

/** Of that, what the hub had taken out meanwhile bears nothing of it, which the marketplace is still to hear. */
function withoutGone(sold: OrderLine, { unbilled = 0 }: OrderLine): OrderLine {
  return unbilled > (sold.unbilled ?? 0) ? repriced(sold, { unbilled }) : sold;
}

const lineIdsOf = ({ marketplace }: Order): readonly string[] => marketplace?.lineIds ?? [];

function soldLinesOf(order: Order, lines: readonly SoldLine[]): (line: OrderLine) => SoldLine | undefined {
  const byId = new Map(lines.map((line) => [line.lineId, line]));
  return ({ lineNo }) => byId.get(lineIdsOf(order)[lineNo - 1] ?? '');
}

/** Units that the marketplace does not count as sold any more, as far as they can be taken out. */
function surplusOf(
  order: Order,
  lines: readonly SoldLine[],
  countOf: (line: OrderLine) => Steps = (line) => takeableOf(order, line, RULES),
): readonly Taking[] {
  const soldOf = soldLinesOf(order, lines);
  return order.lines.slice(0, lineIdsOf(order).length).flatMap((line): Taking[] => {
    const surplus = billedOf(line) - (soldOf(line)?.ordered ?? 0);
    const quantity = Math.min(surplus, countOf(line));
    return quantity > 0 ? [{ line: line.id, quantity }] : [];
  });
}

/** It sells no more and nothing else than it said before. */
function checkLines(order: Order, lines: readonly SoldLine[]): RefusalValue | undefined {
  const ids = lineIdsOf(order);
  const wrong = lines.find(({ lineId, sku, ordered }) => {
    const line = order.lines[ids.indexOf(lineId)];
    return line?.sku !== sku || ordered > line.ordered;
  });
  if (!wrong) return undefined;
  return refuse('ILLEGAL_TRANSITION', `${wrong.lineId} is not what was sold before it was paid for.`, {
    lineId: wrong.lineId,
    sku: wrong.sku,
  });
}
