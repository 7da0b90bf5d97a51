import { Defect, DomainError, Obstacle } from '../../model/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Rpc, RpcRequest } from '../../ports/rpc.ts';
import { copyJson } from './copy-json.ts';
import { Deadlines, NOT_WAITING, type Expiring } from './deadlines.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';

interface Server {
  handle(request: RpcRequest): Promise<unknown>;
  inFlight: number;
}

/** What becomes of a request; one of the two is called, once. */
export interface RpcOutcome {
  answered(answer: unknown): void;
  failed(error: DomainError): void;
}

/** The servers of this process, for whoever brings requests from outside. */
export interface RpcServers {
  /**
   * Has a subject handle a request, without a bound in time. The payload passes to the server; the answer must be
   * written down at once and not changed, because nothing is copied.
   */
  ask(subject: string, request: RpcRequest, outcome: RpcOutcome): void;
}

/** A direct call. Payload and answer are copied as a way through JSON text would, as on a wire, so nobody shares objects. */
export class EmbeddedRpc implements Rpc, RpcServers {
  readonly #servers = new Map<string, Server>();
  readonly #clock: Clock;
  readonly #deadlines: Deadlines<PendingRequest>;
  readonly #inFlightMax: number;

  constructor(clock: Clock, limits: EmbeddedLimits) {
    this.#clock = clock;
    this.#deadlines = new Deadlines(clock);
    this.#inFlightMax = limits.rpcInFlightMax;
  }

  /** One promise a request besides the server's own: this is the path of every command. */
  request(
    subject: string,
    payload: unknown,
    { timeoutMs, correlationId }: { readonly timeoutMs: number; readonly correlationId: string },
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const request = { payload: copyJson(payload), correlationId };
      const dueMs = this.#clock.nowMs() + timeoutMs;
      const pending = { subject, timeoutMs, dueMs, resolve, reject };
      this.ask(subject, request, new PendingRequest(this.#deadlines, pending));
    });
  }

  ask(subject: string, request: RpcRequest, outcome: RpcOutcome): void {
    const server = this.#servers.get(subject);
    if (!server) {
      outcome.failed(new Obstacle('CONTEXT_UNAVAILABLE', `Nobody serves ${subject}.`, { subject }));
      return;
    }
    if (server.inFlight >= this.#inFlightMax) {
      const message = `Too many requests to ${subject} are in flight.`;
      const details = { limit: 'rpcInFlightMax', rpcInFlightMax: this.#inFlightMax };
      outcome.failed(new Obstacle('OVERLOADED', message, details));
      return;
    }
    server.inFlight++;
    server.handle(request).then(
      (answer) => {
        server.inFlight--;
        outcome.answered(answer);
      },
      (error: unknown) => {
        server.inFlight--;
        outcome.failed(toDomainError(error, subject));
      },
    );
  }

  serve(subject: string, handle: (request: RpcRequest) => Promise<unknown>): () => void {
    if (this.#servers.has(subject)) throw new Defect(`${subject} is served already.`, { subject });
    const server: Server = { handle, inFlight: 0 };
    this.#servers.set(subject, server);
    return () => {
      if (this.#servers.get(subject) === server) this.#servers.delete(subject);
    };
  }
}

interface PendingParts {
  readonly subject: string;
  readonly timeoutMs: number;
  /** Epoch milliseconds. */
  readonly dueMs: number;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A request whose time runs. What comes after its end is dropped. */
class PendingRequest implements RpcOutcome, Expiring {
  place = NOT_WAITING;
  readonly #deadlines: Deadlines<PendingRequest>;
  readonly #parts: PendingParts;

  constructor(deadlines: Deadlines<PendingRequest>, parts: PendingParts) {
    this.#deadlines = deadlines;
    this.#parts = parts;
    deadlines.add(this);
  }

  get dueMs(): number {
    return this.#parts.dueMs;
  }

  answered(answer: unknown): void {
    if (!this.#deadlines.delete(this)) return;
    try {
      this.#parts.resolve(copyJson(answer));
    } catch (error) {
      this.#parts.reject(toDomainError(error, this.#parts.subject));
    }
  }

  failed(error: DomainError): void {
    if (this.#deadlines.delete(this)) this.#parts.reject(error);
  }

  expire(): void {
    const { subject, timeoutMs, reject } = this.#parts;
    const message = `${subject} did not answer within ${timeoutMs} ms.`;
    reject(new Obstacle('CONTEXT_UNAVAILABLE', message, { subject, timeoutMs }));
  }
}

function toDomainError(error: unknown, subject: string): DomainError {
  if (error instanceof DomainError) return error;
  return new Defect(`${subject} failed.`, { subject }, { cause: error });
}
