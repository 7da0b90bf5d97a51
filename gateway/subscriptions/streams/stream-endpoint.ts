import { OperationTypeNode } from 'graphql';
import type { ServerResponse } from 'node:http';
import type { ErrorFormatter, FormattedError } from '../../../kernel/graphql/format-error.ts';
import { Obstacle } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import type { Clock } from '../../../kernel/ports/clock.ts';
import type { Ids } from '../../../kernel/ports/ids.ts';
import type { Telemetry } from '../../../kernel/ports/telemetry.ts';
import type { Authenticator } from '../../auth/authenticator.ts';
import type { GraphqlEngine } from '../../executor/graphql-engine.ts';
import { toResponseText } from '../../executor/prepared-operation.ts';
import { RequestRefused } from '../../planner/request-refused.ts';
import type { RouteResponse } from '../../transport/route.ts';
import { toAscii } from '../ascii-json.ts';
import { Drain, type Leaving } from '../drain.ts';
import { stillHasRights } from '../recheck-rights.ts';
import type { SubscriptionRequest } from '../live-operations.ts';
import { SharedFrame } from '../shared-frame.ts';
import type { SubscriptionLimits } from '../subscription-limits.ts';
import type { SubscriptionStarter } from '../subscription-starter.ts';
import type { StreamFormat } from './stream-format.ts';
import { StreamOutlet } from './stream-outlet.ts';

export interface StreamEndpointOptions {
  readonly starter: SubscriptionStarter;
  /** Runs queries and mutations, as without a stream. */
  readonly engine: GraphqlEngine;
  readonly authenticator: Authenticator;
  readonly limits: SubscriptionLimits;
  readonly format: ErrorFormatter;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
}

/** An operation whose answer is a stream. */
export interface StreamRequest extends SubscriptionRequest {
  readonly correlationId: string;
  readonly format: StreamFormat;
}

/** The gateway's door for operations over HTTP responses that stay open: server-sent events and multipart. */
export class StreamEndpoint {
  readonly #options: StreamEndpointOptions;
  readonly #streams = new Set<Leaving>();
  readonly #drain: Drain;
  readonly #unsent: (bytes: number) => void;

  constructor(options: StreamEndpointOptions) {
    this.#options = options;
    this.#drain = new Drain(options);
    this.#unsent = options.telemetry.histogram('stream_unsent_bytes');
  }

  get connectionCount(): number {
    return this.#streams.size;
  }

  /** @throws {Obstacle} OVERLOADED when there are too many streams, or the hub is being restarted */
  answer(request: StreamRequest): RouteResponse {
    const { limits } = this.#options;
    if (this.#drain.hasBegun || this.connectionCount >= limits.connectionsMax) {
      throw new Obstacle('OVERLOADED', 'Too many connections are open.', { limit: 'connectionsMax' });
    }
    return {
      status: 200,
      contentType: request.format.contentType,
      // Proxies would wait for the end of a response that has none.
      headers: { 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' },
      body: '',
      stream: (response) => this.#open(response, request),
    };
  }

  /** Takes no new streams and ends those that are open, spread over the drain window. */
  async drain(): Promise<void> {
    await this.#drain.run(this.#streams);
  }

  close(): void {
    for (const stream of this.#streams) stream.terminate();
  }

  #open(response: ServerResponse, request: StreamRequest): void {
    const { clock, limits, telemetry } = this.#options;
    const recheck = this.#recheckOf(request, () => outlet.tryAgainLater('token'));
    const onAlive = (): void => {
      this.#unsent(outlet.unsentBytes);
      recheck();
    };
    const outlet: StreamOutlet = new StreamOutlet({ response, clock, limits, format: request.format, onAlive });
    const aborter = new AbortController();
    const gone = Promise.withResolvers<void>();
    // An end without the word that the operation has ended has clients come again.
    const stream: Leaving = { close: () => outlet.restart(), terminate: () => response.destroy(), gone: gone.promise };
    this.#streams.add(stream);
    telemetry.gauge('stream_connections', this.connectionCount);
    const cancelExpiry = this.#endWithToken(request.identity, outlet);
    let leave: () => void = () => undefined;
    response.once('close', () => {
      cancelExpiry();
      leave();
      aborter.abort();
      this.#streams.delete(stream);
      gone.resolve();
      telemetry.gauge('stream_connections', this.connectionCount);
      telemetry.count('stream_closed_total', { reason: outlet.endedBy });
    });
    const fail = (error: unknown): void => {
      leave();
      outlet.send('', new SharedFrame(toAscii(JSON.stringify({ errors: this.#describe(error, request) }))));
      outlet.complete();
    };
    try {
      if (this.#isSubscription(request)) leave = this.#subscribe(request, outlet, fail);
      else this.#execute(request, outlet, aborter.signal).catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  #isSubscription({ query, operationName, identity }: StreamRequest): boolean {
    const { type } = this.#options.engine.prepare({ query, operationName }, identity);
    return type === OperationTypeNode.SUBSCRIPTION;
  }

  /** @returns ends it */
  #subscribe(request: StreamRequest, outlet: StreamOutlet, fail: (error: unknown) => void): () => void {
    const complete = (): void => outlet.complete();
    return this.#options.starter.start(request, { id: '', outlet, fail, complete }).leave;
  }

  async #execute(request: StreamRequest, outlet: StreamOutlet, signal: AbortSignal): Promise<void> {
    const { query, operationName, variables, identity, address, headers, correlationId } = request;
    const options = { identity, address, correlationId, signal, ...(headers && { headers }) };
    const outcome = await this.#options.engine.execute({ query, operationName, variables }, options);
    outlet.send('', new SharedFrame(toAscii(toResponseText(outcome))));
    outlet.complete();
  }

  /** The connection is broken off rather than completed, so that the client comes again, with another token. */
  #endWithToken({ expiresAtMs }: Identity, outlet: StreamOutlet): () => void {
    const { clock } = this.#options;
    if (expiresAtMs === undefined) return () => undefined;
    return clock.after(expiresAtMs - clock.nowMs(), () => outlet.tryAgainLater('token'));
  }

  /** @returns has the rights looked at again when it is time, and ends the stream when they do not hold any more */
  #recheckOf({ identity, headers }: StreamRequest, end: () => void): () => void {
    const { authenticator, clock, limits } = this.#options;
    let checkedAtMs = clock.nowMs();
    return () => {
      if (clock.nowMs() < checkedAtMs + limits.rightsHeldMs) return;
      checkedAtMs = clock.nowMs();
      void stillHasRights(headers?.['authorization'], identity, authenticator).then((holds) => {
        if (!holds) end();
      });
    };
  }

  #describe(error: unknown, { correlationId }: StreamRequest): readonly FormattedError[] {
    if (error instanceof RequestRefused) return error.errors;
    return [this.#options.format(error, { correlationId })];
  }
}
