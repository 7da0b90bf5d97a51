import { Defect, DomainError, Obstacle } from '../../model/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Rpc, RpcRequest } from '../../ports/rpc.ts';
import { copyJson } from './copy-json.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';

interface Server {
  handle(request: RpcRequest): Promise<unknown>;
  inFlight: number;
}

/** A direct call. Payload and answer are copied as a way through JSON text would, as on a wire, so nobody shares objects. */
export class EmbeddedRpc implements Rpc {
  readonly #servers = new Map<string, Server>();
  readonly #clock: Clock;
  readonly #inFlightMax: number;

  constructor(clock: Clock, limits: EmbeddedLimits) {
    this.#clock = clock;
    this.#inFlightMax = limits.rpcInFlightMax;
  }

  async request(
    subject: string,
    payload: unknown,
    options: { readonly timeoutMs: number; readonly correlationId: string },
  ): Promise<unknown> {
    const server = this.#servers.get(subject);
    if (!server) throw new Obstacle('CONTEXT_UNAVAILABLE', `Nobody serves ${subject}.`, { subject });
    if (server.inFlight >= this.#inFlightMax) {
      throw new Obstacle('OVERLOADED', `Too many requests to ${subject} are in flight.`, {
        limit: 'rpcInFlightMax',
        rpcInFlightMax: this.#inFlightMax,
      });
    }
    const request = { payload: copyJson(payload), correlationId: options.correlationId };
    return this.#withinTime(subject, options.timeoutMs, call(server, subject, request));
  }

  serve(subject: string, handle: (request: RpcRequest) => Promise<unknown>): () => void {
    if (this.#servers.has(subject)) throw new Defect(`${subject} is served already.`, { subject });
    const server: Server = { handle, inFlight: 0 };
    this.#servers.set(subject, server);
    return () => {
      if (this.#servers.get(subject) === server) this.#servers.delete(subject);
    };
  }

  #withinTime(subject: string, timeoutMs: number, answer: Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(timeoutMs, () =>
        reject(
          new Obstacle('CONTEXT_UNAVAILABLE', `${subject} did not answer within ${timeoutMs} ms.`, {
            subject,
            timeoutMs,
          }),
        ),
      );
      answer.then(resolve, reject).finally(cancel);
    });
  }
}

async function call(server: Server, subject: string, request: RpcRequest): Promise<unknown> {
  server.inFlight++;
  try {
    return copyJson(await server.handle(request));
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new Defect(`${subject} failed.`, { subject }, { cause: error });
  } finally {
    server.inFlight--;
  }
}
