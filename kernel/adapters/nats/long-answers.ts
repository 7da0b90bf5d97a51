import { headers, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import { Obstacle, Refusal } from '../../model/errors.ts';
import type { CancelTimer } from '../../ports/clock.ts';
import type { NatsConnection } from './nats-connection.ts';

interface KeptAnswer {
  readonly body: Uint8Array;
  readonly partBytes: number;
  readonly forget: CancelTimer;
}

/** Where the rest of an answer is, its id, and in how many parts it comes. */
const REST = { subject: 'Stockwire-Rest', id: 'Stockwire-Rest-Id', parts: 'Stockwire-Rest-Parts' } as const;

/**
 * Answers that are longer than a message. The first part is sent as the answer; the others are kept, within bounds, until
 * whoever asked has fetched them, so that a slow reader is sent no more than it takes.
 */
export class LongAnswers {
  readonly #connection: NatsConnection;
  readonly #subject: string;
  readonly #kept = new Map<string, KeptAnswer>();
  #keptBytes = 0;
  #isServing = false;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
    this.#subject = connection.named(`stockwire-rpc-rest.${connection.parts.ids.next()}`);
  }

  /**
   * @param of what was asked, for errors
   * @throws {Refusal} LIMIT_EXCEEDED beyond `rpcAnswerBytesMax`
   * @throws {Obstacle} OVERLOADED when too much is kept already
   */
  respond(message: Msg, body: Uint8Array, of: string): void {
    this.#assertRoom(body.length, of);
    const partBytes = this.#connection.batchBytesMax;
    const id = this.#connection.parts.ids.next();
    this.#serve();
    this.#keep(id, body, partBytes);
    const written = headers();
    written.set(REST.subject, this.#subject);
    written.set(REST.id, id);
    written.set(REST.parts, String(Math.ceil(body.length / partBytes)));
    message.respond(body.subarray(0, partBytes), { headers: written });
  }

  #keep(id: string, body: Uint8Array, partBytes: number): void {
    const { clock, limits } = this.#connection.parts;
    const cancel = clock.after(limits.rpcKeptMs, () => this.#forget(id));
    this.#kept.set(id, { body, partBytes, forget: cancel });
    this.#keptBytes += body.length;
  }

  #forget(id: string): void {
    const answer = this.#kept.get(id);
    if (!answer) return;
    answer.forget();
    this.#kept.delete(id);
    this.#keptBytes -= answer.body.length;
  }

  #serve(): void {
    if (this.#isServing) return;
    this.#isServing = true;
    this.#connection.parts.client.subscribe(this.#subject, {
      callback: (error, message) => {
        if (error === null) this.#give(message);
      },
    });
  }

  /** An empty answer says that it is not kept any more. */
  #give(message: Msg): void {
    const [id = '', part = ''] = message.string().split(' ');
    const answer = this.#kept.get(id);
    const begin = Number(part) * (answer?.partBytes ?? 0);
    const bytes = answer?.body.subarray(begin, begin + answer.partBytes) ?? new Uint8Array();
    if (answer && begin + answer.partBytes >= answer.body.length) this.#forget(id);
    if (this.#connection.isConnected) message.respond(bytes);
  }

  #assertRoom(bytes: number, of: string): void {
    const { rpcAnswerBytesMax, rpcKeptBytesMax } = this.#connection.parts.limits;
    if (bytes > rpcAnswerBytesMax) {
      const details = { limit: 'rpcAnswerBytesMax', rpcAnswerBytesMax, bytes };
      throw new Refusal('LIMIT_EXCEEDED', `The answer of ${of} is too long.`, details);
    }
    if (this.#keptBytes + bytes <= rpcKeptBytesMax) return;
    const details = { limit: 'rpcKeptBytesMax', rpcKeptBytesMax };
    throw new Obstacle('OVERLOADED', `Too many long answers of ${of} wait to be fetched.`, details);
  }
}

/**
 * The whole text of an answer, of which the first part has come.
 * @throws {Obstacle} CONTEXT_UNAVAILABLE when whoever answered has gone or forgotten it, or the time is up
 */
export async function gatherAnswer(connection: NatsConnection, first: Msg, untilMs: number): Promise<string> {
  const written = first.headers;
  if (!written?.has(REST.subject)) return first.string();
  const pieces = [first.data];
  for (let part = 1; part < Number(written.get(REST.parts)); part++) {
    pieces.push(await fetchPart(connection, { written, part, untilMs }));
  }
  return Buffer.concat(pieces).toString();
}

async function fetchPart(
  connection: NatsConnection,
  { written, part, untilMs }: { readonly written: MsgHdrs; readonly part: number; readonly untilMs: number },
): Promise<Uint8Array> {
  const { client, clock } = connection.parts;
  const timeout = Math.max(1, untilMs - clock.nowMs());
  const { data } = await client.request(written.get(REST.subject), `${written.get(REST.id)} ${part}`, { timeout });
  if (data.length > 0) return data;
  throw new Obstacle('CONTEXT_UNAVAILABLE', 'The rest of an answer is not kept any more.', { part });
}
