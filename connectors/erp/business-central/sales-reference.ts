import { createHash } from 'node:crypto';
import type { PostSales } from '../../../schema/commands/sales.ts';

type Named = Pick<PostSales, 'location' | 'businessDay'>;

/** External document numbers have 35 characters at most, and locations may have more. */
const LOCATION_DIGITS = 12;
const NUMBER = /([A-Z]{3})(\d+)$/;

/** What the external document numbers of a store and business day begin with. */
export function referencePrefix({ location, businessDay }: Named): string {
  const digest = createHash('sha256').update(location).digest('hex').slice(0, LOCATION_DIGITS).toUpperCase();
  return `SW-${businessDay.replaceAll('-', '')}-${digest}-`;
}

/** The external document number under which a batch is found again. */
export function referenceOf(batch: Named & Pick<PostSales, 'currency' | 'sequence'>): string {
  return `${referencePrefix(batch)}${batch.currency}${batch.sequence}`;
}

/** What a number says beyond its prefix; undefined for one that is not the hub's. */
export function batchOfReference(
  reference: string,
): { readonly currency: string; readonly sequence: number } | undefined {
  const [, currency = '', sequence] = NUMBER.exec(reference) ?? [];
  return sequence === undefined ? undefined : { currency, sequence: Number(sequence) };
}
