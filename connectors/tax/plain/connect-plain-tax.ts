import { Type, type Static } from '@sinclair/typebox';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { ConfirmedTax } from '../../../schema/commands/outbound-taxes.ts';
import { bearerToken } from '../../runtime/authorisation.ts';
import type { PolledConnection } from '../../runtime/connection.ts';
import { createHttpClient, type HttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { VendorPace, type PaceLimits } from '../../runtime/vendor-pace.ts';
import type { QuotedTax, TaxConfirmation, TaxQuestion, TaxQuote, TaxSystem } from '../port.ts';
import { taxHandlers } from '../tax-handlers.ts';

export interface PlainTaxOptions {
  /** The name of this system as a source, such as `tax-main`. */
  readonly system: string;
  readonly baseUrl: string;
  readonly accessToken: string;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
  /** Those that differ from PACE_LIMITS. */
  readonly paceLimits?: Partial<PaceLimits>;
}

const Minor = Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: '^[0-9]{1,15}$' })]);
const Rate = Type.Union([Type.Number({ minimum: 0 }), Type.String({ pattern: '^[0-9]{1,4}(\\.[0-9]{1,6})?$' })]);
const Quote = Type.Object({
  id: Type.String({ minLength: 1 }),
  items: Type.Array(
    Type.Object({
      ref: Type.String(),
      taxes: Type.Array(
        Type.Object({ jurisdiction: Type.String({ minLength: 1 }), rate_percent: Rate, amount: Minor }),
      ),
    }),
  ),
});
const Transaction = Type.Object({ id: Type.String({ minLength: 1 }) });

/** It tells nothing by itself, so there is nothing to poll. */
export function connectPlainTax(options: PlainTaxOptions): PolledConnection<TaxSystem> {
  const { system, baseUrl, platform, limits = {}, paceLimits = {} } = options;
  const pace = new VendorPace(platform.clock, paceLimits);
  const authorisation = bearerToken(options.accessToken);
  const http = createHttpClient({ system, baseUrl, authorisation, limits, pace, ...platform });
  const port = new PlainTax({ system, http, pace });
  return { port, commands: taxHandlers(port), pace, feeds: [], close: () => http.close() };
}

interface TaxParts {
  readonly system: string;
  readonly http: HttpClient;
  readonly pace: VendorPace;
}

class PlainTax implements TaxSystem {
  readonly system: string;
  readonly #parts: TaxParts;

  constructor(parts: TaxParts) {
    this.system = parts.system;
    this.#parts = parts;
  }

  async quote(question: TaxQuestion): Promise<TaxQuote> {
    const waitMs = this.#parts.pace.take();
    if (waitMs > 0) throw new UpstreamUnavailable(this.system, { limit: 'perSecond', retryAfterMs: waitMs });
    const json = {
      reference: question.order,
      currency: question.currency,
      prices_include_tax: question.pricesIncludeTax,
      destination: { country: question.country, postal_code: question.postalCode },
      items: question.items.map(({ ref, sku, amountMinor }) => ({ ref, sku, amount: amountMinor })),
    };
    const request = { method: 'POST', path: '/v1/quotes', json, isIdempotent: true } as const;
    const answer = await this.#parts.http.request(request);
    const { id, items } = parseAnswer(this.system, Quote, answer.json);
    const taxes = new Map(items.map((item) => [item.ref, item.taxes.map(quotedTax)]));
    const missing = question.items.find(({ ref }) => !taxes.has(ref));
    if (missing) throw new UpstreamUnavailable(this.system, { words: `The taxes of ${missing.ref} are missing.` });
    return { quote: id, taxes };
  }

  async confirm({ idempotencyKey, order, quote, currency, lines }: TaxConfirmation): Promise<ConfirmedTax> {
    const json = {
      reference: order,
      quote: quote ?? null,
      currency,
      items: lines.map(({ ref, amountMinor, taxMinor }) => ({ ref, amount: amountMinor, tax: taxMinor })),
    };
    const headers = { 'idempotency-key': idempotencyKey };
    const request = { method: 'POST', path: '/v1/transactions', json, headers, isIdempotent: true } as const;
    const answer = await this.#parts.http.request(request);
    return { document: parseAnswer(this.system, Transaction, answer.json).id };
  }
}

function quotedTax(tax: Static<typeof Quote>['items'][number]['taxes'][number]): QuotedTax {
  const { jurisdiction, rate_percent: rate, amount } = tax;
  return { jurisdiction, ratePercent: String(rate), amountMinor: Number(amount) };
}
