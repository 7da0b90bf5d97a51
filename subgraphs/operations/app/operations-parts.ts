import type { DocumentChangeLog } from '../../../kernel/engine/document-change-log.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { StockKeepers } from './adjust-at-owner.ts';
import type { OrchestrationSettings } from './decide-orchestration.ts';
import type { OperationsLimits } from './operations-limits.ts';
import type { OperationsStore } from './operations-store.ts';
import type { ReconciliationParts } from './reconciliation/reconciliation-parts.ts';

/** What every use case of operations works with. */
export interface OperationsParts {
  readonly platform: Platform;
  readonly store: OperationsStore;
  readonly limits: OperationsLimits;
  readonly log: DocumentChangeLog;
  readonly reconciliation: ReconciliationParts;
  readonly orchestration: OrchestrationSettings;
  readonly stockKeepers: StockKeepers;
}
