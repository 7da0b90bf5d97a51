import type {
  PaymentProvider,
  Authorisation,
  PaymentOperation,
  ProvidedPayment,
} from '../../../connectors/payment/port.ts';
import { Obstacle } from '../../../kernel/model/errors.ts';
import type { PaymentCommandDone } from '../../../schema/commands/outbound-payments.ts';

/** A payment provider that promises everything and does as it is told, when it is up. */
export class FakePsp implements PaymentProvider {
  readonly system = 'psp-main';
  isUp = true;
  readonly promised = new Map<string, ProvidedPayment>();
  /** What was done, by kind and key, in minor units. */
  readonly done = new Map<string, number>();

  async authorise({ merchantReference, amount }: Authorisation): Promise<ProvidedPayment> {
    this.#assertUp();
    const payment: ProvidedPayment = {
      payment: `pay-${merchantReference}`,
      merchantReference,
      status: 'AUTHORIZED',
      amount,
      captured: { ...amount, amountMinor: 0 },
      expiresAtMs: null,
      verdict: 'APPROVED',
      reason: null,
    };
    this.promised.set(merchantReference, payment);
    return payment;
  }

  async lookUpPayments(): Promise<ReadonlyMap<string, ProvidedPayment>> {
    return new Map();
  }

  capture(operation: PaymentOperation): Promise<PaymentCommandDone> {
    return this.#operate('capture', operation);
  }

  void(operation: PaymentOperation): Promise<PaymentCommandDone> {
    return this.#operate('void', operation);
  }

  refund(operation: PaymentOperation): Promise<PaymentCommandDone> {
    return this.#operate('refund', operation);
  }

  /** Minor units of one kind. */
  sum(kind: 'capture' | 'void' | 'refund'): number {
    const own = [...this.done].filter(([key]) => key.startsWith(`${kind}:`));
    return own.reduce((sum, [, amountMinor]) => sum + amountMinor, 0);
  }

  async #operate(kind: string, { idempotencyKey, amount }: PaymentOperation): Promise<PaymentCommandDone> {
    this.#assertUp();
    this.done.set(`${kind}:${idempotencyKey}`, amount.amountMinor);
    return { status: 'SUCCEEDED', operation: `${kind}-${idempotencyKey}` };
  }

  #assertUp(): void {
    if (!this.isUp) throw new Obstacle('UPSTREAM_UNAVAILABLE', 'The payment provider is down.');
  }
}
