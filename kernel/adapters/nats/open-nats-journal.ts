import { assertName } from '../embedded/name.ts';
import { ensureStream } from './ensure-stream.ts';
import { JournalPlaces } from './journal-places.ts';
import { JournalPresence } from './journal-presence.ts';
import type { NatsConnection } from './nats-connection.ts';
import { NatsJournal } from './nats-journal.ts';

/**
 * Opens the journal of a context as its one writer: one stream with one subject, a message per batch. It looks at the end
 * of the log alone, so the time does not grow with the log.
 * @throws {StorageInUse} while another living process has it open
 * @throws {JournalCorrupt} when a message is missing, or the last batch is not what was appended
 */
export async function openNatsJournal(connection: NatsConnection, context: string): Promise<NatsJournal> {
  assertName(context, 'context');
  const presence = new JournalPresence(connection, context);
  await presence.begin(`The journal of ${context}`);
  try {
    const stream = connection.named(`stockwire-journal-${context}`);
    const subject = connection.named(`stockwire-journal.${context}`);
    const { epoch } = await ensureStream(connection, { name: stream, subject, allowsBatches: false, isLog: true });
    const places = await JournalPlaces.find(connection, stream);
    return new NatsJournal({ connection, context, stream, subject, epoch, places, presence });
  } catch (error) {
    presence.end();
    throw error;
  }
}
