import type { JournalIndexLimits } from '../../../kernel/engine/journal-index.ts';
import { PAST_LIMITS, type PastLimits } from '../../../kernel/engine/past/past-limits.ts';
import { REMEMBERED_FACTS_MAX } from '../domain/fact-memory.ts';

/** Every bound of the inventory context beside those of the ledger, which are constants of its log. */
export interface InventoryLimits extends JournalIndexLimits, PastLimits {
  /** Facts kept in memory for their repetitions; older ones are looked up on disk. */
  readonly rememberedFactsMax: number;
  /** How long a number that a source has skipped may be late before people are told. */
  readonly sequenceGapWaitMs: number;
  /** How long what another system tells of a receipt may differ from its owner's before people are told. */
  readonly receiptMatchWaitMs: number;
  /** How long a query waits for the change that `atLeast` names. */
  readonly atLeastWaitMs: number;
  /** Queries that may wait for changes at a time. */
  readonly atLeastWaitersMax: number;
  /** Records in one message of the change feed; what is more is told as a gap, which readers repair by asking. */
  readonly feedRecordsMax: number;
  /** SKUs whose availability is computed again when rules or feeds change; what is more is told as a gap. */
  readonly recomputedSkusMax: number;
  readonly heartbeatMs: number;
  /** Records in one answer to `changes-since`. */
  readonly changesSinceRecordsMax: number;
  /** Keys of facts that are handled at the same time. */
  readonly factConcurrencyMax: number;
  readonly factDeliveriesMax: number;
  /** Deliveries of settings of a SKU that are refused, before they become an exception. */
  readonly refusedSkuDeliveriesMax: number;
  readonly backoffMinMs: number;
  readonly backoffMaxMs: number;
  /** Committed batches that wait in memory for their relay; beyond it they are read from the log. */
  readonly relayBatchesMax: number;
  readonly relayRetryMs: number;
  /** Parked facts that are looked at together. */
  readonly quarantinePage: number;
  /** How often parked facts are looked through for those that have waited too long. */
  readonly parkedCheckMs: number;
  /** How long a fact may be parked before people are told. */
  readonly parkedAgeMsMax: number;
  /** How long the start waits for the location master before it goes on without. */
  readonly locationMasterWaitMs: number;
  readonly locationMasterRetryMinMs: number;
  readonly locationMasterRetryMaxMs: number;
  /** Positions of one look-up of bins. */
  readonly binsPerLookUpMax: number;
}

export const INVENTORY_LIMITS: InventoryLimits = {
  ...PAST_LIMITS,
  dedupMemoryBytesMax: 67_108_864,
  indexFlushEntries: 500,
  indexPendingMax: 50_000,
  rememberedFactsMax: REMEMBERED_FACTS_MAX,
  sequenceGapWaitMs: 60_000,
  receiptMatchWaitMs: 86_400_000,
  atLeastWaitMs: 2_000,
  atLeastWaitersMax: 10_000,
  feedRecordsMax: 4_000,
  recomputedSkusMax: 2_000,
  heartbeatMs: 5_000,
  changesSinceRecordsMax: 100_000,
  factConcurrencyMax: 64,
  factDeliveriesMax: 12,
  refusedSkuDeliveriesMax: 6,
  backoffMinMs: 100,
  backoffMaxMs: 30_000,
  relayBatchesMax: 1_000,
  relayRetryMs: 1_000,
  quarantinePage: 100,
  parkedCheckMs: 60_000,
  parkedAgeMsMax: 900_000,
  locationMasterWaitMs: 3_000,
  locationMasterRetryMinMs: 1_000,
  locationMasterRetryMaxMs: 60_000,
  binsPerLookUpMax: 500,
};
