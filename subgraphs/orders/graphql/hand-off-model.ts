import type { Notice } from '../domain/hand-offs/notice.ts';
import type { Order } from '../domain/order.ts';

const noticeModel = ({ milestone, state, atMs, message }: Notice) => ({
  milestone,
  state,
  reachedAt: new Date(atMs).toISOString(),
  message: message ?? null,
});

export const noticesModel = ({ noticePlan }: Order) => (noticePlan?.notices ?? []).map(noticeModel);

export function salesOrderModel({ sale, currency }: Order) {
  if (!sale) return null;
  const { system, state, document, invoices } = sale;
  return {
    system,
    state,
    number: document ?? null,
    invoices: invoices.map(({ shipment, amountMinor, invoice, ...asked }) => ({
      shipment,
      state: asked.state,
      amount: { amountMinor, currencyCode: currency },
      number: invoice ?? null,
    })),
  };
}
