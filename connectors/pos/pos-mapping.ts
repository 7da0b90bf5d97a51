import type { ReturnReason, Tender } from '../../schema/events/fields.ts';
import type { CodeMapping, LocationMapping } from '../runtime/code-mapping.ts';

/** What one estate's words mean to the hub. Data of the operator. */
export interface PosMapping {
  /** The vendor's ids of the stores, each with the id of the hub's location. */
  readonly locations: LocationMapping;
  readonly tenders: CodeMapping<Tender>;
  /**
   * States of a sale. FINAL: goods and money have changed hands. PENDING: it will be told again when they have. VOID: it
   * never came to that.
   */
  readonly states: CodeMapping<'FINAL' | 'PENDING' | 'VOID'>;
  /** What cashiers write when goods come back, in lower case. */
  readonly returnReasons: CodeMapping<ReturnReason>;
  /** Cashiers write freely: what any other words mean. */
  readonly otherReturnReason: ReturnReason;
}

export function returnReasonOf(mapping: PosMapping, words: string): ReturnReason {
  const key = words.trim().toLowerCase();
  const isListed = Object.hasOwn(mapping.returnReasons, key);
  return (isListed ? mapping.returnReasons[key] : undefined) ?? mapping.otherReturnReason;
}
