import type { Money } from '../../../kernel/model/money.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type {
  BoughtLabel,
  FollowedParcel,
  ParcelAddress,
  VoidedLabel,
} from '../../../schema/commands/outbound-parcels.ts';
import { bearerToken } from '../../runtime/authorisation.ts';
import type { Connection } from '../../runtime/connection.ts';
import { createHttpClient, type HttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { numberedFeed } from '../../runtime/numbered-events.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { VendorPace, type PaceLimits } from '../../runtime/vendor-pace.ts';
import { parcelHandlers } from '../parcel-handlers.ts';
import type { Carrier, LabelOrder, ParcelWay, SentParcel, ServiceRate } from '../port.ts';
import { carrierEvents, carrierMessage, carrierReceiver } from './plain-carrier-intake.ts';
import type { PlainCarrierMapping } from './plain-carrier-mapping.ts';
import { CarrierLabel, CarrierRateList, CarrierTracker, type CarrierAmount } from './plain-carrier-objects.ts';

export interface PlainCarrierOptions {
  /** The name of this system as a source, such as `parcels-main`. */
  readonly system: string;
  readonly baseUrl: string;
  readonly accessToken: string;
  /** Signs webhooks. */
  readonly webhookSecret: string;
  readonly mapping: PlainCarrierMapping;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
  /** Those that differ from PACE_LIMITS. */
  readonly paceLimits?: Partial<PaceLimits>;
}

export function connectPlainCarrier(options: PlainCarrierOptions): Connection<Carrier> {
  const { system, baseUrl, mapping, platform, limits = {}, paceLimits = {} } = options;
  const pace = new VendorPace(platform.clock, paceLimits);
  const authorisation = bearerToken(options.accessToken);
  const http = createHttpClient({ system, baseUrl, authorisation, limits, pace, ...platform });
  const port = new PlainCarrier({ system, http, pace, mapping });
  return {
    port,
    commands: parcelHandlers(port),
    mapping,
    pace,
    readAgain: async ({ body }, rows) => [carrierMessage(body, { system, mapping: { ...mapping, ...rows } })],
    receiver: carrierReceiver({ system, mapping, secret: options.webhookSecret }),
    feeds: [numberedFeed(carrierEvents({ system, mapping }), http)],
    close: () => http.close(),
  };
}

interface CarrierParts {
  readonly system: string;
  readonly http: HttpClient;
  readonly pace: VendorPace;
  readonly mapping: PlainCarrierMapping;
}

const ALREADY_USED = 409;
const UNKNOWN = 422;

class PlainCarrier implements Carrier {
  readonly system: string;
  readonly #parts: CarrierParts;

  constructor(parts: CarrierParts) {
    this.system = parts.system;
    this.#parts = parts;
  }

  get carriers(): readonly string[] {
    return Object.keys(this.#parts.mapping.carriers);
  }

  async quoteRates({ fromCountry, toCountry, weightGrams }: ParcelWay): Promise<readonly ServiceRate[]> {
    this.#takeToken();
    const json = { from: { country: fromCountry }, to: { country: toCountry }, parcel: { weight_grams: weightGrams } };
    const { json: answer } = await this.#parts.http.request({
      method: 'POST',
      path: '/v1/rates',
      json,
      isIdempotent: true,
    });
    const { data } = parseAnswer(this.system, CarrierRateList, answer);
    return data.map(({ service, carrier, amount, days }) => ({
      service,
      carrier,
      cost: this.#moneyOf(amount),
      daysMin: days.min,
      daysMax: days.max,
    }));
  }

  async buyLabel({ idempotencyKey, reference, service, from, to, weightGrams }: LabelOrder): Promise<BoughtLabel> {
    const { json } = await this.#parts.http.request({
      method: 'POST',
      path: '/v1/labels',
      headers: { 'idempotency-key': idempotencyKey },
      isIdempotent: true,
      json: {
        reference,
        service,
        from: addressObject(from),
        to: addressObject(to),
        parcel: { weight_grams: weightGrams },
      },
    });
    const {
      id,
      carrier,
      tracking_number: trackingNumber,
      amount,
      document,
    } = parseAnswer(this.system, CarrierLabel, json);
    return { label: id, carrier, trackingNumber, document: document.url, cost: this.#moneyOf(amount) };
  }

  async voidLabel(label: string): Promise<VoidedLabel['voided']> {
    try {
      const path = `/v1/labels/${encodeURIComponent(label)}/void`;
      await this.#parts.http.request({ method: 'POST', path, json: {}, isIdempotent: true });
      return 'VOIDED';
    } catch (error) {
      if (error instanceof UpstreamRejected && error.status === ALREADY_USED) return 'REFUSED';
      throw error;
    }
  }

  async track({ carrier, trackingNumber, reference }: SentParcel): Promise<FollowedParcel> {
    const own = reachedBy(this.#parts.mapping, carrier);
    if (own === undefined) {
      throw new UpstreamRejected(this.system, { status: UNKNOWN, words: `It does not speak for ${carrier}.` });
    }
    const json = { carrier: own, tracking_number: trackingNumber, reference };
    const answer = await this.#parts.http.request({ method: 'POST', path: '/v1/trackers', json, isIdempotent: true });
    return { parcel: parseAnswer(this.system, CarrierTracker, answer.json).id };
  }

  /** Whoever waits for an answer takes from the same bucket as the queue; there is no time to wait for the next token. */
  #takeToken(): void {
    const waitMs = this.#parts.pace.take();
    if (waitMs > 0) throw new UpstreamUnavailable(this.system, { limit: 'perSecond', retryAfterMs: waitMs });
  }

  #moneyOf({ value, currency }: CarrierAmount): Money {
    const amountMinor = Number(value);
    if (Number.isSafeInteger(amountMinor)) return { amountMinor, currencyCode: currency };
    throw new UpstreamUnavailable(this.system, { words: `The amount ${value} is too large.` });
  }
}

const addressObject = ({ postalCode, ...address }: ParcelAddress) => ({ ...address, postal_code: postalCode });

function reachedBy({ carriers }: PlainCarrierMapping, carrier: string): string | undefined {
  return Object.hasOwn(carriers, carrier) ? carriers[carrier] : undefined;
}
