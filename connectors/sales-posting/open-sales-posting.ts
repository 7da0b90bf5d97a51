import { leadByLease } from '../../kernel/engine/lead-by-lease.ts';
import type { Consumer } from '../../kernel/ports/streams.ts';
import type { Erp } from '../erp/port.ts';
import { KnownMasters } from './known-masters.ts';
import type { PostingParts } from './posting-parts.ts';
import { PostingRound } from './posting-round.ts';
import { ONE_PER_DAY, SALES_POSTING_LIMITS, type SalesPostingLimits } from './sales-posting-limits.ts';
import { SalesStore } from './sales-store.ts';
import { hearSettled } from './send-batch.ts';
import { serveNoSales, serveSales } from './serve-sales.ts';
import { takeSales } from './take-sales.ts';

export interface SalesPostingOptions extends Pick<PostingParts, 'platform' | 'outbound' | 'pos'> {
  /** Where sales are posted; one without `sales` takes none. */
  readonly erp: Erp | undefined;
  /** Those that differ from SALES_POSTING_LIMITS. */
  readonly limits?: Partial<SalesPostingLimits>;
}

export interface SalesPosting {
  /** Waits for what is under way. What is not posted goes on at the next start. */
  close(): Promise<void>;
}

/**
 * Posts what stores sell to the ERP, and proves that it has all of it. In any number of processes: all of them take receipts in,
 * one makes batches and compares.
 */
export async function openSalesPosting(options: SalesPostingOptions): Promise<SalesPosting> {
  const { erp, platform } = options;
  const ledger = erp?.sales;
  if (!erp || !ledger) return { close: serveNoSales(platform) };
  const limits = { ...SALES_POSTING_LIMITS, ...(ledger.isOnePerDay && ONE_PER_DAY), ...options.limits };
  const store = await SalesStore.open(platform.documents);
  const masters = new KnownMasters({ store, erp, clock: platform.clock });
  const parts: PostingParts = { ...options, store, limits, masters, ledger, system: erp.system };
  const consumers: Consumer[] = [...(await takeSales(parts)), await hearSettled(parts)];
  const stopServing = serveSales(parts);
  const stopLeading = leadByLease({
    name: 'sales-posting',
    platform,
    lead: async () => {
      const round = new PostingRound(parts);
      round.start();
      return () => round.stop();
    },
  });
  return {
    close: async () => {
      stopServing();
      await stopLeading();
      await Promise.all(consumers.map((consumer) => consumer.stop()));
    },
  };
}
