import type { Rpc, RpcRequest } from '../../ports/rpc.ts';

export interface SocketRpcParts {
  /** Where this process serves, and whom it asks when nobody else owns the context. */
  readonly local: Rpc;
  /** Contexts that another process owns, and the way to it. */
  readonly owners: ReadonlyMap<string, Pick<Rpc, 'request'>>;
}

/** Asks the process that owns a context: another one over its connection, this one directly. */
export class SocketRpc implements Rpc {
  readonly #parts: SocketRpcParts;

  constructor(parts: SocketRpcParts) {
    this.#parts = parts;
  }

  request(
    subject: string,
    payload: unknown,
    options: { readonly timeoutMs: number; readonly correlationId: string },
  ): Promise<unknown> {
    const { local, owners } = this.#parts;
    return (owners.get(contextOf(subject)) ?? local).request(subject, payload, options);
  }

  serve(subject: string, handle: (request: RpcRequest) => Promise<unknown>): () => void {
    return this.#parts.local.serve(subject, handle);
  }
}

/** The second part of `stockwire-rpc.<context>.<verb-noun>`. */
function contextOf(subject: string): string {
  return subject.split('.', 2)[1] ?? '';
}
