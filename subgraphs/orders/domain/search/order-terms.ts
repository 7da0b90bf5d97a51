import type { Order } from '../order.ts';
import { prefixesOf, wordsOf } from './search-words.ts';

/** What an order is found by. */
export type SearchTerm =
  | {
      readonly kind: 'customer' | 'channel' | 'number' | 'status' | 'location' | 'sku' | 'promised';
      readonly value: string;
    }
  | { readonly kind: 'word'; readonly value: string; readonly word: string };

/** Words of one order; those of the largest orders are cut off, their SKUs are found besides. */
const WORDS_MAX = 300;

/** Every term of an order, each once. */
export function termsOf(order: Order): readonly SearchTerm[] {
  const { channel, externalId, customer, status, locations, lines } = order;
  return [
    { kind: 'channel', value: channel },
    { kind: 'number', value: externalId },
    { kind: 'status', value: status },
    ...(customer === null ? [] : [{ kind: 'customer', value: customer } as const]),
    ...locations.map((value) => ({ kind: 'location', value }) as const),
    ...unique(lines.map(({ sku }) => sku)).map((value) => ({ kind: 'sku', value }) as const),
    ...promisedDays(order).map((value) => ({ kind: 'promised', value }) as const),
    ...wordTerms(order),
  ];
}

/** The last days by which its lines should arrive, as the customer was told. */
function promisedDays({ lines }: Order): readonly string[] {
  return unique(lines.flatMap(({ promise }) => (promise ? [promise.latestOn] : [])));
}

function wordTerms(order: Order): readonly SearchTerm[] {
  const words = unique(textsOf(order).flatMap(wordsOf)).slice(0, WORDS_MAX);
  return words.flatMap((word) => prefixesOf(word).map((value) => ({ kind: 'word', value, word }) as const));
}

/** What people have in hand when they look for an order: numbers of every system that knows it, and who it is for. */
function textsOf({ externalId, customer, destination, lines, shipments, payments }: Order): readonly string[] {
  const texts = [
    externalId,
    customer,
    destination?.postalCode,
    ...shipments.flatMap(({ externalId: number, trackingNumber }) => [trackingNumber, number]),
    ...payments.map(({ provider }) => provider?.reference),
    ...lines.map(({ sku }) => sku),
  ];
  return texts.filter((text) => text !== null && text !== undefined);
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];
