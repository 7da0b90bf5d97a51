import type { ExceptionClass, ExceptionSeverity } from '../../../schema/events/fields.ts';
import type { Steps } from '../../../kernel/model/quantity.ts';

/** What revealed the cause: the message of another system, or the ledger itself when nobody told it. */
export interface ExceptionLineage {
  readonly system: string;
  readonly eventId: string;
  readonly correlationId?: string;
}

/** A cause for people to look at, as whoever finds it reports it. */
export interface ExceptionReport {
  /** The same cause is one exception for as long as it lasts. */
  readonly cause: string;
  readonly class: ExceptionClass;
  readonly severity: ExceptionSeverity;
  readonly sku?: string;
  readonly location?: string;
  readonly channel?: string;
  /** How much is wrong or missing; signed for a difference. */
  readonly steps?: Steps;
  readonly lineage: ExceptionLineage;
  readonly summary: string;
}

/** A cause that is gone. */
export interface ExceptionClearance {
  readonly cause: string;
  readonly because: string;
}

/** Exceptions as they stand in the journal. Times are epoch milliseconds. */
export type ExceptionEvent =
  | (ExceptionReport & {
      readonly type: 'exception-raised';
      readonly atMs: number;
      /** The same in every event of one exception; a new one when its cause comes back after it was gone. */
      readonly exceptionId: string;
      /** Orders that it may concern; not all when there are very many. */
      readonly orders: readonly string[];
    })
  | (ExceptionClearance & { readonly type: 'exception-cleared'; readonly atMs: number; readonly exceptionId: string });
