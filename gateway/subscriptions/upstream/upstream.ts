import { Obstacle } from '../../../kernel/model/errors.ts';
import type { OperationContext } from '../../executor/operation-context.ts';
import type { SubgraphResult, Variables } from '../../executor/subgraph-client.ts';
import type { UpstreamLimits } from './upstream-limits.ts';

export interface UpstreamRequest {
  readonly text: string;
  readonly variables: Variables;
  readonly context: OperationContext;
}

/** Hears a subscription, in order, and of its end once. */
export interface UpstreamListener {
  /** A JSON value of which nothing else is known. */
  readonly next: (result: SubgraphResult) => void;
  readonly end: (ending: UpstreamEnding) => void;
}

/** The subgraph has completed it, has refused it with errors, or is gone. */
export type UpstreamEnding =
  | { readonly kind: 'completed' }
  | { readonly kind: 'refused'; readonly errors: NonNullable<SubgraphResult['errors']> }
  | { readonly kind: 'lost'; readonly error: unknown };

/**
 * What somebody gets who subscribes to what others are subscribed to already, when the subgraph has told these something.
 * `apart`: a subscription of their own, so that they are told whatever the subgraph tells those who begin; `together`:
 * the others', and what happens from then on, for subgraphs that tell nothing at the beginning.
 */
export type LateSubscribers = 'apart' | 'together';

/** How the gateway subscribes at one subgraph. */
export interface Upstream {
  readonly name: string;
  /** Whether the subgraph is told who asks, so that it may tell each caller something else. */
  readonly knowsCallers: boolean;
  readonly limits: UpstreamLimits;
  readonly lateSubscribers: LateSubscribers;
  /**
   * @returns ends it
   * @throws {Obstacle} OVERLOADED
   */
  subscribe(request: UpstreamRequest, listener: UpstreamListener): () => void;
  close(): Promise<void>;
}

export function tooManyUpstream(name: string, limit: string): Obstacle {
  return new Obstacle('OVERLOADED', `The subgraph ${name} is subscribed to too often.`, { limit });
}
