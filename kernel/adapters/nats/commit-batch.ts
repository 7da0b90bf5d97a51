import { JetStreamApiError } from '@nats-io/jetstream';
import { headers, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import type { NatsConnection } from './nats-connection.ts';

/** A message as it goes to the servers. */
export interface OutMessage {
  readonly id: string;
  readonly subject: string;
  readonly body: Uint8Array;
}

/** What the server answers to the last message of a batch. */
interface CommitReply {
  readonly seq?: number;
  readonly error?: { readonly code: number; readonly err_code: number; readonly description: string };
}

/**
 * Sends messages that enter the stream together or not at all, in their order; only the last one is answered. (The driver's
 * own batches hide why the server refused.)
 * @returns the sequence of the last one
 * @throws {JetStreamApiError} what the server refused it with
 */
export async function commitBatch(
  connection: NatsConnection,
  stream: string,
  messages: readonly OutMessage[],
): Promise<number> {
  const { client, ids, limits } = connection.parts;
  const batchId = ids.next();
  let last: Promise<Msg> | undefined;
  for (const [index, { id, subject, body }] of messages.entries()) {
    const isLast = index === messages.length - 1;
    const written = headersOf({ stream, batchId, id, place: index + 1, isLast });
    if (isLast) last = client.request(subject, body, { headers: written, timeout: limits.publishMs });
    else client.publish(subject, body, { headers: written });
  }
  const reply = (await last)?.json<CommitReply>();
  if (reply?.error) throw new JetStreamApiError(reply.error);
  if (reply?.seq === undefined) throw new Error('the server did not acknowledge the batch');
  return reply.seq;
}

interface BatchPlace {
  readonly stream: string;
  readonly batchId: string;
  readonly id: string;
  /** From 1. */
  readonly place: number;
  readonly isLast: boolean;
}

function headersOf({ stream, batchId, id, place, isLast }: BatchPlace): MsgHdrs {
  const written = headers();
  written.set('Nats-Batch-Id', batchId);
  written.set('Nats-Batch-Sequence', String(place));
  written.set('Nats-Msg-Id', id);
  if (place === 1) written.set('Nats-Expected-Stream', stream);
  if (isLast) written.set('Nats-Batch-Commit', '1');
  return written;
}
