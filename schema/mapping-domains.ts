import { Type, type TSchema } from '@sinclair/typebox';
import { ParcelStatus } from './events/inbox-parcels.ts';
import { Code, MovementReason, oneOf, ReturnReason, Tender, UnitCode } from './events/fields.ts';

const Word = Type.String({ minLength: 1, maxLength: 200 });

/**
 * What the values of a mapping set may mean, by the name of the set. Adapters name their sets by these; a set of another name
 * may mean any word.
 */
const MEANINGS: Readonly<Record<string, TSchema>> = {
  /** Ids of the hub's locations. */
  locations: Code,
  /** SKUs. */
  items: Code,
  units: UnitCode,
  channels: Code,
  /** Statuses of stock. */
  statuses: oneOf('SELLABLE', 'NOT_SELLABLE'),
  /** Reasons of movements. */
  reasons: MovementReason,
  returnReasons: ReturnReason,
  tenders: Tender,
  /** States of sales. */
  states: oneOf('FINAL', 'PENDING', 'VOID'),
  locationTypes: oneOf('STORE', 'DC', 'MICRO_FC', 'RETURNS_CENTRE'),
  lifecycleByBlocked: oneOf('ACTIVE', 'PHASING_OUT', 'DISCONTINUED'),
  lifecycleByActive: oneOf('ACTIVE', 'PHASING_OUT', 'DISCONTINUED'),
  tracking: oneOf('NONE', 'LOT', 'SERIAL'),
  taxCodes: Word,
  /** Verdicts on fraud. */
  verdicts: oneOf('APPROVED', 'REVIEW', 'REJECTED'),
  parcelStatuses: ParcelStatus,
};

/** JSON Schema of what a value of this mapping set may mean. */
export function meaningOf(domain: string): TSchema {
  return Object.hasOwn(MEANINGS, domain) ? (MEANINGS[domain] ?? Word) : Word;
}
