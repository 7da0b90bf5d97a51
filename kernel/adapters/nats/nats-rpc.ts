import { errors, type Msg, type Subscription } from '@nats-io/transport-node';
import { Defect, DomainError, Obstacle, Refusal } from '../../model/errors.ts';
import type { Rpc, RpcRequest } from '../../ports/rpc.ts';
import { errorText } from '../embedded/error-text.ts';
import { formatWireError, parseWireError } from '../socket/wire-error.ts';
import { isNobody } from './lease-presence.ts';
import { LongAnswers, gatherAnswer } from './long-answers.ts';
import type { NatsConnection } from './nats-connection.ts';

interface Server {
  readonly subscription: Subscription;
  readonly handle: (request: RpcRequest) => Promise<unknown>;
  inFlight: number;
}

/** Processes that serve the same subject share its requests. */
const QUEUE = 'stockwire';

/**
 * Request and reply of core NATS. The body of a request is `[correlationId, payload]`, of a reply `[answer]` or an error.
 * An answer that is longer than a message is fetched in parts.
 */
export class NatsRpc implements Rpc {
  readonly #connection: NatsConnection;
  readonly #servers = new Map<string, Server>();
  readonly #longAnswers: LongAnswers;
  #asked = 0;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
    this.#longAnswers = new LongAnswers(connection);
  }

  async request(
    subject: string,
    payload: unknown,
    { timeoutMs, correlationId }: { readonly timeoutMs: number; readonly correlationId: string },
  ): Promise<unknown> {
    const body = Buffer.from(JSON.stringify([correlationId, payload]));
    this.#connection.assertConnected();
    if (body.length > this.#bytesMax) throw tooLong(`The request ${subject}`, this.#bytesMax);
    this.#assertRoom(subject, this.#asked);
    this.#asked++;
    try {
      const { client, clock } = this.#connection.parts;
      const untilMs = clock.nowMs() + timeoutMs;
      const reply = await client.request(this.#connection.named(subject), body, { timeout: timeoutMs });
      return parseReply(await gatherAnswer(this.#connection, reply, untilMs));
    } catch (error) {
      throw toDomainError(error, subject, timeoutMs);
    } finally {
      this.#asked--;
    }
  }

  serve(subject: string, handle: (request: RpcRequest) => Promise<unknown>): () => void {
    if (this.#servers.has(subject)) throw new Defect(`${subject} is served already.`, { subject });
    const subscription = this.#connection.parts.client.subscribe(this.#connection.named(subject), {
      queue: QUEUE,
      callback: (error, message) => {
        if (error === null) void this.#answer(subject, server, message);
      },
    });
    const server: Server = { subscription, handle, inFlight: 0 };
    this.#servers.set(subject, server);
    return () => {
      if (this.#servers.get(subject) !== server) return;
      this.#servers.delete(subject);
      subscription.unsubscribe();
    };
  }

  get #bytesMax(): number {
    const { client, limits } = this.#connection.parts;
    return client.info?.max_payload ?? limits.batchBytesMax;
  }

  async #answer(subject: string, server: Server, message: Msg): Promise<void> {
    try {
      this.#assertRoom(subject, server.inFlight);
      const text = await this.#handle(server, message);
      // Without a connection the one who asked repeats it, under the same command id.
      if (this.#connection.isConnected) this.#respond(subject, message, text);
    } catch (error) {
      if (!(error instanceof DomainError)) {
        this.#connection.parts.telemetry.log('error', 'a request failed', { subject, error: errorText(error) });
      }
      if (this.#connection.isConnected) message.respond(formatWireError(error, subject));
    }
  }

  #respond(subject: string, message: Msg, text: string): void {
    if (Buffer.byteLength(text) <= this.#bytesMax) message.respond(text);
    else this.#longAnswers.respond(message, Buffer.from(text), subject);
  }

  async #handle(server: Server, message: Msg): Promise<string> {
    server.inFlight++;
    try {
      const [correlationId, payload] = JSON.parse(message.string()) as [string, unknown];
      return JSON.stringify([(await server.handle({ payload, correlationId })) ?? null]);
    } finally {
      server.inFlight--;
    }
  }

  #assertRoom(subject: string, inFlight: number): void {
    const { rpcInFlightMax } = this.#connection.parts.limits;
    if (inFlight < rpcInFlightMax) return;
    const details = { limit: 'rpcInFlightMax', rpcInFlightMax };
    throw new Obstacle('OVERLOADED', `Too many requests to ${subject} are in flight.`, details);
  }
}

function parseReply(text: string): unknown {
  if (!text.startsWith('[')) throw parseWireError(text);
  const [answer] = JSON.parse(text) as [unknown];
  return answer;
}

function toDomainError(error: unknown, subject: string, timeoutMs: number): DomainError {
  if (error instanceof DomainError) return error;
  if (isNobody(error)) return new Obstacle('CONTEXT_UNAVAILABLE', `Nobody serves ${subject}.`, { subject });
  const message =
    error instanceof errors.TimeoutError
      ? `${subject} did not answer within ${timeoutMs} ms.`
      : `${subject} could not be asked: ${errorText(error)}`;
  return new Obstacle('CONTEXT_UNAVAILABLE', message, { subject, timeoutMs }, { cause: error });
}

function tooLong(what: string, bytesMax: number): Refusal {
  return new Refusal('LIMIT_EXCEEDED', `${what} is longer than the servers take.`, { limit: 'max_payload', bytesMax });
}
