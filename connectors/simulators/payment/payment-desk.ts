import { HttpFailure } from '../runtime/http-failure.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import {
  capturable,
  refundable,
  sumOf,
  type OperationKind,
  type ProviderOperation,
  type ProviderPayment,
  type RiskVerdict,
} from './payment-account.ts';
import type { PaymentEvents } from './payment-events.ts';

export interface PaymentInput {
  readonly merchantReference: string;
  readonly amount: number;
  readonly currency: string;
  /** Decides what becomes of it; see MEANS. */
  readonly token: string;
}

export interface OperationInput {
  readonly payment: string;
  readonly amount: number;
  readonly currency: string;
  readonly reference: string | null;
}

export type AskedOperation = Extract<OperationKind, 'capture' | 'void' | 'refund'>;

export interface PaymentDeskOptions {
  readonly core: SimulatorCore;
  readonly events: PaymentEvents;
  /** Number -> balance in minor units. */
  readonly giftCards: Readonly<Record<string, number>>;
  /** True: captures, voids and refunds stay pending until `settle`. */
  readonly isDeferred: boolean;
  /** How long an authorisation holds. */
  readonly authorisationMs: number;
}

/** Tokens that stand for means of payment with a fate; any other that begins with `tok_` is approved. */
const MEANS: Readonly<Record<string, Pick<ProviderPayment, 'status' | 'risk' | 'declineCode'>>> = {
  tok_declined: { status: 'declined', risk: 'approved', declineCode: 'insufficient_funds' },
  tok_fraud: { status: 'declined', risk: 'rejected', declineCode: 'suspected_fraud' },
  tok_pending: { status: 'pending', risk: 'approved', declineCode: null },
  tok_review: { status: 'authorised', risk: 'review', declineCode: null },
};
const APPROVED = { status: 'authorised', risk: 'approved', declineCode: null } as const;
const PAYMENTS_MAX = 1_000_000;

/** Payments and what is done with them. Every change is told in one event. */
export class PaymentDesk {
  readonly #options: PaymentDeskOptions;
  readonly #payments = new Map<string, ProviderPayment>();
  readonly #giftCards: Map<string, number>;
  #failures: OperationKind[] = [];

  constructor(options: PaymentDeskOptions) {
    this.#options = options;
    this.#giftCards = new Map(Object.entries(options.giftCards));
  }

