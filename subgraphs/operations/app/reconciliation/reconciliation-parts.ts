import type { OperationsParts } from '../operations-parts.ts';
import type { ReconciliationLimits } from './reconciliation-limits.ts';
import type { ReconciliationStore } from './reconciliation-store.ts';

/** What comparing other books of stock with the ledger works with. */
export interface ReconciliationParts {
  readonly platform: OperationsParts['platform'];
  readonly store: ReconciliationStore;
  readonly limits: ReconciliationLimits;
  /** For exceptions and prices. */
  readonly operations: Pick<OperationsParts, 'platform' | 'store' | 'limits'>;
}
