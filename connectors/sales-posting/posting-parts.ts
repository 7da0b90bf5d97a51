import type { Platform } from '../../kernel/ports/platform.ts';
import type { SalesLedger } from '../erp/sales-ledger.ts';
import type { OutboundCommands } from '../outbound/port.ts';
import type { Pos } from '../pos/port.ts';
import type { KnownMasters } from './known-masters.ts';
import type { SalesPostingLimits } from './sales-posting-limits.ts';
import type { SalesStore } from './sales-store.ts';

/** What every step of the posting of sales works with. */
export interface PostingParts {
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'ids' | 'lease' | 'rpc' | 'streams' | 'telemetry'>;
  readonly store: SalesStore;
  readonly limits: SalesPostingLimits;
  readonly masters: KnownMasters;
  /** The ERP, by its name as a source. */
  readonly system: string;
  readonly ledger: SalesLedger;
  readonly outbound: OutboundCommands;
  /** The estates whose tills tell the facts. */
  readonly pos: readonly Pos[];
}
