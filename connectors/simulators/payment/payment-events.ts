import { hmacSha256 } from '../runtime/hmac.ts';
import { NumberedEvents, type SignBody } from '../runtime/numbered-events.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import { operationObject, paymentObject, type ProviderOperation, type ProviderPayment } from './payment-account.ts';

/** What happens to payments, signed with the time of sending. */
export class PaymentEvents extends NumberedEvents {
  constructor(core: SimulatorCore, numbersFrom: number) {
    super(core, { numbersFrom, sign });
  }

  tell(type: string, payment: ProviderPayment, operation?: ProviderOperation): void {
    this.emit(type, {
      payment: paymentObject(payment),
      ...(operation && { operation: operationObject(payment, operation) }),
    });
  }
}

const sign: SignBody = ({ secret, body, atMs }) => {
  const seconds = String(Math.floor(atMs / 1_000));
  return { 'payment-signature': `t=${seconds},v1=${hmacSha256(secret, `${seconds}.${body}`, 'hex')}` };
};