  payments(): readonly ProviderPayment[] {
    return [...this.#payments.values()];
  }

  find(id: string): ProviderPayment | undefined {
    return this.#payments.get(id);
  }

  /** @throws {HttpFailure} 404 */
  payment(id: string): ProviderPayment {
    const payment = this.find(id);
    if (!payment) throw new HttpFailure(404, 'payment_not_found', `There is no payment ${id}.`);
    return payment;
  }

  /** @throws {HttpFailure} 422 for a token that nobody issued */
  create({ merchantReference, amount, currency, token }: PaymentInput): ProviderPayment {
    const { core, authorisationMs } = this.#options;
    if (this.#payments.size >= PAYMENTS_MAX)
      throw new HttpFailure(503, 'full', 'The simulator keeps no more payments.');
    const payment: ProviderPayment = {
      id: `pay_${core.ids.hex(24)}`,
      merchantReference,
      amount,
      currency,
      ...this.#fateOf(token, amount),
      expiresAtMs: core.nowMs() + authorisationMs,
      operations: [],
      giftCard: token.startsWith('gift_') ? token : null,
    };
    this.#payments.set(payment.id, payment);
    if (payment.giftCard !== null && payment.status === 'authorised') this.#charge(payment.giftCard, amount);
    this.#tellStatus(payment);
    return payment;
  }

  /** @throws {HttpFailure} 404, 422 when the payment does not hold that much */
  operate(kind: AskedOperation, { payment: id, amount, currency, reference }: OperationInput): ProviderOperation {
    const payment = this.payment(id);
    if (currency !== payment.currency) {
      throw new HttpFailure(422, 'currency_mismatch', `The payment is in ${payment.currency}.`, { field: 'amount' });
    }
    const room = kind === 'refund' ? refundable(payment) : capturable(payment);
    if (amount > room) {
      throw new HttpFailure(422, 'amount_too_large', `Of the payment ${room} can be used for a ${kind}.`, {
        field: 'amount',
      });
    }
    const operation = this.#add(payment, { kind, amount, reference, status: 'pending' });
    if (!this.#options.isDeferred) this.#settle(payment, operation);
    return operation;
  }

  /** Ends what is pending; what was told to fail fails. */
  settleAll(): void {
    for (const payment of this.#payments.values()) {
      if (payment.status === 'pending') this.complete(payment.id, 'authorised');
      for (const operation of payment.operations) if (operation.status === 'pending') this.#settle(payment, operation);
    }
  }

  /** A payment that was pending is approved or declined by whoever has the money. */
  complete(id: string, status: 'authorised' | 'declined'): void {
    const payment = this.payment(id);
    if (payment.status !== 'pending') return;
    payment.status = status;
    if (status === 'declined') payment.declineCode = 'authentication_failed';
    this.#tellStatus(payment);
  }

  /** The next operation of this kind that is settled fails. */
  failNext(kind: OperationKind): void {
    this.#failures.push(kind);
  }

  decideRisk(id: string, risk: RiskVerdict): void {
    const payment = this.payment(id);
    payment.risk = risk;
    this.#options.events.tell(`risk.${risk}`, payment);
  }

  /** The authorisation ends; what was captured stays. */
  expire(id: string): void {
    const payment = this.payment(id);
    if (payment.status !== 'authorised') return;
    payment.status = 'expired';
    this.#options.events.tell('payment.expired', payment);
  }

  /** The customer's bank takes money back. */
  chargeBack(id: string, amount: number): void {
    const payment = this.payment(id);
    const operation = this.#add(payment, { kind: 'chargeback', amount, reference: null, status: 'succeeded' });
    this.#options.events.tell('chargeback.succeeded', payment, operation);
  }

  /** A refund comes back, or a chargeback is won: the last one that succeeded is undone. */
  reverse(id: string, kind: 'refund' | 'chargeback'): void {
    const payment = this.payment(id);
    const done = payment.operations.findLast((each) => each.kind === kind && each.status === 'succeeded');
    if (!done) return;
    done.status = 'reversed';
    this.#options.events.tell(`${kind}.reversed`, payment, done);
  }

  #add(
    payment: ProviderPayment,
    made: Pick<ProviderOperation, 'kind' | 'amount' | 'reference' | 'status'>,
  ): ProviderOperation {
    const operation = { id: `op_${this.#options.core.ids.hex(24)}`, failureCode: null, ...made };
    payment.operations.push(operation);
    return operation;
  }

  #settle(payment: ProviderPayment, operation: ProviderOperation): void {
    const planned = this.#failures.indexOf(operation.kind);
    operation.status = planned < 0 ? 'succeeded' : 'failed';
    if (planned >= 0) {
      this.#failures = this.#failures.toSpliced(planned, 1);
      operation.failureCode = 'declined_by_issuer';
    } else if (payment.giftCard !== null && operation.kind !== 'capture') {
      this.#charge(payment.giftCard, -operation.amount);
    }
    this.#options.events.tell(`${operation.kind}.${operation.status}`, payment, operation);
  }

  #fateOf(token: string, amount: number): Pick<ProviderPayment, 'status' | 'risk' | 'declineCode'> {
    const balance = this.#giftCards.get(token);
    if (balance !== undefined) {
      return amount <= balance ? APPROVED : { status: 'declined', risk: 'approved', declineCode: 'insufficient_funds' };
    }
    if (!token.startsWith('tok_')) throw new HttpFailure(422, 'unknown_token', 'The token is not one of ours.');
    return MEANS[token] ?? APPROVED;
  }

  #charge(card: string, amount: number): void {
    this.#giftCards.set(card, (this.#giftCards.get(card) ?? 0) - amount);
  }

  #tellStatus(payment: ProviderPayment): void {
    this.#options.events.tell(`payment.${payment.status}`, payment);
    if (payment.risk !== 'approved') this.#options.events.tell(`risk.${payment.risk}`, payment);
  }
}

/** What the provider has taken and not given back, over all payments. */
export function takings(payments: readonly ProviderPayment[]): number {
  return payments.reduce(
    (sum, payment) =>
      sum +
      sumOf(payment, 'capture', 'succeeded') -
      sumOf(payment, 'refund', 'succeeded') -
      sumOf(payment, 'chargeback', 'succeeded'),
    0,
  );
}
