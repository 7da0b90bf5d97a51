import type { PostSales } from '../../../schema/commands/sales.ts';
import { ownReference } from '../../systems/tryton/own-reference.ts';

type Named = Pick<PostSales, 'location' | 'businessDay'>;

const REST = /^([A-Z]{3}):(\d+)$/;

/** What the references of the sales of a store and business day begin with. */
export function saleReferencePrefix({ location, businessDay }: Named): string {
  return ownReference(`sales:${location}:${businessDay}:`);
}

/** The reference under which a batch is found again. */
export function saleReferenceOf(batch: Named & Pick<PostSales, 'currency' | 'sequence'>): string {
  return `${saleReferencePrefix(batch)}${batch.currency}:${batch.sequence}`;
}

/** What a reference says beyond the prefix; undefined for one that is not of that store and day. */
export function batchOfSaleReference(
  reference: string,
  named: Named,
): { readonly currency: string; readonly sequence: number } | undefined {
  const prefix = saleReferencePrefix(named);
  if (!reference.startsWith(prefix)) return undefined;
  const [, currency = '', sequence] = REST.exec(reference.slice(prefix.length)) ?? [];
  return sequence === undefined ? undefined : { currency, sequence: Number(sequence) };
}
