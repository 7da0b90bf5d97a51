import type { CodeMapping } from '../../runtime/code-mapping.ts';

/** What the words of a seller's account mean to the hub. Data of the operator. */
export interface AmazonMapping {
  /** The marketplaces that the account sells at, by Amazon's ids, each with the channel of the hub. */
  readonly marketplaces: CodeMapping<string>;
  /** The seller's own codes of goods, each with the SKU of the hub. Absent: they are the same. */
  readonly skus?: CodeMapping<string>;
  /** The names of carriers, as warehouses and stores write them on shipments, each with Amazon's code. */
  readonly carriers: CodeMapping<string>;
}
