import type { Loader } from '../../../kernel/graphql/create-loader.ts';
import type { SubgraphRequest } from '../../../kernel/graphql/subgraph.ts';
import type { ReturnsParts } from '../app/returns-parts.ts';
import type { PostingState } from '../domain/posting/posting-state.ts';
import type { ReturnState } from '../domain/return-state.ts';

/** What the resolvers of returns get for one client operation. */
export interface GraphqlContext extends SubgraphRequest {
  readonly parts: ReturnsParts;
  /** By id; undefined when there is none that the caller may see. */
  readonly returns: Loader<string, ReturnState>;
  /** By order id; undefined when it has none that the caller may see. */
  readonly returnsOfOrder: Loader<string, readonly ReturnState[]>;
  /** By the id of a return that the caller may see; undefined when the books have nothing of it. */
  readonly postings: Loader<string, PostingState>;
}
