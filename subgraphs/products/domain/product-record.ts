import type { ItemRecorded } from '../../../schema/events/inbox.ts';

/** An article as the last statement about one of its variants told it. */
export interface ProductRecord {
  /** The code of the product. */
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** From the widest to the narrowest. */
  readonly categories: readonly string[];
}

export function productOf({ product, categories }: ItemRecorded): ProductRecord {
  const { id, title, description } = product;
  return { id, title, ...(description !== undefined && { description }), categories };
}
