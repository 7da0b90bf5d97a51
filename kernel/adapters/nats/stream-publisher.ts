import { Obstacle, Refusal, invariant } from '../../model/errors.ts';
import type { EventEnvelope } from '../../model/event-envelope.ts';
import type { PublishResult } from '../../ports/streams.ts';
import { commitBatch, type OutMessage } from './commit-batch.ts';
import type { NatsConnection } from './nats-connection.ts';
import { isDuplicateInBatch } from './nats-errors.ts';
import { publishAgain } from './publish-again.ts';
import { messageSubject, type StreamNames } from './stream-names.ts';

/** An envelope as it was when it was handed in. */
export interface WrittenMessage {
  readonly subject: string;
  readonly text: string;
  readonly envelope: Pick<EventEnvelope, 'id' | 'type'>;
}

/** Servers take several messages at once, all or nothing, since this release. */
export const BATCHES_SINCE = '2.12.1';

/** Publishes to one stream. The id of an envelope is the id of its message, by which the server finds repetitions. */
export class StreamPublisher {
  readonly #connection: NatsConnection;
  readonly #names: StreamNames;
  readonly #allowsBatches: boolean;
  #inFlight = 0;

  constructor(connection: NatsConnection, names: StreamNames, allowsBatches: boolean) {
    this.#connection = connection;
    this.#names = names;
    this.#allowsBatches = allowsBatches;
  }

  /** @throws {Refusal} LIMIT_EXCEEDED when it is longer than the servers take */
  write({ subject, text, envelope }: WrittenMessage): OutMessage {
    const body = Buffer.from(text);
    const { batchBytesMax } = this.#connection;
    if (body.length > batchBytesMax) {
      const details = { limit: 'batchBytesMax', batchBytesMax, bytes: body.length, id: envelope.id };
      throw new Refusal(
        'LIMIT_EXCEEDED',
        `A message of ${body.length} bytes is longer than the servers take.`,
        details,
      );
    }
    return { id: envelope.id, subject: messageSubject(this.#names, envelope.type, subject), body };
  }

  /** All or nothing where the server can and none of them is in the stream already; else one after the other. */
  async publish(messages: readonly OutMessage[]): Promise<readonly PublishResult[]> {
    this.#assertRoom(messages.length);
    this.#inFlight += messages.length;
    try {
      const ids = new Set<string>();
      const unique = messages.filter(({ id }) => !ids.has(id) && ids.add(id));
      const results = await this.#publishUnique(unique);
      const byId = new Map(unique.map(({ id }, index) => [id, results[index] as PublishResult]));
      return messages.map((message) => {
        const result = byId.get(message.id) as PublishResult;
        // Within one publication only the first one of an id is the message.
        return unique.includes(message) || result.duplicate ? result : { ...result, duplicate: true };
      });
    } finally {
      this.#inFlight -= messages.length;
    }
  }

  async #publishUnique(messages: readonly OutMessage[]): Promise<readonly PublishResult[]> {
    if (this.#allowsBatches && messages.length > 1) {
      const batch = await this.#publishBatch(messages);
      if (batch) return batch;
    }
    const results: PublishResult[] = [];
    for (const message of messages) results.push(await this.#publishOne(message));
    return results;
  }

  async #publishOne({ id, subject, body }: OutMessage): Promise<PublishResult> {
    const { jetstream, limits } = this.#connection.parts;
    const { stream } = this.#names;
    const acknowledged = await publishAgain(this.#connection, `The stream ${stream}`, () =>
      jetstream.publish(subject, body, {
        msgID: id,
        expect: { streamName: stream },
        timeout: limits.publishMs,
        retries: 0,
      }),
    );
    return { seq: acknowledged.seq, duplicate: acknowledged.duplicate };
  }

  /** @returns nothing when one of them is in the stream already: then none of them was added */
  async #publishBatch(messages: readonly OutMessage[]): Promise<readonly PublishResult[] | undefined> {
    try {
      const { stream } = this.#names;
      const lastSeq = await publishAgain(this.#connection, `The stream ${stream}`, () =>
        commitBatch(this.#connection, stream, messages),
      );
      return messages.map((_, index) => ({ seq: lastSeq - messages.length + 1 + index, duplicate: false }));
    } catch (error) {
      if (isDuplicateInBatch((error as Error).cause)) return undefined;
      throw error;
    }
  }

  #assertRoom(count: number): void {
    const { publishInFlightMax, publishMessagesMax } = this.#connection.parts.limits;
    invariant(count <= publishMessagesMax, 'Too many messages for one publication.', { limit: 'publishMessagesMax' });
    if (this.#inFlight + count <= publishInFlightMax) return;
    const details = { limit: 'publishInFlightMax', publishInFlightMax };
    throw new Obstacle('OVERLOADED', `Too many publications to ${this.#names.stream} are in flight.`, details);
  }
}
