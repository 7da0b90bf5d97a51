import { assertName } from '../embedded/name.ts';
import { ensureStream } from './ensure-stream.ts';
import { JournalPlaces } from './journal-places.ts';
import type { NatsConnection } from './nats-connection.ts';
import { NatsFollowedJournal } from './nats-followed-journal.ts';

/**
 * Opens the journal of a context beside its writer, for as many readers as there are.
 * @throws {JournalCorrupt} when a message is missing, or the last batch is not what was appended
 */
export async function followNatsJournal(connection: NatsConnection, context: string): Promise<NatsFollowedJournal> {
  assertName(context, 'context');
  const stream = connection.named(`stockwire-journal-${context}`);
  const subject = connection.named(`stockwire-journal.${context}`);
  const { epoch } = await ensureStream(connection, { name: stream, subject, allowsBatches: false, isLog: true });
  const places = await JournalPlaces.find(connection, stream);
  const followed = new NatsFollowedJournal({ connection, context, stream, subject, epoch, places });
  // From now on the servers know that it listens.
  await connection.parts.client.flush();
  return followed;
}
