import type { CommandRecord } from './command-record.ts';
import type { WriterDefinition } from './writer-definition.ts';

/**
 * The records of a batch of the log, their events in the present form.
 * @throws {Obstacle} LOG_OF_LATER_VERSION
 */
export function readRecords<Event, Answer>(
  { readEvent }: Pick<WriterDefinition<never, never, Event, Answer>, 'readEvent'>,
  stored: readonly unknown[],
): readonly CommandRecord<Event, Answer>[] {
  const records = stored as readonly CommandRecord<Event, Answer>[];
  if (!readEvent) return records;
  return records.map((record) => {
    const { events } = record;
    const present = events.map(readEvent);
    return present.some((event, index) => event !== events[index]) ? { ...record, events: present } : record;
  });
}
