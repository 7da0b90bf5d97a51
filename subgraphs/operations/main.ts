import { readFileSync } from 'node:fs';
import { createSubgraphSchema } from '../../kernel/graphql/create-subgraph-schema.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { invariant } from '../../kernel/model/errors.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { Consumer } from '../../kernel/ports/streams.ts';
import { NO_STOCK_KEEPERS, type StockKeepers } from './app/adjust-at-owner.ts';
import { consumeActions } from './app/audit-trail.ts';
import { consumeConflicts } from './app/consume-conflicts.ts';
import { consumeExceptions } from './app/consume-exceptions.ts';
import { consumeMessages } from './app/consume-messages.ts';
import { consumeOrderExceptions } from './app/consume-order-exceptions.ts';
import { consumeOutbound } from './app/consume-outbound.ts';
import { consumePostings } from './app/consume-postings.ts';
import { consumeSales } from './app/consume-sales.ts';
import { escalateExceptions } from './app/escalate-exceptions.ts';
import { createExceptionLoader } from './app/list-exceptions.ts';
import { HUB_ALONE, type OrchestrationSettings } from './app/decide-orchestration.ts';
import { openChangeLog } from './app/open-change-log.ts';
import { OPERATIONS_LIMITS, type OperationsLimits } from './app/operations-limits.ts';
import type { OperationsParts } from './app/operations-parts.ts';
import { openOperationsStore } from './app/operations-store.ts';
import { RECONCILIATION_LIMITS, type ReconciliationLimits } from './app/reconciliation/reconciliation-limits.ts';
import { openReconciliationStore } from './app/reconciliation/reconciliation-store.ts';
import { leadReconciliations } from './app/reconciliation/reconciliation-worker.ts';
import { sweepOperations } from './app/sweep-operations.ts';
import { consumePrices } from './app/value-at-risk.ts';
import { watchDeliveries } from './app/watch-deliveries.ts';
import type { GraphqlContext } from './graphql/context.ts';
import { resolvers } from './graphql/resolvers.ts';

export interface OperationsOptions {
  /** Those that differ from OPERATIONS_LIMITS. */
  readonly limits?: Partial<OperationsLimits>;
  /** Those that differ from RECONCILIATION_LIMITS. */
  readonly reconciliation?: Partial<ReconciliationLimits>;
  /** Who orchestrates until the register says so. Default: the hub does, and no OMS is connected. */
  readonly orchestration?: OrchestrationSettings;
  /** Who owns stock and takes adjustments of it from the hub. Default: nobody. */
  readonly stockKeepers?: StockKeepers;
}

interface Running {
  readonly parts: OperationsParts;
  readonly consumers: readonly Consumer[];
  readonly stopTimers: readonly (() => Promise<void>)[];
}

/** The context of those who run the hub: what is wrong, and who may write what. */
export function createOperations(platform: Platform, options: OperationsOptions = {}): Subgraph {
  const sdl = readFileSync(new URL('../../schema/graphql/operations.graphql', import.meta.url), 'utf8');
  let running: Running | undefined;
  return {
    name: 'operations',
    sdl,
    schema: createSubgraphSchema(sdl, resolvers),
    createContext: (request): GraphqlContext => {
      invariant(running, 'operations is asked before it has started.');
      const { parts } = running;
      return { ...request, parts, exceptions: createExceptionLoader(parts) };
    },
    start: async () => {
      invariant(!running, 'operations is started twice.');
      running = await start(platform, options);
    },
    stop: async () => {
      const stopping = running;
      running = undefined;
      await Promise.all((stopping?.stopTimers ?? []).map((stop) => stop()));
      await Promise.all((stopping?.consumers ?? []).map((consumer) => consumer.stop()));
      await stopping?.parts.log.close();
    },
    readiness: () => (running ? { ready: true } : { ready: false, reason: 'operations has not started.' }),
  };
}

async function start(platform: Platform, options: OperationsOptions): Promise<Running> {
  const store = await openOperationsStore(platform.documents);
  const log = await openChangeLog(platform, store);
  const common = { platform, store, limits: { ...OPERATIONS_LIMITS, ...options.limits } };
  const reconciliation = {
    platform,
    store: await openReconciliationStore(platform.documents),
    limits: { ...RECONCILIATION_LIMITS, ...options.reconciliation },
    operations: common,
  };
  const { orchestration = HUB_ALONE, stockKeepers = NO_STOCK_KEEPERS } = options;
  const parts: OperationsParts = { ...common, log, reconciliation, orchestration, stockKeepers };
  const consumers = [
    consumeExceptions,
    consumeConflicts,
    consumeOrderExceptions,
    consumeMessages,
    consumeOutbound,
    consumeSales,
    consumePostings,
    consumePrices,
    consumeActions,
  ];
  const opened = await Promise.all(consumers.map((consume) => consume(parts)));
  const stopTimers = [
    escalateExceptions(parts),
    sweepOperations(parts),
    leadReconciliations(reconciliation),
    watchDeliveries(parts),
  ];
  return { parts, consumers: opened, stopTimers };
}
