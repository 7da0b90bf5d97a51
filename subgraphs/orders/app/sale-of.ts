import { formatQuantity } from '../../../kernel/model/quantity.ts';
import type { DescribeSaleReply } from '../../../schema/commands/orders.ts';
import { locationOf } from '../domain/work/line-location.ts';
import type { Order } from '../domain/order.ts';
import { paidPartsOf } from '../domain/money/paid-parts.ts';
import { refundableOfOrder } from '../domain/money/register-refund.ts';
import { returnableOf } from '../domain/register-return.ts';
import { billedOf } from '../domain/money/totals.ts';

export type Sale = NonNullable<DescribeSaleReply['sale']>;

/** What of an order can still come back, and how much money. */
export function saleOf(order: Order): Sale {
  const paid = paidPartsOf(order);
  return {
    order: order.id,
    channel: order.channel,
    externalId: order.externalId,
    customer: order.customer,
    currency: order.currency,
    placedAt: new Date(order.placedAtMs).toISOString(),
    lines: order.lines.map((line, index) => ({
      orderLine: line.id,
      sku: line.sku,
      location: locationOf(line),
      ordered: formatQuantity(billedOf(line), line.decimals),
      returnable: formatQuantity(returnableOf(line), line.decimals),
      unitPriceMinor: line.unitPriceMinor,
      ...(paid[index] && { paid: paid[index] }),
    })),
    refundable: { amountMinor: refundableOfOrder(order), currencyCode: order.currency },
  };
}
