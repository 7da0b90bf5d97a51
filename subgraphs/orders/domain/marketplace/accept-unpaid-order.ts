import { isRefusal, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { NewLine } from '../capture-order.ts';
import { addHold, type HoldBlock } from '../holds/hold.ts';
import type { Order } from '../order.ts';
import { acceptMarketplaceOrder, type NewMarketplaceOrder } from './accept-marketplace-order.ts';

/** What ends the hold of an order that is not paid for: the marketplace alone knows. */
export const MARKETPLACE_PAYMENT = 'marketplace-payment';

/** Neither is it told where the order goes nor that it may be sent, so no location can be chosen. */
const BLOCKED: readonly HoldBlock[] = ['ALLOCATE', 'RELEASE', 'SHIP', 'CAPTURE'];

export interface NewUnpaidOrder extends Omit<
  NewMarketplaceOrder,
  'lines' | 'charges' | 'capture' | 'noticePlan' | 'sale' | 'routing'
> {
  readonly lines: readonly Omit<NewLine, 'unitPriceMinor'>[];
}

/**
 * An order whose customer has not paid the marketplace yet: its stock is claimed like any other, and nothing else is done
 * for it. What it costs, and who else is to hear of it, comes with the payment.
 */
export function acceptUnpaidOrder(input: NewUnpaidOrder): Order | RefusalValue {
  const lines = input.lines.map((line) => ({ ...line, unitPriceMinor: 0 }));
  const capture = { at: 'SHIPMENT', overCapturePercent: 0, rulesVersion: 'marketplace' } as const;
  const order = acceptMarketplaceOrder({ ...input, lines, charges: [], capture });
  if (isRefusal(order) || !order.marketplace) return order;
  const { system, told } = input;
  return addHold(
    { ...order, marketplace: { ...order.marketplace, isUnpaid: true } },
    {
      type: 'MARKETPLACE_PENDING',
      blocks: BLOCKED,
      placedBy: system,
      authority: system,
      reason: 'Its customer has not paid yet.',
      awaits: MARKETPLACE_PAYMENT,
    },
    told,
  );
}
