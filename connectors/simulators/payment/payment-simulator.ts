import { bearerToken } from '../runtime/bearer-token.ts';
import type { HttpFailure } from '../runtime/http-failure.ts';
import { createSimulatorCore, serveSimulator } from '../runtime/simulator.ts';
import type { Simulator, SimulatorOptions } from '../runtime/simulator.ts';
import type { OperationKind, ProviderPayment, RiskVerdict } from './payment-account.ts';
import { PaymentDesk, takings, type PaymentInput } from './payment-desk.ts';
import { PaymentEvents } from './payment-events.ts';
import { paymentRoutes } from './payment-routes.ts';

export interface PaymentSimulatorOptions extends SimulatorOptions {
  /** The bearer token that the API accepts. Default `psp-token`. */
  readonly accessToken?: string;
  /** Balances in minor units by number; a number begins with `gift_`. */
  readonly giftCards?: Readonly<Record<string, number>>;
  /** True: captures, voids and refunds stay pending until `settleAll`. Default: they succeed at once. */
  readonly isDeferred?: boolean;
  /** How long an authorisation holds. Default: 7 days. */
  readonly authorisationMs?: number;
}

export interface PaymentSimulator extends Simulator {
  payments(): readonly ProviderPayment[];
  /** Somebody pays without the hub, such as in the shop's own checkout. */
  pay(input: PaymentInput): ProviderPayment;
  settleAll(): void;
  complete(payment: string, status: 'authorised' | 'declined'): void;
  failNext(kind: OperationKind): void;
  decideRisk(payment: string, verdict: RiskVerdict): void;
  expire(payment: string): void;
  chargeBack(payment: string, amount: number): void;
  /** A refund comes back, or a chargeback is won. */
  reverse(payment: string, kind: 'refund' | 'chargeback'): void;
  /** Taken and not given back, in minor units over all currencies. */
  takings(): number;
  /** Subscribes without HTTP; the secret signs. */
  subscribe(input: { readonly url: string; readonly secret: string }): void;
}

const CONTENT_FIELDS = ['value'];
const AUTHORISATION_MS = 7 * 86_400_000;

/** A payment provider with the manners that such providers share, on a port of its own. */
export async function startPaymentSimulator(options: PaymentSimulatorOptions = {}): Promise<PaymentSimulator> {
  const core = createSimulatorCore(options, { system: 'payment', contentFields: CONTENT_FIELDS });
  const events = new PaymentEvents(core, options.numbersFrom ?? 0);
  const { giftCards = {}, isDeferred = false, authorisationMs = AUTHORISATION_MS, accessToken = 'psp-token' } = options;
  const desk = new PaymentDesk({ core, events, giftCards, isDeferred, authorisationMs });
  const simulator = await serveSimulator(core, {
    options,
    manners: {
      errorBody: ({ code, message, field }: HttpFailure) => ({ error: { code, message, field: field ?? null } }),
      isAuthorised: (headers) => bearerToken(headers) === accessToken,
      contentFields: CONTENT_FIELDS,
    },
    rateLimit: { capacity: 200, refillPerSecond: 100 },
    routes: paymentRoutes(desk, events),
  });
  return {
    ...simulator,
    payments: () => desk.payments(),
    pay: (input) => desk.create(input),
    settleAll: () => desk.settleAll(),
    complete: (payment, status) => desk.complete(payment, status),
    failNext: (kind) => desk.failNext(kind),
    decideRisk: (payment, verdict) => desk.decideRisk(payment, verdict),
    expire: (payment) => desk.expire(payment),
    chargeBack: (payment, amount) => desk.chargeBack(payment, amount),
    reverse: (payment, kind) => desk.reverse(payment, kind),
    takings: () => takings(desk.payments()),
    subscribe: ({ url, secret }) => {
      events.subscribe(url, secret);
    },
  };
}
