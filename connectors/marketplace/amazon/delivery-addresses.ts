import { Type, type Static } from '@sinclair/typebox';
import type { Clock } from '../../../kernel/ports/clock.ts';
import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';
import { createHttpClient, type HttpClient, type HttpClientOptions } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { createTokenCache } from '../../runtime/token-cache.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import type { OperationPaces, ScarceOperation } from './operation-paces.ts';

export interface DeliveryAddressesParts {
  readonly system: string;
  /** With the usual token, by which the restricted one is had. */
  readonly http: HttpClient;
  /** Of calls that show a restricted token in place of the usual one. */
  readonly restricted: Omit<HttpClientOptions, 'authorisation'>;
  readonly paces: OperationPaces;
  readonly clock: Clock;
}

const TOKENS = '/tokens/2021-03-01/restrictedDataToken';
/** One token for the addresses of all orders. */
const RESOURCE = { method: 'GET', path: '/orders/v0/orders/{orderId}/address' };
const REFRESH_BEFORE_MS = 60_000;
/** Amazon refuses an old token as something that is forbidden. */
const FORBIDDEN = 403;

const RestrictedToken = Type.Object({
  restrictedDataToken: Type.String({ minLength: 1 }),
  expiresIn: Type.Integer({ minimum: 1 }),
});

const Line = Type.Optional(Type.String());
const Address = Type.Object({
  Name: Line,
  CompanyName: Line,
  AddressLine1: Line,
  AddressLine2: Line,
  AddressLine3: Line,
  City: Line,
  Municipality: Line,
  District: Line,
  StateOrRegion: Line,
  PostalCode: Line,
  CountryCode: Line,
});
const AddressAnswer = Type.Object({ payload: Type.Object({ ShippingAddress: Type.Optional(Address) }) });

/**
 * Where orders go: restricted data, which only a token of its own opens and only for accounts with the role for it.
 * Nothing of an address is kept here.
 * Source: https://developer-docs.amazon.com/sp-api/docs/tokens-api-use-case-guide
 */
export class DeliveryAddresses {
  readonly #parts: DeliveryAddressesParts;
  readonly #http: HttpClient;

  constructor(parts: DeliveryAddressesParts) {
    this.#parts = parts;
    const { clock, restricted } = parts;
    const tokens = createTokenCache({ clock, refreshBeforeMs: REFRESH_BEFORE_MS, fetch: () => this.#newToken() });
    this.#http = createHttpClient({
      ...restricted,
      authorisation: {
        headers: async () => ({ 'x-amz-access-token': await tokens.get() }),
        refusedStatus: FORBIDDEN,
        renew: () => {
          tokens.forget();
          return true;
        },
      },
    });
  }

  /** @returns null where the marketplace tells less than a label needs */
  async of(orderId: string): Promise<ParcelAddress | null> {
    this.#assertMayAsk('getOrderAddress');
    const path = `/orders/v0/orders/${encodeURIComponent(orderId)}/address`;
    const { json } = await this.#http.request({ method: 'GET', path, isIdempotent: true });
    const { ShippingAddress: address } = parseAnswer(this.#parts.system, AddressAnswer, json).payload;
    return address ? parcelAddressOf(address) : null;
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  async #newToken() {
    this.#assertMayAsk('createRestrictedDataToken');
    const { system, http } = this.#parts;
    const json = { restrictedResources: [RESOURCE] };
    const answer = await http.request({ method: 'POST', path: TOKENS, json, isIdempotent: true });
    const { restrictedDataToken: token, expiresIn } = parseAnswer(system, RestrictedToken, answer.json);
    return { token, expiresInMs: expiresIn * 1_000 };
  }

  #assertMayAsk(operation: ScarceOperation): void {
    const { paces, system } = this.#parts;
    const waitMs = paces.take(operation);
    if (waitMs > 0) throw new UpstreamUnavailable(system, { limit: operation, retryAfterMs: waitMs });
  }
}

/** Null where one of the parts is missing: whoever may not see them is told the rest. */
function parcelAddressOf(address: Static<typeof Address>): ParcelAddress | null {
  const name = joined(address.Name, address.CompanyName);
  const street = joined(address.AddressLine1, address.AddressLine2, address.AddressLine3);
  // Where there are no cities in addresses, the next smaller or larger part stands for it.
  const { City, Municipality, District, StateOrRegion } = address;
  const city = [City, Municipality, District, StateOrRegion].map(trimmed).find((part) => part !== '') ?? '';
  const postalCode = trimmed(address.PostalCode);
  const country = trimmed(address.CountryCode).toUpperCase();
  const isWhole = [name, street, city, postalCode].every((part) => part !== '') && /^[A-Z]{2}$/.test(country);
  return isWhole ? { name, street, city, postalCode, country } : null;
}

const trimmed = (part: string | undefined): string => part?.trim() ?? '';

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.map(trimmed).filter((part) => part !== '').join(', '); // prettier-ignore
