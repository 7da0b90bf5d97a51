import type { BinLoader } from '../app/bin-loader.ts';
import type { Ledger } from '../app/ledger.ts';
import type { PastLedger } from '../app/past/past-ledger.ts';
import type { PositionLog } from '../app/position-log.ts';
import type { PositionOrder } from '../app/position-query.ts';
import type { SubgraphRequest } from '../../../kernel/graphql/subgraph.ts';

/** What resolvers of inventory find beside their parent, for one client operation. */
export interface GraphqlContext extends SubgraphRequest {
  /** @throws {Obstacle} CONTEXT_UNAVAILABLE before the start and after the end */
  readonly ledger: Ledger;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  readonly positionLog: PositionLog;
  readonly past: PastLedger;
  readonly positionOrder: PositionOrder;
  readonly bins: BinLoader;
}
