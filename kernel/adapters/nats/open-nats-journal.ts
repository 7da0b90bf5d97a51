import type { JsMsg } from '@nats-io/jetstream';
import { JournalCorrupt } from '../../ports/journal-errors.ts';
import { assertName } from '../embedded/name.ts';
import { ensureStream } from './ensure-stream.ts';
import { JournalPlaces } from './journal-places.ts';
import { JournalPresence } from './journal-presence.ts';
import { isInPlace, parseRecord } from './journal-record.ts';
import type { NatsConnection } from './nats-connection.ts';
import { NatsJournal } from './nats-journal.ts';
import { StreamReader } from './stream-reader.ts';

/**
 * Opens the journal of a context as its one writer: one stream with one subject, a message per batch. It looks through the
 * headers of the whole log, so the time grows with the number of batches.
 * @throws {StorageInUse} while another living process has it open
 * @throws {JournalCorrupt} when the log has a hole
 */
export async function openNatsJournal(connection: NatsConnection, context: string): Promise<NatsJournal> {
  assertName(context, 'context');
  const presence = new JournalPresence(connection, context);
  await presence.begin(`The journal of ${context}`);
  try {
    const stream = connection.named(`stockwire-journal-${context}`);
    const subject = connection.named(`stockwire-journal.${context}`);
    const { epoch, info } = await ensureStream(connection, { name: stream, subject, allowsBatches: false });
    const places = await findPlaces(connection, stream, info.state.last_seq);
    return new NatsJournal({ connection, context, stream, subject, epoch, places, presence });
  } catch (error) {
    presence.end();
    throw error;
  }
}

async function findPlaces(connection: NatsConnection, stream: string, lastPlace: number): Promise<JournalPlaces> {
  const places = new JournalPlaces();
  const reader = new StreamReader(connection, { stream, afterSeq: 0, headersOnly: true });
  try {
    while (places.lastPlace < lastPlace) {
      const page = await reader.next(connection.parts.limits.scanPageMessages);
      if (page.length === 0) throw corrupt(stream, places.lastPlace + 1, 'is missing');
      for (const message of page) addPlace(places, stream, message);
    }
    return places;
  } finally {
    await reader.close();
  }
}

function addPlace(places: JournalPlaces, stream: string, { seq: place, headers }: JsMsg): void {
  if (place !== places.lastPlace + 1) throw corrupt(stream, places.lastPlace + 1, 'is missing');
  const record = parseRecord(headers);
  if (!record || !isInPlace(place, record.expectedLast)) places.addStray();
  else if (record.seq !== places.head + 1) throw corrupt(stream, place, 'does not follow its predecessor');
  else places.addBatch(record.recordedAtMs, record.checksum);
}

function corrupt(stream: string, place: number, what: string): JournalCorrupt {
  return new JournalCorrupt(`Message ${place} of ${stream} ${what}.`, { stream, place });
}
