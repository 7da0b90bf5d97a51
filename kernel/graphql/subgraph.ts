import type { GraphQLSchema } from 'graphql';
import type { Identity } from '../model/identity.ts';

/** What a subgraph is told about the client operation that it helps to answer. */
export interface SubgraphRequest {
  readonly identity: Identity;
  readonly correlationId: string;
  /** The span that the work belongs to, as W3C Trace Context writes it; absent when nothing is traced. */
  readonly traceparent?: string | undefined;
}

/**
 * One context as the gateway sees it. The same handle is executed in the gateway's process or served standalone over
 * HTTP; nothing but the transport differs.
 */
export interface Subgraph {
  readonly name: string;
  /** The SDL that composition reads, word for word as it stands in `schema/graphql`. */
  readonly sdl: string;
  /** Executable, with `_entities` and `_service`; enforces scopes and store and customer limits by itself. */
  readonly schema: GraphQLSchema;
  /** The GraphQL context of one client operation; the loaders that batch its look-ups live in it. */
  createContext(request: SubgraphRequest): object;
  /** Resolves when it has replayed and may answer. */
  start(): Promise<void>;
  /** Finishes what is in flight and lets go of its resources. */
  stop(): Promise<void>;
  readiness(): Readiness;
}

export interface Readiness {
  readonly ready: boolean;
  /** Why not, in one sentence; absent when ready. */
  readonly reason?: string;
}
