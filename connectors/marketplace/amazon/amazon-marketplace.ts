import type { MarketplaceDone, OfferStock } from '../../../schema/commands/outbound-marketplace.ts';
import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';
import { mapped, reversed } from '../../runtime/code-mapping.ts';
import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import type { Acknowledgement, Marketplace, MarketplaceCancellation, MarketplaceShipment } from '../port.ts';
import type { AmazonMapping } from './amazon-mapping.ts';
import { Submission } from './amazon-objects.ts';
import type { AnswerDesk } from './answer-desk.ts';
import type { DeliveryAddresses } from './delivery-addresses.ts';

export interface AmazonMarketplaceParts {
  readonly system: string;
  readonly http: HttpClient;
  readonly desk: AnswerDesk;
  readonly addresses: DeliveryAddresses;
  readonly mapping: AmazonMapping;
  readonly sellerId: string;
  readonly offersStock: boolean;
}

const UNPROCESSABLE = 422;
/** Amazon's word for carriers that have no code; their name stands beside it. */
const OTHER_CARRIER = 'Other';
const OWN_DELIVERY = 'Own delivery';

/** The account of a selling partner. */
export class AmazonMarketplace implements Marketplace {
  readonly system: string;
  readonly offersStock: boolean;
  readonly #parts: AmazonMarketplaceParts;

  constructor(parts: AmazonMarketplaceParts) {
    this.system = parts.system;
    this.offersStock = parts.offersStock;
    this.#parts = parts;
  }

  get channels(): readonly string[] {
    return [...new Set(Object.values(this.#parts.mapping.marketplaces))];
  }

  acknowledge({ idempotencyKey: key, channel, externalId }: Acknowledgement): Promise<MarketplaceDone> {
    const marketplaceId = this.#marketplaceOf(channel);
    return this.#parts.desk.put({ key, channel, marketplaceId, answer: { orderId: externalId } });
  }

  cancel({ idempotencyKey: key, channel, externalId, ...told }: MarketplaceCancellation): Promise<MarketplaceDone> {
    const items = told.lines.map(({ lineId, quantity }) => ({ id: lineId, quantity: this.#pieces(quantity) }));
    const answer = { orderId: externalId, cancelled: { reason: told.reason, items } };
    return this.#parts.desk.put({ key, channel, marketplaceId: this.#marketplaceOf(channel), answer });
  }

  /** Amazon knows a package by its number within the order; the same number again corrects what was told. */
  async confirmShipment(shipment: MarketplaceShipment): Promise<MarketplaceDone> {
    const { channel, externalId, shipment: id, packageNo, carrier, trackingNumber, shippedAt, lines } = shipment;
    await this.#parts.http.request({
      method: 'POST',
      path: `/orders/v0/orders/${encodeURIComponent(externalId)}/shipmentConfirmation`,
      isIdempotent: true,
      json: {
        marketplaceId: this.#marketplaceOf(channel),
        packageDetail: {
          packageReferenceId: String(packageNo),
          ...this.#carrierOf(carrier),
          // Amazon wants something; what was not given a number is found by its own name.
          trackingNumber: trackingNumber ?? id,
          shipDate: shippedAt,
          orderItems: lines.map(({ lineId, quantity }) => ({ orderItemId: lineId, quantity: this.#pieces(quantity) })),
        },
      },
    });
    return { status: 'SUCCEEDED' };
  }

  async deliveryAddress({
    channel,
    externalId,
  }: Pick<Acknowledgement, 'channel' | 'externalId'>): Promise<ParcelAddress | null> {
    this.#marketplaceOf(channel);
    return this.#parts.addresses.of(externalId);
  }

  async offerStock({ channel, sku, quantity }: OfferStock): Promise<void> {
    const { http, sellerId } = this.#parts;
    const query = new URLSearchParams({ marketplaceIds: this.#marketplaceOf(channel) });
    for (const code of this.#sellerSkus(sku)) {
      const { json } = await http.request({
        method: 'PATCH',
        path: `/listings/2021-08-01/items/${encodeURIComponent(sellerId)}/${encodeURIComponent(code)}?${query}`,
        isIdempotent: true,
        json: {
          productType: 'PRODUCT',
          patches: [
            {
              op: 'replace',
              path: '/attributes/fulfillment_availability',
              value: [{ fulfillment_channel_code: 'DEFAULT', quantity: Math.max(0, Math.floor(Number(quantity))) }],
            },
          ],
        },
      });
      const { status, issues = [] } = parseAnswer(this.system, Submission, json);
      if (status === 'INVALID') throw this.#refused(issues[0]?.message ?? `${code} cannot be offered.`);
    }
  }

  #sellerSkus(sku: string): readonly string[] {
    const { skus } = this.#parts.mapping;
    if (!skus) return [sku];
    const codes = reversed(skus).get(sku);
    if (codes === undefined) throw this.#refused(`No code of the account stands for ${sku}.`);
    return codes;
  }

  #carrierOf(carrier: string | undefined): { readonly carrierCode: string; readonly carrierName?: string } {
    const { carriers } = this.#parts.mapping;
    if (carrier === undefined) return { carrierCode: OTHER_CARRIER, carrierName: OWN_DELIVERY };
    if (!Object.hasOwn(carriers, carrier)) return { carrierCode: OTHER_CARRIER, carrierName: carrier };
    return { carrierCode: mapped(carriers, carrier, 'carrier') };
  }

  #marketplaceOf(channel: string): string {
    const [marketplaceId] = reversed(this.#parts.mapping.marketplaces).get(channel) ?? [];
    if (marketplaceId === undefined) throw this.#refused(`No marketplace of the account is ${channel}.`);
    return marketplaceId;
  }

  #pieces(quantity: string): number {
    const pieces = Number(quantity);
    if (Number.isInteger(pieces)) return pieces;
    throw this.#refused(`${quantity} is no number of pieces.`);
  }

  #refused(words: string): UpstreamRejected {
    return new UpstreamRejected(this.system, { status: UNPROCESSABLE, words });
  }
}
