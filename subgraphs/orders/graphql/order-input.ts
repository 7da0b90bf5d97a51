import { Refusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import type { PlaceHold, ResolveHold } from '../app/change-holds.ts';
import type { PlacedTender, PlaceOrder } from '../app/place-order.ts';
import { readAddress } from './read-address.ts';
import { readDestination } from './read-destination.ts';
import type {
  LineDiscountInput,
  PaymentProviderInput,
  PlaceHoldInput,
  PlaceOrderInput,
  PlaceOrderLineInput,
  ResolveHoldInput,
  TaxInput,
  TenderInput,
} from './resolvers.generated.ts';

/** What is left out stays out, so that the content of an order has one form whatever its client spells out. */
export function placedOrderOf(input: PlaceOrderInput, customer: string | null): PlaceOrder {
  const { channel, externalId, lines, charges, tenders, pricesIncludeTax } = input;
  const destination = readDestination(input.destination ?? input.shipTo);
  const shipTo = readAddress(input.shipTo);
  return {
    channel,
    externalId,
    customer,
    lines: lines.map(placedLineOf),
    charges: (charges ?? []).map(({ kind, description, amountMinor, promotion, taxes }) => ({
      kind,
      description,
      amountMinor,
      ...(typeof promotion === 'string' && { promotion }),
      ...taxesOf(taxes),
    })),
    tenders: tenders.map(tenderOf),
    ...(pricesIncludeTax === false && { pricesIncludeTax }),
    ...(destination && { destination }),
    ...(shipTo && { shipTo }),
    ...(typeof input.language === 'string' && { language: input.language }),
  };
}

export const placedLineOf = ({
  sku,
  quantity,
  unitPriceMinor,
  discounts,
  taxes,
  pickupAt,
  allowsSubstitute,
}: PlaceOrderLineInput): PlaceOrder['lines'][number] => ({
  sku,
  quantity,
  unitPriceMinor,
  ...(discounts && discounts.length > 0 && { discounts: discounts.map(discountOf) }),
  ...taxesOf(taxes),
  ...(typeof pickupAt === 'string' && { pickupAt }),
  ...(typeof allowsSubstitute === 'boolean' && { allowsSubstitute }),
});

export const tenderOf = ({ tender, amountMinor, provider }: TenderInput): PlacedTender => ({
  tender,
  amountMinor,
  ...(provider && { provider: providerOf(provider) }),
});

export const discountOf = ({ promotion, description, amountMinor }: LineDiscountInput) => ({
  promotion: promotion ?? null,
  description,
  amountMinor,
});

export function taxesOf(taxes: readonly TaxInput[] | null | undefined) {
  if (!taxes || taxes.length === 0) return {};
  return {
    taxes: taxes.map(({ jurisdiction, ratePercent, amountMinor }) => ({ jurisdiction, ratePercent, amountMinor })),
  };
}

const providerOf = ({ system, token, reference }: PaymentProviderInput) => ({
  system,
  ...(typeof token === 'string' && { token }),
  ...(typeof reference === 'string' && { reference }),
});

const TEXT_LENGTH_MAX = 2_000;

/** @throws {Refusal} BAD_USER_INPUT */
export function holdOf(input: PlaceHoldInput, { subject }: Identity): PlaceHold {
  const { order, idempotencyKey, type, blocks, expiresAt } = input;
  const expiresAtMs = typeof expiresAt === 'string' ? Date.parse(expiresAt) : undefined;
  return {
    order,
    idempotencyKey,
    type,
    ...(blocks && { blocks: [...new Set(blocks)] }),
    reason: textOf(input.reason, 'reason'),
    authority: textOf(input.authority, 'authority'),
    ...(expiresAtMs !== undefined && { expiresAtMs }),
    by: subject,
  };
}

/** @throws {Refusal} BAD_USER_INPUT */
export function endingOf(
  { order, hold, outcome, reason, authority }: ResolveHoldInput,
  { subject }: Identity,
): ResolveHold {
  const words = { reason: textOf(reason, 'reason'), authority: textOf(authority, 'authority') };
  return { order, hold, outcome, ...words, by: subject };
}

/** @throws {Refusal} BAD_USER_INPUT */
export function textOf(text: string, field: string): string {
  if (text.trim() !== '' && text.length <= TEXT_LENGTH_MAX) return text;
  const message = `${field} must have 1 to ${TEXT_LENGTH_MAX} characters.`;
  throw new Refusal('BAD_USER_INPUT', message, { field, max: TEXT_LENGTH_MAX });
}
