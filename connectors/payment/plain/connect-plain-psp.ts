import { invariant } from '../../../kernel/model/errors.ts';
import type { Money } from '../../../kernel/model/money.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { PaymentCommandDone } from '../../../schema/commands/outbound-payments.ts';
import { bearerToken } from '../../runtime/authorisation.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import type { Connection } from '../../runtime/connection.ts';
import { createHttpClient, type HttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { numberedFeed } from '../../runtime/numbered-events.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { VendorPace, type PaceLimits } from '../../runtime/vendor-pace.ts';
import { paymentHandlers } from '../payment-handlers.ts';
import {
  PAYMENTS_PER_LOOK_UP_MAX,
  type Authorisation,
  type PaymentOperation,
  type PaymentProvider,
  type ProvidedPayment,
} from '../port.ts';
import { moneyOf } from './payment-facts.ts';
import { paymentEvents, paymentMessage, paymentReceiver } from './plain-psp-intake.ts';
import type { PlainPspMapping } from './plain-psp-mapping.ts';
import { PspOperation, PspPayment, PspPaymentList } from './plain-psp-objects.ts';

export interface PlainPspOptions {
  /** The name of this system as a source, such as `psp-main`. */
  readonly system: string;
  readonly baseUrl: string;
  readonly accessToken: string;
  /** Signs webhooks. */
  readonly webhookSecret: string;
  readonly mapping: PlainPspMapping;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
  /** Those that differ from PACE_LIMITS. */
  readonly paceLimits?: Partial<PaceLimits>;
}

export function connectPlainPsp(options: PlainPspOptions): Connection<PaymentProvider> {
  const { system, baseUrl, mapping, platform, limits = {}, paceLimits = {} } = options;
  const pace = new VendorPace(platform.clock, paceLimits);
  const authorisation = bearerToken(options.accessToken);
  const http = createHttpClient({ system, baseUrl, authorisation, limits, pace, ...platform });
  const port = new PlainPsp({ system, http, pace, mapping });
  return {
    port,
    commands: paymentHandlers(port),
    mapping,
    pace,
    readAgain: async ({ body }, rows) => [paymentMessage(body, { system, mapping: { ...mapping, ...rows } })],
    receiver: paymentReceiver({ system, mapping, secret: options.webhookSecret }),
    feeds: [numberedFeed(paymentEvents({ system, mapping }), http)],
    close: () => http.close(),
  };
}

interface PspParts {
  readonly system: string;
  readonly http: HttpClient;
  readonly pace: VendorPace;
  readonly mapping: PlainPspMapping;
}

interface Posted {
  readonly path: string;
  readonly idempotencyKey: string;
  readonly json: unknown;
}

const STATUSES = {
  authorised: 'AUTHORIZED',
  pending: 'PENDING',
  declined: 'DECLINED',
  expired: 'EXPIRED',
} as const satisfies Readonly<Record<string, ProvidedPayment['status']>>;

class PlainPsp implements PaymentProvider {
  readonly system: string;
  readonly #parts: PspParts;

  constructor(parts: PspParts) {
    this.system = parts.system;
    this.#parts = parts;
  }

  async authorise({ idempotencyKey, merchantReference, token, amount }: Authorisation): Promise<ProvidedPayment> {
    this.#takeToken();
    const answer = await this.#post({
      path: '/v1/payments',
      idempotencyKey,
      json: { merchant_reference: merchantReference, source: { token }, amount: amountObject(amount) },
    });
    return this.#paymentOf(parseAnswer(this.system, PspPayment, answer));
  }

  async lookUpPayments(payments: readonly string[]): Promise<ReadonlyMap<string, ProvidedPayment>> {
    invariant(payments.length <= PAYMENTS_PER_LOOK_UP_MAX, 'A look-up has more than PAYMENTS_PER_LOOK_UP_MAX ids.');
    if (payments.length === 0) return new Map();
    this.#takeToken();
    const json = { ids: payments };
    const request = { method: 'POST', path: '/v1/payments/query', json, isIdempotent: true } as const;
    const answer = await this.#parts.http.request(request);
    const { data } = parseAnswer(this.system, PspPaymentList, answer.json);
    return new Map(data.map((payment) => [payment.id, this.#paymentOf(payment)]));
  }

  capture(operation: PaymentOperation): Promise<PaymentCommandDone> {
    return this.#operate('captures', operation);
  }

  void(operation: PaymentOperation): Promise<PaymentCommandDone> {
    return this.#operate('voids', operation);
  }

  refund(operation: PaymentOperation): Promise<PaymentCommandDone> {
    return this.#operate('refunds', operation);
  }

  async #operate(kind: string, { idempotencyKey, payment, amount }: PaymentOperation): Promise<PaymentCommandDone> {
    const answer = await this.#post({
      path: `/v1/payments/${encodeURIComponent(payment)}/${kind}`,
      idempotencyKey,
      json: { amount: amountObject(amount), reference: idempotencyKey },
    });
    const { id, status, failure_code: words } = parseAnswer(this.system, PspOperation, answer);
    if (status === 'failed') throw new UpstreamRejected(this.system, { status: 422, words: words ?? 'It failed.' });
    return { operation: id, status: status === 'succeeded' ? 'SUCCEEDED' : 'PENDING' };
  }

  async #post({ path, idempotencyKey, json }: Posted): Promise<unknown> {
    const headers = { 'idempotency-key': idempotencyKey };
    const answer = await this.#parts.http.request({ method: 'POST', path, json, headers, isIdempotent: true });
    return answer.json;
  }

  /** Whoever waits for an answer takes from the same bucket as the queue; there is no time to wait for the next token. */
  #takeToken(): void {
    const waitMs = this.#parts.pace.take();
    if (waitMs > 0) throw new UpstreamUnavailable(this.system, { limit: 'perSecond', retryAfterMs: waitMs });
  }

  #paymentOf(payment: PspPayment): ProvidedPayment {
    const { id, merchant_reference: merchantReference, status, expires_at: expiresAt } = payment;
    try {
      return {
        payment: id,
        merchantReference,
        status: STATUSES[status as keyof typeof STATUSES],
        amount: moneyOf(payment.amount),
        captured: moneyOf(payment.captured),
        expiresAtMs: expiresAt === null ? null : Date.parse(expiresAt),
        verdict: mapped(this.#parts.mapping.verdicts, payment.risk.verdict, 'verdict'),
        reason: payment.decline_code,
      };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      throw new UpstreamUnavailable(this.system, { words: error.message }, { cause: error });
    }
  }
}

const amountObject = ({ amountMinor, currencyCode }: Money) => ({ value: amountMinor, currency: currencyCode });
