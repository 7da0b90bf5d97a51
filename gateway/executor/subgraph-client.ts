import type { DocumentNode } from 'graphql';
import type { OperationContext } from './operation-context.ts';

/** One operation that a plan sends to a subgraph, again and again with other variables. */
export interface SubgraphOperation {
  readonly text: string;
  readonly document: DocumentNode;
  readonly kind: 'query' | 'mutation';
  /** Reads replies quicker where it can; absent: all of them are read by `JSON.parse`. */
  readonly readReply?: ReadReply | undefined;
}

/**
 * The data of a reply's text without errors, of which parts may be a `JsonPiece`. Undefined for any other text, which is
 * then to be read in the ordinary way.
 */
export type ReadReply = (text: string) => Record<string, unknown> | undefined;

/** An error as a subgraph tells it. Subgraphs of other makes may leave out everything but the message. */
export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface SubgraphResult {
  /** Belongs to the gateway from now on, which writes to it. */
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly SubgraphError[];
}

export type Variables = Readonly<Record<string, unknown>>;

/**
 * Runs the operation. A subgraph that can answer at once does so without a promise.
 * @throws {Obstacle} SUBGRAPH_UNAVAILABLE when there is no answer or it is not GraphQL; may also be a rejection
 */
export type RunOperation = (
  variables: Variables,
  context: OperationContext,
) => SubgraphResult | Promise<SubgraphResult>;

/** How the gateway reaches one subgraph. */
export interface SubgraphClient {
  readonly name: string;
  /** Names, in lower case, of the client's headers that the subgraph gets. Absent: none. */
  readonly propagatedHeaders?: readonly string[];
  /** Called once per operation of a plan, before its first run. */
  prepare(operation: SubgraphOperation): RunOperation;
  /** Keeps nothing open from now on; what was prepared before a reload may still be run. */
  close(): Promise<void>;
}
