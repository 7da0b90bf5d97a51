import { ERASED } from '../../domain/erasure/erase-personal-data.ts';
import type { ParkedFact } from '../parked-facts.ts';
import type { OpenErasure } from './erasure-book.ts';

export type ErasedCustomer = Pick<OpenErasure, 'customer' | 'texts' | 'pseudonym'>;

/** What no person lets go on is kept as evidence alone. */
const FOR_GOOD = ['refused', 'conflict'];

/**
 * A parked fact without a customer: the very same when it does not name them. WAITING: it does, and may still be taken in,
 * for which it has to stay as it was told.
 */
export function withoutCustomer(
  fact: ParkedFact,
  { customer, texts, pseudonym }: ErasedCustomer,
): ParkedFact | 'WAITING' {
  const { envelope, waitsFor } = fact;
  const { data } = envelope;
  if (customer === null || !isOf(data, customer)) return fact;
  if (!FOR_GOOD.includes(waitsFor.split(':', 1)[0] ?? '')) return 'WAITING';
  const wanted = texts.map((text) => text.toLowerCase());
  const erased = withoutTexts({ ...data, customer: pseudonym }, wanted);
  return { ...fact, envelope: { ...envelope, data: erased } };
}

function isOf(data: unknown, customer: string): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && (data as { readonly customer?: unknown }).customer === customer;
}

function withoutTexts(value: unknown, wanted: readonly string[]): unknown {
  if (typeof value === 'string') return wanted.some((each) => value.toLowerCase().includes(each)) ? ERASED : value;
  if (Array.isArray(value)) return value.map((each) => withoutTexts(each, wanted));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutTexts(each, wanted)]));
}
