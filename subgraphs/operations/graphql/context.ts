import type { SubgraphRequest } from '../../../kernel/graphql/subgraph.ts';
import type { ExceptionLoader } from '../app/list-exceptions.ts';
import type { OperationsParts } from '../app/operations-parts.ts';

/** What the resolvers of operations get for one client operation. */
export interface GraphqlContext extends SubgraphRequest {
  readonly parts: OperationsParts;
  readonly exceptions: ExceptionLoader;
}
