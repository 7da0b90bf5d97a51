import type { Order } from '../order.ts';
import { chargebackOf } from './record-chargeback.ts';

/** What a customer's bank has taken back, and not given back since. */
export interface OpenChargeback {
  /** As its provider calls it. */
  readonly id: string;
  readonly payment: string;
  readonly system: string;
  readonly amountMinor: number;
}

/** In the order in which they were told. */
export function openChargebacks({ payments }: Pick<Order, 'payments'>): readonly OpenChargeback[] {
  return payments.flatMap(({ id: payment, operations = [], provider }) => {
    const open = operations.filter(({ kind, state }) => kind === 'CHARGEBACK' && state !== 'REVERSED');
    return [...Map.groupBy(open, chargebackOf)].map(([id, parts]) => ({
      id,
      payment,
      system: provider?.system ?? '',
      amountMinor: parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    }));
  });
}
