import { isRefusal, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { newOrder, newPayment, type NewOrder } from '../capture-order.ts';
import type { CaptureChoice } from '../money/capture-rules.ts';
import { checkPrices } from '../money/check-prices.ts';
import type { Order } from '../order.ts';
import { enqueueReservation } from '../pending-command.ts';
import { note } from '../timeline.ts';
import { totalsOf } from '../money/totals.ts';

export interface NewMarketplaceOrder extends Omit<NewOrder, 'tenders' | 'taxCheck'> {
  readonly system: string;
  /** The marketplace's own ids of the lines, in their order. */
  readonly lineIds: readonly string[];
  readonly acknowledgeByMs?: number;
  readonly shipByMs?: number;
  /** When the money counts as taken. */
  readonly capture: CaptureChoice;
}

/**
 * An order that a marketplace has sold already: it is taken on whatever lies where. The marketplace takes the money by
 * itself, and the stock is claimed as soon as the ledger can say so.
 */
export function acceptMarketplaceOrder(input: NewMarketplaceOrder): Order | RefusalValue {
  const mispriced = checkPrices(input.lines, input.charges);
  if (isRefusal(mispriced)) return mispriced;
  const { system, lineIds, acknowledgeByMs, shipByMs, capture, told } = input;
  const order = newOrder(input, 'PLACED', (ordered) => [{ state: 'CAPTURED', location: null, quantity: ordered }]);
  const { grandMinor: amountMinor } = totalsOf(input);
  // What the marketplace gives away costs nothing, and bears no payment.
  const payments = amountMinor > 0 ? [newPayment(input, { tender: 'MARKETPLACE', amountMinor, capture }, 1)] : [];
  const accepted: Order = {
    ...order,
    payments,
    ...(acknowledgeByMs !== undefined && { acknowledgeByMs }),
    marketplace: {
      system,
      lineIds,
      ...(shipByMs !== undefined && { shipByMs }),
      calledOff: lineIds.map(() => 0),
      words: [],
    },
  };
  const noted = note(accepted, {
    type: 'ORDER_PLACED',
    summary: `${system} has sold the goods.`,
    told,
    visibility: 'CUSTOMER',
  });
  return enqueueReservation(
    noted,
    noted.lines.map((line) => ({ line: line.id, quantity: line.ordered })),
  );
}
